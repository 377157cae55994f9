"""Drafting a lesson and writing its texts."""

from typing import Any

from django.db import transaction

from taawun.cycle import rights
from taawun.cycle.actions import next_number
from taawun.cycle.models import Operation, TeamMember
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.tasks import sync_tasks
from taawun.lessons.models import Lesson
from taawun.lessons.sources import Source, keep_source
from taawun.lessons.workflow import LessonState


def draft_lesson(
    *, operation: Operation, values: dict[str, Any], actor: User, source: Source | None = None
) -> Lesson:
    """Draft a lesson from an operation: numbered, with the operation's country, sector and modality.

    Keeps the sheet or meeting it comes from (`source`), and the day: the one given, else the source's, else today.
    Records the draft and puts it on the knowledge officer's desk. Refuses (403) who has no seat in the operation.
    """
    with transaction.atomic():
        seat, organisation_id = rights.require(operation, actor, "lesson")
        given = {"noticed_on": (source and source.day) or clock.today()}
        given |= {name: value for name, value in values.items() if name != "noticed_on" or value}
        drafted_by = organisation_id or team_organisation(operation, actor)
        year = clock.today().year
        lesson = Lesson.objects.create(
            state=LessonState.DRAFT,
            state_since=clock.now(),
            code=f"LES-{year}-{next_number(f'LES-{year}'):04d}",
            operation=operation,
            provider_id=operation.provider_id,
            drafted_by_id=drafted_by,
            drafted_as=seat.role,
            country_id=operation.country_id,
            sector_id=operation.sector_id,
            modality_id=operation.modality_id,
            is_example=operation.is_example,
            created_by=actor,
            **given,
        )
        keep_source(lesson, source)
        record(
            lesson,
            "drafted",
            actor=actor,
            organisation_id=drafted_by,
            role=seat.role,
            to_state=LessonState.DRAFT,
        )
        sync_tasks(lesson)
    return lesson


def team_organisation(operation: Operation, actor: User) -> int:
    """The organisation an evaluator was named from."""
    mine = TeamMember.objects.filter(operation=operation, person__user=actor)
    return mine.values_list("organisation_id", flat=True).order_by("-pk")[0]


def edit_lesson(*, lesson: Lesson, values: dict[str, Any], actor: User, base_version: int) -> Lesson:
    """Change a lesson's texts while it is a draft or being analysed; never over another's save (`Conflict`).

    Refuses (403) who may not write it now, and `Frozen` once it is certified.
    """
    with transaction.atomic():
        rights.require(lesson, actor, "lesson-texts")
        saved = editing.save_part(lesson, "texts", values, actor=actor, base_version=base_version)
        sync_tasks(saved)
    return saved
