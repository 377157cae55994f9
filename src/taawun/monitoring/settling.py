"""Settling a dispute; and what other acts may and may not do while there is one."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.meetings.models import Meeting
from taawun.monitoring import disputes
from taawun.monitoring.disputes import Disputed
from taawun.monitoring.disputing import Hand, Paper, acting, changed, enter_act, refuse
from taawun.monitoring.models import Dispute, Settlement, Sheet


def accept(dispute: Dispute, *, actor: User, saw: str, paper: Paper | None = None) -> Dispute:
    """The disputing party accepts the figure, as it stands or as it was corrected since. For its seat alone (403).

    `saw`: the fingerprint of what the person read; refuses when the figure was changed since. `paper`: a party on paper
    accepts it by letter (`acting`).
    """
    with acting(dispute.operation_id, actor, "dispute", paper) as hand:
        held = _own(hand, dispute)
        refuse(changed(saw, held.says))
        _close(held, _outcome(held), hand)
    return held.dispute


def withdraw(dispute: Dispute, *, actor: User, paper: Paper | None = None) -> Dispute:
    """The disputing party takes its dispute back. For its seat alone (403); refuses one that is settled.

    `paper`: a party on paper takes it back by letter (`acting`).
    """
    with acting(dispute.operation_id, actor, "dispute", paper) as hand:
        held = _own(hand, dispute)
        _close(held, Settlement.WITHDRAWN, hand)
    return held.dispute


def _own(hand: Hand, dispute: Dispute) -> Disputed:
    held = hand.open(dispute)
    if hand.party.pk != held.dispute.party_id:
        raise PermissionDenied
    return held


def settle_by_committee(dispute: Dispute, meeting: Meeting | None, *, saw: str, actor: User) -> Dispute:
    """Record that a meeting of the committee settled a dispute: the figure stands, as it is or as it was corrected.

    Right `meeting`. Refuses a meeting of another operation, one held before the figure was disputed, and a figure
    changed since the person read it (`saw`).
    """
    with acting(dispute.operation_id, actor, "meeting") as hand:
        held = hand.open(dispute)
        if meeting is None or meeting.operation_id != hand.operation.pk:
            refuse([_("Choose the meeting that decided.")])
        elif meeting.held_on < held.dispute.opened_on:
            refuse([_("This meeting was held before the figure was disputed.")])
        refuse(changed(saw, held.says))
        held.dispute.meeting = meeting
        _close(held, _outcome(held), hand)
    return held.dispute


def _outcome(held: Disputed) -> Settlement:
    return Settlement.CORRECTED if held.corrected else Settlement.KEPT


# ── What other acts may and may not do, inside their transaction ──


def refuse_taking_back(operation: Operation) -> None:
    """A disputed figure may be corrected, but not taken back: entered anew it would bear no mark."""
    for one in disputes.open_disputes(operation):
        if not one.says.strip():
            told = {"party": one.dispute.party.organisation.name, "figure": one.dispute.figure}
            text = _(
                "%(party)s disputes the figure %(figure)s: correct it; it can be taken back once that is settled."
            )
            raise Refused([Obstacle(text % told, one.dispute.get_absolute_url(), _("Open the dispute"))])


def refuse_own_dispute(operation: Operation, sheet: Sheet, party_id: int, name: str = "") -> None:
    """Nobody stands by a sheet with a figure in it that they dispute, unless it was corrected since.

    `name`: of the party on paper whose letter is recorded.
    """
    left = [
        one.dispute
        for one in disputes.in_sheet(operation, sheet)
        if one.dispute.party_id == party_id and not one.corrected
    ]
    if left:
        text = _("Your side disputes a figure of this sheet: accept it or withdraw the dispute first.")
        if name:
            told = _(
                "%(party)s disputes a figure of this sheet: it accepts it or withdraws the dispute first."
            )
            text = told % {"party": name}
        raise Refused([Obstacle(text, left[0].get_absolute_url(), _("Open the dispute"))])


def settle_confirmed(operation: Operation, sheet: Sheet, actor: User) -> None:
    """Every party stands by the sheet: what was corrected in it is confirmed by all."""
    for one in disputes.in_sheet(operation, sheet):
        if one.corrected:
            _close(one, Settlement.CORRECTED, None, actor)


def _close(held: Disputed, how: Settlement, hand: Hand | None, actor: User | None = None) -> None:
    dispute = held.dispute
    dispute.how, dispute.settled_on = how, hand.acted_on if hand else clock.today()
    dispute.settled_by = hand.actor if hand else actor
    dispute.save(update_fields=["how", "settled_on", "settled_by", "meeting"])
    detail = {"how": how.value, "meeting": dispute.meeting.number if dispute.meeting else None}
    if hand:
        hand.enter(dispute, "dispute-settled", **detail)
    else:
        enter_act(dispute, "dispute-settled", actor, detail)
