"""The report at the end, and what was provided of what was planned."""

from dataclasses import dataclass

from taawun.cycle.models import Operation
from taawun.kernel.money import Money
from taawun.monitoring.marks import marked
from taawun.monitoring.models import (
    CompletionReport,
    InputActual,
)
from taawun.planning import queries as planning
from taawun.planning.models import Input


def report_of(operation: Operation) -> CompletionReport | None:
    """The completion report, once it was begun."""
    rows = CompletionReport.objects.filter(operation=operation).select_related("written_by__person")
    return marked(rows).first()


@dataclass(frozen=True)
class InputLine:
    """One planned input and what was provided of it."""

    planned: Input
    actual: InputActual | None

    @property
    def actual_money(self) -> Money | None:
        """What it did cost, in the plan's currency; nothing where no amount was given."""
        if self.actual is None or self.actual.amount is None or self.planned.money is None:
            return None
        return Money(self.actual.amount, self.planned.money.currency)


def input_lines(operation: Operation) -> list[InputLine]:
    """Planned against actual, line by line."""
    design = planning.design_of(operation)
    if design is None:
        return []
    held = {row.planned_id: row for row in marked(InputActual.objects.filter(report__operation=operation))}
    planned = Input.objects.filter(design=design).select_related("party__organisation")
    return [InputLine(row, held.get(row.pk)) for row in planned]
