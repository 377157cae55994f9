"""Days, months and years as agreements count them: from a day to a day, both included."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day so many months on (or back, if negative); 31 January plus one is the last of February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def add_years(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes the 28th where it must."""
    return add_months(day, 12 * years)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From a day to a day, both included: 9 June 2016 – 8 June 2019 is thirty-six months."""

    start: date
    end: date

    def __post_init__(self) -> None:
        for day in (self.start, self.end):
            if isinstance(day, datetime) or not isinstance(day, date):
                raise TypeError(f"a date is needed, not {type(day).__name__}")
        if self.end < self.start:
            raise ValueError(f"{self.end} comes before {self.start}")

    @classmethod
    def of_months(cls, start: date, months: int) -> Period:
        """So many whole months from this day."""
        if months < 1:
            raise ValueError("a period lasts a month at least")
        return cls(start, add_months(start, months) - DAY)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def whole_months(self) -> int:
        """Months completed by the evening of the last day."""
        after = self.end + DAY
        months = (after.year - self.start.year) * 12 + after.month - self.start.month
        return months if add_months(self.start, months) <= after else months - 1

    @property
    def months(self) -> int:
        """Months begun: the length an agreement states. A day over three months makes four."""
        whole = self.whole_months
        return whole if add_months(self.start, whole) == self.end + DAY else whole + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def covers(self, other: Period) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Period) -> Period | None:
        """The days both have, or None; one shared day is an overlap."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None

    def fiscal_years(self, start_month: int) -> list[FiscalYear]:
        """Every fiscal year the period touches, in order."""
        return list(self._fiscal_years(start_month))

    def _fiscal_years(self, start_month: int) -> Iterator[FiscalYear]:
        year = FiscalYear.of(self.start, start_month)
        while year.period.start <= self.end:
            yield year
            year = year.next


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """A budget year, named by the calendar year it begins in: Japan's 2016 is April 2016 – March 2017."""

    year: int
    start_month: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.start_month <= 12:
            raise ValueError(f"{self.start_month} is not a month")

    @classmethod
    def of(cls, day: date, start_month: int) -> FiscalYear:
        """The fiscal year this day falls in."""
        return cls(day.year if day.month >= start_month else day.year - 1, start_month)

    @property
    def period(self) -> Period:
        return Period.of_months(date(self.year, self.start_month, 1), 12)

    @property
    def next(self) -> FiscalYear:
        return FiscalYear(self.year + 1, self.start_month)
