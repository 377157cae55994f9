"""What is aimed at and what was reported of it."""

from collections.abc import Iterable
from datetime import date

from taawun.cycle.models import Operation, settings_for
from taawun.foundation import clock
from taawun.kernel.periods import add_months
from taawun.monitoring.marks import marked
from taawun.monitoring.models import (
    IndicatorValue,
    Reporting,
    Sheet,
)
from taawun.planning import queries as planning
from taawun.planning.models import IndicatorDefinition, Target


def targets_of(operation: Operation, day: date | None = None) -> list[Target]:
    """Every indicator of the design in force today, or on a day, with its baseline and target."""
    design = planning.design_on(operation, day) if day else planning.design_of(operation)
    return planning.targets_of(operation, design) if design else []


def targets_of_sheet(operation: Operation, sheet: Sheet) -> list[Target]:
    """The indicators a sheet speaks of: those of the design in force at the end of its period (or today, before)."""
    return targets_of(operation, min(sheet.period_to, clock.today()))


def last_targets(operation: Operation) -> dict[int, Target]:
    """Every indicator any version in force had, as the last one that had it aims at it: one SQL statement."""
    rows = Target.objects.filter(design__operation=operation, design__frozen_on__isnull=False)
    rows = rows.select_related("definition", "objective", "design").order_by(
        "design__number", "position", "pk"
    )
    return {row.definition_id: row for row in rows}


def dropped_targets(operation: Operation) -> list[Target]:
    """The indicators a revision has dropped, each as the last version that had it aims at it."""
    last = list(last_targets(operation).values())
    newest = max((row.design.number for row in last), default=0)
    return [row for row in last if row.design.number < newest]


def values_of(operation: Operation) -> list[IndicatorValue]:
    """Everything reported, in the order of the days it was measured on, with what is disputed: one SQL statement."""
    rows = IndicatorValue.objects.filter(operation=operation).select_related("sheet", "entered_by__person")
    return list(marked(rows).order_by("as_of", "pk"))


def definitions_of(operation: Operation, ids: Iterable[int]) -> dict[int, IndicatorDefinition]:
    """Those of the ids that are indicators of this operation: another operation's is not among them.

    Nor is one that only a revision not adopted yet would have.
    """
    rows = IndicatorDefinition.objects.filter(operation=operation, pk__in=list(ids))
    drafted = Target.objects.filter(
        design__operation=operation, design__frozen_on__isnull=True, design__number__gt=0
    )
    counted = Target.objects.filter(design__operation=operation).exclude(pk__in=drafted.values("pk"))
    return {d.pk: d for d in rows.filter(pk__in=counted.values("definition_id"))}


def own_values(operation: Operation, organisation_id: int, sheet: Sheet | None) -> dict[int, IndicatorValue]:
    """What one party reported in a sheet, or last outside of any, by indicator."""
    rows = IndicatorValue.objects.filter(operation=operation, organisation_id=organisation_id, sheet=sheet)
    return {row.definition_id: row for row in marked(rows).order_by("as_of", "pk")}


def own_values_on(operation: Operation, organisation_id: int, day: date) -> dict[int, IndicatorValue]:
    """What one party reported for a day outside any sheet, by indicator."""
    rows = IndicatorValue.objects.filter(
        operation=operation, organisation_id=organisation_id, sheet=None, as_of=day
    )
    return {row.definition_id: row for row in marked(rows)}


def last_values_since(operation: Operation) -> date:
    """From which day on a value counts as a last one: within one monitoring period before the end.

    The end is the end of the period, or the day the completion review was opened where that came first.
    """
    reviewed = operation.state_since.date() if operation.state == "completion_review" else clock.today()
    end = min(filter(None, [operation.ends_on, reviewed]))
    return add_months(end, -settings_for(operation).monitoring_months)


def without_last_value(operation: Operation) -> list[Target]:
    """The indicators for which no party has reported a last value."""
    since = last_values_since(operation)
    rows = IndicatorValue.objects.filter(operation=operation, as_of__gte=since)
    valued = set(rows.values_list("definition_id", flat=True))
    return [target for target in targets_of(operation) if target.definition_id not in valued]


def reporting_of(operation: Operation, organisation_id: int) -> Reporting | None:
    """The row that guards what a party reports outside the sheets."""
    return Reporting.objects.filter(operation=operation, organisation_id=organisation_id).first()
