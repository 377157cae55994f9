"""What a new version of a code list changes against the one that holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

from taawun.reference.models import Code
from taawun.reference.sheets import NAME, as_row, held

Row = dict[str, str]


class What(models.TextChoices):
    ADDED = "added", pgettext_lazy("code of a list", "Added")
    RENAMED = "renamed", pgettext_lazy("code of a list", "Renamed")
    WITHDRAWN = "withdrawn", pgettext_lazy("code of a list", "Withdrawn")
    BACK = "back", pgettext_lazy("code of a list", "Back again")
    CHANGED = "changed", pgettext_lazy("code of a list", "Changed otherwise")


def changes(present: Iterable[Code], rows: Mapping[str, Row], today: date) -> list[dict[str, Any]]:
    """Each code that becomes another: what becomes of it, its row before (none: it is new) and after.

    A code that the new version does not hold is withdrawn as of today; it is never deleted.
    """
    now = {code.code: _full(as_row(code)) for code in present}
    found = [_change(code, now.get(code), _full(row), today) for code, row in rows.items()]
    gone = [(code, row) for code, row in now.items() if code not in rows and not _is_over(row, today)]
    found += [
        _change(code, row, row | {"valid_to": _last_day(row, today)}, today, gone=True) for code, row in gone
    ]
    return [change for change in found if change["before"] != change["after"]]


def _full(row: Mapping[str, str]) -> Row:
    """Only the cells that say something: two files may have different columns."""
    return {column: text for column, text in row.items() if text}


def _change(code: str, before: Row | None, after: Row, today: date, *, gone: bool = False) -> dict[str, Any]:
    what = What.WITHDRAWN if gone else _what(before, after, today)
    return {"code": code, "what": str(what), "before": before, "after": after}


def _what(before: Row | None, after: Row, today: date) -> What:
    if before is None:
        return What.ADDED
    was_over, is_over = _is_over(before, today), _is_over(after, today)
    if was_over != is_over:
        return What.WITHDRAWN if is_over else What.BACK
    return What.RENAMED if held(before, NAME) != held(after, NAME) else What.CHANGED


def _is_over(row: Row, today: date) -> bool:
    return bool(row.get("valid_to")) and date.fromisoformat(row["valid_to"]) <= today


def _last_day(row: Row, today: date) -> str:
    """Today; of a code that was to begin later, the day it was to begin."""
    return max(today.isoformat(), row.get("valid_from", ""))


def same_ground(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> bool:
    """Whether two differences rest on the same codes as they stood: only the day of withdrawing may be another."""
    return [(each["code"], each["what"], each["before"]) for each in one] == [
        (each["code"], each["what"], each["before"]) for each in other
    ]
