"""Asking, answering, taking back a question; asking for more time and agreeing to it. None of it moves a state."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.letters.asked import Hand, hand_of
from taawun.letters.models import Question
from taawun.letters.seats import (
    Case,
    PartySeat,
    asks_go_on,
    is_within_provider,
    mine_among,
    parts_of,
    seats_of,
)


def ask_question(
    case: Case,
    *,
    asker: PartySeat,
    asked: PartySeat,
    part: str,
    subject: str,
    text: str,
    due_on: date,
    actor: User,
) -> Question:
    """One party of a case asks another about a part of it, or about a subject, by a day.

    For whoever holds the seat that asks (else 403). It waits on the desk of the seat that is asked, which is told by
    mail; the record keeps it, for the provider's side alone where the provider asks within its own. Refuses a seat
    the case has not reached, one's own seat, a day that is past, and a case that has come to its end.
    """
    with transaction.atomic():
        locked = _lock(case)
        seats = {seat.key: seat for seat in seats_of(locked)}
        if asker not in mine_among(list(seats.values()), fresh_standing(actor)):
            raise PermissionDenied
        _refuse(*_problems(locked, seats, asker, asked, part, subject, text, due_on))
        made = Question.objects.create(
            **_about(locked),
            number=_next_number(locked),
            part=part,
            subject=subject.strip(),
            text=text.strip(),
            internal=is_within_provider(locked, asker, asked),
            asker=asker.party,
            asker_through=asker.through,
            asker_role=asker.role,
            asked=asked.party,
            asked_through=asked.through,
            asked_role=asked.role,
            asked_on=clock.today(),
            asked_by=actor,
            due_on=due_on,
            is_example=locked.is_example,
        )
        _record(made, locked, "question-asked", actor, Hand(asker.through.pk, asker.role), due_on=due_on)
    return made


def _problems(
    case: Case,
    seats: dict[str, PartySeat],
    asker: PartySeat,
    asked: PartySeat,
    part: str,
    subject: str,
    text: str,
    due_on: date,
) -> list[str]:
    problems = []
    if not asks_go_on(case):
        problems.append(
            _("Nothing is asked any more: the case is now “%(state)s”.") % {"state": case.state_label}
        )
    if asked.key not in seats or asked.key == asker.key:
        problems.append(_("Choose another party of this case."))
    if part and part not in parts_of(case):
        problems.append(_("Choose a part of this case."))
    if not part and not subject.strip():
        problems.append(_("Choose the part you ask about, or enter a subject."))
    if not text.strip():
        problems.append(_("Write the question."))
    if due_on < clock.today():
        problems.append(_("The answer cannot be expected before today."))
    return problems


def answer_question(question: Question, text: str, *, actor: User) -> Question:
    """The party asked answers, once. For whoever holds the seat asked (else 403).

    The answer waits on the asker's desk until it is read. Raises `Frozen` when it is answered or withdrawn already:
    of two who answer at once, the second keeps a draft. Refuses an empty answer.
    """
    with transaction.atomic():
        case, held = _both(question)
        hand = _hand(held, case, actor, asker=False)
        if not held.is_open:
            raise editing.Frozen
        _refuse("" if text.strip() else _("Write the answer."))
        _write(
            held,
            answer=text.strip(),
            answered_on=clock.today(),
            answered_by=actor,
            more_until=None,
            more_reason="",
        )
        _record(held, case, "question-answered", actor, hand)
    return held


def withdraw_question(question: Question, reason: str, *, actor: User) -> Question:
    """The asker takes an open question back, with a reason: it waits on nobody any more."""
    with transaction.atomic():
        case, held = _both(question)
        hand = _hand(held, case, actor, asker=True)
        _only_open(held)
        _refuse("" if reason.strip() else _("Give the reason."))
        _write(held, withdrawn_on=clock.today(), withdrawn_reason=reason.strip()[:500], more_until=None)
        _record(held, case, "question-withdrawn", actor, hand, why=held.withdrawn_reason)
    return held


def ask_more_time(question: Question, until: date, reason: str, *, actor: User) -> Question:
    """The party asked wishes a later deadline; it holds once the asker agrees. A second wish replaces the first."""
    with transaction.atomic():
        case, held = _both(question)
        hand = _hand(held, case, actor, asker=False)
        _only_open(held)
        _refuse(
            "" if reason.strip() else _("Give the reason."),
            ""
            if until > max(held.due_on, clock.today())
            else _("Give a day after today and after the deadline."),
        )
        _write(held, more_until=until, more_reason=reason.strip()[:500])
        _record(held, case, "more-time-asked", actor, hand, until=until, why=held.more_reason)
    return held


def settle_more_time(question: Question, agreed: bool, *, actor: User) -> Question:
    """The asker agrees to the later deadline, or leaves it as it is. Refuses when no more time is asked any more."""
    with transaction.atomic():
        case, held = _both(question)
        hand = _hand(held, case, actor, asker=True)
        _only_open(held)
        if held.more_until is None:
            raise Refused([Obstacle(_("No more time is asked for: load the page again."))])
        before = held.due_on
        _write(held, due_on=held.more_until if agreed else before, more_until=None, more_reason="")
        _record(held, case, "more-time-settled", actor, hand, due=[before, held.due_on], agreed=agreed)
    return held


def mark_read(question: Question, *, actor: User) -> Question:
    """The asker has read the answer: it leaves their desk. Done twice, it is done once."""
    with transaction.atomic():
        case, held = _both(question)
        hand = _hand(held, case, actor, asker=True)
        if held.answered_on is None:
            raise Refused([Obstacle(_("There is no answer yet."))])
        if held.noted_on is None:
            _write(held, noted_on=clock.today())
            _record(held, case, "answer-read", actor, hand)
    return held


# ── What they share ──


def _lock(case: Case) -> Any:
    """The case's row orders those who ask, answer and move it at once."""
    return type(case)._default_manager.select_for_update(of=("self",)).get(pk=case.pk)


