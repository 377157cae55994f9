"""The numbers people quote, and the settings of the agency they follow."""

from datetime import date

from django.db.models import F

from taawun.cycle.models import (
    Counter,
    ProviderSettings,
)
from taawun.kernel.numbering import Pattern


def next_number(series: str) -> int:
    """The next number of a series, without gap or double: the series' row stays locked until the act is done."""
    Counter.objects.get_or_create(series=series)
    Counter.objects.filter(series=series).update(last=F("last") + 1)
    return Counter.objects.values_list("last", flat=True).get(series=series)


def fiscal_year_of(day: date, settings: ProviderSettings) -> int:
    """The fiscal year a day belongs to, named by the year it begins in."""
    return day.year if day.month >= settings.fiscal_year_start else day.year - 1


def case_number(country_id: str, sort: str, day: date, settings: ProviderSettings) -> str:
    """The next number in the pattern of the settings (CC-YYYY-SORT-NNNN, domain.md §11): stable, quoted on paper.

    A series is what stands before the count: agencies that write the same count together.
    """
    pattern, country = Pattern.parse(settings.numbering), country_id.partition(":")[2]
    series = pattern.series(country=country, year=fiscal_year_of(day, settings), sort=sort)
    return pattern.number(series, next_number(series))


def give_back_number(code: str, country_id: str, sort: str, day: date, settings: ProviderSettings) -> None:
    """Take back a number whose case is removed, if it is the last of its series: the next case gets it, without gap."""
    pattern, country = Pattern.parse(settings.numbering), country_id.partition(":")[2]
    series = pattern.series(country=country, year=fiscal_year_of(day, settings), sort=sort)
    held = Counter.objects.select_for_update().filter(series=series).first()
    if held and pattern.number(series, held.last) == code:
        held.last -= 1
        held.save(update_fields=["last"])
        Counter.objects.filter(series=series, last=0).delete()
