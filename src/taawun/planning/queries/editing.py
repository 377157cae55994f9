"""What is stored of each part of a design, in the shape its form sends, and who may edit it now."""

from typing import Any

from django.db.models import Case, QuerySet, When

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.planning.models import (
    CRITERIA,
    Activity,
    Assumption,
    DesignPart,
    DesignVersion,
    ExAnteTable,
    Input,
    Milestone,
    Objective,
    PlanLine,
    Precondition,
    Risk,
    Target,
)
from taawun.planning.models.indicators import COUNTED, WORDED
from taawun.planning.parts import PARTS, WHILE_REVISED, Part
from taawun.planning.queries.lists import ex_ante_of, targets_of
from taawun.planning.queries.versions import to_be_entered


def is_open(operation: Operation, design: DesignVersion | None, part: Part) -> bool:
    """Whether a part may be edited now: the operation's state says so, and the version is not frozen.

    The agreed design of an operation taken over later is entered until it is in force.
    """
    if to_be_entered(operation, design):
        return not part.when_frozen
    frozen = design is not None and design.frozen_on is not None
    if design is not None and design.is_revision and not part.when_frozen:
        return part.revised and not frozen and operation.state in WHILE_REVISED
    return operation.state in part.states and (part.when_frozen or not frozen)


def right_of(design: DesignVersion | None, part: Part) -> str:
    """The right one needs to write a part: a revision has a right of its own, the project team's too.

    The ex-ante table is no part of a revision: it stays the desk's.
    """
    revised = design and design.is_revision and not part.when_frozen and part.right != "ex-ante"
    return "revision" if revised else part.right


def editable_parts(
    operation: Operation, design: DesignVersion | None, user: Any, tab: str | None = None
) -> set[str]:
    """The parts of a tab (or all) this person may edit now: links are shown for these alone."""
    opened = [p for p in PARTS.values() if tab in (None, p.tab) and is_open(operation, design, p)]
    wanted = {right_of(design, part) for part in opened}
    held = {right for right in wanted if rights.seat_for(operation, user, right)}
    return {part.slug for part in opened if right_of(design, part) in held}


def lock_of(operation: Operation, design: DesignVersion | None, part: str) -> Any:
    """The row whose version guards a part against lost edits; nothing while no design was begun."""
    if part == "ex-ante":
        return ex_ante_of(operation)
    return DesignPart.objects.filter(design=design, part=part).first() if design else None


def values_of(operation: Operation, design: DesignVersion | None, part: str) -> dict[str, Any]:
    """What is stored of a part, in the shape its form sends: texts by name, rows as lists of values with their id."""
    return READERS[part](operation, design)


def _held(queryset: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
    return [{"id": row.pop("pk"), **row} for row in queryset.values("pk", *fields)]


def _objectives(_operation: Operation, design: DesignVersion | None) -> dict[str, Any]:
    held = dict(Objective.objects.filter(design=design).exclude(level="output").values_list("level", "text"))
    return {"goal": held.get("goal", ""), "purpose": held.get("purpose", "")}


def _outputs(_operation: Operation, design: DesignVersion | None) -> dict[str, Any]:
    outputs = (
        Objective.objects.filter(design=design, level="output")
        .order_by("number")
        .prefetch_related("activities")
    )
    return {
        "outputs": [
            {"id": o.pk, "text": o.text, "activities": "\n".join(a.text for a in o.activities.all())}
            for o in outputs
        ]
    }


def _indicators(operation: Operation, design: DesignVersion | None) -> dict[str, Any]:
    return {"indicators": [_indicator(t) for t in targets_of(operation, design)]}


DEFINED = (*WORDED[:1], *COUNTED, *WORDED[1:])
AIMED = ("baseline", "baseline_on", "target", "target_on")


def _indicator(target: Target) -> dict[str, Any]:
    defined = {name: getattr(target if name in WORDED else target.definition, name) for name in DEFINED}
    aimed = {name: getattr(target, name) for name in AIMED}
    return {"id": target.pk, "objective": target.objective_id, **defined, **aimed}


def _assumptions(_operation: Operation, design: DesignVersion | None) -> dict[str, Any]:
    return {
        "assumptions": _held(Assumption.objects.filter(design=design), "level", "text"),
        "preconditions": _held(Precondition.objects.filter(design=design), "text"),
    }


INPUT_FIELDS = ("party", "kind", "text", "quantity", "unit", "amount", "currency")
RISK_FIELDS = ("text", "likelihood", "countermeasure", "owner")
LINE_FIELDS = ("kind", "label", "planned_start", "planned_end", "responsible")


def _inputs(_operation: Operation, design: DesignVersion | None) -> dict[str, Any]:
    return {"inputs": _held(Input.objects.filter(design=design), *INPUT_FIELDS)}


def _risks(_operation: Operation, design: DesignVersion | None) -> dict[str, Any]:
    return {"risks": _held(Risk.objects.filter(design=design), *RISK_FIELDS)}


def _plan(_operation: Operation, design: DesignVersion | None) -> dict[str, Any]:
    activities = Activity.objects.filter(output__design=design).select_related("plan_line")
    other = PlanLine.objects.filter(design=design, activity__isnull=True)
    return {
        "activities": [_activity_dates(activity) for activity in activities],
        "lines": _held(other, *LINE_FIELDS),
        "milestones": _held(Milestone.objects.filter(design=design), "label", "due_on"),
    }


def _activity_dates(activity: Activity) -> dict[str, Any]:
    line = getattr(activity, "plan_line", None)
    return {
        "id": activity.pk,
        "planned_start": line and line.planned_start,
        "planned_end": line and line.planned_end,
        "responsible": line and line.responsible_id,
    }


def _progress(_operation: Operation, design: DesignVersion | None) -> dict[str, Any]:
    lines = PlanLine.objects.filter(design=design).order_by(
        Case(When(kind="activity", then=0), When(kind="input", then=1), default=2),
        "activity__output__number",
        "activity__number",
        "planned_start",
        "pk",
    )
    return {
        "done": _held(lines, "actual_start", "actual_end"),
        "reached": _held(Milestone.objects.filter(design=design), "reached_on"),
    }


EX_ANTE_FIELDS = (
    "need_and_background",
    "beneficiaries",
    "environmental_category",
    "cross_cutting",
    *CRITERIA,
    "conclusion",
    "evaluation_plan",
)


def _ex_ante(operation: Operation, _design: DesignVersion | None) -> dict[str, Any]:
    table = ex_ante_of(operation) or ExAnteTable(operation=operation)
    return {name: getattr(table, name) for name in EX_ANTE_FIELDS}


READERS = {
    "objectives": _objectives,
    "outputs": _outputs,
    "indicators": _indicators,
    "assumptions": _assumptions,
    "inputs": _inputs,
    "risks": _risks,
    "plan": _plan,
    "progress": _progress,
    "ex-ante": _ex_ante,
}