def _both(question: Question) -> tuple[Case, Question]:
    model: Any = Operation if question.operation_id else CooperationRequest
    case = model.objects.select_for_update(of=("self",)).get(
        pk=question.operation_id or question.coop_request_id
    )
    return case, Question.objects.select_for_update(of=("self",)).get(pk=question.pk)


def _about(case: Case) -> dict[str, Any]:
    return {"operation" if isinstance(case, Operation) else "coop_request": case}


def _next_number(case: Case) -> int:
    return (Question.objects.filter(**_about(case)).aggregate(last=Max("number"))["last"] or 0) + 1


def _hand(question: Question, case: Case, actor: User, *, asker: bool) -> Hand:
    """The seat in which the actor asks or is asked; 403 for whoever does neither."""
    hand = hand_of(question, case, fresh_standing(actor), asker=asker)
    if hand is None:
        raise PermissionDenied
    return hand


def _only_open(question: Question) -> None:
    if not question.is_open:
        raise Refused([Obstacle(_("The question is no longer open: it is answered or withdrawn."))])


def _write(question: Question, **values: Any) -> None:
    for name, value in values.items():
        setattr(question, name, value)
    question.save(update_fields=list(values))


def _record(question: Question, case: Case, act: str, actor: User, hand: Hand, **detail: Any) -> None:
    """An entry in the case's record, for the provider's side alone where it asks within its own; then the desks."""
    record(
        case,
        act,
        actor=actor,
        organisation_id=hand.organisation_id,
        role=hand.role,
        on_behalf_of_id=hand.on_behalf_of_id,
        audience_id=case.provider_id if question.internal else None,
        detail={"question": question.pk, "part": question.part, **detail},
    )
    sync_tasks(case)


def _refuse(*problems: str) -> None:
    told = [Obstacle(text) for text in problems if text]
    if told:
        raise Refused(told)
