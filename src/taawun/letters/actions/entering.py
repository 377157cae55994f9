"""Entering a letter in a register, putting the entry right, striking it out, taking it over from another's."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle.models import CooperationRequest, Operation
from taawun.directory.models import Organisation
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import Standing, fresh_standing, take_seat
from taawun.foundation.steps import Refused
from taawun.letters.actions.numbering import next_entry
from taawun.letters.models import Direction, Letter
from taawun.letters.queries import GATE, WRITERS, letters_visible_to, register_of_correspondent, takers_of
from taawun.letters.rows import facts_shown
from taawun.letters.seats import Case
from taawun.papers.actions import hand_over
from taawun.papers.models import File

FACTS = (
    "direction",
    "number",
    "dated_on",
    "passed_on",
    "correspondent",
    "correspondent_name",
    "subject",
    "language_id",
    "answers",
)


def enter_letter(
    organisation: Organisation, values: dict[str, Any], *, actor: User, case: Case | None = None
) -> Letter:
    """Enter a letter that came in or went out in an organisation's register, under its next number.

    For whoever keeps that register (else 403), on a case they see or on none. `values`: the facts and, if there is
    one, the scan, which is handed to the letter. Records the entry; moves nothing. Refuses impossible dates and an
    answer to a letter the actor may not see.
    """
    _require_keeper(organisation.pk, actor)
    _require_sight(case, actor)
    facts = {name: values[name] for name in FACTS}
    _refuse(facts, actor)
    with transaction.atomic():
        made = next_entry(
            organisation.pk,
            written_by=actor,
            is_example=case.is_example if case else organisation.is_example,
            **facts,
            **_about(case),
        )
        _attach(made, values.get("scan"), actor)
        _record(made, "letter-entered", actor, detail=_told(made))
    return made


def correct_letter(
    letter: Letter, values: dict[str, Any], *, actor: User, base_version: int, case: Case | None = None
) -> Letter:
    """Put an entry right; the record keeps what it said before. What says the same changes nothing.

    For whoever keeps the register. Raises `Frozen` for an entry that is struck out or that a step made, `Conflict`
    when someone else corrected it meanwhile; refuses what `enter_letter` refuses.
    """
    with transaction.atomic():
        locked = _lock(letter, actor)
        if locked.struck_on or locked.made_by:
            raise editing.Frozen
        wanted = {name: values[name] for name in FACTS} | _about(case)
        held = {name: getattr(locked, name) for name in wanted}
        scan = values.get("scan")
        if held == wanted and (scan is None or scan.pk == locked.scan_id):
            return locked
        if case != locked.case_held:
            _require_sight(case, actor)
        _refuse(wanted, actor, letter=locked)
        editing.bump(locked, base_version, theirs=facts_shown(held), mine=facts_shown(wanted))
        for name, value in wanted.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(wanted))
        changed = {n: [_plain(held[n]), _plain(wanted[n])] for n in wanted if held[n] != wanted[n]}
        if scan is not None and scan.pk != locked.scan_id:
            changed["scan"] = [locked.scan.original_name if locked.scan else "", scan.original_name]
        _attach(locked, scan, actor)
        _record(locked, "letter-corrected", actor, detail={"changed": changed})
    return locked


def strike_letter(letter: Letter, reason: str, *, actor: User) -> Letter:
    """Strike out an entry made by mistake: it keeps its number and stays to be read, with the reason.

    For whoever keeps the register. Refuses an empty reason, an entry struck out already or made by a step.
    """
    with transaction.atomic():
        locked = _lock(letter, actor)
        reason = reason.strip()
        if locked.made_by:
            raise Refused([Obstacle(_("A step entered this letter: it is not struck out by hand."))])
        if locked.struck_on:
            raise Refused([Obstacle(_("This entry is struck out already."))])
        if not reason:
            raise Refused([Obstacle(_("Give the reason."))])
        locked.struck_on, locked.struck_reason, locked.version = (
            clock.today(),
            reason[:500],
            locked.version + 1,
        )
        locked.save(update_fields=["struck_on", "struck_reason", "version"])
        _record(locked, "letter-struck", actor, detail={"reason": locked.struck_reason})
    return locked


def take_in(letter: Letter, *, actor: User) -> Letter:
    """Enter in one's own register what the other side registered: nothing is typed twice.

    For whoever keeps the register of the organisation the letter names, where they see it. The day is today, to be
    put right where it was another; the scan is the same file. Refuses a letter that is in the register already.
    """
    with transaction.atomic():
        first = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        if first.shared:
            raise Refused([Obstacle(_("This letter is in your register already."))])
        who = fresh_standing(actor)
        if not (takers_of(first, who) and letters_visible_to(actor).filter(pk=first.pk).exists()):
            raise PermissionDenied
        register = register_of_correspondent(first) or 0
        _sit(register, who, actor)
        facts = {name: getattr(first, name) for name in FACTS} | {
            "direction": Direction.IN if first.direction == Direction.OUT else Direction.OUT,
            "passed_on": clock.today() if first.direction == Direction.OUT else first.dated_on,
            "correspondent_id": first.organisation_id,
            "correspondent_name": "",
            "answers": None,
        }
        del facts["correspondent"]
        made = next_entry(
            register,
            written_by=actor,
            is_example=first.is_example,
            shared=True,
            scan_id=first.scan_id,
            **facts,
            **{name: getattr(first, name) for name in ("coop_request_id", "operation_id", "lot_id")},
        )
        Letter.objects.filter(pk=first.pk).update(shared=True)
        _record(made, "letter-taken-in", actor, detail=_told(made))
    return made


def _require_keeper(organisation_id: int, actor: User) -> None:
    _sit(organisation_id, fresh_standing(actor), actor)


def _sit(organisation_id: int, who: Standing, actor: User) -> None:
    """Let through whoever keeps the register, noting the seat: their own before one they fill as deputy."""
    roles = [role for role in WRITERS if organisation_id in who.holding(role)]
    if not roles:
        raise PermissionDenied
    take_seat(actor, organisation_id, min(roles, key=lambda role: (organisation_id, role) in who.delegated))


def _require_sight(case: Case | None, actor: User) -> None:
    if case and not case.kind_record.visible_to(actor).filter(pk=case.pk).exists():
        raise PermissionDenied


def _lock(letter: Letter, actor: User) -> Letter:
    locked = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    _require_keeper(locked.organisation_id, actor)
    return locked


def _about(case: Case | None) -> dict[str, Any]:
    return {
        "operation": case if isinstance(case, Operation) else None,
        "coop_request": case if isinstance(case, CooperationRequest) else None,
    }


def _refuse(facts: dict[str, Any], actor: User, letter: Letter | None = None) -> None:
    told = [*day_problems(facts["dated_on"], facts["passed_on"]).values()]
    if not (facts["correspondent"] or facts["correspondent_name"].strip()):
        told.append(_("Say from whom the letter came, or to whom it went."))
    answered = facts["answers"]
    if answered and not letters_visible_to(actor).filter(pk=answered.pk).exists():
        told.append(_("The letter answered is not in a register you may read."))
    if answered and letter and answered.pk == letter.pk:
        told.append(_("A letter does not answer itself."))
    if told:
        raise Refused([Obstacle(text) for text in told])


def day_problems(dated_on: Any, passed_on: Any) -> dict[str, str]:
    """What is wrong with the dates of a letter, by field."""
    problems = {}
    if dated_on and dated_on > clock.today():
        problems["dated_on"] = _("The date of the letter lies in the future.")
    if passed_on and passed_on > clock.today():
        problems["passed_on"] = _("A letter is entered once it was received or sent: this day lies ahead.")
    elif dated_on and passed_on and passed_on < dated_on:
        problems["passed_on"] = _("The letter bears a later date than the day on which it passed.")
    return problems


def _attach(letter: Letter, scan: File | None, actor: User) -> None:
    if scan is not None and scan.pk != letter.scan_id:
        letter.scan = hand_over(scan, actor=actor, gate=GATE, subject_id=letter.pk)
        letter.save(update_fields=["scan"])


def _record(letter: Letter, act: str, actor: User, *, detail: dict[str, Any]) -> None:
    record(letter, act, actor=actor, organisation_id=letter.organisation_id, detail=detail)  # type: ignore[arg-type]


def _told(letter: Letter) -> dict[str, Any]:
    return {
        "note": letter.code,
        "number": letter.number,
        "dated_on": letter.dated_on,
        "passed_on": letter.passed_on,
        "scan": letter.scan.sha256 if letter.scan else "",
    }


def _plain(value: Any) -> Any:
    return str(value) if hasattr(value, "pk") else value
