"""The results of a published activity: indicator by indicator, what was aimed at and what was reached, as written."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from taawun.api.shapes import Coded, exact, word
from taawun.interchange import saying
from taawun.interchange.models import PublishedIndicator as Row, PublishedValue as ValueRow, ValueKind


class PublishedValue(Schema):
    """A baseline, a target or what was achieved."""

    kind: Coded
    number: str | None = Field(description="Where what is written is a number.")
    written: str
    starts_on: date | None
    ends_on: date | None
    year: str
    dimensions: list[list[str]]


class PublishedIndicator(Schema):
    """How a result is measured."""

    titles: dict[str, str]
    measure: Coded
    is_ascending: bool | None
    values: list[PublishedValue]


class PublishedResult(Schema):
    """A result with its indicators."""

    type: Coded
    titles: dict[str, str]
    indicators: list[PublishedIndicator]


def results_told(indicators: Iterable[Row], values: Iterable[ValueRow]) -> list[dict[str, Any]]:
    """The results, in the order of the file."""
    held: dict[int, list[dict[str, Any]]] = {}
    for value in values:
        held.setdefault(value.indicator_id, []).append(_value(value))
    results: dict[int, dict[str, Any]] = {}
    for one in indicators:
        result = results.setdefault(one.result_id, _result(one.result))
        result["indicators"].append(_indicator(one, held.get(one.pk, [])))
    return list(results.values())


def _result(row: Any) -> dict[str, Any]:
    kind = word(row.type, saying.coded("iati-result-type", row.type))
    return {"type": kind, "titles": row.titles, "indicators": []}


def _indicator(row: Row, values: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "titles": row.titles,
        "measure": word(row.measure, saying.coded("iati-indicator-measure", row.measure)),
        "is_ascending": row.is_ascending,
        "values": values,
    }


def _value(row: ValueRow) -> dict[str, Any]:
    return {
        "kind": word(row.kind, ValueKind(row.kind).label),
        "number": exact(row.number),
        "written": row.written,
        "starts_on": row.period.starts_on if row.period else row.on,
        "ends_on": row.period.ends_on if row.period else None,
        "year": row.year,
        "dimensions": [[str(part) for part in pair] for pair in row.dimensions],
    }
