"""Where and for what an activity works, worked out from its transactions where it does not say so itself.

Reported is never touched: whoever keeps the result keeps it beside, as derived, with what it was worked out from.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from taawun.interchange.iati.records import Activity, Amount, Share

BASES = (("commitments", "2"), ("disbursements", "3"))
_MAIN = {"", "1"}
_HUNDREDTHS = 10_000  # of a percent, in a hundred percent


@dataclass(frozen=True, slots=True)
class Derived:
    """Shares of one kind that make exactly a hundred, or none and the reason (a slug).

    `kind`: "place" (countries and regions together) or "sector" (of one vocabulary). `basis`: "commitments" or
    "disbursements" in `currency`.
    """

    kind: str
    vocabulary: str = ""
    shares: tuple[Share, ...] = ()
    basis: str = ""
    currency: str = ""
    reason: str = ""


class _None(Exception):
    """No share can be worked out; the argument is the reason's slug."""


def derived(activity: Activity) -> tuple[Derived, ...]:
    """What follows from an activity's transactions for whatever kind it states nothing of; empty where it states all.

    By commitments, else by disbursements: each that is not zero must name one code, all must be of one currency.
    Corrections below zero count; a code whose sum is not above zero gets no share. Shares have two decimals, and what
    rounding leaves goes to those that lost most by it.
    """
    kinds = {share.kind for share in activity.shares}
    money = [one for one in activity.amounts if one.kind == "transaction" and one.value]
    found: list[Derived] = []
    if not kinds & {"country", "region"}:
        found.append(_derived("place", "", money))
    if "sector" not in kinds:
        found += [_derived("sector", one, money) for one in _vocabularies(money)]
    return tuple(found)


def _vocabularies(money: Iterable[Amount]) -> list[str]:
    """Every vocabulary of sectors that a transaction uses; the standard's own where none uses any."""
    named = {share.vocabulary or "1" for one in money for share in one.shares if share.kind == "sector"}
    return sorted(named) or ["1"]


def _derived(kind: str, vocabulary: str, money: list[Amount]) -> Derived:
    reasons = []
    for basis, type_ in BASES:
        some = [(one, _codes(kind, vocabulary, one)) for one in money if one.type == type_]
        if not any(codes for _, codes in some):
            continue
        try:
            currency, shares = _worked_out(some)
        except _None as reason:
            reasons.append(str(reason))
            continue
        return Derived(kind, vocabulary, shares, basis, currency)
    named = any(_codes(kind, vocabulary, one) for one in money)
    return Derived(kind, vocabulary, reason=next(iter(reasons), "no-basis" if named else "not-stated"))


def _codes(kind: str, vocabulary: str, amount: Amount) -> list[Share]:
    if kind == "sector":
        return [one for one in amount.shares if one.kind == kind and (one.vocabulary or "1") == vocabulary]
    return [one for one in amount.shares if one.kind == "country" or _is_main_region(one)]


def _is_main_region(share: Share) -> bool:
    return share.kind == "region" and share.vocabulary in _MAIN


def _worked_out(some: list[tuple[Amount, list[Share]]]) -> tuple[str, tuple[Share, ...]]:
    if any(not codes for _, codes in some):
        raise _None("not-every")
    if any(len(codes) > 1 for _, codes in some):
        raise _None("several-codes")
    currencies = {one.currency for one, _ in some}
    if len(currencies) > 1:
        raise _None("several-currencies")
    (currency,) = currencies
    if not currency:
        raise _None("no-currency")
    sums: dict[tuple[str, str], Fraction] = {}
    first: dict[tuple[str, str], Share] = {}
    for amount, (code,) in some:
        key = code.kind, code.code
        sums[key] = sums.get(key, Fraction(0)) + Fraction(amount.value)
        first.setdefault(key, code)
    positive = {key: total for key, total in sums.items() if total > 0}
    if not positive:
        raise _None("not-positive")
    parts = zip(positive, percentages(list(positive.values())), strict=True)
    return currency, tuple(replace(first[key], percentage=part) for key, part in parts)


def percentages(weights: list[Fraction]) -> list[Decimal]:
    """Shares of these weights with two decimals that make exactly a hundred. All weights are above zero."""
    whole = sum(weights)
    wanted = [weight * _HUNDREDTHS / whole for weight in weights]
    given = [int(part) for part in wanted]
    by_loss = sorted(range(len(wanted)), key=lambda place: given[place] - wanted[place])
    for place in by_loss[: _HUNDREDTHS - sum(given)]:
        given[place] += 1
    return [Decimal(part).scaleb(-2) for part in given]
