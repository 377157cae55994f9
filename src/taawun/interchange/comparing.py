"""What a load would make of an activity: new, changed, as it is held, held back; and what differs in it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from taawun.interchange.iati.records import Activity
from taawun.interchange.models import PublishedActivity, Verdict
from taawun.interchange.rows import RAW, fitting, moment, parts_of, sums_of

DAYS = ("planned_start", "actual_start", "planned_end", "actual_end")
HELD = (
    "pk",
    "identifier",
    "feed_id",
    "reporting_ref",
    "digest",
    "updated_at",
    "titles",
    "status",
    *DAYS,
    "sums",
    "parts",
)

Held = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Judged:
    """An activity of a file beside what is held. `why`: the slug of the reason it is held back."""

    activity: Activity
    verdict: Verdict
    why: str = ""
    changes: list[dict[str, Any]] = field(default_factory=list)


def digest_of(xml: bytes) -> str:
    """The fingerprint of an activity's own text."""
    return hashlib.sha256(xml).hexdigest()


def held_of(activities: Iterable[Activity]) -> Held:
    """What is held under the identifiers of these activities: one SQL statement."""
    identifiers = [activity.identifier for activity in activities]
    rows = PublishedActivity.objects.filter(identifier__in=identifiers).values(*HELD)
    return {row["identifier"]: row for row in rows}


def judge(activity: Activity, held: dict[str, Any] | None, feed: int) -> Judged:
    """What becomes of an activity, beside what is held under its identifier."""
    if why := _held_back(activity, held, feed):
        return Judged(activity, Verdict.HELD_BACK, why)
    if held is None:
        return Judged(activity, Verdict.ADDED)
    if held["digest"] == digest_of(activity.xml):
        return Judged(activity, Verdict.UNCHANGED)
    return Judged(activity, Verdict.CHANGED, changes=changes_of(activity, held))


def _held_back(activity: Activity, held: dict[str, Any] | None, feed: int) -> str:
    if len(activity.identifier) > RAW:
        return "identifier-too-long"
    if any(fitting(amount.value) is None for amount in activity.amounts):
        return "number-too-large"
    if held is None:
        return ""
    if held["feed_id"] != feed and not _same_reporter(activity, held):
        return "another-publisher"
    written = moment(activity.updated_at)
    return "older" if written and held["updated_at"] and written < held["updated_at"] else ""


def _same_reporter(activity: Activity, held: dict[str, Any]) -> bool:
    """Whether both name the same organisation as reporting, though what is held was put under another publisher: files
    of several publishers once stood under the first of them.
    """
    return bool(activity.reporting_ref) and activity.reporting_ref == held["reporting_ref"]


def changes_of(activity: Activity, held: dict[str, Any]) -> list[dict[str, Any]]:
    """What differs in what readers look at first: titles, status, days, sums, and how many parts there are.

    Each as {field, key, before, after}; texts as they are, days in ISO form, null where there is none.
    """
    days = [_change(name, "", _iso(held[name]), _iso(getattr(activity, name))) for name in DAYS]
    return [
        *_each("title", held["titles"], activity.titles),
        *filter(None, [_change("status", "", held["status"] or None, activity.status or None), *days]),
        *_each("sum", _flat(held["sums"]), _flat(sums_of(activity)), _same_number),
        *_each("parts", held["parts"], parts_of(activity)),
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _change(name: str, key: str, before: Any, after: Any) -> dict[str, Any] | None:
    return None if before == after else {"field": name, "key": key, "before": before, "after": after}


def _each(name: str, before: dict[str, Any], after: dict[str, Any], same: Any = None) -> list[dict[str, Any]]:
    keys = sorted({*before, *after})
    told = (
        _change(name, key, before.get(key), after.get(key))
        for key in keys
        if not (same and key in before and key in after and same(before[key], after[key]))
    )
    return [one for one in told if one]


def _same_number(before: str, after: str) -> bool:
    return Decimal(before) == Decimal(after)


def _flat(sums: dict[str, dict[str, str]]) -> dict[str, str]:
    """By "kind:type:currency"."""
    return {f"{key}:{currency}": value for key, by in sums.items() for currency, value in by.items()}
