"""What the address of a figure asks: filters, grouping, currency, day, which rows are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _, pgettext

from taawun.figures.address import AND_BY, BY, CURRENCY, DAY, SHOW
from taawun.figures.counting import Asking
from taawun.figures.definitions import UNSTATED, Definition, Dimension, Question
from taawun.kernel.money import CURRENCY as LETTERS
from taawun.kernel.tallies import NO_RATE
from taawun.reference.names import entry
from taawun.ui.lists import Filter

FIRST = date(1900, 1, 1)  # no rate is older, and a week before the first day of all is none
Options = list[tuple[str, Any]]


@dataclass
class Asked:
    """A question as an address puts it: what is known of it, and the choices of its form."""

    asking: Asking
    by: list[str]
    show: str
    options: dict[str, Options] = field(default_factory=dict)

    def filters(self) -> list[Filter]:
        """For the list of the rows: it keeps in its links what was asked, and tells what is unknown."""
        return [Filter(name, "", choices, _as_it_is) for name, choices in self.options.items()]


def _as_it_is(rows: Any, value: str) -> Any:
    """The rows are narrowed already."""
    return rows


def asked_by(definition: Definition, user: Any, params: Mapping[str, str]) -> Asked:
    """What the parameters of an address ask; whatever is unknown is left out (the list says so)."""
    rows = definition.rows(user)
    options: dict[str, Options] = {
        one.slug: _choices(one, Question(user, rows, params.get(one.slug, "")))
        for one in definition.dimensions
    }
    filters = {name: params[name] for name, known in options.items() if _known(params.get(name, ""), known)}
    apart = filters.keys() - set(definition.together(filters))
    filters = {name: value for name, value in filters.items() if name not in apart}
    options |= {name: [] for name in apart}  # so that the list says that they were left out
    options[SHOW] = [(one.slug, one.sentence) for one in definition.reasons]
    day, currency = None, ""
    if definition.is_money:
        options[SHOW].append((NO_RATE, ""))
        day, currency = _day(params.get(DAY, "")), _currency(params.get(CURRENCY, ""))
        options[DAY] = [(day.isoformat(), "")] if day else []
        options[CURRENCY] = [(currency, currency)] if currency else []
    by, offered = _grouping(definition, params, filters)
    options |= offered
    show = params.get(SHOW, "")
    asking = Asking(definition, user, filters, currency, day)
    return Asked(asking, by, show if _known(show, options[SHOW]) else "", options)


def _grouping(
    definition: Definition, params: Mapping[str, str], filters: Mapping[str, str]
) -> tuple[list[str], dict[str, Options]]:
    """By what is grouped, and what each of the two places offers: not what was asked there and cannot go with the rest
    (so that the list says that it was left out).
    """
    every: Options = [(one.slug, one.label) for one in definition.dimensions]
    named = {place: params.get(place, "") for place in (BY, AND_BY)}
    known = [name for name in named.values() if _known(name, every)]
    used = definition.together([*filters, *known])
    dropped = set(known) - set(used)
    offered = {
        place: [one for one in every if not (one[0] == name and name in dropped)]
        for place, name in named.items()
    }
    return [name for name in dict.fromkeys(known) if name in used], offered


def _choices(one: Dimension, question: Question) -> Options:
    told = [(str(value), label) for value, label in one.choices(question)]
    return [*told, (UNSTATED, pgettext("value", "not stated"))]


def _known(value: str, options: Options) -> bool:
    return bool(value) and any(value == option for option, _label in options)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and day >= FIRST else None


def _currency(text: str) -> str:
    return text if LETTERS.fullmatch(text) and entry(f"currency:{text}") else ""


def form_of(asked: Asked, currencies: list[str]) -> dict[str, Any]:
    """The form above a figure: each select with what is chosen."""
    asking, definition = asked.asking, asked.asking.definition
    selects = [
        {
            "name": one.slug,
            "label": one.label,
            "options": _chosen(asked.options[one.slug], asking.filters.get(one.slug, "")),
        }
        for one in definition.dimensions
        if len(asked.options[one.slug]) > 1
    ]
    pair = [*asked.by, "", ""]
    groups = [
        {"name": BY, "label": _("Group by"), "options": _chosen(asked.options[BY], pair[0])},
        {"name": AND_BY, "label": _("and by"), "options": _chosen(asked.options[AND_BY], pair[1])},
    ]
    money = [(one, one) for one in currencies]
    return {
        "selects": selects,
        "groups": groups if definition.dimensions else [],
        "currencies": _chosen(money, asking.currency),
        "day": asking.day if definition.is_money else None,
    }


def _chosen(options: Options, value: str) -> list[tuple[str, Any, bool]]:
    return [(option, label, option == value) for option, label in options]
