"""The calendar: a month of deadlines as a person may see them, and the list beneath."""

from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from taawun.foundation import clock
from taawun.foundation.deadline_rules import address_of, label_of
from taawun.foundation.deadlines import between, deadlines_visible_to, mine_among, words_of
from taawun.foundation.models import Deadline
from taawun.foundation.standing import standing
from taawun.kernel.periods import add_months
from taawun.reference.names import code_name
from taawun.ui import words

MOST, IN_A_DAY = 500, 3
WEEKS = Calendar(firstweekday=0)


@dataclass(frozen=True)
class Line:
    """One deadline as the calendar shows it. `mine`: it waits on its reader."""

    due: date
    label: Any
    url: str
    code: str
    title: str
    language: str
    country: str
    mine: bool


@dataclass(frozen=True)
class Day:
    """A square of the month."""

    day: date
    inside: bool
    today: bool
    lines: list[Line]

    @property
    def first(self) -> list[Line]:
        """What fits in the square."""
        return self.lines[:IN_A_DAY]

    @property
    def more(self) -> int:
        """How many stand in the list alone."""
        return max(0, len(self.lines) - IN_A_DAY)


@dataclass(frozen=True)
class Asked:
    """What an address asks for; what it cannot mean is left out."""

    month: date
    mine: bool
    operation: int | None
    country: str
    left_out: bool

    def address(self, month: date) -> str:
        """The same for another month."""
        values = {"month": f"{month:%Y-%m}", "of": "mine" if self.mine else "all"}
        values |= {"operation": str(self.operation)} if self.operation else {}
        return "?" + urlencode(values | ({"country": self.country} if self.country else {}))


def asked_in(params: Mapping[str, str]) -> Asked:
    """Read the address: a month as 2026-11, whose dates, an operation, a country."""
    typed, month = params.get("month", ""), month_in(params.get("month", ""))
    number = params.get("operation", "")
    known = number.isascii() and number.isdigit() and len(number) < 10
    of = params.get("of", "")
    return Asked(
        month or clock.today().replace(day=1),
        of == "mine" or (of != "all" and not number),
        int(number) if known else None,
        params.get("country", "")[:40],
        bool((typed and month is None) or (number and not known)),
    )


def month_in(text: str) -> date | None:
    """The first day of a month written as 2026-11; None for whatever is none, or lies beyond the clock's days."""
    year, _dash, month = text.partition("-")
    if not (len(text) == 7 and text.isascii() and year.isdigit() and month.isdigit()):
        return None
    if not (clock.FIRST_DAY.year <= int(year) <= clock.LAST_DAY.year and 1 <= int(month) <= 12):
        return None
    return date(int(year), int(month), 1)


def month_for(user: Any, asked: Asked) -> dict[str, Any]:
    """The page of a month: two SQL statements beside who the reader is, however much is due."""
    last = add_months(asked.month, 1) - timedelta(days=1)
    seen = between(deadlines_visible_to(user), asked.month, last)
    operations, countries = _choices(seen, asked)
    rows = list(_narrowed(seen, user, asked)[: MOST + 1])
    mine = set(words_of(standing(user)))
    lines = [line_of(row, mine) for row in rows[:MOST]]
    return {
        "asked": asked,
        "month": asked.month,
        "weekdays": [(words.written(d, "EEEE"), words.written(d, "EEE")) for d in _week()],
        "weeks": _weeks(asked.month, lines),
        "days": _days_of(lines),
        "count": len(lines),
        "more": len(rows) > MOST,
        "most": MOST,
        "operations": operations,
        "countries": countries,
        "before": asked.address(add_months(asked.month, -1)) if asked.month > clock.FIRST_DAY else "",
        "after": asked.address(add_months(asked.month, 1)) if last < clock.LAST_DAY else "",
        "now": asked.address(clock.today().replace(day=1)),
        "today": clock.today(),
    }


def line_of(row: Deadline, mine: set[str]) -> Line:
    """A deadline as its reader sees it."""
    return Line(
        row.due,
        label_of(row.rule),
        address_of(row.rule, row.kind, row.subject_id, row.ref),
        row.code,
        row.title,
        row.language,
        code_name(row.country) if row.country else "",
        bool(mine & set(row.seats)),
    )


def _narrowed(rows: QuerySet[Deadline], user: Any, asked: Asked) -> QuerySet[Deadline]:
    if asked.mine:
        rows = mine_among(rows, user)
    if asked.operation:
        rows = rows.filter(kind="operation", subject_id=asked.operation)
    return rows.filter(country=asked.country) if asked.country else rows


def _choices(seen: QuerySet[Deadline], asked: Asked) -> tuple[list[Any], list[Any]]:
    """The operations and countries of the month that can be chosen, and the ones the address names."""
    found = list(
        seen.order_by().values_list("kind", "subject_id", "code", "title", "country").distinct()[: MOST * 4]
    )
    operations = {pk: f"{code} {title}" for kind, pk, code, title, _c in found if kind == "operation"}
    if asked.operation and asked.operation not in operations:
        operations[asked.operation] = words.NOTHING
    countries = {country: code_name(country) for *_rest, country in found if country}
    if asked.country and asked.country not in countries:
        countries[asked.country] = words.NOTHING
    return sorted(operations.items(), key=lambda one: one[1]), sorted(
        countries.items(), key=lambda one: one[1]
    )


def _week() -> list[date]:
    monday = date(2001, 1, 1)
    return [monday + timedelta(days=n) for n in range(7)]


def _weeks(month: date, lines: Iterable[Line]) -> list[list[Day]]:
    held: dict[date, list[Line]] = {}
    for line in lines:
        held.setdefault(line.due, []).append(line)
    today = clock.today()
    return [
        [Day(day, day.month == month.month, day == today, held.get(day, [])) for day in week]
        for week in WEEKS.monthdatescalendar(month.year, month.month)
    ]


def _days_of(lines: Iterable[Line]) -> list[tuple[date, list[Line]]]:
    held: dict[date, list[Line]] = {}
    for line in lines:
        held.setdefault(line.due, []).append(line)
    return list(held.items())
