"""Adding up what a database counted: sums over several currencies, exactly, and what could not be added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from taawun.kernel.rates import Of, Rate, RateTable

NO_RATE = "no-rate"
Cell = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows that are alike: of one cell, left out for one reason ("" = counted), in one currency, of one time."""

    cell: Cell
    why: str
    rows: int
    amount: Fraction
    currency: str = ""
    of: Of | None = None


@dataclass
class Sum:
    """What was added up: the exact sum, of how many rows; how many were left out, by reason.

    `unrated`: the currencies (each with its day or year) for which there is no rate; their rows are left out.
    """

    exact: Fraction = Fraction(0)
    rows: int = 0
    left: Counter[str] = field(default_factory=Counter)
    rates: dict[Rate, None] = field(default_factory=dict)  # in the order they were met
    unrated: dict[tuple[str, Of | None], int] = field(default_factory=dict)

    def add(self, tally: Tally, table: RateTable, to: str) -> None:
        """Add some rows, each amount by the rate of its time."""
        if tally.why:
            self.left[tally.why] += tally.rows
            return
        exchange = table.exchange(tally.currency, to, tally.of) if tally.of is not None else None
        if tally.currency == to:
            self.exact += tally.amount
        elif exchange:
            self.exact += tally.amount * exchange.factor
            self.rates |= dict.fromkeys(exchange.rates)
        else:
            self.left[NO_RATE] += tally.rows
            missing = (tally.currency, tally.of)
            self.unrated[missing] = self.unrated.get(missing, 0) + tally.rows
            return
        self.rows += tally.rows


def sum_up(tallies: Iterable[Tally], table: RateTable, to: str = "") -> Sum:
    """One sum of everything."""
    made = Sum()
    for tally in tallies:
        made.add(tally, table, to)
    return made


def by_cell(tallies: Iterable[Tally], table: RateTable, to: str = "") -> Mapping[Cell, Sum]:
    """A sum for each cell, in the order they are met."""
    made: dict[Cell, Sum] = {}
    for tally in tallies:
        made.setdefault(tally.cell, Sum()).add(tally, table, to)
    return made


def most_met(tallies: Iterable[Tally]) -> str:
    """The currency of most rows that count; of two as many, the first in the alphabet; "" where none is met."""
    met: Counter[str] = Counter()
    for tally in tallies:
        if tally.currency and not tally.why:
            met[tally.currency] += tally.rows
    return min(met, key=lambda name: (-met[name], name)) if met else ""


def rounded(exact: Fraction, digits: int) -> Decimal:
    """The exact number as a decimal of so many digits: half goes to the even one, as in a bank."""
    with localcontext() as context:
        context.prec = 60
        scaled = Fraction(exact) * 10**digits
        whole = Decimal(round(scaled))  # a fraction rounds half to even
        return whole.scaleb(-digits).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
