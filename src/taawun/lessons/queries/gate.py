"""Who may know of a lesson."""

from typing import Any

from django.db.models import Q, QuerySet

from taawun.cycle.models import Operation
from taawun.cycle.queries import provider_ids
from taawun.directory.roles import Role
from taawun.foundation.standing import standing
from taawun.lessons.models import Lesson
from taawun.lessons.workflow import INSIDE, OPEN

UNPUBLISHED = (
    "planning",
    "appraised",
    "cancelled",
)  # what an operation plans is its parties' own until it is agreed


def lessons_visible_to(user: Any) -> QuerySet[Lesson]:
    """Lessons this person may know of: certified and retired ones are everybody's; a draft is its side's alone.

    That side is the provider at headquarters, its office in the operation's country, the organisation that drafted
    it, and its author.
    """
    who = standing(user)
    rows = Lesson.objects.all()
    if who.user_id is None:
        return rows.none()
    growing = rows.filter(state__in=INSIDE).order_by().values("pk")
    provider = growing.filter(provider_id__in=provider_ids(who))
    office = growing.filter(operation__country_office_id__in=who.holding(Role.COUNTRY_OFFICE))
    drafter = growing.filter(drafted_by_id__in=who.organisations)
    author = growing.filter(created_by_id=who.user_id)
    # Nearly all lessons are everybody's: only the few that grow go through the union.
    return rows.filter(Q(state__in=OPEN) | Q(pk__in=provider.union(office, drafter, author, all=True)))


def lessons_with_head(user: Any) -> QuerySet[Lesson]:
    """The same, with what the head of a lesson's page shows."""
    return lessons_visible_to(user).select_related("operation", "provider", "created_by__person")


def is_inside(lesson: Lesson, user: Any) -> bool:
    """Whether the person saw it grow: they alone read how a certified lesson came about."""
    who = standing(user)
    return (
        lesson.provider_id in provider_ids(who)
        or lesson.operation.country_office_id in who.holding(Role.COUNTRY_OFFICE)
        or lesson.drafted_by_id in who.organisations
        or lesson.created_by_id == who.user_id
    )


def lessons_of(operation: Operation, user: Any) -> list[Lesson]:
    """What an operation taught, as far as this person may see it."""
    return list(lessons_visible_to(user).filter(operation=operation).order_by("-pk"))
