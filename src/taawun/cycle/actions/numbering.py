"""The numbers people quote, and the settings of the agency they follow."""

from datetime import date

from django.db.models import F

from taawun.cycle.models import (
    Counter,
    ProviderSettings,
)


def next_number(series: str) -> int:
    """The next number of a series, without gap or double: the series' row stays locked until the act is done."""
    Counter.objects.get_or_create(series=series)
    Counter.objects.filter(series=series).update(last=F("last") + 1)
    return Counter.objects.values_list("last", flat=True).get(series=series)


def fiscal_year_of(day: date, settings: ProviderSettings) -> int:
    """The fiscal year a day belongs to, named by the year it begins in."""
    return day.year if day.month >= settings.fiscal_year_start else day.year - 1


def case_number(country_id: str, sort: str, day: date, settings: ProviderSettings) -> str:
    """CC-YYYY-SORT-NNNN: stable, quoted on paper (domain.md §11)."""
    series = f"{country_id.partition(':')[2]}-{fiscal_year_of(day, settings)}-{sort}"
    return f"{series}-{next_number(series):04d}"
