"""What the clock does by itself."""

from dateutil.relativedelta import relativedelta

from taawun.cycle.models import (
    Form,
    Operation,
    settings_for,
)
from taawun.cycle.models.settings import LONGEST_REVIEW
from taawun.foundation import clock
from taawun.foundation.steps import Context, Refused, perform
from taawun.foundation.taking_back import Back


def schedule_ex_post(operation: Operation, ctx: Context) -> None:
    """Completion starts the time to the ex-post evaluation (about three years: seed 1; the provider's setting).

    An agency whose settings know no ex-post evaluation has none falling due: its desk closes the operation.
    """
    rules = settings_for(operation)
    operation.completed_on = ctx.acted_on
    operation.ex_post_on = ctx.acted_on + relativedelta(years=rules.ex_post_years) if rules.ex_post else None
    operation.save(update_fields=["completed_on", "ex_post_on"])


def unschedule_ex_post(operation: Operation, back: Back) -> None:
    """The results are not confirmed after all: no ex-post evaluation is due."""
    operation.completed_on, operation.ex_post_on = None, None
    operation.save(update_fields=["completed_on", "ex_post_on"])


def tick(limit: int = 500) -> int:
    """The clock's own steps: completion reviews that open on their date, ex-post evaluations that fall due.

    Safe to run twice; returns how many moved.
    """
    moved = 0
    for step, operations in (("open-completion", _to_review(limit)), ("fall-due", _to_evaluate(limit))):
        for operation in operations:
            try:
                perform(operation, step, actor=None)
                moved += 1
            except Refused:
                continue
    return moved


def _to_evaluate(limit: int) -> list[Operation]:
    due = Operation.objects.filter(state="completed", ex_post_on__lte=clock.today())
    return list(due.order_by("ex_post_on")[:limit])


def _to_review(limit: int) -> list[Operation]:
    """Projects under way that are near their end: the provider's months before it (domain.md §11: −6)."""
    near = Operation.objects.filter(
        state="in_implementation",
        form=Form.PROJECT,
        ends_on__lte=clock.today() + relativedelta(months=LONGEST_REVIEW),
    )
    found, today = [], clock.today()
    for operation in near.select_related("settings").order_by("ends_on")[:limit]:
        step = operation.workflow.find("open-completion", operation.state)
        due = operation.due_of(step) if step else None
        if due and due <= today:
            found.append(operation)
    return found
