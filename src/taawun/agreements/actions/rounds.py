"""Sending a text out as Word, taking back what came of it, and deciding of each clause: nothing in silence."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from taawun.agreements import negotiation, queries
from taawun.agreements.actions.shared import refuse
from taawun.agreements.models import (
    Instrument,
    InstrumentKind,
    LanguageVersion,
    NegotiationRound,
)
from taawun.agreements.wording import as_clauses
from taawun.cycle import rights
from taawun.cycle.models import Operation, Party
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.papers.actions import hand_over
from taawun.papers.making import Page, Paper, make
from taawun.papers.models import File, Format, Rendering

GATE = "operation"  # what came back is read by whoever sees the operation, whatever becomes of the paper
REPLY = "text-reply"
RIGHT = {InstrumentKind.RECORD_OF_DISCUSSIONS: "record-of-discussions", InstrumentKind.AMENDMENT: "amendment"}
State = NegotiationRound.State


def send_text(
    operation: Operation,
    version: LanguageVersion,
    party: Party,
    *,
    message: str,
    paper: Paper,
    page: Page,
    origin: str,
    actor: User,
) -> NegotiationRound:
    """Send a paper's text in one language to a party: it is frozen as a Word document and waits on that party.

    For whoever writes the paper, while it is being written (else `Frozen`). `page` is the paper as it is drawn, which
    the worker makes into Word; `origin` the address of this installation. Refuses a party that does not sign, an empty
    text, and a language whose text is out already. The text itself may be edited meanwhile.
    """
    with transaction.atomic():
        locked, seat, organisation_id = lock_text(operation, version.instrument, actor)
        held: Any = LanguageVersion.objects.filter(pk=version.pk).prefetch_related("clauses").first()
        if held is None:
            raise Refused([_("The text was written anew meanwhile: read it again before you send it.")])
        clauses = as_clauses(held.clauses.all())
        refuse(*_problems(locked, held, party, clauses))
        document = make(paper, page, [Format.DOCX.value], actor=actor, origin=origin)
        last = NegotiationRound.objects.filter(operation=locked).aggregate(last=Max("number"))["last"] or 0
        made = NegotiationRound.objects.create(
            operation=locked,
            number=last + 1,
            instrument=version.instrument,
            kind=version.instrument.kind,
            language=held.language,
            party=party,
            message=message,
            sent=[negotiation.kept(one) for one in clauses],
            document=document,
            sent_by=actor,
        )
        tell_round(made, locked, "text-sent-out", actor, seat.role, organisation_id, document=document.number)
        sync_tasks(locked)
    return made


def _problems(operation: Operation, version: LanguageVersion, party: Party, clauses: list[Any]) -> list[str]:
    signing = {one.pk for one in operation.party_rows if one.signs}
    out = NegotiationRound.objects.filter(
        instrument=version.instrument, language=version.language, state__in=(State.OUT, State.BACK)
    )
    return [
        "" if party.pk in signing else _("Choose a party that signs."),
        "" if clauses else _("The text has no clause yet."),
        _("The text in this language is out already: decide of it, or withdraw it first.")
        if out.exists()
        else "",
    ]


def take_back(held: NegotiationRound, file: File, *, actor: User) -> NegotiationRound:
    """Enter the document that came back: it is read, cut into clauses, and kept as it came. Nothing changes yet.

    For the parties that sign and the office (right `text-reply`). A better one may be entered until it is decided.
    `Frozen` once the round is closed; refuses while the Word file that goes out is not made, for nothing can have come
    back; raises `ValidationError` for what cannot be read.
    """
    with transaction.atomic():
        operation = Operation.objects.select_for_update(of=("self",)).get(pk=held.operation_id)
        seat, organisation_id = rights.require(operation, actor, REPLY)
        locked = NegotiationRound.objects.select_for_update(of=("self",)).get(pk=held.pk)
        if not queries.waits(locked, operation):
            raise editing.Frozen
        went_out = _sent_file(locked)
        if went_out is None:
            raise Refused(
                [_("The Word document that goes out is still being made: nothing can have come back.")]
            )
        returned = negotiation.read_back(_bytes(file), _bytes(went_out), locked.sent)
        locked.file = hand_over(file, actor=actor, gate=GATE, subject_id=operation.pk)
        locked.returned, locked.state = returned, State.BACK
        locked.returned_by, locked.returned_at = actor, clock.now()
        locked.version += 1
        locked.save()
        tell_round(
            locked, operation, "text-came-back", actor, seat.role, organisation_id, scan=locked.file.sha256
        )
        sync_tasks(operation)
    return locked


def _sent_file(held: NegotiationRound) -> File | None:
    row = (
        Rendering.objects.filter(document=held.document_id, format=Format.DOCX).select_related("file").first()
    )
    return row.file if row else None


def _bytes(file: File) -> bytes:
    with default_storage.open(file.stored_name) as stored:
        return bytes(stored.read())


def withdraw_text(held: NegotiationRound, *, reason: str, actor: User, base_version: int) -> NegotiationRound:
    """Take a text that is out back, with the reason: nothing of it is taken in. For whoever writes the paper.

    `base_version` is the version of the round that was read; refuses where a document was entered since.
    """
    with transaction.atomic():
        operation, seat, organisation_id = lock_text(held.operation, held.instrument, actor)
        locked = NegotiationRound.objects.select_for_update(of=("self",)).get(pk=held.pk)
        if not locked.is_open:
            raise editing.Frozen
        if locked.version != base_version:
            raise Refused([_("A document came back since you opened this page: read it first.")])
        editing.bump(locked, base_version)
        locked.reason = reason
        close_round(locked, State.WITHDRAWN, actor)
        tell_round(locked, operation, "text-withdrawn", actor, seat.role, organisation_id, note=reason)
        sync_tasks(operation)
    return locked


def give_up_texts(paper: Instrument, *, reason: str, actor: User) -> None:
    """A paper is given up: its texts that are out are withdrawn with it. What was decided of others stays."""
    out = NegotiationRound.objects.filter(instrument=paper, state__in=(State.OUT, State.BACK))
    out.update(
        state=State.WITHDRAWN,
        reason=reason,
        closed_by=actor,
        closed_at=clock.now(),
        version=F("version") + 1,
    )


def lock_text(
    operation: Operation, paper: Instrument | None, actor: User
) -> tuple[Operation, Any, int | None]:
    """The operation, locked for whoever writes this paper, while it is being written."""
    locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
    if paper is None:
        raise editing.Frozen
    right = RIGHT.get(InstrumentKind(paper.kind))
    if right is None:
        raise PermissionDenied
    seat, organisation_id = rights.require(locked, actor, right)
    if paper.pk not in {one.pk for one in queries.papers_being_written(locked)}:
        raise editing.Frozen
    return locked, seat, organisation_id


def close_round(held: NegotiationRound, state: str, actor: User) -> None:
    held.state, held.closed_by, held.closed_at = state, actor, clock.now()
    held.save(update_fields=["state", "closed_by", "closed_at", "reason"])


def tell_round(
    held: NegotiationRound,
    operation: Operation,
    act: str,
    actor: User,
    role: str,
    organisation_id: int | None,
    **detail: Any,
) -> None:
    told = {"number": held.number, "paper": held.kind, "language": held.language, **detail}
    record(operation, act, actor=actor, organisation_id=organisation_id, role=role, detail=told)
