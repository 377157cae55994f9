"""Which instruments a case has, and who may read them."""

from typing import Any, cast

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from taawun.agreements.models import (
    AmendedItem,
    Amendment,
    Clause,
    EarlierText,
    Instrument,
    InstrumentKind,
    LanguageVersion,
    NegotiationRound,
    Signature,
)
from taawun.cycle.models import CooperationRequest, Operation
from taawun.cycle.queries import internal_to_provider, operations_visible_to, requests_visible_to
from taawun.governance.queries import read_by
from taawun.planning.models import DesignVersion, ObjectiveLevel


def note_of(coop_request: CooperationRequest) -> Instrument | None:
    """The note verbale of a request, written or sent."""
    return _of_request(coop_request, InstrumentKind.NOTE_VERBALE)


def reply_of(coop_request: CooperationRequest) -> Instrument | None:
    """The partner's reply, once recorded."""
    return _of_request(coop_request, InstrumentKind.NOTE_VERBALE_REPLY)


def _of_request(coop_request: CooperationRequest, kind: str) -> Instrument | None:
    rows = Instrument.objects.filter(coop_request_id=coop_request.pk, kind=kind).select_related("scan")
    return rows.first()


def note_shown(user: Any, coop_request: CooperationRequest) -> Instrument | None:
    """The note as this person may read it: the partner only once it was sent."""
    note = note_of(coop_request)
    return note if note and _is_out(user, note, coop_request) else None


def may_read_note(user: Any, request_id: int) -> bool:
    """Whether a person reads the note verbale of a request now: the gate of documents made of it."""
    seen = requests_visible_to(user).filter(pk=request_id).first()
    return bool(seen and note_shown(user, seen))


def notes_read(user: Any, ids: set[int]) -> set[int]:
    """Those of the requests whose note verbale a person reads now: the same gate for many.

    For a note that left that is whoever sees the request; of one not sent yet the settings are asked besides.
    """
    rows = Instrument.objects.filter(
        kind=InstrumentKind.NOTE_VERBALE, coop_request__in=requests_visible_to(user).filter(pk__in=ids)
    )
    cases = [
        (note, cast(CooperationRequest, note.coop_request)) for note in rows.select_related("coop_request")
    ]
    return {case.pk for note, case in cases if _is_out(user, note, case)}


def _is_out(user: Any, instrument: Instrument, coop_request: CooperationRequest) -> bool:
    return instrument.frozen_on is not None or internal_to_provider(user, coop_request)


def may_see(user: Any, instrument_id: int) -> bool:
    """Whoever sees the case sees its instruments; a note not sent yet, the provider's side alone."""
    instrument = Instrument.objects.filter(pk=instrument_id).select_related("coop_request").first()
    if instrument is None:
        return False
    if instrument.operation_id is not None:
        return operations_visible_to(user).filter(pk=instrument.operation_id).exists()
    coop_request = cast(CooperationRequest, instrument.coop_request)
    return _sees_request(user, coop_request.pk) and _is_out(user, instrument, coop_request)


def _sees_request(user: Any, pk: int) -> bool:
    """Through the request, or through the operation it opened: its people see the notes exchanged."""
    if requests_visible_to(user).filter(pk=pk).exists():
        return True
    return operations_visible_to(user).filter(coop_request_id=pk).exists()


def record_of_discussions(operation: Operation) -> Instrument | None:
    """The Record of Discussions of an operation with its versions and signatures: three SQL statements at most."""
    rows = Instrument.objects.filter(operation_id=operation.pk, kind=InstrumentKind.RECORD_OF_DISCUSSIONS)
    return rows.select_related("scan").prefetch_related("versions", "signatures__party").first()


def instruments_of(operation: Operation) -> QuerySet[Instrument]:
    """Every instrument of an operation and the notes it came from: three SQL statements, the texts left out."""
    mine = Q(operation_id=operation.pk)
    notes = Q(coop_request_id=operation.coop_request_id, frozen_on__isnull=False)
    rows = Instrument.objects.filter(mine | notes if operation.coop_request_id else mine)
    versions = Prefetch("versions", LanguageVersion.objects.defer("text"))
    signatures = Prefetch(
        "signatures", Signature.objects.select_related("party__organisation", "organisation")
    )
    rows = rows.annotate(has_earlier=Exists(EarlierText.objects.filter(instrument=OuterRef("pk"))))
    return rows.defer("text").select_related("scan").prefetch_related(versions, signatures)


# ── Amendments ──

