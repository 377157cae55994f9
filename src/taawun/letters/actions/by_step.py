"""Letters that a step sends or receives: they stand in the registers by themselves."""

from datetime import date
from typing import Any

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from taawun.cycle.models import CooperationRequest, Lot
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.models import User
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
    lot: Lot | None = None,
    scan: File | None = None,
    is_example: bool = False,
) -> list[Letter]:
    """Enter a letter that a step sent in the registers named (of its sender, of its addressee, or of both).

    In the step's own transaction; a letter that stands in a register already is not entered again. `made_by` names
    the paper (`letters.sources`): its facts are the step's, so nobody corrects the entry by hand.
    """
    about = {"coop_request": coop_request, "lot": lot}
    held = Letter.objects.filter(made_by=made_by, **about).values_list("organisation_id", flat=True)
    made = []
    for organisation_id in sorted(set(registers) - set(held)):
        outgoing = organisation_id == sender_id
        letter = next_entry(
            organisation_id,
            direction=Direction.OUT if outgoing else Direction.IN,
            correspondent_id=addressee_id if outgoing else sender_id,
            number=number[:60],
            dated_on=dated_on,
            passed_on=max(passed_on, dated_on),
            subject=subject[:300],
            language_id=f"language:{language}",
            made_by=made_by,
            shared=len(registers) > 1,
            written_by=actor,
            scan=scan,
            is_example=is_example,
            **about,
        )
        _record(letter, actor)
        made.append(letter)
    return made


def _record(letter: Any, actor: User | None) -> None:
    record(
        letter,
        "letter-by-step",
        actor=actor,
        organisation_id=letter.organisation_id,
        detail={"note": letter.code, "number": letter.number},
    )


def covering_letter_left(lot: Lot, requests: list[CooperationRequest], actor: User) -> None:
    """The covering letter of a forwarded list: out of the coordination body's register, into the country office's."""
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
        is_example=any(r.is_example for r in requests),
    )


def covering_letter_taken_back(lot_id: int, reason: str) -> None:
    """The list was forwarded by mistake and came back: its letter is struck out of both registers, with the reason."""
    Letter.objects.filter(lot_id=lot_id, struck_on__isnull=True).update(
        struck_on=clock.today(), struck_reason=reason[:500], version=F("version") + 1
    )
