"""The texts of a design and of its ex-ante evaluation, as search finds them.

Whoever sees the operation reads the version in force; the ex-ante table, while it is written, the provider's side.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from taawun.cycle.models import Operation
from taawun.cycle.queries import operations_among
from taawun.cycle.texts import under_its_operation
from taawun.cycle.workflow import OPERATION_WORKFLOW
from taawun.foundation.readable import Cases, Readable, joined
from taawun.foundation.standing import standing
from taawun.planning.models import CRITERIA, DesignVersion, ExAnteTable
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
    address = reverse("planning:design", args=[operation.pk])
    day = design.frozen_on or operation.starts_on or operation.opened_on
    return under_its_operation(design, address, joined(*_said(design)), day)


def _said(design: Any) -> Iterable[str]:
    for objective in design.objectives.all():
        yield objective.text
        yield from (activity.text for activity in objective.activities.all())
    for target in design.targets.all():
        yield from (target.name, target.means_of_verification)
    for name in ("assumptions", "preconditions", "risks"):
        for row in getattr(design, name).all():
            yield from (row.text, getattr(row, "countermeasure", ""))


# ── Ex-ante evaluation ──

EX_ANTE = (
    *("need_and_background", "beneficiaries", "cross_cutting", *CRITERIA),
    *("conclusion", "evaluation_plan"),
)


def ex_antes_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[ExAnteTable]:
    """The ex-ante tables of the operations of which this person reads it now."""
    return ExAnteTable.objects.filter(operation_id__in=with_ex_ante_read(user, cases).values("pk"))


def with_ex_ante_read(user: Any, cases: Cases | None = None) -> QuerySet[Operation]:
    """The operations whose ex-ante evaluation this person reads now: `showing.reads_ex_ante` of all at once."""
    written, own = ~Q(state__in=OPERATION_WORKFLOW.editable), Q(provider_id__in=standing(user).sides)
    return Operation.objects.order_by().filter(written | own, pk__in=operations_among(user, cases))


def of_ex_antes(rows: QuerySet[ExAnteTable]) -> Iterable[Readable]:
    """What was judged before approval, under the title of the operation."""
    for each in rows.select_related("operation"):
        address = reverse("planning:ex-ante", args=[each.operation_id])
        body = joined(*(getattr(each, name) for name in EX_ANTE))
        yield under_its_operation(each, address, body, each.operation.starts_on or each.operation.opened_on)
