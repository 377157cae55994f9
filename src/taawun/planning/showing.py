"""How the pages and papers of a design are put together."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _, override

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.ports import registry
from taawun.foundation.readable import Cases
from taawun.foundation.standing import standing
from taawun.foundation.steps import Line
from taawun.lessons.queries import answers_of
from taawun.planning.models import CRITERIA, ExAnteTable
from taawun.planning.parts import DESIGN_PARTS
from taawun.planning.queries import (
    Matrix,
    Plan,
    budget_of,
    editable_parts,
    ex_ante_of,
    matrix_of,
    plan_of,
    sum_up,
    with_targets,
)
from taawun.planning.texts import with_ex_ante_read
from taawun.ui import gantt

ASKED_OF = {
    "design": ("design-complete", "risks-named", "budget-by-party"),
    "plan": ("plan-complete",),
    "ex-ante": ("ex-ante-written",),
}


FIRST = 0


def version_body(operation: Operation, matrix: Matrix | None) -> dict[str, Any]:
    """The matrix, its budget and its plan."""
    return _matrix(operation, matrix) | _plan(operation, matrix)


def design_tab(operation: Operation, user: Any) -> dict[str, Any]:
    """The matrix with what is missing of it, and the parts this person may edit now."""
    matrix = matrix_of(operation)
    edits = _edits(operation, matrix, user, "design")
    return {
        **_matrix(operation, matrix),
        "lines": missing(operation, "design"),
        "edits": edits,
        "parts": [part for part in DESIGN_PARTS if part.slug in edits],
    }


def _matrix(operation: Operation, matrix: Matrix | None) -> dict[str, Any]:
    budget = budget_of(operation, matrix.design) if matrix else []
    return {
        "matrix": with_targets(matrix, operation) if matrix else None,
        "design": matrix.design if matrix else None,
        "budget": budget,
        "totals": sum_up([one for row in budget for one in row.inputs]),
        "parties": operation.party_rows,
    }


def missing(operation: Operation, tab: str) -> list[Line]:
    """What the appraisal still asks of a tab, while it is being planned; afterwards nothing."""
    if not operation.is_editable:
        return []
    asked = [registry.requirements[slug] for slug in ASKED_OF[tab]]
    return sorted((Line(one.label, list(one.check(operation))) for one in asked), key=lambda line: line.ok)


def _edits(operation: Operation, matrix: Matrix | None, user: Any, tab: str) -> dict[str, str]:
    """The address of each part this person may edit now."""
    parts = editable_parts(operation, matrix.design if matrix else None, user, tab)
    return {slug.replace("-", "_"): reverse("planning:edit", args=[operation.pk, slug]) for slug in parts}


def plan_tab(operation: Operation, user: Any) -> dict[str, Any]:
    """The plan with its drawing, the dates beside it."""
    matrix = matrix_of(operation)
    return {
        **_plan(operation, matrix),
        "lines": missing(operation, "plan"),
        "edits": _edits(operation, matrix, user, "plan"),
    }


def _plan(operation: Operation, matrix: Matrix | None) -> dict[str, Any]:
    plan = plan_of(operation, matrix) if matrix else None
    scale = _scale(operation, plan) if plan else None
    return {
        "design": matrix.design if matrix else None,
        "plan": plan,
        "scale": scale,
        "blocks": _blocks(plan) if plan else [],
    }


def _scale(operation: Operation, plan: Plan) -> gantt.Scale | None:
    spans: list[gantt.Span] = [(line.planned_start, line.planned_end) for line in plan.lines]
    spans += [(line.actual_start, line.actual_end) for line in plan.lines if line.actual_start]
    spans += [(one.due_on, one.reached_on) for one in plan.milestones]
    if operation.starts_on:
        spans.append((operation.starts_on, operation.ends_on))
    return gantt.scale_around(spans, clock.today())


def _blocks(plan: Plan) -> list[dict[str, Any]]:
    """The bands of the chart: each output with its activities, then inputs, monitoring, milestones."""
    bands = [
        {
            "label": output.label,
            "text": output.text,
            "rows": [_row(line, f"{a.code} {a.text}") for a, line in rows],
        }
        for output, rows in plan.activities
    ]
    bands.append({"label": _("Inputs"), "rows": [_row(line, line.label) for line in plan.inputs]})
    bands.append({"label": _("Monitoring"), "rows": [_row(line, line.label) for line in plan.monitoring]})
    bands.append({"label": _("Milestones"), "rows": [_milestone(one) for one in plan.milestones]})
    return [band for band in bands if band["rows"]]


def _row(line: Any, label: str) -> dict[str, Any]:
    """A line of the chart; an activity nobody has planned yet has no bar."""
    return {
        "label": label,
        "line": line,
        "planned": [(line.planned_start, line.planned_end)] if line else [],
        "actual": [(line.actual_start, line.actual_end)] if line and line.actual_start else [],
    }


def _milestone(one: Any) -> dict[str, Any]:
    return {
        "label": one.label,
        "milestone": one,
        "held": [one.reached_on] if one.reached_on else [],
        "to_come": [] if one.reached_on else [one.due_on],
    }


def ex_ante_tab(operation: Operation, user: Any) -> dict[str, Any]:
    """The judgement, with the answers to the lessons offered; a draft is the provider side's alone (cycle.md)."""
    if not reads_ex_ante(operation, user):
        return {"being_written": True, "answers": answers_of(operation)}
    return {
        **_ex_ante(operation),
        "lines": missing(operation, "ex-ante"),
        "edits": _edits(operation, matrix_of(operation), user, "ex-ante"),
    }


