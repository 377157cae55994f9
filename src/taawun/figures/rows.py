"""The rows a figure is made of, as a statement: what each dimension says of them, why some are left out."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import mul
from typing import Any

from django.db.models import Case, Count, DecimalField, F, FilteredRelation, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from taawun.figures.definitions import UNSTATED, Amount, Definition, Dimension, Quantity, Rows
from taawun.kernel.tallies import Tally

PERCENT = DecimalField(max_digits=30, decimal_places=12)
WHY, CURRENCY, OF, AMOUNT, WEIGHT = "why_left_out", "its_currency", "its_time", "its_amount", "its_share"


def narrowed(definition: Definition, rows: Rows, filters: Mapping[str, str], by: Sequence[str] = ()) -> Rows:
    """The rows narrowed to what is asked, each with what the dimensions in `by` say of it; costs no statement.

    Every row bears why it is left out ("" where it counts), its amount, currency and time, and what share of it
    counts (its percentages multiplied). Dimensions the figure does not have are passed over.
    """
    used = [one for one in definition.dimensions if one.slug in filters or one.slug in by]
    for one in used:
        rows = _said(rows, one)
        if one.slug in filters:
            rows = rows.filter(_near(one, filters[one.slug]), _asked(one, filters[one.slug]))
    shares = [F(f"share_{one.alias}") for one in used if one.shares]
    weight = reduce(mul, shares) if shares else Value(Decimal(1), output_field=PERCENT)
    whens = [When(reason.when, then=Value(reason.slug)) for reason in definition.reasons]
    rows = rows.annotate(**{WEIGHT: weight, WHY: Case(*whens, default=Value(""))})
    return rows.annotate(**_counted(definition))


def _said(rows: Rows, one: Dimension) -> Rows:
    if one.shares is None:
        return rows.annotate(**{one.alias: _expression(one.by)})
    far, near = one.shares, one.shares.nearer
    names = [f"joined_{one.alias}", f"nearer_{one.alias}"]
    joins = {
        name: FilteredRelation(each.relation, condition=each.when)
        for name, each in zip(names, (far, near), strict=True)
        if each
    }
    codes = [F(f"{names[0]}__{far.code}"), *([F(f"{names[1]}__{near.code}")] if near else [])]
    percents = [F(f"{names[0]}__{far.percent}"), *([F(f"{names[1]}__{near.percent}")] if near else [])]
    percent = Coalesce(*percents[::-1], Decimal(100), output_field=PERCENT)
    code = Coalesce(*codes[::-1]) if near else codes[0]
    return rows.annotate(**joins).annotate(**{one.alias: code, f"share_{one.alias}": percent})


def _near(one: Dimension, value: str) -> Q:
    return one.shares.among(value) if one.shares and value != UNSTATED else Q()


def _asked(one: Dimension, value: str) -> Q:
    return Q(**{f"{one.alias}__isnull": True}) if value == UNSTATED else Q(**{one.alias: value})


def _counted(definition: Definition) -> dict[str, Any]:
    counts = definition.counts
    if isinstance(counts, Quantity):
        return {AMOUNT: _expression(counts.value)}
    if not isinstance(counts, Amount):
        return {}
    told = {AMOUNT: _expression(counts.amount), CURRENCY: _expression(counts.currency)}
    return told | ({OF: _expression(counts.of)} if counts.of is not None else {})


def _expression(given: Any) -> Any:
    return F(given) if isinstance(given, str) else given


def tallies(
    definition: Definition, rows: Rows, by: Sequence[Dimension], filters: Mapping[str, str], day: date
) -> list[Tally]:
    """The rows of `narrowed`, counted and added by cell, reason, currency and time: one SQL statement.

    An amount without a day of its own is of `day`.
    """
    counts = definition.counts
    money = isinstance(counts, Amount)
    names = [*(one.alias for one in by), WHY]
    if isinstance(counts, Amount):
        names += [CURRENCY, *([OF] if counts.of is not None else [])]
    added = definition.adds
    total = Sum(F(AMOUNT) * F(WEIGHT), output_field=PERCENT) if added else Count("pk")
    found = rows.order_by().values(*names).annotate(number=Count("pk"), total=total)
    shares = [one for one in definition.dimensions if one.shares and (one in by or one.slug in filters)]
    whole = 100 ** len(shares) if added else 1
    made = []
    for *named, number, amount in found.values_list(*names, "number", "total"):
        cell, why, rest = tuple(named[: len(by)]), named[len(by)], named[len(by) + 1 :]
        code = (rest[0] or "").partition(":")[2] if money else ""
        of = (rest[1] if len(rest) > 1 else day) if money else None
        made.append(Tally(cell, why, number, Fraction(amount or 0) / whole, code, of))
    return made
