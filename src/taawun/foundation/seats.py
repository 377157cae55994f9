"""Who may take a step of a case: the seats of its table, and the office that records for a party on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from taawun.foundation import clock
from taawun.foundation.cases import Case
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.standing import Standing, fresh_standing, standing
from taawun.kernel.workflow import Seat, Transition

Held = frozenset[tuple[int, str]]


@dataclass(frozen=True)
class Taken:
    """The seat a step is taken in, with its organisation; and the one on whose behalf it is recorded, if any."""

    seat: Seat | None
    organisation_id: int | None
    on_behalf_of_id: int | None = None

    @property
    def held(self) -> tuple[int, str]:
        """The organisation and the role; of a person named on the case neither."""
        return self.organisation_id or 0, self.seat.role if self.seat else ""


@dataclass(frozen=True)
class Letter:
    """The paper by which a party without accounts did what is recorded for it. `scan` is a held `papers.File`."""

    number: str
    dated_on: date | None
    scan: Any = None


def suits(case: Case, step: Transition) -> bool:
    """Whether the case meets the conditions under which the step exists at all."""
    wanted = not step.when or registry.conditions[step.when](case)
    return wanted and not (step.unless and registry.conditions[step.unless](case))


def on_paper(case: Case) -> frozenset[int]:
    """Of the organisations of a case, those that do not sign in: at most one SQL statement a case."""
    held: frozenset[int] | None = case.__dict__.get("_on_paper")
    if held is None:
        ask = registry.services.get("on-paper")
        every = {pk for pks in case.seat_organisations().values() for pk in pks}
        held = case.__dict__["_on_paper"] = frozenset(ask(every)) if ask else frozenset()
    return held


def recording_office(case: Case, who: Standing) -> int | None:
    """The organisation in which this person records for parties on paper, if they hold that seat."""
    seat = case.workflow.recorder
    if seat is None:
        return None
    held = who.holding(seat.role) & case.seat_organisations().get(seat.relation, set())
    return min(held, key=lambda pk: ((pk, seat.role) in who.delegated, pk)) if held else None


def seat_taken(case: Case, step: Transition, who: Standing) -> Taken | None:
    """The seat in which a person may take a step; None when they may not."""
    return _own_seat(case, step, who) or _seat_on_paper(case, step, who)


def _awaited(case: Case, step: Transition) -> set[tuple[int | None, str]]:
    waiting = registry.joints[step.joint].waiting(case, step, None)
    return {(spec.organisation_id, spec.role) for spec in waiting}


def _own_seat(case: Case, step: Transition, who: Standing) -> Taken | None:
    """In their own right before as a deputy, else in the table's order."""
    seats = list(_seats_held(case, step, who))
    if step.joint and seats:
        allowed = registry.joints[step.joint].open_to(case, step, who)
        seats = [taken for taken in seats if taken.held in allowed]
    return min(seats, key=lambda taken: taken.held in who.delegated, default=None)


def _seats_held(case: Case, step: Transition, who: Standing) -> Iterator[Taken]:
    people = case.seat_people()
    for seat in step.who:
        if not seat.role:
            if who.person_id in people.get(seat.relation, ()):
                yield Taken(seat, None)
            continue
        # Nobody's seat is looked up for a person who holds no such role.
        organisations = case.relation(seat.relation) if seat.role in who.roles() else ()
        for organisation_id in sorted(organisations):
            if (organisation_id, seat.role) in who.posts:
                yield Taken(seat, organisation_id)


def _seat_on_paper(case: Case, step: Transition, who: Standing) -> Taken | None:
    office = recording_office(case, who)
    if office is None or not (paper := on_paper(case)):
        return None
    allowed = _awaited(case, step) if step.joint else None
    for seat in step.who:
        for organisation_id in sorted(case.relation(seat.relation) & paper):
            if allowed is None or (organisation_id, seat.role) in allowed:
                return Taken(case.workflow.recorder, office, organisation_id)
    return None


def why_shut(case: Case, step: Transition | None, user: Any) -> Obstacle | None:
    """What keeps a person out of a joint step that waits on one of their seats: their own first consent, say."""
    if step is None or not step.joint or user is None:
        return None
    told = registry.joints[step.joint].why_shut(case, step, fresh_standing(user))
    return Obstacle(told) if told else None


def offered(case: Case, user: Any) -> list[Transition]:
    """The steps this person's seats allow from the case's present state: the same rule `perform` applies."""
    who = standing(user)
    return [s for s in case.workflow.leaving(case.state) if suits(case, s) and seat_taken(case, s, who)]


def missing_of_letter(letter: Letter | None) -> list[Obstacle]:
    """What the paper of a party without accounts still lacks: its number, its date, its scan."""
    held = letter or Letter("", None)
    facts: list[tuple[Any, str]] = [
        (held.number.strip(), _("Give the number of the letter.")),
        (held.dated_on, _("Give the date of the letter.")),
        (held.scan, _("Attach the scan of the letter.")),
    ]
    missing = [Obstacle(text) for value, text in facts if not value]
    if held.dated_on and held.dated_on > clock.today():
        missing.append(Obstacle(_("The date of the letter lies in the future.")))
    return missing
