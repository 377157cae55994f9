"""Disputing a figure, and explaining one that is disputed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import Operation, Party
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.kernel.workflow import Seat
from taawun.monitoring import disputes, queries
from taawun.monitoring.disputes import Disputed
from taawun.monitoring.models import Dispute, DisputeKind

LONGEST = 2000


@dataclass(frozen=True)
class Hand:
    """A locked operation with the seat that acts on its disputes."""

    operation: Operation
    seat: Seat
    organisation_id: int | None
    actor: User

    @property
    def party(self) -> Party:
        """The signing party that acts here; whoever acts for none is refused (403)."""
        found = disputes.party_acting(self.operation, self.organisation_id, self.seat.role)
        if found is None:
            raise PermissionDenied
        return found

    def open(self, dispute: Dispute) -> Disputed:
        """The dispute as it is now; refuses one that is settled."""
        held = disputes.dispute_of(self.operation, dispute.pk)
        if not held.dispute.is_open:
            refuse([_("This dispute is settled already.")])
        return held

    def enter(self, dispute: Dispute, act: str, **detail: Any) -> None:
        """Into the record, with the seat."""
        seat = {"organisation_id": self.organisation_id, "role": self.seat.role}
        enter_act(dispute, act, self.actor, detail, **seat)


@contextmanager
def acting(operation_id: int, actor: User, right: str) -> Iterator[Hand]:
    """One transaction on the locked operation: who may (else 403), and the tasks that follow."""
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation_id)
        seat, organisation_id = rights.require(locked, actor, right)
        yield Hand(locked, seat, organisation_id, actor)
        sync_tasks(locked)


# ── Disputing ──


def dispute_figure(
    operation: Operation, place: disputes.Place, *, reason: str, saw: str, actor: User
) -> Dispute:
    """Dispute a figure for one's party: from now on it is marked wherever it appears.

    Right `dispute`: a party that confirms, while the parties still confirm that figure. `saw` is the fingerprint of
    what the person read. Refuses a figure that is not there or was changed since, one's own, one that one's party
    disputes already, and a dispute without a reason.
    """
    with acting(operation.pk, actor, "dispute") as hand:
        party = hand.party
        thing = disputes.read(hand.operation, [place]).get(place)
        figure, author = disputes.said(thing, place[2]), disputes.author_of(hand.operation, thing)
        refuse(too_late(hand.operation, place[0]))
        refuse(_problems(place, figure, saw, party_id=party.pk, own=author == party) or _unfit(reason))
        made = Dispute.objects.create(
            operation=hand.operation,
            kind=place[0],
            target_id=place[1],
            field=place[2],
            figure=figure,
            party=party,
            author=author,
            reason=reason.strip(),
            opened_by=actor,
        )
        hand.enter(made, "figure-disputed", note=made.reason, figure=figure)
    return made


def too_late(operation: Operation, kind: str) -> list[str]:
    """Why a figure of this kind can no longer be disputed; nothing while the parties still confirm it."""
    if operation.state in disputes.DISPUTABLE[DisputeKind(kind)]:
        return []
    return [_("The parties do not confirm this figure now: it can be neither disputed nor corrected.")]


def _problems(place: disputes.Place, figure: str, saw: str, *, party_id: int, own: bool) -> list[str]:
    kind, target_id, field = place
    held = Dispute.objects.filter(kind=kind, target_id=target_id, field=field, party_id=party_id)
    if not figure.strip():
        return [_("This figure is not there any more.")]
    if own:
        return [_("This is your own figure: correct it.")]
    if held.filter(settled_on__isnull=True).exists():
        return [_("Your side disputes this figure already.")]
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


def explain(dispute: Dispute, *, text: str, actor: User) -> Dispute:
    """Say why one stands by a disputed figure; it then waits on the party that disputes it.

    Right `dispute-answer`, for those who answer for that figure alone (403), while it can still be corrected.
    Explained anew, the new text takes the place of the old, which the record keeps.
    """
    with acting(dispute.operation_id, actor, "dispute-answer") as hand:
        held = hand.open(dispute).dispute
        party = queries.party_of(hand.operation, hand.organisation_id, hand.seat.role)
        if party not in disputes.answering(hand.operation, held):
            raise PermissionDenied
        refuse([*too_late(hand.operation, held.kind), *_unfit(text)])
        held.answer, held.answered_on, held.answered_by = text.strip(), clock.today(), actor
        held.save(update_fields=["answer", "answered_on", "answered_by"])
        hand.enter(held, "dispute-answered", note=held.answer)
    return held


def enter_act(dispute: Dispute, act: str, actor: User | None, detail: dict[str, Any], **seat: Any) -> None:
    """Enter an act about a dispute in the operation's record."""
    about = {"dispute": dispute.pk, "kind": dispute.kind, "field": dispute.field}
    record(dispute.operation, act, actor=actor, detail=about | detail, **seat)


def refuse(problems: Iterable[str]) -> None:
    """Refuse where there are problems."""
    if told := [Obstacle(text) for text in problems]:
        raise Refused(told)