def reads_ex_ante(operation: Operation, user: Any) -> bool:
    """Whether somebody reads the ex-ante evaluation now: the parties once the operation is appraised."""
    return not operation.is_editable or operation.provider_id in standing(user).sides


def on_ex_antes_read(user: Any, cases: Cases | None = None) -> Q:
    """On a project whose ex-ante evaluation the person reads now, for all at once."""
    return Q(Exists(with_ex_ante_read(user, cases).filter(pk=OuterRef("subject_id"))))


def _ex_ante(operation: Operation) -> dict[str, Any]:
    table = ex_ante_of(operation) or ExAnteTable(operation=operation)
    return {
        "table": table,
        "criteria": [_said(table, name) for name in CRITERIA],
        "answers": answers_of(operation),
    }


def _said(table: ExAnteTable, name: str) -> dict[str, Any]:
    return {"label": table.label_of(name), "text": getattr(table, name)}


def design_paper(operation: Operation, number: int | None = None, language: str = "") -> dict[str, Any]:
    """The matrix and the plan of operation, of the version in force or of a number, in a language.

    Those of version 0 are annexes I and II of the Record of Discussions.
    """
    with override(language or operation.language):
        matrix = matrix_of(operation, number)
        title = _("Project design matrix and plan of operation")
        return (
            paper(operation, title, "planning:design", language)
            | _matrix(operation, matrix)
            | _plan(operation, matrix)
            | {"a3": True}
        )


def ex_ante_paper(operation: Operation, language: str = "") -> dict[str, Any]:
    """The ex-ante evaluation table: judgement, framework (of version 0, which was appraised), inputs and lessons."""
    with override(language or operation.language):
        matrix = matrix_of(operation, FIRST)
        title = _("Ex-ante evaluation table")
        return (
            paper(operation, title, "planning:ex-ante", language)
            | _matrix(operation, matrix)
            | _ex_ante(operation)
        )


def paper(operation: Operation, title: str, back: str, language: str = "") -> dict[str, Any]:
    """A paper speaks the language of its operation unless another is asked for, whoever reads it."""
    return {
        "operation": operation,
        "language": operation.language,
        "is_example": operation.is_example,
        "paper": {"language": language or operation.language, "title": title, "number": operation.code},
        "letterhead": [party.organisation.name for party in operation.party_rows if party.signs],
        "back": reverse(back, args=[operation.pk]),
    }
