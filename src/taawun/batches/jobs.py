"""Long workbooks, applied and undone by the worker: what the request would have done, by the same rights."""

from collections.abc import Callable

from django.utils.translation import gettext as _, gettext_lazy

from taawun.batches.actions import apply_batch, undo_batch
from taawun.batches.models import Batch
from taawun.batches.queries import APPLY, UNDO, batch_for
from taawun.foundation.models import Job, JobItem
from taawun.foundation.steps import Refused
from taawun.foundation.work import Outcome, Result, done, failed, job_kind


def _result(job: Job) -> Result | None:
    batch = batch_for(job.actor, job.arguments["batch"])
    return Result(batch.get_absolute_url(), _("Open the batch")) if batch else None


@job_kind(APPLY, label=gettext_lazy("Apply a workbook"), finish=_result)
def apply_long(job: Job, item: JobItem) -> Outcome:
    """Apply every row as one."""
    return _told(job, lambda batch: apply_batch(batch, actor=job.actor))


@job_kind(UNDO, label=gettext_lazy("Undo a workbook"), finish=_result)
def undo_long(job: Job, item: JobItem) -> Outcome:
    """Take everything back as one."""
    return _told(job, lambda batch: undo_batch(batch, actor=job.actor, reason=job.arguments["reason"]))


def _told(job: Job, act: Callable[[Batch], Batch]) -> Outcome:
    batch = batch_for(job.actor, job.arguments["batch"])
    if batch is None:
        return failed(_("You no longer hold the seat that may do this."))
    try:
        act(batch)
    except Refused as refusal:
        told = " ".join(str(each) for each in refusal.obstacles)
        return failed(_("Nothing was applied or changed. %(why)s") % {"why": told})
    return done(batch.get_absolute_url())
