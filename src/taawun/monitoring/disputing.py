"""Disputing a figure, and explaining one that is disputed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import Operation, Party
from taawun.foundation import clock
from taawun.foundation.audit import label_of, record
from taawun.foundation.models import AuditEvent, User
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.seats import Letter, missing_of_letter, recording_office
from taawun.foundation.standing import fresh_standing, take_seat
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.kernel.workflow import Seat
from taawun.letters.actions import letter_of_entry
from taawun.monitoring import dispute_letters, disputes, queries
from taawun.monitoring.disputes import Disputed
from taawun.monitoring.models import Dispute, DisputeKind

LONGEST = 2000


@dataclass(frozen=True)
class Paper:
    """The letter by which a party that does not sign in acts; its recording office enters it (ADR 15)."""

    party_id: int
    letter: Letter


@dataclass(frozen=True)
class Hand:
    """A locked operation with the seat that acts on its disputes; `sender` and `letter` where it enters a letter."""

    operation: Operation
    seat: Seat
    organisation_id: int | None
    actor: User
    sender: Party | None = None
    letter: Letter | None = None

    @property
    def party(self) -> Party:
        """The signing party that acts here; whoever acts for none is refused (403)."""
        found = self.sender or disputes.party_acting(self.operation, self.organisation_id, self.seat.role)
        if found is None or not found.signs:
            raise PermissionDenied
        return found

    @property
    def spoken_for(self) -> Party | None:
        """The party, signing or not, that speaks here."""
        return self.sender or queries.party_of(self.operation, self.organisation_id, self.seat.role)

    @property
    def acted_on(self) -> date:
        """The day of the act: that of the letter, else today."""
        return (self.letter and self.letter.dated_on) or clock.today()

    def open(self, dispute: Dispute) -> Disputed:
        """The dispute as it is now; refuses one that is settled."""
        held = disputes.dispute_of(self.operation, dispute.pk)
        if not held.dispute.is_open:
            refuse([_("This dispute is settled already.")])
        if self.letter and self.acted_on < held.dispute.opened_on:
            refuse([_("The letter is dated before the figure was disputed.")])
        return held

    def enter(self, dispute: Dispute, act: str, **detail: Any) -> None:
        """Into the record, with the seat; of a letter with whose it is, its number, its date and its scan."""
        seat: dict[str, Any] = {"organisation_id": self.organisation_id, "role": self.seat.role}
        if self.sender and self.letter:
            seat |= {"on_behalf_of_id": self.sender.organisation_id, "acted_on": self.acted_on}
            detail["on_paper"] = {"number": self.letter.number, "dated_on": self.letter.dated_on}
        event = enter_act(dispute, act, self.actor, detail, **seat)
        if self.letter:
            registry.services["keep-letter"](self.letter.scan, self.actor, event)
            done = label_of(Operation.kind, act)
            letter_of_entry(self.operation, event, self.letter, done=done, actor=self.actor)


@contextmanager
def acting(operation_id: int, actor: User, right: str, paper: Paper | None = None) -> Iterator[Hand]:
    """One transaction on the locked operation: who may (else 403), and the tasks that follow.

    With `paper` the office that records for parties on paper enters the letter of one of them, and nobody else may.
    Refuses a letter without number, date or scan.
    """
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation_id)
        if paper:
            yield _by_letter(locked, actor, paper)
        else:
            seat, organisation_id = rights.require(locked, actor, right)
            yield Hand(locked, seat, organisation_id, actor)
        sync_tasks(locked)


def _by_letter(operation: Operation, actor: User, paper: Paper) -> Hand:
    who, seat = fresh_standing(actor), operation.workflow.recorder
    sender = next((p for p in dispute_letters.recorded_for(operation, who) if p.pk == paper.party_id), None)
    if sender is None or seat is None:
        raise PermissionDenied
    office = recording_office(operation, who)
    take_seat(actor, office, seat.role, sender.organisation_id)
    if missing := missing_of_letter(paper.letter):
        raise Refused(missing)
    return Hand(operation, seat, office, actor, sender, paper.letter)


# ── Disputing ──


def dispute_figure(
    operation: Operation,
    place: disputes.Place,
    *,
    reason: str,
    saw: str,
    actor: User,
    paper: Paper | None = None,
) -> Dispute:
    """Dispute a figure for one's party: from now on it is marked wherever it appears.

    Right `dispute`: a party that confirms, while the parties still confirm that figure. `saw` is the fingerprint of
    what the person read. Refuses a figure that is not there or was changed since, one's own, one that one's party
    disputes already, and a dispute without a reason. `paper`: a party on paper disputes it by letter (`acting`).
    """
    with acting(operation.pk, actor, "dispute", paper) as hand:
        party = hand.party
        thing = disputes.read(hand.operation, [place]).get(place)
        figure, author = disputes.said(thing, place[2]), disputes.author_of(hand.operation, thing)
        refuse(too_late(hand.operation, place[0]))
        refuse(_problems(place, figure, saw, hand, own=author == party) or _unfit(reason))
        made = Dispute.objects.create(
            operation=hand.operation,
            kind=place[0],
            target_id=place[1],
            field=place[2],
            figure=figure,
            party=party,
            author=author,
            reason=reason.strip(),
            opened_on=hand.acted_on,
            opened_by=actor,
        )
        hand.enter(made, "figure-disputed", note=made.reason, figure=figure)
    return made


def too_late(operation: Operation, kind: str) -> list[str]:
    """Why a figure of this kind can no longer be disputed; nothing while the parties still confirm it."""
    if operation.state in disputes.DISPUTABLE[DisputeKind(kind)]:
        return []
    return [_("The parties do not confirm this figure now: it can be neither disputed nor corrected.")]


def _problems(place: disputes.Place, figure: str, saw: str, hand: Hand, *, own: bool) -> list[str]:
    kind, target_id, field = place
    held = Dispute.objects.filter(kind=kind, target_id=target_id, field=field, party=hand.party)
    told = {"party": hand.party.organisation.name}
    if not figure.strip():
        return [_("This figure is not there any more.")]
    if own:
        return [
            _("%(party)s reported this figure itself.") % told
            if hand.sender
            else _("This is your own figure: correct it.")
        ]
    if held.filter(settled_on__isnull=True).exists():
        return [
            _("%(party)s disputes this figure already.") % told
            if hand.sender
            else _("Your side disputes this figure already.")
        ]
    return changed(saw, figure)


def changed(saw: str, says: str) -> list[str]:
    """Whether the figure is no longer what a reader saw, in words."""
    if saw == disputes.fingerprint(says):
        return []
    return [_("The figure was changed since you opened this page: read it again.")]


def _unfit(text: str) -> list[str]:
    if not text.strip():
        return [_("Give the reason.")]
    return [_("The reason is too long.")] if len(text) > LONGEST else []


# ── Explaining ──


def explain(dispute: Dispute, *, text: str, actor: User, paper: Paper | None = None) -> Dispute:
    """Say why one stands by a disputed figure; it then waits on the party that disputes it.

    Right `dispute-answer`, for those who answer for that figure alone (403), while it can still be corrected.
    Explained anew, the new text takes the place of the old, which the record keeps. `paper`: a party on paper explains
    it by letter (`acting`).
    """
    with acting(dispute.operation_id, actor, "dispute-answer", paper) as hand:
        held = hand.open(dispute).dispute
        if hand.spoken_for not in disputes.answering(hand.operation, held):
            raise PermissionDenied
        refuse([*too_late(hand.operation, held.kind), *_unfit(text)])
        held.answer, held.answered_on, held.answered_by = text.strip(), hand.acted_on, actor
        held.save(update_fields=["answer", "answered_on", "answered_by"])
        hand.enter(held, "dispute-answered", note=held.answer)
    return held


def enter_act(
    dispute: Dispute, act: str, actor: User | None, detail: dict[str, Any], **seat: Any
) -> AuditEvent:
    """Enter an act about a dispute in the operation's record."""
    about = {"dispute": dispute.pk, "kind": dispute.kind, "field": dispute.field}
    return record(dispute.operation, act, actor=actor, detail=about | detail, **seat)


def refuse(problems: Iterable[str]) -> None:
    """Refuse where there are problems."""
    if told := [Obstacle(text) for text in problems]:
        raise Refused(told)
