"""Exchange rates: what an amount in one currency is worth in another, and by which published rates.

Exact throughout (fractions of decimals): whoever shows a result rounds it, once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from taawun.kernel.money import CURRENCY, exact

STALE = timedelta(days=7)  # a rate holds over a weekend and feast days, not longer
Of = date | int  # the day a rate was published for, or the year it is the average of


@dataclass(frozen=True, slots=True)
class Rate:
    """So many units of `currency` for one unit of `per`, as a source published it: 1.0842 USD for one EUR."""

    currency: str
    per: str
    rate: Decimal
    of: Of
    source: str = ""
    key: int = 0  # whose record it is, for a link

    def __post_init__(self) -> None:
        if not (CURRENCY.fullmatch(self.currency) and CURRENCY.fullmatch(self.per)):
            raise ValueError(f"{self.currency!r} per {self.per!r} are not currency codes such as EUR")
        if exact(self.rate) <= 0 or self.currency == self.per:
            raise ValueError("a rate is above zero, of one currency for another")


@dataclass(frozen=True, slots=True)
class Exchange:
    """What an amount is multiplied by, and the rates that say so: none within one currency, two by way of a third."""

    factor: Fraction
    rates: tuple[Rate, ...] = ()


SAME = Exchange(Fraction(1))


class RateTable:
    """Published rates, to be asked what one currency is worth in another."""

    def __init__(self, rates: Iterable[Rate] = ()) -> None:
        self._held: dict[tuple[str, str, bool], list[Rate]] = {}
        self._asked: dict[tuple[str, str, Of], Exchange | None] = {}
        for rate in rates:
            self._held.setdefault((rate.currency, rate.per, isinstance(rate.of, int)), []).append(rate)
        self.currencies = sorted({name for pair in self._held for name in pair[:2]})

    def exchange(self, currency: str, to: str, of: Of) -> Exchange | None:
        """From one currency into another on a day or by a year's average; None where no rate says so.

        Of a day: the last rate published up to it, at most a week old. A published rate of the two comes first, then
        the way by a third currency (the first in the alphabet), both rates of the same day or year.
        """
        if currency == to:
            return SAME
        asked = (currency, to, of)
        if asked not in self._asked:
            self._asked[asked] = self._leg(*asked) or self._through(*asked)
        return self._asked[asked]

    def _leg(self, currency: str, to: str, of: Of) -> Exchange | None:
        if rate := self._published(currency, to, of):
            return Exchange(1 / Fraction(rate.rate), (rate,))
        if rate := self._published(to, currency, of):
            return Exchange(Fraction(rate.rate), (rate,))
        return None

    def _through(self, currency: str, to: str, of: Of) -> Exchange | None:
        for middle in self.currencies:
            first, second = self._leg(currency, middle, of), self._leg(middle, to, of)
            if first and second and first.rates[0].of == second.rates[0].of:
                return Exchange(first.factor * second.factor, first.rates + second.rates)
        return None

    def _published(self, currency: str, per: str, of: Of) -> Rate | None:
        held = self._held.get((currency, per, isinstance(of, int)), [])
        if isinstance(of, int):
            return next((rate for rate in held if rate.of == of), None)
        fresh = [
            (rate.of, rate) for rate in held if isinstance(rate.of, date) and of - STALE <= rate.of <= of
        ]
        return max(fresh, key=lambda one: one[0])[1] if fresh else None
