"""Weekends and public holidays, country by country, as the package `holidays` knows them."""

from datetime import date
from functools import lru_cache
from typing import Any

import holidays

from taawun.kernel.deadlines import WorkCalendar

SATURDAY_SUNDAY = frozenset({5, 6})
FIRST_YEAR, LAST_YEAR = 1990, 2110


def iso_of(country: str) -> str:
    """The two letters of a country's code ("country:MM")."""
    return country.partition(":")[2] or country


@lru_cache(maxsize=300)
def is_known(country: str) -> bool:
    """Whether the package knows the country's holidays; of another the weekend alone counts."""
    return iso_of(country) in holidays.list_supported_countries(include_aliases=False)


@lru_cache(maxsize=300)
def weekend_of(country: str) -> frozenset[int]:
    """The days of the week on which nobody works, Monday being 0; Saturday and Sunday where nothing is known."""
    if not is_known(country):
        return SATURDAY_SUNDAY
    return frozenset(holidays.country_holidays(iso_of(country)).weekend) or SATURDAY_SUNDAY


@lru_cache(maxsize=4000)
def holidays_in(country: str, year: int, language: str = "") -> dict[date, str]:
    """The public holidays of a year with their names: in this language where the package has them, else as it has."""
    if not is_known(country) or not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    told = holidays.country_holidays(iso_of(country), years=year, language=_language(country, language))
    return {day: name for day, name in sorted(told.items()) if day.year == year}


def _language(country: str, wanted: str) -> str | None:
    """How the package calls the reader's language, or else English; None: the country's own."""
    offered: Any = getattr(holidays.country_holidays(iso_of(country)), "supported_languages", ()) or ()
    for language in (wanted, "en"):
        for one in offered:
            if language and one.partition("_")[0] == language:
                return str(one)
    return None


class PublicHolidays:
    """The holidays of a country as something a day is in; each year is worked out once a process."""

    def __init__(self, country: str) -> None:
        self.country = country

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in holidays_in(self.country, day.year)


def calendar_of(country: str) -> WorkCalendar:
    """The working days of a country as far as the package knows them, before what an agency adds."""
    return WorkCalendar(weekend_of(country), PublicHolidays(country))
