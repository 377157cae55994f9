"""How far and how reminded: the rules of deadlines as a case's settings have them, in its countries' working days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from taawun.cycle.models import AgencyDay, ProviderSettings, settings_for
from taawun.directory.roles import Role
from taawun.foundation.deadline_rules import RULES, DeadlineSpec, Seat
from taawun.kernel.deadlines import WorkCalendar, due_on
from taawun.reference.holidays import calendar_of

# The states of an operation whose work is agreed and not yet done.
UNDER_WAY = ("agreed", "in_implementation", "completion_review", "suspended")
REMINDED = ("seat", "office", "desk")


@dataclass(frozen=True)
class Term:
    """A rule as settings have it. `reminded`: those who must act alone, the country office too, or the desk besides."""

    amount: int | None
    unit: str
    ladder: tuple[int, ...]
    reminded: str = "seat"

    def raw(self) -> dict[str, Any]:
        """As settings keep it."""
        return {
            "amount": self.amount,
            "unit": self.unit,
            "ladder": list(self.ladder),
            "reminded": self.reminded,
        }


def term_in(held: Mapping[str, Any], slug: str) -> Term:
    """A rule among those of a version of settings; as usual where it says nothing of it."""
    rule, told = RULES[slug], held.get(slug, {})
    unit = told.get("unit", rule.unit)
    return Term(
        told.get("amount", rule.amount),
        unit if unit in rule.units else rule.unit,
        tuple(told.get("ladder", rule.ladder)),
        told.get("reminded", "seat"),
    )


def term_for(case: Any, slug: str) -> Term:
    """A rule as the case's settings have it."""
    return term_in(settings_for(case).deadlines, slug)


def working_days(country: str, provider_id: int) -> WorkCalendar:
    """The working days of a country for an agency: its weekend and holidays, with the days the agency changed.

    One SQL statement.
    """
    usual = calendar_of(country)
    changed = AgencyDay.objects.filter(provider_id=provider_id, country_id=country)
    days = dict(changed.values_list("day", "works"))
    return WorkCalendar(
        usual.weekend, _Free(usual.free, days), frozenset(d for d, works in days.items() if works)
    )


class _Free:
    """Public holidays with the days off an agency adds."""

    def __init__(self, usual: Any, changed: Mapping[date, bool]) -> None:
        self.usual, self.changed = usual, changed

    def __contains__(self, day: object) -> bool:
        return not self.changed[day] if day in self.changed else day in self.usual  # type: ignore[index]


def counted_from(case: Any, slug: str, start: date, country: str) -> date:
    """The day a rule gives, counted from its trigger; in working days of the country that must act."""
    term, rule = term_for(case, slug), RULES[slug]
    amount = -(term.amount or 0) if rule.back else term.amount or 0
    return _on(start, amount, term.unit, country, case.provider_id)


def opinion_due(case: Any, start: date, rules: ProviderSettings, country: str) -> date:
    """When a ministry's opinion is due: the settings' days, or working days where they say so."""
    unit = term_in(rules.deadlines, "opinion").unit
    return _on(start, rules.opinion_days, unit, country, case.provider_id)


def _on(start: date, amount: int, unit: str, country: str, provider_id: int) -> date:
    if unit == "working-days":
        return due_on(start, amount, unit, working_days(country, provider_id))
    return due_on(start, amount, unit)


def due(
    case: Any,
    slug: str,
    day: date,
    seats: Iterable[Seat],
    *,
    people: Iterable[int] = (),
    sides: Iterable[int] = (),
    ref: int = 0,
    also: Iterable[Seat] | None = None,
) -> DeadlineSpec:
    """A deadline of a case, with the ladder and the copies its settings ask.

    `also`: who is reminded besides, in the place of those the settings name: of a thing they may not know of.
    """
    term = term_for(case, slug)
    return DeadlineSpec(
        slug,
        day,
        term.ladder,
        tuple(seats),
        tuple(people),
        tuple(_copied(case, term.reminded) if also is None else also),
        tuple(sides),
        ref,
    )


def _copied(case: Any, reminded: str) -> Iterable[Seat]:
    """The provider's side is told of a request only once it has reached it."""
    if reminded == "seat" or (case.kind == "request" and not case.forwarded_on):
        return
    yield office_of(case)
    if reminded == "desk":
        yield case.provider_id, Role.DESK


def office_of(case: Any) -> Seat:
    """The provider's office for the country; its desk where it has none of its own."""
    if case.country_office_id == case.provider_id:
        return case.provider_id, Role.DESK
    return case.country_office_id, Role.COUNTRY_OFFICE
