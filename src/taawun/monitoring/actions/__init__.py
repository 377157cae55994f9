"""What people do to tell how an operation is going."""

from taawun.monitoring.actions.completion import Provided, save_completion_report
from taawun.monitoring.actions.sheets import confirm_sheet, open_sheet, save_sheet
from taawun.monitoring.actions.taking import TakenValue, forget_values, take_values
from taawun.monitoring.actions.values import Figure, report_values

__all__ = [
    "Figure",
    "Provided",
    "TakenValue",
    "confirm_sheet",
    "forget_values",
    "open_sheet",
    "report_values",
    "save_completion_report",
    "save_sheet",
    "take_values",
]
