"""When something is due: so many days, working days, months, years from a day; the ladder of reminders before it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from taawun.kernel.periods import DAY, add_months, add_years

UNITS = ("days", "working-days", "months", "years")
MOST_RUNGS = 10
LONGEST_BEFORE, LONGEST_AFTER = 730, 365  # days: nobody is reminded earlier, or later
IDLE = 400  # days without a working day: a calendar of which this is true is a mistake


class LadderError(ValueError):
    """A ladder of reminders that cannot be read; its text names what is wrong."""


@dataclass(frozen=True)
class WorkCalendar:
    """On which days a country works. `weekend` counts Monday as 0; `free` are its holidays.

    `worked` are days off on which work is done after all; they come before the weekend and the holidays.
    """

    weekend: frozenset[int] = frozenset({5, 6})
    free: Container[date] = field(default=frozenset())
    worked: Container[date] = field(default=frozenset())

    def works_on(self, day: date) -> bool:
        """Whether it is a working day."""
        return day in self.worked or (day.weekday() not in self.weekend and day not in self.free)

    def on_or_after(self, day: date) -> date:
        """The day itself, or the first working day after it. `ValueError` where nobody ever works."""
        return self._next(day, DAY)

    def add(self, day: date, count: int) -> date:
        """The so-manieth working day after a day (before it, if negative); the day itself does not count.

        None at all: the day itself, or the next one on which work is done.
        """
        step = DAY if count >= 0 else -DAY
        if count == 0:
            return self._next(day, DAY)
        for _n in range(abs(count)):
            day = self._next(day + step, step)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days come after `start`, up to and including `end`."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.works_on(day) for day in days)

    def _next(self, day: date, step: timedelta) -> date:
        for n in range(IDLE):
            if self.works_on(day + n * step):
                return day + n * step
        raise ValueError("a calendar without working days")


EVERY_DAY = WorkCalendar(weekend=frozenset())


def due_on(day: date, amount: int, unit: str, calendar: WorkCalendar = EVERY_DAY) -> date:
    """The day so many units after a day, or before it. Working days are those of the calendar; `ValueError` for a
    unit that is none.
    """
    if unit == "days":
        return day + timedelta(days=amount)
    if unit == "working-days":
        return calendar.add(day, amount)
    if unit == "months":
        return add_months(day, amount)
    if unit == "years":
        return add_years(day, amount)
    raise ValueError(unit)


def ladder_of(text: str) -> tuple[int, ...]:
    """A ladder as it is typed: days before, 0 the day itself, -7 a week after; "30, 7, 1, 0, -7", the earliest first.

    Nothing typed: no reminders. `LadderError` for what is no whole number, lies too far off, or is too much.
    """
    steps: set[int] = set()
    for word in re.split(r"[\s,;،؛]+", text.strip()):
        if not word:
            continue
        plain = word.replace("\N{MINUS SIGN}", "-").replace("\N{LEFT-TO-RIGHT MARK}", "")
        if not re.fullmatch(r"-?\d{1,4}", plain):
            raise LadderError(word)
        steps.add(int(plain))
    return checked(steps)


def checked(steps: Iterable[int]) -> tuple[int, ...]:
    """A ladder in its order; `LadderError` for one that nobody could climb."""
    held = tuple(sorted(set(steps), reverse=True))
    for step in held:
        if not -LONGEST_AFTER <= step <= LONGEST_BEFORE:
            raise LadderError(str(step))
    if len(held) > MOST_RUNGS:
        raise LadderError(str(len(held)))
    return held


def reminders(due: date, ladder: Iterable[int]) -> list[date]:
    """The days on which one is reminded of what is due on a day, in their order."""
    return sorted(due - timedelta(days=step) for step in set(ladder))


def reminder_due(due: date, ladder: Iterable[int], since: date, today: date) -> date | None:
    """The reminder to send today: the last one whose day came after `since`; None where there is none.

    Of several that were missed only the last is worth sending. `since` is the day from which the deadline is known
    (that day's own reminder counts), or the day after the last reminder sent.
    """
    days = [day for day in reminders(due, ladder) if since <= day <= today]
    return days[-1] if days else None


def next_reminder(due: date, ladder: Iterable[int], since: date) -> date | None:
    """The first day, from `since` on, on which one is to be reminded."""
    return next((day for day in reminders(due, ladder) if day >= since), None)
