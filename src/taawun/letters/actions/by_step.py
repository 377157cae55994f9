"""Letters that a step sends or receives: they stand in the registers by themselves."""

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from taawun.cycle.models import CooperationRequest, Lot, Operation
from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.models import AuditEvent, User
from taawun.foundation.seats import Letter as PaperLetter
from taawun.foundation.steps import Context
from taawun.letters.actions.numbering import next_entry
from taawun.letters.models import Direction, Letter
from taawun.papers.models import File


def letter_by_step(
    made_by: str,
    *,
    sender_id: int,
    addressee_id: int,
    registers: tuple[int, ...],
    subject: str,
    language: str,
    number: str,
    dated_on: date,
    passed_on: date,
    actor: User | None,
    coop_request: CooperationRequest | None = None,
    operation: Operation | None = None,
    lot: Lot | None = None,
    scan: File | None = None,
    is_example: bool = False,
) -> list[Letter]:
    """Enter a letter that a step sent in the registers named (of its sender, of its addressee, or of both).

    In the step's own transaction; a letter that stands in a register already is not entered again, and who does not
    sign in keeps its register elsewhere. `made_by` names the paper (`letters.sources`): its facts are the step's, so
    nobody corrects the entry by hand.
    """
    about = {"coop_request": coop_request, "operation": operation, "lot": lot}
    kept = Organisation.objects.filter(pk__in=registers, on_paper=False).order_by("pk")
    made = []
    for body in kept:
        outgoing = body.pk == sender_id
        known_by = about | {
            "made_by": made_by,
            "number": number[:60],
            "correspondent_id": addressee_id if outgoing else sender_id,
        }
        if Letter.objects.filter(organisation=body, **known_by).exists():
            continue
        letter = next_entry(
            body.pk,
            direction=Direction.OUT if outgoing else Direction.IN,
            dated_on=dated_on,
            passed_on=max(passed_on, dated_on),
            subject=subject[:300],
            language_id=f"language:{language}",
            shared=len(kept) > 1,
            written_by=actor,
            scan=scan,
            is_example=is_example,
            **known_by,
        )
        _record(letter, actor, "letter-by-step", {"note": letter.code, "number": letter.number})
        made.append(letter)
    return made


def _record(letter: Any, actor: User | None, act: str, detail: dict[str, Any]) -> None:
    record(letter, act, actor=actor, organisation_id=letter.organisation_id, detail=detail)


def covering_letter_left(
    lot: Lot, requests: list[CooperationRequest], actor: User, scan: File | None = None
) -> None:
    """The covering letter of a forwarded list: out of the coordination body's register, into the country office's.

    `scan`: the letter itself, where the coordination body sent it on paper.
    """
    first = requests[0]
    with translation.override(first.language):
        subject = _("Requests for technical cooperation, in order of priority")
    letter_by_step(
        "covering-letter",
        sender_id=lot.coordination_id,
        addressee_id=first.country_office_id,
        registers=(lot.coordination_id, first.country_office_id),
        subject=subject,
        language=first.language,
        number=lot.letter_number,
        dated_on=lot.letter_date,
        passed_on=lot.letter_date,
        actor=actor,
        lot=lot,
        scan=scan,
        is_example=any(r.is_example for r in requests),
    )


def covering_letter_taken_back(lot_id: int, reason: str, actor: User) -> None:
    """The list was forwarded by mistake and came back: its letter is struck out of both registers, with the reason."""
    for letter in Letter.objects.select_for_update().filter(lot_id=lot_id, struck_on__isnull=True):
        letter.struck_on, letter.struck_reason = clock.today(), reason[:500]
        letter.version += 1
        letter.save(update_fields=["struck_on", "struck_reason", "version"])
        _record(letter, actor, "letter-struck", {"reason": letter.struck_reason})


def letter_on_paper(case: Any, ctx: Context, event: AuditEvent) -> None:
    """The letter by which a party without accounts did a step stands in the register of the office that recorded it.

    With the scan that the entry of the record keeps. The covering letter of a list enters as one letter for all of it
    (`covering_letter_left`).
    """
    if ctx.letter is not None and "lot" not in ctx.data:
        letter_of_entry(case, event, ctx.letter, done=ctx.step.past, actor=ctx.actor)


def letter_of_entry(
    case: Any, event: AuditEvent, paper: PaperLetter, *, done: Any, actor: User | None
) -> None:
    """The letter on which an entry of the record rests, in the register of the office that recorded it.

    `done`: what the letter did, in words. One letter that does several things stands there once; a kind of case that is
    neither request nor operation has no letters.
    """
    about = {"request": "coop_request", "operation": "operation"}.get(case.kind)
    if about is None or paper.dated_on is None:
        return
    with translation.override(case.case_language()):
        subject = f"{done} – {case.case_title()}"
    letter_by_step(
        "on-paper",
        sender_id=event.on_behalf_of_id or 0,
        addressee_id=event.organisation_id or 0,
        registers=(event.organisation_id or 0,),
        subject=subject,
        language=case.case_language(),
        number=paper.number,
        dated_on=paper.dated_on,
        passed_on=event.acted_on,
        actor=actor,
        scan=paper.scan,
        is_example=case.is_example,
        **{about: case},
    )
