"""The plan of operation, beside what is told of it."""

from datetime import date
from typing import Any

from taawun.cycle.models import Operation
from taawun.planning import queries as planning
from taawun.planning.models import DesignVersion, PlanLine


def plan_lines_in(operation: Operation, start: date, end: date) -> list[PlanLine]:
    """The lines of the plan of operation that touch a period, as planned or as done."""
    design = planning.design_of(operation)
    rows = PlanLine.objects.filter(design=design).select_related(
        "activity__output", "responsible__organisation"
    )
    return [line for line in rows if _touches(line, start, end)] if design else []


def activity_lines(operation: Operation) -> list[PlanLine]:
    """The activities of the plan, in the order of their numbers."""
    design = planning.design_of(operation)
    rows = PlanLine.objects.filter(design=design, kind="activity").select_related("activity__output")
    return list(rows.order_by("activity__output__number", "activity__number")) if design else []


def design_versions(operation: Operation) -> list[DesignVersion]:
    """The frozen versions of the design, in their order."""
    return list(DesignVersion.objects.filter(operation=operation, frozen_on__isnull=False).order_by("number"))


def _touches(line: Any, start: date, end: date) -> bool:
    begun = line.actual_start
    done = begun and begun <= end and (line.actual_end or end) >= start
    return bool(done or (line.planned_start <= end and line.planned_end >= start))
