"""What is filed with agreements, documents and scans: their gates for all at once, and where a file is found."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from taawun.agreements.in_force import not_left_for
from taawun.agreements.models import Instrument, InstrumentKind, NegotiationRound
from taawun.cycle.models import Operation
from taawun.cycle.queries import operations_among, operations_visible_to, requests_among
from taawun.foundation.readable import Cases


def on_instruments_read(user: Any, cases: Cases | None = None) -> Q:
    """On an instrument the person reads: `queries.may_see` of all at once.

    Said in fewer words than `agreements_visible_to`, whose ways are made to list many: the database plans it sooner.
    """
    operations = operations_among(user, cases)
    opened = Operation.objects.order_by().filter(pk__in=operations, coop_request_id__isnull=False)
    request_seen = Q(coop_request_id__in=requests_among(user, cases)) | Q(
        coop_request_id__in=opened.values("coop_request_id")
    )
    is_out = Q(frozen_on__isnull=False) | not_left_for(user)
    read = Instrument.objects.order_by().filter(Q(operation_id__in=operations) | (request_seen & is_out))
    return Q(Exists(read.filter(pk=OuterRef("subject_id"))))


def on_notes_read(user: Any, cases: Cases | None = None) -> Q:
    """On a request whose note verbale the person reads now, for all at once: `queries.may_read_note`."""
    notes = Instrument.objects.order_by().filter(kind=InstrumentKind.NOTE_VERBALE)
    out = notes.filter(Q(frozen_on__isnull=False) | not_left_for(user))
    read = Exists(out.filter(coop_request_id=OuterRef("subject_id")))
    return Q(read, subject_id__in=requests_among(user, cases))


def page_of_instrument(user: Any, file: Any) -> str:
    """The agreements of the operation where the person sees one, for a note of the one it opened; else the request."""
    held = Instrument.objects.select_related("coop_request").get(pk=file.subject_id)
    asked = held.coop_request
    opened = Q(pk=held.operation_id) if asked is None else Q(coop_request_id=asked.pk)
    operation = operations_visible_to(user).filter(opened).first()
    return _agreements(operation) if operation or asked is None else asked.get_absolute_url()


def page_of_round(user: Any, file: Any) -> str:
    """A text that came back from negotiation is read on the page of its round."""
    held = NegotiationRound.objects.filter(file_id=file.pk).values_list("number", flat=True).first()
    if held is None:
        return reverse("cycle:operation", args=[file.subject_id])
    return reverse("agreements:round", args=[file.subject_id, held])


def _agreements(operation: Operation | None) -> str:
    return reverse("agreements:agreements", args=[operation.pk]) if operation else ""
