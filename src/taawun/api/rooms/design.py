"""The design of an operation in force: objectives, activities, indicators with what was measured, inputs, risks."""

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from taawun.api.shapes import Body, Coded, Money, body, exact, money, word
from taawun.cycle.models import Operation
from taawun.monitoring import queries as monitoring
from taawun.monitoring.marks import marks_of
from taawun.monitoring.models import IndicatorValue
from taawun.planning.models import Level, Likelihood, Target
from taawun.planning.queries import Matrix, budget_of, matrix_of, with_targets


class Value(Schema):
    """What one party measured on a day. A ratio says of how many; a disputed one says by whom."""

    organisation: Body | None
    as_of: date
    value: str
    numerator: str | None
    denominator: str | None
    note: str
    disputed: list[str]


class Indicator(Schema):
    """From which baseline to which target, in which unit, and what was measured."""

    number: str
    name: str
    unit: str
    measure: Coded
    means_of_verification: str
    baseline: str | None
    baseline_on: date | None
    target: str | None
    target_on: date | None
    values: list[Value]


class Activity(Schema):
    number: str
    text: str
    planned_start: date | None
    planned_end: date | None


class Objective(Schema):
    """A goal, a purpose or an output."""

    level: Coded
    number: int
    text: str
    activities: list[Activity]
    indicators: list[Indicator]


class Assumption(Schema):
    level: Coded
    text: str


class Risk(Schema):
    text: str
    likelihood: Coded
    countermeasure: str
    watched_by: Body | None


class DesignInput(Schema):
    """What one party brings."""

    party: Body
    kind: Coded
    text: str
    quantity: str | None
    unit: str
    amount: Money | None


class Design(Schema):
    """The project design matrix, in the version that counts today."""

    version: int
    in_force_since: date | None = Field(description="Null while it is being written.")
    objectives: list[Objective]
    assumptions: list[Assumption]
    preconditions: list[str]
    risks: list[Risk]
    inputs: list[DesignInput]


def design_told(operation: Operation) -> dict[str, Any] | None:
    """The design that counts, with what was measured; None where none was begun, and for an activity."""
    matrix = matrix_of(operation) if operation.is_project else None
    if matrix is None:
        return None
    return {
        "version": matrix.design.number,
        "in_force_since": matrix.design.frozen_on,
        "objectives": _objectives(operation, with_targets(matrix, operation)),
        "assumptions": [
            {"level": word(level, Level(level).label), "text": text}
            for level, texts in matrix.assumptions.items()
            for text in texts
        ],
        "preconditions": matrix.preconditions,
        "risks": [_risk(one) for one in matrix.risks],
        "inputs": [
            _input(row.party, one) for row in budget_of(operation, matrix.design) for one in row.inputs
        ],
    }


def _objectives(operation: Operation, matrix: Matrix) -> list[dict[str, Any]]:
    parties = {party.organisation_id: party.organisation for party in operation.party_rows}
    measured: dict[int, list[dict[str, Any]]] = {}
    for one in monitoring.values_of(operation):
        measured.setdefault(one.definition_id, []).append(_value(one, parties.get(one.organisation_id)))
    return [_objective(one, measured) for one in matrix.objectives]


def _objective(one: Any, measured: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "level": word(one.level, one.label),
        "number": one.number,
        "text": one.text,
        "activities": [
            {"number": each.code, "text": each.text, "planned_start": each.start, "planned_end": each.end}
            for each in one.activities
        ],
        "indicators": [_indicator(target, measured.get(target.definition_id, [])) for target in one.targets],
    }


def _indicator(target: Target, values: list[dict[str, Any]]) -> dict[str, Any]:
    definition = target.definition
    return {
        "number": target.code,
        "name": target.name,
        "unit": definition.unit,
        "measure": word(definition.kind, definition.get_kind_display()),
        "means_of_verification": target.means_of_verification,
        "baseline": exact(target.baseline),
        "baseline_on": target.baseline_on,
        "target": exact(target.target),
        "target_on": target.target_on,
        "values": values,
    }


def _value(one: IndicatorValue, organisation: Any) -> dict[str, Any]:
    return {
        "organisation": body(organisation),
        "as_of": one.as_of,
        "value": exact(one.value),
        "numerator": exact(one.numerator),
        "denominator": exact(one.denominator),
        "note": one.note,
        "disputed": [mark.text for mark in marks_of(one)],
    }


def _risk(one: Any) -> dict[str, Any]:
    return {
        "text": one.text,
        "likelihood": word(one.likelihood, Likelihood(one.likelihood).label),
        "countermeasure": one.countermeasure,
        "watched_by": body(one.owner.organisation) if one.owner else None,
    }


def _input(party: Any, one: Any) -> dict[str, Any]:
    return {
        "party": body(party.organisation),
        "kind": word(one.kind, one.get_kind_display()),
        "text": one.text,
        "quantity": exact(one.quantity),
        "unit": one.unit,
        "amount": money(one.amount, one.currency_id),
    }
