"""Applying and undoing long workbooks: as a job of one item, so that it stays one transaction, all or nothing."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.batches.actions.applying import apply_batch, refuse_what_stops
from taawun.batches.actions.shared import locked
from taawun.batches.actions.undoing import undo_batch
from taawun.batches.models import Batch, Stage
from taawun.batches.queries import APPLY, UNDO, is_long
from taawun.foundation.models import Job, User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.foundation.work import begin, go_on


def apply_or_begin(batch: Batch, *, actor: User) -> Batch | Job:
    """Apply a short batch at once; begin a job that applies a long one. Refuses as `apply_batch` does."""
    if not is_long(batch):
        return apply_batch(batch, actor=actor)
    with transaction.atomic():
        held, _definition, _scope = locked(batch, actor, Stage.PREVIEWED)
        refuse_what_stops(held)
        return _begun(APPLY, held, actor, _("Apply %(workbook)s"), key=held.looked_at.isoformat())


def undo_or_begin(batch: Batch, *, actor: User, reason: str) -> Batch | Job:
    """Undo a short batch at once; begin a job that undoes a long one. Refuses as `undo_batch` does."""
    if not is_long(batch):
        return undo_batch(batch, actor=actor, reason=reason)
    with transaction.atomic():
        held, _definition, _scope = locked(batch, actor, Stage.APPLIED)
        if not reason.strip():
            raise Refused([Obstacle(_("Give the reason."))])
        return _begun(UNDO, held, actor, _("Undo %(workbook)s"), key=reason.strip()[:40], reason=reason)


def _begun(kind: str, batch: Batch, actor: User, title: str, *, key: str, **more: Any) -> Job:
    """The job, begun once; one that was cancelled or refused before is taken up again."""
    job = begin(
        kind,
        actor=actor,
        title=title % {"workbook": batch},
        items=[(str(batch.pk), str(batch))],
        arguments={"batch": batch.pk, **more},
        key=f"{batch.pk}:{key}",
    )
    if not job.is_open:
        go_on(job, actor=actor)
        job.refresh_from_db()
    return job
