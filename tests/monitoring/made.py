"""Operations under way, their sheets and reports, for the tests of monitoring and evaluation."""

from datetime import date
from decimal import Decimal
from typing import Any

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.tasks import sync_tasks
from taawun.monitoring import actions, queries
from taawun.monitoring.actions import Figure, Provided
from taawun.monitoring.models import SECTIONS, Sheet
from taawun.planning.models import DesignVersion, IndicatorDefinition
from tests.planning.made import ENDS, STARTS, a_complete_operation, who

TODAY = date(2026, 12, 15)
PARTNER, PROVIDER = "post-officer", "mm-office"
PERIOD = {"period_from": STARTS, "period_to": date(2026, 12, 8)}


def on_the_day(day: date = TODAY) -> None:
    """The clock stands on a day of the implementation."""
    clock.set_today(day)


def a_running_operation(state: str = "in_implementation", **changes: Any) -> Operation:
    """The postal operation with its design frozen, directly in a state of the implementation or after it."""
    operation = a_complete_operation("planning")
    DesignVersion.objects.filter(operation=operation).update(frozen_on=date(2026, 6, 1))
    Operation.objects.filter(pk=operation.pk).update(state=state, state_since=clock.now(), **changes)
    operation = Operation.objects.get(pk=operation.pk)
    sync_tasks(operation)
    return operation


def indicators(operation: Operation) -> list[IndicatorDefinition]:
    """The indicators of the design, in its order."""
    return [target.definition for target in queries.targets_of(operation)]


def figures(operation: Operation, *values: int | None) -> dict[int, Figure]:
    """Values for the first indicators; a percentage gets them of a hundred."""
    given = {}
    for definition, value in zip(indicators(operation), values, strict=False):
        number = None if value is None else Decimal(value)
        ratio = definition.kind == "ratio" and number is not None
        given[definition.pk] = (
            Figure(numerator=number, denominator=Decimal(100)) if ratio else Figure(value=number)
        )
    return given


def a_sheet(
    operation: Operation, by: str = PROVIDER, values: tuple[int | None, ...] = (1, 70, 2, 3), **changes: Any
) -> Sheet:
    """The first sheet, opened by one side with its values."""
    texts = {**PERIOD, "progress": "Two experts are at work.", **changes}
    return actions.open_sheet(
        operation, values=texts, figures=figures(operation, *values), as_of=date(2026, 12, 1), actor=who(by)
    )


def add_values(sheet: Sheet, by: str, *values: int | None, **texts: Any) -> Sheet:
    """The other side's values in a sheet."""
    sheet = Sheet.objects.select_related("operation").get(pk=sheet.pk)
    return actions.save_sheet(
        sheet,
        values=texts,
        figures=figures(sheet.operation, *values),
        as_of=date(2026, 12, 1),
        actor=who(by),
        base_version=sheet.version,
    )


def confirm(sheet: Sheet, by: str) -> None:
    """One side stands by a sheet as it is now."""
    sheet = Sheet.objects.select_related("operation").get(pk=sheet.pk)
    actions.confirm_sheet(sheet, actor=who(by), version=sheet.version)


def a_complete_sheet(operation: Operation) -> Sheet:
    """A sheet with both sides' values, confirmed by both."""
    sheet = a_sheet(operation)
    add_values(sheet, PARTNER, 1, 68, 2, 3)
    confirm(sheet, PARTNER)
    confirm(sheet, PROVIDER)
    return Sheet.objects.get(pk=sheet.pk)


def last_values(operation: Operation, *values: int | None, by: str = PROVIDER) -> None:
    """Values of today outside any sheet."""
    held = queries.reporting_of(operation, queries.reporting_party(operation, who(by)).organisation_id)
    actions.report_values(
        operation,
        figures=figures(operation, *values),
        as_of=clock.today(),
        actor=who(by),
        base_version=held.version if held else 0,
    )


def a_report(operation: Operation, **changes: Any) -> None:
    """The completion report with every section and every input."""
    held = queries.report_of(operation)
    provided = {
        line.planned.pk: Provided("As planned", Decimal(1000)) for line in queries.input_lines(operation)
    }
    actions.save_completion_report(
        operation,
        values={name: f"On {name}." for name in SECTIONS} | changes,
        provided=provided,
        actor=who(PROVIDER),
        base_version=held.version if held else 0,
    )


__all__ = ["ENDS", "STARTS", "a_running_operation", "who"]
