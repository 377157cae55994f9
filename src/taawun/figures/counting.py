"""From rows to a figure: the database counts and adds in one statement, the kernel converts and sums what it found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from babel.numbers import get_currency_precision

from taawun.figures.address import figure_address
from taawun.figures.definitions import (
    NO_RATE_SENTENCE,
    UNSTATED,
    Definition,
    Dimension,
    Quantity,
    Rows,
    definition_of,
)
from taawun.figures.queries import rate_table
from taawun.figures.rows import narrowed, tallies
from taawun.foundation import clock
from taawun.kernel.rates import Of, Rate, RateTable
from taawun.kernel.tallies import NO_RATE, Sum, Tally, by_cell, most_met, rounded, sum_up


@dataclass(frozen=True)
class Left:
    """Rows that do not count, and why."""

    slug: str
    sentence: Any
    rows: int


@dataclass(frozen=True)
class Figure:
    """A number that can be opened.

    `value` is rounded once, from `exact`; None where nothing could be added (no row counts, or none has a rate).
    `unrated`: the currencies, each with its day or year, without a rate into `currency`.
    """

    definition: Definition
    filters: Mapping[str, str]
    exact: Fraction
    value: Decimal | None
    currency: str
    day: date
    rows: int
    left: list[Left]
    rates: list[Rate]
    unrated: dict[tuple[str, Of | None], int]
    digits: int
    counted_on: date

    @property
    def address(self) -> str:
        """Where it is opened; a sum of money says its currency and day, so that it stays the same."""
        day = self.day if self.definition.is_money else None
        return figure_address(self.definition.slug, self.filters, currency=self.currency, day=day)

    @property
    def left_out(self) -> int:
        """How many rows do not count, for whatever reason."""
        return sum(one.rows for one in self.left)


@dataclass(frozen=True)
class Cell:
    """One number of a grouped figure: the values it is of (None: not stated), and the figure with its address."""

    values: tuple[Any, ...]
    figure: Figure


@dataclass(frozen=True)
class Grouped:
    """A figure by one or two dimensions: the whole, and a cell for each combination that was met.

    `unshared`: what shares leave to nobody, so that cells and this make the whole exactly.
    """

    whole: Figure
    by: tuple[Dimension, ...]
    cells: list[Cell]
    names: list[dict[Any, Any]] = field(default_factory=list)

    @property
    def unshared(self) -> Fraction:
        """The whole without its cells; zero where nothing is shared."""
        return self.whole.exact - sum((cell.figure.exact for cell in self.cells), Fraction(0))


def figure(
    slug: str, filters: Mapping[str, str], user: Any, *, currency: str = "", day: date | None = None
) -> Figure:
    """One number, of the rows this person may see: an SQL statement, another for the rates of sums of money.

    `filters`: values by dimension; ("country", "country:KE"). `currency`: the letters to convert into (else those met
    most). `day`: of the rates, for amounts that have no time of their own (today). KeyError: no such figure.
    """
    return asking(slug, user, filters, currency, day).figure()


def grouped(
    slug: str,
    filters: Mapping[str, str],
    user: Any,
    by: Sequence[str],
    *,
    currency: str = "",
    day: date | None = None,
) -> Grouped:
    """The same by one or two dimensions, in one statement for all cells; one more for the whole where rows are shared
    among several codes. KeyError: no such figure, or no such dimension.
    """
    return asking(slug, user, filters, currency, day).grouped(by)


def asking(
    slug: str, user: Any, filters: Mapping[str, str], currency: str = "", day: date | None = None
) -> "Asking":
    """A question that is answered in several ways, of which each costs its own statement. KeyError: no such figure."""
    found = definition_of(slug)
    if found is None:
        raise KeyError(slug)
    return Asking(found, user, filters, currency, day)


class Asking:
    """One question: a figure, who asks, narrowed to what, in which currency and at the rates of which day."""

    def __init__(
        self, definition: Definition, user: Any, filters: Mapping[str, str], currency: str, day: date | None
    ) -> None:
        self.definition, self.user = definition, user
        self.filters = {name: filters[name] for name in definition.together(filters)}
        self.today = clock.today()
        self.currency, self.day = currency, day or self.today

    def rows(self, by: Sequence[Dimension] = ()) -> Rows:
        """Its rows, left out or not."""
        seen = self.definition.seen_by(self.user, self.filters)
        return narrowed(self.definition, seen, self.filters, [one.slug for one in by])

    def tallies(self, by: Sequence[Dimension] = ()) -> list[Tally]:
        """What the database says of them: one statement."""
        return tallies(self.definition, self.rows(by), by, self.filters, self.day)

    def figure(self) -> Figure:
        """The number."""
        found = self.tallies()
        self.settle(found)
        return self.told(sum_up(found, self.table, self.currency), self.filters)

    def settle(self, found: Iterable[Tally]) -> None:
        """Choose the currency where none was asked, and read the rates of every time met: one statement."""
        found = list(found)
        self.table = RateTable()
        if self.definition.is_money:
            self.currency = self.currency or most_met(found)
            others = [one.of for one in found if one.currency != self.currency and not one.why]
            self.table = rate_table(others) if others else self.table

    def grouped(self, by: Sequence[str], *, whole: Figure | None = None) -> Grouped:
        """The number by dimensions. `whole`: where this same question was answered before, its answer: the whole is
        not counted again, its currency and rates hold.
        """
        dimensions = tuple(self._dimension(slug) for slug in by)
        found = self.found = self.tallies(dimensions)
        if whole is None:
            self.settle(found)
            shared = any(one.shares for one in dimensions)
            added = sum_up(self.tallies() if shared else found, self.table, self.currency)
            whole = self.told(added, self.filters)
        cells = self._cells(dimensions, found)
        names = [
            dict(one.names({cell.values[place] for cell in cells} - {None}))
            for place, one in enumerate(dimensions)
        ]
        return Grouped(whole, dimensions, cells, names)

    def by_the_first(self, made: Grouped) -> Grouped:
        """What was grouped last by two dimensions, by the first of them alone: no statement more, unless the second
        is one of shares, of which the parts need not make the whole.
        """
        if made.by[1].shares:
            return self.grouped([made.by[0].slug])
        found = [replace(one, cell=one.cell[:1]) for one in self.found]
        return replace(made, by=made.by[:1], cells=self._cells(made.by[:1], found), names=made.names[:1])

    def _cells(self, by: tuple[Dimension, ...], found: Iterable[Tally]) -> list[Cell]:
        return [
            Cell(values, self.told(made, self._of_cell(by, values)))
            for values, made in by_cell(found, self.table, self.currency).items()
        ]

    def _dimension(self, slug: str) -> Dimension:
        found = self.definition.dimension(slug)
        if found is None:
            raise KeyError(slug)
        return found

    def _of_cell(self, by: Sequence[Dimension], values: Sequence[Any]) -> dict[str, str]:
        told = [UNSTATED if value is None else str(value) for value in values]
        return {**self.filters, **dict(zip([one.slug for one in by], told, strict=True))}

    def told(self, made: Sum, filters: Mapping[str, str]) -> Figure:
        """What was added up, as a figure with its address."""
        digits = self._digits()
        known = made.rows > 0 or not self.definition.adds
        return Figure(
            definition=self.definition,
            filters=filters,
            exact=made.exact,
            value=rounded(made.exact, digits) if known else None,
            currency=self.currency if self.definition.is_money else "",
            day=self.day,
            rows=made.rows,
            left=self._left(made),
            rates=list(made.rates),
            unrated=made.unrated,
            digits=digits,
            counted_on=self.today,
        )

    def address(self, filters: Mapping[str, str], *, by: Sequence[str] = (), show: str = "") -> str:
        """Where it is opened; a sum of money says its currency and day, so that it stays the same."""
        money = self.definition.is_money
        return figure_address(
            self.definition.slug,
            filters,
            by=by,
            currency=self.currency if money else "",
            day=self.day if money else None,
            show=show,
        )

    def _digits(self) -> int:
        if self.definition.is_money:
            return int(get_currency_precision(self.currency)) if self.currency else 2
        return self.definition.counts.digits if isinstance(self.definition.counts, Quantity) else 0

    def _left(self, made: Sum) -> list[Left]:
        known = [(one.slug, one.sentence) for one in self.definition.reasons] + [(NO_RATE, NO_RATE_SENTENCE)]
        return [Left(slug, sentence, made.left[slug]) for slug, sentence in known if made.left[slug]]
