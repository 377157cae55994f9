"""Where a lesson is drafted from: a monitoring sheet, a meeting, the completion report, the evaluation.

Sheets and meetings are not this room's: monitoring, which stands above both, supplies and keeps them (services
`lesson-source`, `keep-lesson-source`, `source-of-lesson`). Completion and evaluation an operation has once each: the
stage alone tells them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from taawun.cycle.models import Operation
from taawun.foundation.ports import registry
from taawun.lessons.models import Stage

STAGES = {"completion": Stage.COMPLETION, "evaluation": Stage.EVALUATION}


@dataclass(frozen=True)
class Source:
    """What a lesson is drafted from: its name and address, the day it speaks of, the stage it belongs to."""

    token: str
    stage: str
    label: str = ""
    url: str = ""
    day: date | None = None


def source_for(operation: Operation, token: str) -> Source | None:
    """What an address means by “sheet-3” or “completion”; None for what this operation does not have."""
    if token in STAGES:
        return Source(token, STAGES[token])
    find = registry.services.get("lesson-source")
    return find(operation, token) if find and token else None


def keep_source(lesson: Any, source: Source | None) -> None:
    """Keep the sheet or the meeting with the lesson. The caller holds the transaction."""
    keep = registry.services.get("keep-lesson-source")
    if keep and source and source.token not in STAGES:
        keep(lesson, source.token)


def source_of(lesson: Any) -> Source | None:
    """The sheet or the meeting a lesson was drafted from, where it was one."""
    held = registry.services.get("source-of-lesson")
    return held(lesson) if held else None
