"""What the pages of figures show."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_bidi, gettext as _, ngettext, pgettext

from taawun.figures.counting import Cell, Figure, Grouped
from taawun.figures.definitions import Amount, Rows
from taawun.figures.rows import CURRENCY, OF, WHY
from taawun.kernel.money import Money
from taawun.kernel.rates import Of, Rate
from taawun.kernel.tallies import NO_RATE, rounded
from taawun.reference.names import entry, name_of
from taawun.ui import words
from taawun.ui.bars import Bar, drawn


def number_of(figure: Figure) -> str:
    """The number as people read it, with the currency of a sum of money; a dash where there is none."""
    if figure.value is None:
        return words.NOTHING
    if figure.definition.is_money:
        return words.money(Money(figure.value, figure.currency))
    return words.figure(figure.value, figure.digits)


def unit_of(figure: Figure) -> str:
    """What the number counts: the currency of a sum of money, else the noun."""
    return figure.currency if figure.definition.is_money else str(figure.definition.unit)


def why_none(figure: Figure) -> str:
    """Why there is no number, in a sentence; nothing where there is one."""
    if figure.value is not None:
        return ""
    if figure.unrated:
        return _("No exchange rate leads to this currency: there is no sum.")
    return _("No row counts: there is nothing to add.")


def facts_of(figure: Figure) -> list[dict[str, Any]]:
    """Unit, rows, day, origin, rates."""
    made = ngettext("%(count)s row", "%(count)s rows", figure.rows) % {"count": words.figure(figure.rows)}
    told = [
        {"label": _("Unit"), "value": unit_of(figure)},
        {"label": _("Made of"), "value": made},
        {"label": _("As recorded on"), "value": words.written(figure.counted_on, "d MMM y")},
        {"label": _("Origin"), "value": figure.definition.origin},
    ]
    if figure.definition.is_money:
        told.append({"label": _("Rates of"), "value": words.written(figure.day, "d MMM y")})
    return told


def time_of(of: Of | None) -> str:
    """A day, or a year's average, in words."""
    if of is None:
        return _("no date known")
    if isinstance(of, int):
        return _("average of %(year)s") % {"year": of}
    return words.written(of, "d MMM y")


def rate_text(rate: Rate) -> str:
    """1 EUR = 1.0842 USD."""
    return f"1 {rate.per} = {words.figure(rate.rate)} {rate.currency}"


def unrated_of(figure: Figure) -> list[str]:
    """Each currency without a rate, its time and how many rows it leaves out."""
    return [
        ngettext("%(currency)s (%(time)s): %(count)s row", "%(currency)s (%(time)s): %(count)s rows", rows)
        % {"currency": code or _("no currency known"), "time": time_of(of), "count": words.figure(rows)}
        for (code, of), rows in figure.unrated.items()
    ]


# ── The rows of a figure ──


def rows_shown(rows: Rows, figure: Figure, show: str) -> Rows:
    """Those that count; or those left out for one reason."""
    without = _unrated(figure)
    if show == NO_RATE:
        return rows.filter(without, **{WHY: ""})
    rows = rows.filter(**{WHY: show})
    return rows.exclude(without) if not show and figure.unrated else rows


def _unrated(figure: Figure) -> Q:
    """Rows in a currency without a rate, of the time for which there is none."""
    counts = figure.definition.counts
    timed = isinstance(counts, Amount) and counts.of is not None
    pairs = [_in(code) & (_at(of) if timed else Q()) for code, of in figure.unrated]
    return reduce(or_, pairs, Q(pk__in=[]))


def _in(code: str) -> Q:
    return Q(**{CURRENCY: f"currency:{code}"}) if code else Q(**{f"{CURRENCY}__isnull": True})


def _at(of: Of | None) -> Q:
    return Q(**{f"{OF}__isnull": True}) if of is None else Q(**{OF: of})


# ── A grouped figure ──


def bars_of(grouped: Grouped) -> dict[str, Any]:
    """By the first dimension: a bar for each value, years in their order, all else by size."""
    names = grouped.names[0]
    cells = sorted(grouped.cells, key=lambda cell: _place(cell, names))
    bars = [_bar(cell.figure, _name(names, cell.values[0]), _language(cell.values[0])) for cell in cells]
    return {
        "bars": drawn(bars, rtl=get_language_bidi()),
        "bars_title": grouped.whole.definition.label,
        "bars_head": grouped.by[0].label,
        "bars_unit": unit_of(grouped.whole),
        "bars_total": (_("Total"), number_of(grouped.whole), words.figure(grouped.whole.rows)),
    }


def _place(cell: Cell, names: dict[Any, Any]) -> Any:
    """Years in their order, all else by size; what is not stated comes last."""
    value = cell.values[0]
    if value is None:
        return (1, 0, "")
    own = isinstance(value, int) and names.get(value) == value
    return (0, value if own else -cell.figure.exact, str(names.get(value, "")))


def _bar(figure: Figure, name: Any, language: str) -> Bar:
    length = figure.exact if figure.value is not None else None
    return Bar(name, number_of(figure), figure.address, length, language, words.figure(figure.rows))


def _language(value: Any) -> str:
    """The language of a code's name, where it is not the reader's."""
    code = entry(value) if isinstance(value, str) and ":" in value else None
    told = name_of(value).language if code else ""
    return told if told != get_language() else ""


def _name(names: dict[Any, Any], value: Any) -> Any:
    return pgettext("value", "not stated") if value is None else names.get(value, value)


def cross_of(grouped: Grouped) -> dict[str, Any]:
    """Two dimensions: a table, each number opening its own figure."""
    down, across = ({cell.values[place]: None for cell in grouped.cells} for place in (0, 1))
    found = {cell.values: cell.figure for cell in grouped.cells}
    heads = _ordered(across, grouped.names[1])
    return {
        "cross_head": grouped.by[0].label,
        "cross_title": grouped.whole.definition.label,
        "cross_heads": [name for _value, name in heads],
        "cross_rows": [
            (name, [(head, _linked(found.get((value, other)))) for other, head in heads])
            for value, name in _ordered(down, grouped.names[0])
        ],
    }


def _ordered(values: Iterable[Any], names: dict[Any, Any]) -> list[tuple[Any, Any]]:
    """Years in their order, all else as its dimension names it; what is not stated comes last."""
    places = {value: place for place, value in enumerate(names)}

    def place(one: tuple[Any, Any]) -> tuple[bool, int]:
        value = one[0]
        own = isinstance(value, int) and names.get(value) == value
        return value is None, value if own else places.get(value, len(places))

    return sorted(((value, _name(names, value)) for value in values), key=place)


def _linked(figure: Figure | None) -> Any:
    if figure is None:
        return ""
    return format_html('<a href="{}">{}</a>', figure.address, number_of(figure))


def unshared_text(grouped: Grouped) -> str:
    """What shares leave to nobody, in a sentence; nothing where they leave nothing."""
    whole = grouped.whole
    if not whole.definition.adds or not grouped.unshared:
        return ""
    left = rounded(grouped.unshared, whole.digits)
    told = words.money(Money(left, whole.currency)) if whole.currency else words.figure(left, whole.digits)
    return _("Not shared out: %(number)s. The shares that are stated do not make a hundred.") % {
        "number": told
    }
