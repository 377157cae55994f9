"""How it is going: sheets, values, the report at the end, and what of them is disputed."""

from taawun.monitoring.models.disputes import Dispute, DisputeKind, Settlement
from taawun.monitoring.models.report import SECTIONS, CompletionReport, InputActual, LessonSource
from taawun.monitoring.models.sheets import (
    IndicatorValue,
    Reporting,
    Sheet,
    SheetActions,
    SheetConfirmation,
)

__all__ = [
    "SECTIONS",
    "CompletionReport",
    "Dispute",
    "DisputeKind",
    "IndicatorValue",
    "InputActual",
    "LessonSource",
    "Reporting",
    "Settlement",
    "Sheet",
    "SheetActions",
    "SheetConfirmation",
]
