"""The seats of a case that may ask one another: each party through the office and the role it acts as."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from taawun.cycle.models import CooperationRequest, Operation
from taawun.cycle.queries import DRAFTING
from taawun.directory.models import Organisation
from taawun.directory.roles import Role
from taawun.foundation.ports import registry
from taawun.foundation.standing import Standing
from taawun.ui import words

Case = CooperationRequest | Operation
# A case that came to nothing asks nothing more of anybody.
CAME_TO_NOTHING = ("dropped", "withdrawn", "not_retained", "declined", "cancelled")
OVER = (*CAME_TO_NOTHING, "confirmed", "closed")
NO_PARTS = ("overview", "timeline", "letters", "questions", "similar")


@dataclass(frozen=True)
class PartySeat:
    """A party, and the seat it acts through."""

    party: Organisation
    through: Organisation
    role: str

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.through.pk}:{self.role}"

    @property
    def pk(self) -> str:
        """The same, for fields that choose among objects."""
        return self.key

    def __str__(self) -> str:
        bodies = dict.fromkeys([self.party.name, self.through.name])
        return f"{words.listed(bodies)} – {Role(self.role).label}"


def seats_of(case: Case) -> list[PartySeat]:
    """The seats that know of the case by now: a request is not yet known to those it has not reached."""
    held = _of_operation(case) if isinstance(case, Operation) else _of_request(case)
    return list({seat.key: seat for seat in held}.values())


def _of_operation(operation: Operation) -> Iterable[PartySeat]:
    for party in operation.party_rows:
        yield PartySeat(party.organisation, party.acts_through, party.acts_as)
    yield PartySeat(operation.provider, operation.country_office, Role.COUNTRY_OFFICE)
    yield PartySeat(operation.provider, operation.provider, Role.DESK)


def _of_request(coop_request: CooperationRequest) -> Iterable[PartySeat]:
    yield PartySeat(coop_request.requesting, coop_request.requesting, Role.LINE_OFFICER)
    if coop_request.state not in DRAFTING:
        yield PartySeat(coop_request.coordination, coop_request.coordination, Role.COORDINATION)
    if coop_request.forwarded_on:
        yield PartySeat(coop_request.provider, coop_request.country_office, Role.COUNTRY_OFFICE)
        yield PartySeat(coop_request.provider, coop_request.provider, Role.DESK)


def knows(case: Case, through_id: int, role: str) -> bool:
    """Whether a seat knows of the case in its present state: costs no SQL."""
    if isinstance(case, Operation) or role == Role.LINE_OFFICER:
        return True
    if role == Role.COORDINATION:
        return case.state not in DRAFTING
    return case.forwarded_on is not None


def mine_among(seats: list[PartySeat], who: Standing) -> list[PartySeat]:
    """Those of the seats this person holds."""
    return [seat for seat in seats if (seat.through.pk, seat.role) in who.posts]


def is_within_provider(case: Case, first: PartySeat, second: PartySeat) -> bool:
    """Whether both act for the provider of a request: what they ask one another is not told to the partner."""
    if isinstance(case, Operation):
        return False
    return {first.party.pk, second.party.pk} == {case.provider_id}


def parts_of(case: Case, who: Standing | None = None) -> dict[str, Any]:
    """The parts of a case one may ask about: the parts of a request's form, the sections of an operation.

    `who`: only those this person is shown in the case's present state; else all, for the names of what was asked.
    """
    kind = registry.kinds[case.kind]
    if isinstance(case, CooperationRequest):
        return dict(kind.parts)
    return {
        panel.slug: panel.label
        for panel in sorted(kind.panels, key=lambda panel: panel.order)
        if panel.slug not in NO_PARTS and panel.suits(case) and (who is None or panel.shown(case, who))
    }


def asks_go_on(case: Case) -> bool:
    """Whether something may still be asked: not of a case that is over, nor of a request its operation carries on."""
    return case.state not in OVER
