"""Members and decisions as lines: to tell whether anything changed, and to show them to who meets another's version."""

from collections.abc import Iterable
from typing import Any

from taawun.cycle.rows import values_of
from taawun.meetings.models import Capacity
from taawun.ui import words

MEMBER = ("organisation", "capacity", "person", "name", "title", "held_from", "held_to")
DECISION = ("text", "owner", "due_on")


def member_lines(rows: Iterable[Any]) -> str:
    """Members with their seats, one a line, whatever the order they were sent in."""
    return "\n".join(sorted(_member_line(row) for row in values_of(rows, MEMBER)))


def _member_line(row: dict[str, Any]) -> str:
    known_as = row["person"].name if row["person"] else row["name"]
    told = [known_as, row["title"], row["organisation"].name, str(Capacity(row["capacity"]).label)]
    return words.listed([*filter(None, told), words.period(row["held_from"], row["held_to"])])


def decision_lines(rows: Iterable[Any]) -> str:
    """Decisions with who does them, numbered, one a line."""
    return "\n".join(
        f"{number}. {row['text']} ({words.listed([row['owner'].name, words.written(row['due_on'], 'd MMM y')])})"
        for number, row in enumerate(values_of(rows, DECISION), start=1)
    )


SURVEYOR = ("name", "organisation_name", "function")
SIGNATORY = ("organisation", "name", "title")


def surveyor_lines(rows: Iterable[Any]) -> str:
    """Who went on a mission, one a line."""
    return "\n".join(words.listed(filter(None, row.values())) for row in values_of(rows, SURVEYOR))


def signatory_lines(rows: Iterable[Any]) -> str:
    """Who signed for whom, one a line."""
    return "\n".join(
        words.listed(filter(None, [row["name"], row["title"], row["organisation"].name]))
        for row in values_of(rows, SIGNATORY)
    )
