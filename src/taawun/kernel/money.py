"""Money and shares, exactly: decimals only, one currency at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal

CURRENCY = re.compile(r"[A-Z]{3}")
HUNDRED = Decimal(100)


class CurrencyMismatch(ValueError):
    """Two currencies met where only one makes sense: convert at a dated rate first."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"{left} and {right} are not the same currency")
        self.left, self.right = left, right


def exact(number: Decimal | int) -> Decimal:
    """The number as a finite decimal. A float is refused: 0.1 of a franc is not a tenth."""
    if isinstance(number, bool) or not isinstance(number, Decimal | int):
        raise TypeError(f"a Decimal or an int is needed, not {type(number).__name__}")
    number = Decimal(number)
    if not number.is_finite():
        raise ValueError(f"{number} is not a number one can count with")
    return number


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217). It may be negative: a correction is."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", exact(self.amount))
        if not CURRENCY.fullmatch(self.currency):
            raise ValueError(f"{self.currency!r} is not a currency code such as EUR")

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(Decimal(0), currency)

    def _same(self, other: Money) -> Decimal:
        if self.currency != other.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other.amount

    def __add__(self, other: object) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: object) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> Money:
        return Money(self.amount * exact(factor), self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._same(other)

    def rounded(self, digits: int = 2) -> Money:
        """To the currency's smallest coin: 2 digits for the euro, 0 for the yen, 3 for the dinar."""
        return Money(self.amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN), self.currency)

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"


def total(parts: Iterable[Money], currency: str) -> Money:
    """The sum in this currency; nothing to add is zero of it."""
    return sum(parts, start=Money.zero(currency))


def totals(parts: Iterable[Money]) -> dict[str, Money]:
    """One sum for each currency met, in alphabetical order: sums of several currencies stay several."""
    sums: dict[str, Money] = {}
    for part in parts:
        sums[part.currency] = sums.get(part.currency, Money.zero(part.currency)) + part
    return dict(sorted(sums.items()))


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """A part of a hundred: who pays how much of it."""

    percent: Decimal

    def __post_init__(self) -> None:
        object.__setattr__(self, "percent", exact(self.percent))
        if not 0 <= self.percent <= HUNDRED:
            raise ValueError(f"{self.percent} is not between 0 and 100")

    def of(self, money: Money) -> Money:
        """This share of the money, not rounded. Sharing out among several is `allot`."""
        return Money(money.amount * self.percent / HUNDRED, money.currency)

    def __str__(self) -> str:
        return f"{self.percent:f} %"


def missing(shares: Iterable[Share]) -> Decimal:
    """What these shares lack to make a hundred; negative when they exceed it."""
    return HUNDRED - sum((share.percent for share in shares), start=Decimal(0))


def allot(money: Money, shares: Sequence[Share], digits: int = 2) -> list[Money]:
    """Share the money out to the last coin: the parts add up to the whole, exactly.

    Coins left over by rounding go to the largest remainders, earlier shares first. Refused unless the
    shares make a hundred and the money itself has no more digits than its coin.
    """
    if missing(shares) != 0:
        raise ValueError("the shares do not make a hundred")
    coin = Decimal(1).scaleb(-digits)
    if money != money.rounded(digits):
        raise ValueError(f"{money} has a part smaller than its coin")
    sign = -1 if money.amount < 0 else 1
    wanted = [abs(share.of(money).amount) for share in shares]
    given = [part.quantize(coin, ROUND_DOWN) for part in wanted]
    left = int((abs(money.amount) - sum(given, start=Decimal(0))) / coin)
    by_remainder = sorted(range(len(given)), key=lambda place: given[place] - wanted[place])
    for place in by_remainder[:left]:
        given[place] += coin
    return [Money(sign * part, money.currency) for part in given]
