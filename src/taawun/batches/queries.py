"""The gate to batches, and what pages ask of them."""

from typing import Any

from django.db.models import Q, QuerySet

from taawun.batches.definitions import Definition, definitions
from taawun.batches.models import Batch, BatchRow
from taawun.directory.models import Organisation
from taawun.foundation.models import Job
from taawun.foundation.models.jobs import OPEN_STAGES
from taawun.foundation.standing import Standing, standing

GATE = "batch"
APPLY, UNDO = "apply-workbook", "undo-workbook"  # the kinds of job that do it
SHORT = 50  # rows applied while their sender waits: they see the result at once, within seconds


def batches_visible_to(user: Any) -> QuerySet[Batch]:
    """Batches of the organisations in which this person holds a role that works with the sheet; nobody else's."""
    who = standing(user)
    allowed = Q(pk__in=[])
    for each in definitions():
        held = who.holding(*each.roles)
        if held:
            allowed |= Q(definition_slug=each.slug, organisation_id__in=held)
    return Batch.objects.filter(allowed)


def may_open_file(user: Any, batch_id: int) -> bool:
    """The workbook of a batch is opened by whoever sees the batch."""
    return batches_visible_to(user).filter(pk=batch_id).exists()


def batch_for(user: Any, pk: int) -> Batch | None:
    """One batch through the gate, with what its page shows."""
    rows = batches_visible_to(user).select_related("organisation", "file", "made_by__person")
    return rows.filter(pk=pk).first()


def is_long(batch: Batch) -> bool:
    """Whether so many rows move that applying or undoing them is a job."""
    return batch.moving > SHORT


def job_under_way(batch: Batch) -> Job | None:
    """The job that applies or undoes the batch just now, if one does."""
    open_ones = Job.objects.filter(stage__in=OPEN_STAGES, kind__in=(APPLY, UNDO))
    return open_ones.filter(arguments__batch=batch.pk).first()


def sheets_open_to(who: Standing) -> list[Definition]:
    """The sheets this person may fill in."""
    return [each for each in definitions() if who.holding(*each.roles)]


def organisations_for(definition: Definition, who: Standing) -> list[Organisation]:
    """The organisations for which they may: usually one."""
    held = who.holding(*definition.roles)
    return list(Organisation.objects.filter(pk__in=held)) if held else []


def rows_of(batch: Batch) -> QuerySet[BatchRow]:
    """The rows of a batch in the order of the sheet."""
    return BatchRow.objects.filter(batch=batch).order_by("number")


def row_behind(kind: str, subject_id: int) -> BatchRow | None:
    """The applied row by which a case came to be, for the page of the case."""
    rows = BatchRow.objects.filter(subject_kind=kind, subject_id=subject_id, event_id__isnull=False)
    return rows.select_related("batch__file").order_by("-pk").first()
