"""An activity as rows of the tables: plain values in the order of the columns, ready to be copied in."""

import json
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from taawun.interchange.iati import records
from taawun.interchange.models.columns import RAW

_encoded = json.JSONEncoder(ensure_ascii=False).encode  # made once: most rows have such a column
GENERAL = "1"  # the description of an activity that says what it is about


def told(value: Any) -> str:
    """As the text of a JSON column."""
    return "{}" if value == {} else _encoded(value)


def cut(text: str) -> str:
    """A code or reference as its column holds it: what is longer is no code."""
    return text[:RAW]


def fitting(value: Decimal | None, digits: int = 30, places: int = 6) -> Decimal | None:
    """The number, or nothing where the column cannot hold one so large; its text is kept beside it."""
    return value if value is not None and abs(value) < _bound(digits - places) else None


@cache
def _bound(digits: int) -> Decimal:
    return Decimal(10) ** digits


def moment(written: str) -> datetime | None:
    """When, of an `xsd:dateTime` as a file writes it, in universal time; without a zone it is taken as that.

    Nothing for a moment at the edge of the calendar: the database keeps it as a year nobody reads back.
    """
    try:
        read = datetime.fromisoformat(written.strip())
        told = (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return told if MINYEAR < told.year < MAXYEAR else None


def begins_on(amount: records.Amount) -> date | None:
    """The day an amount belongs to: when it happened, else when its period begins, else its value date."""
    return amount.starts_on or amount.value_on


def sums_of(activity: records.Activity) -> dict[str, dict[str, str]]:
    """What its amounts come to: by kind and type ("transaction:3"), then by currency; currencies are never added."""
    sums: dict[str, dict[str, Decimal]] = {}
    for amount in activity.amounts:
        by_currency = sums.setdefault(f"{amount.kind}:{amount.type}", {})
        by_currency[amount.currency] = by_currency.get(amount.currency, Decimal(0)) + amount.value
    return {
        key: {currency: f"{value:f}" for currency, value in sorted(by_currency.items())}
        for key, by_currency in sorted(sums.items())
    }


def parts_of(activity: records.Activity) -> dict[str, int]:
    """How many of each of its parts it has."""
    counted = {
        "parties": len(activity.parties),
        "amounts": len(activity.amounts),
        "results": len(activity.results),
        "indicators": sum(len(result.indicators) for result in activity.results),
        "documents": len(activity.documents),
        "relations": len(activity.relations),
        "places": len(activity.places),
    }
    return {name: number for name, number in counted.items() if number}


def words_of(activity: records.Activity) -> str:
    """What it is found by: its titles and the names of those who report it and take part in it."""
    names = [activity.reporting_names, *(party.names for party in activity.parties)]
    texts = [text for words in (activity.titles, *names) for text in words.values()]
    return " ".join(dict.fromkeys(texts))[:4000]


def activity_row(activity: records.Activity, pk: int, feed: int, load: int, digest: str) -> tuple[Any, ...]:
    """In the order of `writing.ACTIVITY`."""
    return (
        *(pk, activity.identifier, feed, load, digest, cut(activity.version)),
        *(cut(activity.reporting_ref), cut(activity.reporting_type), told(activity.reporting_names)),
        *(told(activity.titles), told(activity.descriptions), words_of(activity), cut(activity.status)),
        *(activity.planned_start, activity.actual_start, activity.planned_end, activity.actual_end),
        *(cut(activity.language), cut(activity.currency), cut(activity.hierarchy), activity.humanitarian),
        *(moment(activity.updated_at), cut(activity.scope), cut(activity.collaboration_type)),
        *(cut(activity.flow_type), cut(activity.finance_type), cut(activity.aid_type), cut(activity.tied)),
        *(told(activity.other_identifiers), told(sums_of(activity)), told(parts_of(activity))),
    )


def amount_row(
    amount: records.Amount, pk: int, activity: int, listed: str | None, said: tuple[str, str]
) -> tuple[Any, ...]:
    """In the order of `writing.AMOUNT`. `said`: who says for which places and sectors it counts."""
    day, giver, receiver = begins_on(amount), amount.giver, amount.receiver
    return (
        *(pk, activity, amount.kind, cut(amount.type), cut(amount.status), fitting(amount.value)),
        *(cut(amount.currency), listed, amount.value_on, amount.starts_on, amount.ends_on),
        *(day.year if day else None, cut(amount.ref), told(amount.description)),
        *((cut(giver.ref), told(giver.names)) if giver else ("", "{}")),
        *((cut(receiver.ref), told(receiver.names)) if receiver else ("", "{}")),
        *(cut(amount.flow_type), cut(amount.finance_type), cut(amount.aid_type), cut(amount.tied)),
        *(amount.humanitarian, *said),
    )


def share_row(
    share: records.Share, activity: int, amount: int | None, listed: str | None, is_derived: bool = False
) -> tuple[Any, ...]:
    """In the order of `writing.SHARE`."""
    return (
        *(activity, amount, share.kind, cut(share.vocabulary), cut(share.code), listed),
        *(fitting(share.percentage, 20, 10), cut(share.significance), told(share.names), is_derived),
    )


def party_rows(activity: records.Activity, pk: int) -> Iterator[tuple[Any, ...]]:
    """In the order of `writing.PARTY`."""
    for one in activity.parties:
        yield pk, cut(one.role), cut(one.ref), cut(one.type), told(one.names), cut(one.activity_ref)


def document_rows(activity: records.Activity, pk: int) -> Iterator[tuple[Any, ...]]:
    """In the order of `writing.DOCUMENT`."""
    for one in activity.documents:
        listed = told(one.categories), told(one.languages)
        yield pk, one.url, cut(one.format), told(one.titles), *listed, one.dated_on


def relation_rows(activity: records.Activity, pk: int) -> Iterator[tuple[Any, ...]]:
    """In the order of `writing.RELATION`."""
    for one in activity.relations:
        yield pk, cut(one.ref), cut(one.type)


def place_rows(activity: records.Activity, pk: int) -> Iterator[tuple[Any, ...]]:
    """In the order of `writing.PLACE`."""
    for one in activity.places:
        yield pk, told(one.names), fitting(one.latitude, 20, 14), fitting(one.longitude, 20, 14)


def value_row(
    value: records.Value, kind: str, activity: int, indicator: int, period: int | None, year: str, on: Any
) -> tuple[Any, ...]:
    """In the order of `writing.VALUE`."""
    return (
        *(activity, indicator, period, kind, value.written, fitting(value.number, 40, 12)),
        *(cut(year), on, told(value.dimensions), told(value.comment)),
    )
