"""The next version of a design begins as a copy of the one in force: each row keeps its lineage."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, QuerySet

from taawun.planning.models import (
    Activity,
    Assumption,
    DesignPart,
    DesignVersion,
    Input,
    Milestone,
    Objective,
    PlanLine,
    Precondition,
    Risk,
    Target,
)
from taawun.planning.parts import PARTS

# The lock of reason and meeting, beside those of the parts.
GROUNDS = "revision"


def copy_version(source: DesignVersion, copy: DesignVersion) -> None:
    """Fill a version that was just opened with all another says, actual dates included. The caller holds the lock."""
    DesignPart.objects.bulk_create(
        DesignPart(design=copy, part=slug) for slug in (*PARTS, GROUNDS) if slug != "ex-ante"
    )
    objectives = _copied(Objective.objects.filter(design=source), design_id=lambda row: copy.pk)
    activities = _copied(
        Activity.objects.filter(output__design=source), output_id=lambda row: objectives[row.output_id]
    )
    _copied(
        Target.objects.filter(design=source),
        design_id=lambda row: copy.pk,
        objective_id=lambda row: objectives[row.objective_id],
    )
    _copied(
        PlanLine.objects.filter(design=source),
        design_id=lambda row: copy.pk,
        activity_id=lambda row: activities.get(row.activity_id),
    )
    for model in (Assumption, Precondition, Input, Risk, Milestone):
        _copied(model._default_manager.filter(design=source), design_id=lambda row: copy.pk)


def _copied(rows: QuerySet[Any], **changed: Callable[[Any], Any]) -> dict[int, int]:
    """Insert a copy of each row, some columns changed; where each went."""
    held = list(rows.order_by("pk"))
    before = [row.pk for row in held]
    for row in held:
        for name, value in changed.items():
            setattr(row, name, value(row))
        row.pk, row._state.adding = None, True
    made = rows.model._default_manager.bulk_create(held)
    return dict(zip(before, _keys(made), strict=True))


def _keys(rows: Iterable[Model]) -> list[int]:
    return [row.pk for row in rows]


def carry_progress(source: DesignVersion, target: DesignVersion) -> None:
    """What was done meanwhile stands in the version that is adopted too: planned may change, done has been done."""
    kinds: list[tuple[Any, tuple[str, ...]]] = [
        (PlanLine, ("actual_start", "actual_end")),
        (Milestone, ("reached_on",)),
    ]
    for model, names in kinds:
        done = {row.lineage: row for row in model._default_manager.filter(design=source)}
        rows = [row for row in model._default_manager.filter(design=target) if row.lineage in done]
        for row in rows:
            for name in names:
                setattr(row, name, getattr(done[row.lineage], name))
        model._default_manager.bulk_update(rows, names)
