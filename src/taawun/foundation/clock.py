"""The one clock. In a demonstration and in tests it can be set ahead; in production it is the machine's."""

from contextvars import ContextVar
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
_offset: ContextVar[timedelta | None] = ContextVar("clock_offset", default=None)


def can_be_set() -> bool:
    """Whether this installation lets anyone move the clock."""
    return bool(settings.DEMO or settings.TESTING)


def _rows() -> Any:
    """The table of one row; asked for by name, because every model's defaults come from here."""
    return apps.get_model("foundation", "Clock").objects


def read_offset() -> timedelta:
    """The stored offset, one SQL statement; nothing where the clock cannot be set."""
    if not can_be_set():
        return timedelta()
    row = _rows().filter(pk=1).values_list("offset", flat=True).first()
    return row or timedelta()


def begin_request() -> None:
    """Read the offset once for the request that begins."""
    _offset.set(read_offset() if can_be_set() else timedelta())


def forget() -> None:
    """Let the next question read the stored offset again."""
    _offset.set(None)


def now() -> datetime:
    """The moment by the installation's clock, in UTC."""
    offset = _offset.get()
    return timezone.now() + (read_offset() if offset is None else offset)


def today() -> date:
    """The date by the installation's clock."""
    return now().date()


def set_today(day: date) -> None:
    """Move the clock so that today is `day` (demonstration and tests alone; else refused).

    Refuses (`ValueError`) a day on which counting months and years would leave the calendar.
    """
    if not can_be_set():
        raise PermissionError("The clock of this installation cannot be set.")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(day)
    offset = timedelta(days=(day - timezone.now().date()).days)
    _rows().update_or_create(pk=1, defaults={"offset": offset})
    _offset.set(offset)
