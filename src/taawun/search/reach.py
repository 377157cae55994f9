"""How far back a common word is looked for: so far that some thousands of texts are found, the newest."""

from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any

from django.db import connection

WEIGHED = (
    4_000  # so many texts are found, passed through the gates and counted within the time a page may take
)
LEARNT_EVERY = 600.0  # seconds after which a process asks anew how many texts there are
SAMPLED = 3_000  # texts from which their days are learnt


@dataclass(frozen=True)
class Spread:
    """How many texts there are, about, and the days that part them into a hundred heaps of one size."""

    texts: int
    days: tuple[date, ...] = ()

    def newest(self, share: float, year: str) -> date | None:
        """The day since which about this share of the texts (of a year's) are dated; None where all are."""
        days = [day for day in self.days if not year or str(day.year) == year]
        return days[int(len(days) * (1 - share))] if days and share < 1 else None


_learnt: dict[str, Any] = {}


def spread() -> Spread:
    """What this process knows of the texts: at most two SQL statements, now and then."""
    if _learnt and monotonic() - _learnt["at"] < LEARNT_EVERY:
        held: Spread = _learnt["spread"]
        return held
    _learnt.update(at=monotonic(), spread=_learn())
    return _learnt["spread"]


def forget() -> None:
    """Let the next question ask the database again."""
    _learnt.clear()


def _learn() -> Spread:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE relname = 'search_searchtext'")
        texts = max(0, cursor.fetchone()[0])
        if texts <= WEIGHED:
            return Spread(texts)
        cursor.execute(
            "SELECT percentile_disc((SELECT array_agg(n / 100.0) FROM generate_series(1, 99) n)) "
            "WITHIN GROUP (ORDER BY day) FROM search_searchtext TABLESAMPLE SYSTEM (%s)",
            [min(100.0, 100.0 * SAMPLED / texts)],
        )
        return Spread(texts, tuple(cursor.fetchone()[0] or ()))


def since(where: str, params: list[Any], year: str = "") -> date | None:
    """From which day on to look for what the condition asks; None where all of it is few enough.

    One SQL statement: the database's own guess of how many texts there are.
    """
    known = spread()
    if known.texts <= WEIGHED:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT 1 FROM search_searchtext WHERE {where}", params)  # noqa: S608
        (guess,) = cursor.fetchone()[0]
    many = int(guess["Plan"]["Plan Rows"])
    return known.newest(WEIGHED / many, year) if many > 1.5 * WEIGHED else None
