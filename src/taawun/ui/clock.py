"""What day it is, for sentences such as "8 days ago". The room that owns the clock says it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

_now: list[Callable[[], datetime]] = []


def follow(now: Callable[[], datetime]) -> None:
    """Take the moment from this function: the installation's clock instead of the machine's."""
    _now[:] = [now]


def now() -> datetime:
    return _now[0]() if _now else datetime.now(UTC)


def today() -> date:
    return now().date()
