"""The rows of a part – outputs, inputs, people: as values to compare, and as lines for who meets another's version."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from taawun.cycle.models import InputKind, InputSide, TeamFunction
from taawun.reference.names import code_name
from taawun.ui import words

OUTPUT = ("text", "activities")
INPUT = ("side", "kind", "text", "amount", "currency_id")
MEMBER = ("function", "person", "organisation", "field", "held_from", "held_to")


def values_of(rows: Iterable[Any], names: tuple[str, ...]) -> list[dict[str, Any]]:
    """What rows say, whether they come from a form or are held: the same wherever they came from."""
    return [
        {name: row.get(name) if isinstance(row, dict) else getattr(row, name) for name in names}
        for row in rows
    ]


def output_lines(rows: list[dict[str, Any]]) -> dict[Any, str]:
    """Outputs with their activities, as one text."""
    lines = [f"{number}. {row['text']}\n{row['activities']}" for number, row in enumerate(rows, start=1)]
    return {_("Outputs and activities"): "\n".join(lines)}


def input_lines(rows: list[dict[str, Any]]) -> dict[Any, str]:
    """Inputs, one a line."""
    lines = [
        words.listed(
            [
                InputSide(row["side"]).label,
                InputKind(row["kind"]).label,
                row["text"],
                *([words.figure(row["amount"]), code_name(row["currency_id"])] if row["currency_id"] else []),
            ]
        )
        for row in rows
    ]
    return {_("Inputs of both sides"): "\n".join(lines)}


def member_lines(rows: list[dict[str, Any]]) -> dict[Any, str]:
    """People with their functions, one a line."""
    lines = [
        words.listed(
            [
                TeamFunction(row["function"]).label,
                row["person"].name,
                row["organisation"].name,
                *([row["field"]] if row["field"] else []),
                words.period(row["held_from"], row["held_to"]),
            ]
        )
        for row in rows
    ]
    return {_("People of the operation"): "\n".join(lines)}


# The parts of a request that are rows: what each row says, and how a person reads it.
OF_A_REQUEST: dict[str, Any] = {"outputs": (OUTPUT, output_lines), "inputs": (INPUT, input_lines)}
