"""What pages and sums ask of exchange rates: they are public facts, read by everybody who is signed in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from taawun.figures.models import CurrencyRate, RateOf
from taawun.foundation.standing import standing
from taawun.kernel.rates import STALE, Of, RateTable


def rates_visible_to(user: Any) -> QuerySet[CurrencyRate]:
    """The exchange rates held, for whoever has a person and so is one of the house."""
    rows = CurrencyRate.objects.all()
    return rows if standing(user).person_id is not None else rows.none()


def rate_for(user: Any, pk: int) -> CurrencyRate | None:
    """One rate through the gate."""
    return rates_visible_to(user).select_related("organisation").filter(pk=pk).first()


def rate_table(times: Iterable[Of | None]) -> RateTable:
    """The rates of these days (with a week before each) and of these years' averages: one SQL statement at most."""
    wanted = set(times) - {None}
    days = [one for one in wanted if isinstance(one, date)]
    years = [date(one, 1, 1) for one in wanted if isinstance(one, int)]
    asked = Q(pk__in=[])
    if years:
        asked |= Q(rate_of=RateOf.YEAR, day__in=years)
    if days:
        asked |= Q(rate_of=RateOf.DAY, day__gte=min(days) - STALE, day__lte=max(days))
    return RateTable(rate.counted() for rate in CurrencyRate.objects.filter(asked)) if wanted else RateTable()


def rated_currencies() -> list[str]:
    """The letters of every currency some rate speaks of: one SQL statement."""
    pairs = CurrencyRate.objects.order_by().values_list("currency", "per").distinct()
    return sorted({code.partition(":")[2] for pair in pairs for code in pair})
