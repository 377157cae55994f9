"""Undoing a batch: everything it did, or nothing, and never over somebody else's work."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from taawun.batches.actions.shared import locked, remember
from taawun.batches.definitions import Definition, Made
from taawun.batches.models import Batch, BatchRow, Stage
from taawun.batches.queries import rows_of
from taawun.foundation import clock
from taawun.foundation.audit import label_of
from taawun.foundation.models import AuditEvent, Draft, User
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused


def undo_batch(batch: Batch, *, actor: User, reason: str) -> Batch:
    """Take back everything an applied batch did, in one transaction; the record keeps both.

    For whoever holds one of the sheet's roles in the organisation (else 403). Refuses, naming the cases, when anybody
    has acted on one of them since or has begun to write on it; without a reason; and a batch that is not applied.
    """
    with transaction.atomic():
        held, definition, scope = locked(batch, actor, Stage.APPLIED)
        if not reason.strip():
            raise Refused([Obstacle(_("Give the reason."))])
        rows = [row for row in rows_of(held) if row.event_id is not None]
        _refuse_what_was_touched(rows, actor)
        try:
            with transaction.atomic():
                definition.undo(scope, [_made(definition, row) for row in rows], held)
        except ProtectedError as error:
            raise Refused([_still_needed(error)]) from error
        held.stage, held.ended_at = Stage.UNDONE, clock.now()
        held.save(update_fields=["stage", "ended_at"])
        remember(held, "batch-undone", actor, reason=reason.strip()[:500])
    return held


def _made(definition: Definition, row: BatchRow) -> Made:
    before = {
        f.slug: f.typed(row.cells[f.slug].get("before", row.cells[f.slug]["value"]))
        for f in definition.fields
    }
    values = {f.slug: f.typed(row.cells[f.slug]["value"]) for f in definition.fields}
    return Made(row.number, row.verdict, row.subject_id or 0, before, values)


def _refuse_what_was_touched(rows: list[BatchRow], actor: User) -> None:
    obstacles: list[Obstacle] = []
    for kind in sorted({row.subject_kind for row in rows}):
        last = {row.subject_id or 0: row.event_id or 0 for row in rows if row.subject_kind == kind}
        obstacles += _touched(kind, last, actor)
    if obstacles:
        raise Refused(obstacles)


def _touched(kind: str, last: dict[int, int], actor: User) -> Iterable[Obstacle]:
    """The cases somebody acted on after the batch, each with what was done; a draft counts as begun work.

    The cases stay locked: nobody acts on them between this look and the undoing.
    """
    found = registry.kinds[kind].model._default_manager.select_for_update(of=("self",)).filter(pk__in=last)
    cases = {case.pk: case for case in found.order_by("pk")}
    since: dict[int, AuditEvent] = {}
    events = AuditEvent.objects.filter(kind=kind, subject_id__in=last, pk__gt=min(last.values()))
    for event in events.order_by("pk"):
        if event.pk > last[event.subject_id]:
            since.setdefault(event.subject_id, event)
    drafts = set(Draft.objects.filter(kind=kind, subject_id__in=last).values_list("subject_id", flat=True))
    sides = fresh_standing(actor).sides
    for pk, case in ((pk, cases[pk]) for pk in sorted({*since, *drafts} & cases.keys())):
        yield Obstacle(_told(case, since.get(pk), sides), link=case.get_absolute_url(), link_label=_("Open"))


def _told(case: Any, event: AuditEvent | None, sides: frozenset[int]) -> str:
    named = {"code": case.case_code(), "title": case.case_title()}
    if event is None:
        return _("%(code)s, %(title)s: somebody has begun to write on it.") % named
    if event.audience_id is not None and event.audience_id not in sides:
        return _("%(code)s, %(title)s: somebody has acted on it since.") % named
    what = {"act": label_of(event.kind, event.step)}
    return _("%(code)s, %(title)s: somebody has acted on it since (%(act)s).") % {**named, **what}


def _still_needed(error: ProtectedError) -> Obstacle:
    names = sorted({str(row._meta.verbose_name) for row in error.protected_objects})
    return Obstacle(_("Something rests on what the batch made: %(what)s.") % {"what": ", ".join(names)})
