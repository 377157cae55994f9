"""One text in several languages, each a list of clauses: a clause has the same key in every list.

Rows are anything with a key. What is done to one list is done to the others as far as they say the same: they stay
in step, and no row is ever lost but the one that is taken out.
"""

from collections.abc import Callable, Collection, Sequence
from itertools import count
from typing import TypeVar

Row = TypeVar("Row")
Lists = dict[str, list[Row]]


def moved(
    lists: Lists[Row], language: str, place: int, step: int, key_of: Callable[[Row], str]
) -> Lists[Row]:
    """The row at a place goes one up (-1) or down (1); in the other lists it goes past the same neighbour."""
    rows = lists.get(language, [])
    beside = place + step
    if not (0 <= place < len(rows) and 0 <= beside < len(rows)):
        return lists
    row, neighbour = rows[place], rows[beside]
    found = {code: list(one) for code, one in lists.items()}
    found[language][place], found[language][beside] = neighbour, row
    for code, one in found.items():
        if code != language:
            _past(one, key_of(row), key_of(neighbour), step, key_of)
    return found


def _past(rows: list[Row], key: str, neighbour: str, step: int, key_of: Callable[[Row], str]) -> None:
    """Move the row of a key past its neighbour's, where both stand there and it is not past it already."""
    keys = [key_of(row) for row in rows]
    if not key or key not in keys or neighbour not in keys:
        return
    here, there = keys.index(key), keys.index(neighbour)
    if (there - here) * step > 0:
        rows.insert(there, rows.pop(here))


def place_for(key: str, rows: Sequence[str], others: Collection[Sequence[str]]) -> int:
    """Where a key that a list lacks goes in: after the one it follows in another list, else at the end."""
    for other in others:
        if key in other:
            before = [one for one in other[: other.index(key)] if one in rows]
            return rows.index(before[-1]) + 1 if before else 0
    return len(rows)


def fresh_key(keys: Collection[str]) -> str:
    """A key that no clause has yet."""
    return next(one for one in (f"clause-{n}" for n in count(1)) if one not in keys)