# An agreement is amended from its signature until the results are confirmed: most extensions are agreed near the end.
AMENDED = ("agreed", "in_implementation", "completion_review")


def _amendments(operation: Operation) -> QuerySet[Amendment]:
    rows = Amendment.objects.filter(operation_id=operation.pk).select_related("instrument__scan", "revision")
    return rows.prefetch_related(
        "items",
        "components__component",
        "instrument__versions",
        "instrument__signatures__party__organisation",
    )


def register_of(operation: Operation) -> list[Amendment]:
    """The amendments of an operation with what they changed, in the order of their numbers: two SQL statements."""
    rows = Amendment.objects.filter(operation_id=operation.pk).select_related("instrument")
    return list(rows.prefetch_related("items"))


def open_number(operation: Operation) -> int | None:
    """The number of the amendment being written, if there is one."""
    rows = Amendment.objects.filter(operation_id=operation.pk, instrument__frozen_on__isnull=True)
    return rows.values_list("number", flat=True).first()


def open_amendment(operation: Operation) -> Amendment | None:
    """The amendment being written, if there is one."""
    return _amendments(operation).filter(instrument__frozen_on__isnull=True).first()


def amendment_in(operation: Operation, number: int) -> Amendment | None:
    """An amendment by its number; another operation's is not there."""
    return _amendments(operation).filter(number=number).first()


def amended_substance(operation: Operation, revision: DesignVersion) -> dict[str, str]:
    """What the parties signed for a revision, by key; the last amendment counts."""
    rows = AmendedItem.objects.filter(amendment__revision_id=revision.pk).order_by("amendment__number", "pk")
    return {row.key: row.after for row in rows if row.key.partition(":")[0] in ObjectiveLevel.values}


# ── Negotiation ──


def is_writing(operation: Operation) -> bool:
    """Whether a paper of the operation may be open now."""
    return operation.state == "appraised" or operation.state in AMENDED


def is_open_text(operation: Operation, paper: Instrument) -> bool:
    """Whether the text of this paper of the operation may still change."""
    if paper.kind == InstrumentKind.RECORD_OF_DISCUSSIONS:
        return operation.state == "appraised"
    return paper.kind == InstrumentKind.AMENDMENT and operation.state in AMENDED and paper.frozen_on is None


def papers_being_written(operation: Operation) -> list[Instrument]:
    """The papers whose text is still open: the Record until it is signed, an amendment until it is."""
    rows = Instrument.objects.filter(operation_id=operation.pk)
    if operation.state == "appraised":
        rows = rows.filter(kind=InstrumentKind.RECORD_OF_DISCUSSIONS)
    elif operation.state in AMENDED:
        rows = rows.filter(kind=InstrumentKind.AMENDMENT, frozen_on__isnull=True)
    else:
        return []
    return list(rows.prefetch_related("versions"))


def waits(held: NegotiationRound, operation: Operation) -> bool:
    """Whether a text that went out still waits on somebody: not decided, not withdrawn, its paper not signed."""
    return held.is_open and held.instrument_id in {one.pk for one in papers_being_written(operation)}


def rounds_of(operation: Operation) -> list[NegotiationRound]:
    """The texts of an operation that went out, the last first, without what they say: one SQL statement."""
    rows = NegotiationRound.objects.filter(operation_id=operation.pk).defer("sent", "returned")
    return list(rows.select_related("instrument", "party__organisation", "document"))


def round_in(operation: Operation, number: int) -> NegotiationRound | None:
    """One of them by its number; another operation's is not there."""
    rows = NegotiationRound.objects.filter(operation_id=operation.pk, number=number)
    people = ("sent_by", "returned_by", "closed_by")
    held = rows.select_related("instrument", "party__organisation", "document", "file", *people)
    return held.prefetch_related("decisions").first()


def rounds_waiting(operation: Operation) -> list[NegotiationRound]:
    """The texts that are out or came back and are not decided."""
    rows = NegotiationRound.objects.filter(operation_id=operation.pk, state__in=("out", "back"))
    return list(rows.defer("sent", "returned").select_related("party").order_by("number"))


# ── Clauses ──


def clauses_read_by(user: Any) -> QuerySet[Clause]:
    """The versions of clauses this person may read: of the agencies whose settings they read."""
    return Clause.objects.filter(provider_id__in=read_by(user)).select_related("provider")


def clause_read_by(user: Any, pk: int) -> Clause | None:
    """One of them; None where this person reads no such one."""
    return clauses_read_by(user).filter(pk=pk).first()
