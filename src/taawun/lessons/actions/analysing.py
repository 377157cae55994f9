"""What the knowledge officer does: link operations, take up a draft in another lesson, certify, retire."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.cycle.queries import operations_visible_to
from taawun.foundation import editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Context, Refused
from taawun.foundation.taking_back import Back
from taawun.lessons import queries
from taawun.lessons.models import Citation, Lesson, Occurrence
from taawun.lessons.workflow import LINKABLE, LessonState

Row = tuple[Operation, str]


def link_operations(*, lesson: Lesson, rows: Sequence[Row], actor: User, base_version: int) -> Lesson:
    """Say in which other operations the same was seen, and what: the rows given replace those the actor may see.

    Refuses (403) all but the provider's knowledge officer; `Refused` an operation they may not see, the lesson's own,
    and one named twice; `Frozen` while nobody analyses it; never over another's save (`Conflict`).
    """
    with transaction.atomic():
        locked = Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
        seat, organisation_id = rights.require(locked, actor, "lesson-analysis")
        if locked.state not in LINKABLE:
            raise editing.Frozen
        _refuse_what_cannot_be_linked(locked, rows, actor)
        hidden = {row.pk for row in queries.others_linked(locked, actor)}
        held = list(locked.occurrences.exclude(pk__in=hidden).select_related("operation"))
        before, after = _told((row.operation, row.note) for row in held), _told(rows)
        if before == after:
            return locked
        editing.bump(locked, base_version, theirs=before, mine=after)
        _replace(locked, held, rows, actor)
        record(
            locked,
            "operations-linked",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            audience_id=locked.provider_id,
            # Not by name: offices and organisations read the record that may not see every operation.
            detail={"operations": [operation.pk for operation, _note in rows]},
        )
    return locked


def _refuse_what_cannot_be_linked(lesson: Lesson, rows: Sequence[Row], actor: User) -> None:
    ids = [operation.pk for operation, _note in rows]
    seen = operations_visible_to(actor).filter(pk__in=ids).count()
    wrong = {
        _("An operation is not one that you may see."): seen < len(set(ids)),
        _("An operation is named twice."): len(set(ids)) < len(ids),
        _("The lesson was drafted from this operation: name others."): lesson.operation_id in ids,
    }
    if obstacles := [Obstacle(text) for text, holds in wrong.items() if holds]:
        raise Refused(obstacles)


def _told(rows: Any) -> dict[str, Any]:
    """What is held, for a conflict."""
    return {_("Operations"): "\n".join(f"{operation.code} {note}".strip() for operation, note in rows)}


def _replace(lesson: Lesson, held: list[Occurrence], rows: Sequence[Row], actor: User) -> None:
    """Rows that stay keep who linked them and when."""
    kept = {row.operation_id: row for row in held}
    named = {operation.pk for operation, _note in rows}
    Occurrence.objects.filter(pk__in=[row.pk for row in held if row.operation_id not in named]).delete()
    changed: list[Occurrence] = []
    new: list[Occurrence] = []
    for operation, note in rows:
        row = kept.get(operation.pk) or Occurrence(lesson=lesson, operation=operation, linked_by=actor)
        row.note = note
        (changed if row.pk else new).append(row)
    Occurrence.objects.bulk_update(changed, ["note"])
    Occurrence.objects.bulk_create(new)


def join_lesson(lesson: Lesson, ctx: Context) -> None:
    """A draft is taken up in another lesson: its operation, and those linked to it, are linked there.

    Refuses (`Refused`) where the other lesson is not being analysed or certified any more.
    """
    chosen = ctx.data.get("into")
    into = Lesson.objects.select_for_update(of=("self",)).filter(pk=chosen.pk if chosen else 0).first()
    if into is None or into.state not in LINKABLE or into.provider_id != lesson.provider_id:
        raise Refused([Obstacle(_("This lesson is not being analysed or certified: choose another."))])
    known = {into.operation_id, *into.occurrences.values_list("operation_id", flat=True)}
    found = {lesson.operation_id: lesson.situation[:1000]}
    found |= dict(lesson.occurrences.values_list("operation_id", "note"))
    Occurrence.objects.bulk_create(
        Occurrence(lesson=into, operation_id=pk, note=note, joined=lesson, linked_by=ctx.actor)
        for pk, note in found.items()
        if pk not in known
    )
    _touch(into.pk)
    lesson.successor = into
    lesson.save(update_fields=["successor"])


def _touch(lesson_id: int) -> None:
    """Whoever has the page of its operations open sees, on saving, that they changed meanwhile."""
    Lesson.objects.filter(pk=lesson_id).update(version=F("version") + 1)


def date_certification(lesson: Lesson, ctx: Context) -> None:
    """From this day on it is offered."""
    lesson.certified_on = ctx.acted_on
    lesson.save(update_fields=["certified_on"])


def keep_retirement(lesson: Lesson, ctx: Context) -> None:
    """A retired lesson says to everybody why, since when, and which lesson to use instead.

    Refuses (`Refused`) a lesson to use instead that is not certified, or is this one.
    """
    successor = ctx.data.get("successor")
    if successor is not None:
        successor = Lesson.objects.filter(pk=successor.pk, state=LessonState.CERTIFIED).first()
        if successor is None or successor.pk == lesson.pk:
            raise Refused([Obstacle(_("The lesson to use instead is another certified lesson."))])
    lesson.retired_on, lesson.retired_because, lesson.successor = ctx.acted_on, ctx.reason, successor
    lesson.save(update_fields=["retired_on", "retired_because", "successor"])


def undate_certification(lesson: Lesson, back: Back) -> None:
    """Certified by mistake: it is offered no more. Refuses (`Refused`) once it was offered: then it is retired."""
    if Citation.objects.filter(lesson=lesson).exists():
        raise Refused([Obstacle(_("It was offered already: retire it, with the reason."))])
    lesson.certified_on = None
    lesson.save(update_fields=["certified_on"])


def forget_retirement(lesson: Lesson, back: Back) -> None:
    """Retired by mistake: it is offered again."""
    lesson.retired_on, lesson.retired_because, lesson.successor = None, "", None
    lesson.save(update_fields=["retired_on", "retired_because", "successor"])


def part_lesson(lesson: Lesson, back: Back) -> None:
    """Taken up in another by mistake: what it brought there goes, and it is a lesson of its own again."""
    Occurrence.objects.filter(joined=lesson).delete()
    _touch(lesson.successor_id or 0)
    lesson.successor = None
    lesson.save(update_fields=["successor"])
