"""The texts of meetings and surveys, as search finds them: whoever sees the operation sees them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from taawun.cycle.queries import operations_among
from taawun.cycle.texts import codes_of
from taawun.foundation.readable import Cases, Readable, joined
from taawun.meetings.models import Meeting, Survey


def meetings_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[Meeting]:
    """The meetings of the operations this person may know of."""
    return Meeting.objects.filter(operation_id__in=operations_among(user, cases))


def surveys_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[Survey]:
    """The surveys of the operations this person may know of."""
    return Survey.objects.filter(operation_id__in=operations_among(user, cases))


def on_meetings_seen(user: Any, cases: Cases | None = None) -> Q:
    """On a meeting the person may know of, for its minutes: `queries.may_see` of all at once."""
    return Q(Exists(meetings_visible_to(user, cases).order_by().filter(pk=OuterRef("subject_id"))))


def on_surveys_seen(user: Any, cases: Cases | None = None) -> Q:
    """On a survey the person may know of, for its minutes: `queries.may_see_survey` of all at once."""
    return Q(Exists(surveys_visible_to(user, cases).order_by().filter(pk=OuterRef("subject_id"))))


def of_meetings(rows: QuerySet[Meeting]) -> Iterable[Readable]:
    """What was said and decided where, under the title of the operation; who was there stands on paper alone."""
    for each in rows.select_related("operation").prefetch_related("decisions"):
        decisions = [decision.text for decision in each.decisions.all()]
        yield Readable(
            object_id=each.pk,
            address=each.get_absolute_url(),
            language=each.operation.language,
            title=each.operation.title,
            body=joined(each.place, each.summary, *decisions),
            code=each.code,
            **codes_of(each.operation),
            day=each.held_on,
        )


def of_surveys(rows: QuerySet[Survey]) -> Iterable[Readable]:
    """Where the mission went, and its minutes of meeting, under the title of the operation."""
    for each in rows.select_related("operation"):
        yield Readable(
            object_id=each.pk,
            address=reverse("meetings:survey", args=[each.operation_id, each.pk]),
            language=each.operation.language,
            title=each.operation.title,
            body=joined(each.places, each.minutes),
            code=each.code,
            **codes_of(each.operation),
            day=each.starts_on,
        )
