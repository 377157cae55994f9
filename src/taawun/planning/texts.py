"""The text of a design, as search finds it: the version in force, which whoever sees the operation reads."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from taawun.cycle.queries import operations_among
from taawun.cycle.texts import codes_of
from taawun.foundation.readable import Cases, Readable, joined
from taawun.planning.models import DesignVersion
from taawun.planning.queries import in_force


def designs_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[DesignVersion]:
    """The designs of the operations this person may know of."""
    return DesignVersion.objects.filter(operation_id__in=operations_among(user, cases))


def of_designs(rows: QuerySet[DesignVersion]) -> Iterable[Readable]:
    """Objectives, activities, indicators, assumptions and risks, under the title of the operation."""
    held = DesignVersion.objects.filter(operation_id__in=rows.order_by().values("operation_id"))
    wanted = {version.pk for version in rows}
    by_operation: dict[int, list[DesignVersion]] = {}
    parts = ("objectives__activities", "targets", "assumptions", "preconditions", "risks")
    for version in held.select_related("operation").prefetch_related(*parts):
        by_operation.setdefault(version.operation_id, []).append(version)
    for versions in by_operation.values():
        counts = in_force(versions)
        if counts and counts.pk in wanted:
            yield _readable(counts)


def _readable(design: DesignVersion) -> Readable:
    operation = design.operation
    return Readable(
        object_id=design.pk,
        address=reverse("planning:design", args=[operation.pk]),
        language=operation.language,
        title=operation.title,
        body=joined(*_said(design)),
        code=operation.code,
        **codes_of(operation),
        day=design.frozen_on or operation.starts_on or operation.opened_on,
    )


def _said(design: Any) -> Iterable[str]:
    for objective in design.objectives.all():
        yield objective.text
        yield from (activity.text for activity in objective.activities.all())
    for target in design.targets.all():
        yield from (target.name, target.means_of_verification)
    for name in ("assumptions", "preconditions", "risks"):
        for row in getattr(design, name).all():
            yield from (row.text, getattr(row, "countermeasure", ""))
