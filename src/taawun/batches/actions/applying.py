"""Applying a batch: every row or none, and only what the preview showed."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.batches.actions.previewing import judge
from taawun.batches.actions.shared import locked, remember
from taawun.batches.definitions import Definition, Judgement, Line, Scope
from taawun.batches.models import MOVES, Batch, BatchRow, Stage
from taawun.batches.queries import rows_of
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused

MOST_NAMED = 20


def apply_batch(batch: Batch, *, actor: User) -> Batch:
    """Do every row of a preview that adds or changes something, in one transaction; each leaves an entry in its case.

    For whoever holds one of the sheet's roles in the organisation (else 403). Refuses a preview with anything refused
    in it, one that is applied or discarded already, and one whose rows would now be judged otherwise than was shown
    (somebody acted meanwhile): look again, then apply. A refusal changes nothing. Records the digest of all rows.
    """
    with transaction.atomic():
        held, definition, scope = locked(batch, actor, Stage.PREVIEWED)
        refuse_what_stops(held)
        rows = list(rows_of(held))
        lines = [_line(definition, row) for row in rows]
        _refuse_what_moved(rows, judge(definition, scope, lines))
        _apply(definition, scope, held, rows, lines)
        held.stage, held.applied_at = Stage.APPLIED, clock.now()
        held.save(update_fields=["stage", "applied_at"])
        remember(held, "batch-applied", actor, rows=digest_of_rows(rows), counts=held.counts)
    return held


def refuse_what_stops(batch: Batch) -> None:
    """Refuse a preview with anything refused in it, or with nothing to do."""
    if not batch.may_apply:
        raise Refused([Obstacle(_("Something in the sheet is refused: put it right and send it again."))])


def _line(definition: Definition, row: BatchRow) -> Line:
    values = {f.slug: f.typed(row.cells[f.slug]["value"]) for f in definition.fields}
    return Line(row.number, values, row.base_version)


def _refuse_what_moved(rows: list[BatchRow], judgements: list[Judgement]) -> None:
    moved = [
        row
        for row, judgement in zip(rows, judgements, strict=True)
        if (row.verdict, row.subject_id, row.subject_version) != _stands(judgement)
    ]
    if moved:
        told = _("Row %(row)s (%(key)s) would now come out otherwise: somebody acted meanwhile. Look again.")
        raise Refused([Obstacle(told % {"row": r.number, "key": r.key}) for r in moved[:MOST_NAMED]])


def _stands(judgement: Judgement) -> tuple[str, int | None, int | None]:
    subject_id = judgement.subject[1] if judgement.subject else None
    return str(judgement.verdict), subject_id, judgement.version


def _apply(
    definition: Definition, scope: Scope, batch: Batch, rows: list[BatchRow], lines: list[Line]
) -> None:
    moving = [(row, line) for row, line in zip(rows, lines, strict=True) if row.verdict in MOVES]
    done = definition.apply(scope, [line for _row, line in moving], batch)
    for (row, _line), result in zip(moving, done, strict=True):
        row.subject_kind, row.subject_id, row.event_id = result.kind, result.subject_id, result.event.pk
    BatchRow.objects.bulk_update(
        [row for row, _line in moving], ["subject_kind", "subject_id", "event_id"], batch_size=500
    )


def digest_of_rows(rows: list[BatchRow]) -> str:
    """The fingerprint of what was applied: every row's number, verdict and values."""
    told: list[Any] = [
        [row.number, str(row.verdict), {slug: cell["value"] for slug, cell in row.cells.items()}]
        for row in rows
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
