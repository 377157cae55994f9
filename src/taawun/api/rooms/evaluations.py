"""What operations were worth: the recorded ex-post evaluations, as their page shows them to the parties."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Schema
from pydantic import Field

from taawun.api.listing import Page, asking, stretch
from taawun.api.room import Room
from taawun.api.scopes import Scope
from taawun.api.shapes import Body, Case, Coded, body, case, coded, word
from taawun.evaluation.models import Evaluation as Row
from taawun.evaluation.showing import findings_of, rating_of
from taawun.evaluation.texts import evaluations_visible_to
from taawun.foundation.requests import there
from taawun.ui.lists import ListPage

room = Room("Evaluations", Scope.EVALUATIONS)


class Grade(Schema):
    """The overall rating: given by the rule set, or a judgement with its reason."""

    grade: Coded
    rule_set: Coded
    version: int
    computed: bool
    reason: str


class EvaluationLine(Schema):
    """An evaluation, as a line."""

    id: int
    operation: Case
    country: Coded | None
    type: Coded
    evaluated_on: date | None
    overall: Grade | None = Field(description="Null where the provider rates nothing.")
    page: str


class Finding(Schema):
    """The evidence on one criterion."""

    criterion: Coded
    evidence: str


class SubRating(Schema):
    """One sub-rating of the rule set."""

    criterion: str
    level: int | None
    name: str
    meaning: str


class Recommendation(Schema):
    """What is recommended to whom, and what they answered."""

    number: int
    text: str
    addressed_to: Body | None
    response: str
    responded_on: date | None


class Evaluation(EvaluationLine):
    """An evaluation with what was found and recommended."""

    summary: str
    findings: list[Finding]
    sub_ratings: list[SubRating]
    recommendations: list[Recommendation]


class EvaluationPage(Page):
    items: list[EvaluationLine]


EvaluationsAsked = asking("EvaluationsAsked", [], searched=False)


@room.reads("/evaluations", EvaluationPage, "evaluations")
def evaluations(request: HttpRequest, asked: Query[EvaluationsAsked]) -> Any:  # type: ignore[valid-type]
    """The evaluations recorded of the operations that you may know of."""
    page = ListPage(evaluations_visible_to(request.user), [])
    return stretch(request, asked, page, lambda row: line(request, row), dressed=_dressed)


@room.reads("/evaluations/{int:id}", Evaluation, "evaluation")
def evaluation(request: HttpRequest, id: int) -> Any:
    """One evaluation: findings, ratings, recommendations and answers."""
    rows = _dressed(evaluations_visible_to(request.user)).prefetch_related("recommendations__owner")
    return whole(request, there(rows.filter(pk=id).first()))


def _dressed(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("operation").prefetch_related("ratings")


def line(request: HttpRequest, row: Row) -> dict[str, Any]:
    """An evaluation as a line."""
    return {
        "id": row.pk,
        "operation": case("operation", row.operation),
        "country": coded(row.operation.country_id),
        "type": word(row.type, row.get_type_display()),
        "evaluated_on": row.evaluated_on,
        "overall": _grade(row),
        "page": request.build_absolute_uri(reverse("evaluation:evaluation", args=[row.operation_id])),
    }


def _grade(row: Row) -> dict[str, Any] | None:
    rating = rating_of(row)
    if rating is None:
        return _bare_grade(row)
    if not rating.grade:
        return None
    return {
        "grade": word(rating.grade, rating.grade_label),
        "rule_set": word(row.rule_set, rating.name),
        "version": rating.version,
        "computed": rating.computed,
        "reason": rating.reason,
    }


def _bare_grade(row: Row) -> dict[str, Any] | None:
    """The rating that was given by a rule set not known here any more: by its code, for nobody can name it."""
    if not (row.rule_set and row.overall):
        return None
    return {
        "grade": word(row.overall, row.overall),
        "rule_set": word(row.rule_set, row.rule_set),
        "version": row.rule_set_version,
        "computed": row.computed,
        "reason": row.judgement_reason,
    }


def whole(request: HttpRequest, row: Row) -> dict[str, Any]:
    """An evaluation with what was found and recommended."""
    rating = rating_of(row)
    return {
        **line(request, row),
        "summary": row.summary,
        "findings": [
            {"criterion": word(one.slug, one.label), "evidence": one.evidence} for one in findings_of(row)
        ],
        "sub_ratings": [
            {"criterion": one.label, "level": one.level, "name": one.level_label, "meaning": one.meaning}
            for one in (rating.sub_ratings if rating else [])
        ],
        "recommendations": [_recommendation(one) for one in row.recommendations.all()],
    }


def _recommendation(one: Any) -> dict[str, Any]:
    return {
        "number": one.number,
        "text": one.text,
        "addressed_to": body(one.owner),
        "response": one.response,
        "responded_on": one.responded_on,
    }
