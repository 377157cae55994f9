"""The sheet by which exchange rates are brought in by Excel: its columns, what becomes of a row, its undoing."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from taawun.batches.definitions import Definition, Done, Field, FieldKind, Judgement, Line, Made, Scope, Why
from taawun.directory.roles import Role
from taawun.figures.actions import TOLD, Published, alone, keep_rates, put_back, rates_at
from taawun.figures.models import CurrencyRate, RateOf
from taawun.foundation import clock
from taawun.reference import names

DIGITS = 10  # after the point, as many as are kept
FIRST_YEAR = 1950


def currencies(scope: Scope) -> list[tuple[str, str]]:
    """Every currency there is or was, by letters and name."""
    listing = names.known().get("currency", names.Listing())
    return [(one, f"{one.partition(':')[2]} – {names.code_name(one)}") for one in sorted(listing.entries)]


FIELDS = (
    Field(
        "currency",
        _("Currency"),
        FieldKind.CHOICE,
        required=True,
        choices=currencies,
        help=_("The one of which there are so many."),
        example="currency:JPY",
    ),
    Field(
        "per",
        _("For one"),
        FieldKind.CHOICE,
        required=True,
        choices=currencies,
        help=_("The one of which there is one: 150 JPY for one USD."),
        example="currency:USD",
    ),
    Field("day", _("Day"), FieldKind.DATE, help=_("Of a daily rate."), example=date(2020, 1, 2)),
    Field(
        "year",
        _("Year"),
        FieldKind.INTEGER,
        most=9999,
        help=_("Of a rate that is the average of a year: then no day."),
    ),
    Field("rate", _("Rate"), FieldKind.DECIMAL, required=True, most=10**12, example=150),
    Field("source", _("Source"), required=True, help=_("Who published it, and where."), example="–"),
    Field("source_on", _("Date of the source"), FieldKind.DATE, required=True, example=date(2020, 1, 2)),
    Field("licence", _("Licence"), most=100),
)
TEXTS = {
    "same-currency": _("A rate is of two different currencies."),
    "day-or-year": _("Give a day, or the year of which it is the average: one of the two."),
    "no-rate-zero": _("A rate is above zero."),
    "too-fine": _("At most %(digits)s digits after the point are kept."),
    "to-come": _("This day has not come yet."),
    "year-not-over": _("This year is not over: it has no average yet, or is too long ago."),
    "of-another": _(
        "%(agency)s brought this rate in and says something else: agree with it which one holds."
    ),
}


def published(values: dict[str, Any]) -> Published:
    """A row as the rate it tells of."""
    year, day = values["year"], values["day"]
    return Published(
        currency=values["currency"],
        per=values["per"],
        rate_of=RateOf.DAY if day else RateOf.YEAR,
        day=day or date(year, 1, 1),
        rate=values["rate"],
        source=values["source"],
        licence=values["licence"] or "",
        source_on=values["source_on"],
    )


def problems_of(values: dict[str, Any]) -> dict[str, list[Why]]:
    """What cannot be in a row, by field."""
    why: dict[str, list[Why]] = {}
    day, year, rate, today = values["day"], values["year"], values["rate"], clock.today()
    if values["currency"] == values["per"]:
        why["per"] = [("same-currency", {})]
    if (day is None) == (year is None):
        why["day"] = [("day-or-year", {})]
    elif day and day > today:
        why["day"] = [("to-come", {})]
    elif year is not None and not FIRST_YEAR <= year < today.year:
        why["year"] = [("year-not-over", {})]
    if not rate:
        why["rate"] = [("no-rate-zero", {})]
    elif rate != round(rate, DIGITS):
        why["rate"] = [("too-fine", {"digits": DIGITS})]
    if values["source_on"] > today:
        why["source_on"] = [("to-come", {})]
    return why


def judge(scope: Scope, lines: list[Line]) -> list[Judgement]:
    """Added, changed or known already: three SQL statements, however many rows.

    Where it judges what is about to be applied, no other batch writes rates until that is done.
    """
    alone()
    why = [problems_of(line.values) for line in lines]
    sound = [published(line.values) for line, wrong in zip(lines, why, strict=True) if not wrong]
    held = rates_at(sound) if sound else {}
    return [
        Judgement("refused", why=wrong) if wrong else _judged(scope, published(line.values), held)
        for line, wrong in zip(lines, why, strict=True)
    ]


def _judged(scope: Scope, one: Published, held: dict[Any, CurrencyRate]) -> Judgement:
    rate = held.get(one.time)
    if rate is None:
        return Judgement("added")
    subject = (CurrencyRate.kind, rate.pk)
    before = {name: _stored(getattr(rate, name)) for name in TOLD}
    if all(getattr(rate, name) == getattr(one, name) for name in TOLD):
        return Judgement("unchanged", subject, rate.version, before)
    if rate.organisation_id != scope.organisation.pk:
        why: dict[str, list[Why]] = {"": [("of-another", {"agency": rate.organisation.name})]}
        return Judgement("conflicting", subject, rate.version, before, why)
    return Judgement("changed", subject, rate.version, before)


def _stored(value: Any) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value or None


def apply(scope: Scope, lines: list[Line], batch: Any) -> list[Done]:
    """Hold them; every figure counts with them from then on."""
    rates = [published(line.values) for line in lines]
    made = keep_rates(rates, actor=scope.user, organisation=scope.organisation, batch=batch.pk)
    return [Done(CurrencyRate.kind, rate.pk, event) for rate, event in made]


def undo(scope: Scope, made: list[Made], batch: Any) -> None:
    """New ones go, the former values of the others come back."""
    rates = [
        (one.subject_id, None if one.verdict == "added" else {n: one.before[n] or "" for n in TOLD})
        for one in made
    ]
    put_back(rates, actor=scope.user, organisation=scope.organisation, batch=batch.pk)


RATES = Definition(
    "exchange-rates",
    _("Exchange rates by Excel"),
    _(
        "Rates as a source published them, of a day or on the average of a year. Amounts in different currencies are "
        "added at these rates alone; without one they are left out and named."
    ),
    fields=FIELDS,
    key=("currency", "per", "day", "year"),
    roles=(Role.ADMINISTRATOR,),
    judge=judge,
    apply=apply,
    undo=undo,
    texts=TEXTS,
)
