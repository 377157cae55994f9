"""Which monitoring sheet or meeting a lesson was drafted from: supplied to the room of lessons, which stands below."""

import re
from typing import Any

from django.urls import reverse

from taawun.cycle.models import Operation
from taawun.lessons.models import Lesson, Stage
from taawun.lessons.queries import lessons_visible_to
from taawun.lessons.sources import Source
from taawun.meetings.models import Meeting
from taawun.monitoring.models import LessonSource, Sheet

TOKEN = re.compile(r"(sheet|meeting)-([0-9]{1,8})")
BY_STATE = {
    **dict.fromkeys(("planning", "appraised"), Stage.PLANNING),
    **dict.fromkeys(("completion_review", "completed"), Stage.COMPLETION),
    **dict.fromkeys(("ex_post_due", "evaluated", "closed"), Stage.EVALUATION),
}


def find_source(operation: Operation, token: str) -> Source | None:
    """What a token names: a sheet by its number or a meeting, of this operation alone."""
    known = _named(operation, token)
    return _source(known, operation) if known else None


def keep_source(lesson: Lesson, token: str) -> None:
    """Keep what the lesson was drafted from; the caller holds the transaction and has found it."""
    known = _named(lesson.operation, token)
    if known:
        LessonSource.objects.create(lesson=lesson, **{type(known).__name__.lower(): known})


def source_of(lesson: Lesson) -> Source | None:
    """The sheet or meeting a lesson was drafted from: one SQL statement."""
    held = LessonSource.objects.filter(lesson=lesson).select_related("sheet", "meeting").first()
    known = (held.sheet or held.meeting) if held else None
    return _source(known, lesson.operation) if known else None


def lessons_from(sheet: Sheet, user: Any) -> list[Lesson]:
    """The lessons drafted from a sheet, as far as this person may see them: one SQL statement besides the gate's."""
    held = LessonSource.objects.filter(sheet=sheet).values("lesson_id")
    return list(lessons_visible_to(user).filter(pk__in=held).order_by("-pk"))


def _named(operation: Operation, token: str) -> Sheet | Meeting | None:
    match = TOKEN.fullmatch(token)
    if match is None:
        return None
    sort, number = match.group(1), int(match.group(2))
    if sort == "sheet":
        return Sheet.objects.filter(operation_id=operation.pk, number=number).first()
    return Meeting.objects.filter(operation_id=operation.pk, pk=number).first()


def _source(known: Sheet | Meeting, operation: Operation) -> Source:
    if isinstance(known, Sheet):
        url = reverse("monitoring:sheet", args=[operation.pk, known.number])
        return Source(f"sheet-{known.number}", Stage.IMPLEMENTATION, str(known), url, known.period_to)
    stage = BY_STATE.get(operation.state, Stage.IMPLEMENTATION)
    return Source(f"meeting-{known.pk}", stage, str(known), known.get_absolute_url(), known.held_on)
