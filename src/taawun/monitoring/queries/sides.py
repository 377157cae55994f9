"""Who reports, confirms and may write, and in which states."""

from typing import Any

from taawun.cycle import rights
from taawun.cycle.models import Operation, Party

MONITORED = ("in_implementation", "completion_review")
WRITABLE = {"sheet": MONITORED, "sheet-confirmation": MONITORED, "completion-report": ("completion_review",)}
SHOWN_FROM_AGREED = (
    *("agreed", *MONITORED, "suspended", "completed", "ex_post_due", "evaluated", "closed", "cancelled"),
)
SHOWN_FROM_COMPLETION = ("completion_review", "completed", "ex_post_due", "evaluated", "closed")


def party_of(operation: Operation, organisation_id: int | None, role: str) -> Party | None:
    """The party a seat speaks for: the one that acts through it, else the organisation's own part."""
    rows = operation.party_rows
    through = [p for p in rows if (p.acts_through_id, p.acts_as) == (organisation_id, role)]
    own = [p for p in rows if p.organisation_id == organisation_id]
    return next(iter(sorted(through, key=lambda p: not p.signs) + own), None)


def reporters(operation: Operation) -> list[Party]:
    """The parties that report values: those the seats of the table “sheet” speak for, in the order of the parties."""
    relations = operation.seat_organisations()
    spoken = {
        party.pk
        for seat in rights.RIGHTS["sheet"]
        for organisation_id in relations.get(seat.relation, ())
        if (party := party_of(operation, organisation_id, seat.role))
    }
    return [party for party in operation.party_rows if party.pk in spoken]


def reporting_party(operation: Operation, user: Any) -> Party | None:
    """The party this person reports values for; None when they report none."""
    seat = rights.seat_for(operation, user, "sheet")
    return party_of(operation, seat[1], seat[0].role) if seat else None


def is_shut(operation: Operation, right: str) -> bool:
    """Whether the operation's state no longer lets anybody write, or not yet."""
    return operation.state not in WRITABLE[right]


def may_write(operation: Operation, user: Any, right: str) -> bool:
    """Whether a page offers this person to write: their seat allows it, and the state still does."""
    return not is_shut(operation, right) and rights.seat_for(operation, user, right) is not None


def signing_parties(operation: Operation) -> list[Party]:
    """The parties whose confirmation a sheet needs."""
    return [party for party in operation.party_rows if party.signs]
