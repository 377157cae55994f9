"""The report at the end of an operation."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from taawun.cycle.actions import void_consents
from taawun.cycle.models import Operation
from taawun.foundation import clock, editing
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.monitoring import queries
from taawun.monitoring.actions.writing import writing
from taawun.monitoring.models import CompletionReport, InputActual


@dataclass(frozen=True)
class Provided:
    """What was provided of one planned input; an empty text removes the line."""

    text: str = ""
    amount: Decimal | None = None


def save_completion_report(
    operation: Operation,
    *,
    values: dict[str, str],
    provided: dict[int, Provided],
    actor: User,
    base_version: int,
) -> CompletionReport:
    """Write the completion report and what was provided of each planned input.

    A change voids the consents to the results: the parties consented to another report. Refuses an input of another
    operation; never over another's save (`editing.Conflict`).
    """
    with writing(operation, actor, "completion-report") as desk:
        report, _made = CompletionReport.objects.select_for_update().get_or_create(
            operation=desk.operation, defaults={"version": 0, "written_by": actor}
        )
        theirs = {name: getattr(report, name) for name in values}
        editing.bump(report, base_version, theirs=theirs, mine=values)
        CompletionReport.objects.filter(pk=report.pk).update(
            **values, written_by=actor, written_at=clock.now()
        )
        _write_provided(desk.operation, report, provided)
        void_consents(desk.operation, "confirm-results")
        desk.enter("completion-report", changed=sorted(n for n in values if theirs[n] != values[n]))
    return CompletionReport.objects.get(pk=report.pk)


def _write_provided(operation: Operation, report: CompletionReport, provided: dict[int, Provided]) -> None:
    planned = {line.planned.pk for line in queries.input_lines(operation)}
    if not planned.issuperset(provided):
        raise Refused([Obstacle(_("One of the inputs does not belong to the design of this operation."))])
    for pk, given in provided.items():
        if given.text:
            InputActual.objects.update_or_create(
                planned_id=pk, defaults={"report": report, "text": given.text, "amount": given.amount}
            )
        else:
            InputActual.objects.filter(planned_id=pk).delete()
