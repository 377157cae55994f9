"""Lessons, as their list and their page show them."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema

from taawun.api.listing import Page, asking, stretch
from taawun.api.room import Room
from taawun.api.scopes import Scope
from taawun.api.shapes import Body, Case, Coded, body, case, coded, page_of, word
from taawun.cycle.queries import operation_seen
from taawun.foundation.requests import there
from taawun.lessons.lists import FILTERS, lessons_page
from taawun.lessons.models import Lesson as Row
from taawun.lessons.queries import lessons_with_head

room = Room("Lessons", Scope.LESSONS)


class LessonLine(Schema):
    """A lesson, as a line of the list."""

    id: int
    number: str
    title: str
    language: str
    state: Coded
    stage: Coded
    country: Coded | None
    sector: Coded | None
    modality: Coded | None
    certified_on: date | None
    keywords: str
    is_example: bool
    page: str


class Lesson(LessonLine):
    """A lesson with what it says, and the operation that taught it, for those who may open that."""

    provider: Body | None
    situation: str
    cause: str
    countermeasure: str
    conditions: str
    noticed_on: date | None
    retired_on: date | None
    retired_because: str
    operation: Case | None


class LessonPage(Page):
    items: list[LessonLine]


LessonsAsked = asking("LessonsAsked", FILTERS)


@room.reads("/lessons", LessonPage, "lessons")
def lessons(request: HttpRequest, asked: Query[LessonsAsked]) -> Any:  # type: ignore[valid-type]
    """Lessons that you may know of, the newest first."""
    return stretch(request, asked, lessons_page(request.user), lambda row: line(request, row))


@room.reads("/lessons/{int:id}", Lesson, "lesson")
def lesson(request: HttpRequest, id: int) -> Any:
    """One lesson with what it says."""
    return whole(request, there(lessons_with_head(request.user).filter(pk=id).first()))


def line(request: HttpRequest, row: Row) -> dict[str, Any]:
    """A lesson as a line of the list."""
    return {
        "id": row.pk,
        "number": row.code,
        "title": row.title,
        "language": row.language,
        "state": word(row.state, row.state_label),
        "stage": word(row.stage, row.get_stage_display()),
        "country": coded(row.country_id),
        "sector": coded(row.sector_id),
        "modality": coded(row.modality_id),
        "certified_on": row.certified_on,
        "keywords": row.keywords,
        "is_example": row.is_example,
        "page": page_of(request, row),
    }


SAYS = ("situation", "cause", "countermeasure", "conditions", "noticed_on", "retired_on", "retired_because")


def whole(request: HttpRequest, row: Row) -> dict[str, Any]:
    """A lesson with what it says."""
    seen = operation_seen(request.user, row.operation_id)
    return {
        **line(request, row),
        **{name: getattr(row, name) for name in SAYS},
        "provider": body(row.provider),
        "operation": case("operation", row.operation) if seen else None,
    }
