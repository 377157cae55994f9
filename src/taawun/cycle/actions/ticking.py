"""What the clock does by itself."""

from dateutil.relativedelta import relativedelta

from taawun.cycle.models import (
    Operation,
    settings_for,
)
from taawun.foundation import clock
from taawun.foundation.steps import Context, Refused, perform


def schedule_ex_post(operation: Operation, ctx: Context) -> None:
    """Completion starts the time to the ex-post evaluation (about three years: seed 1; the provider's setting)."""
    years = settings_for(operation).ex_post_years
    operation.completed_on = ctx.acted_on
    operation.ex_post_on = ctx.acted_on + relativedelta(years=years)
    operation.save(update_fields=["completed_on", "ex_post_on"])


def tick(limit: int = 500) -> int:
    """The clock's own steps: ex-post evaluations that fall due. Safe to run twice; returns how many moved."""
    due = Operation.objects.filter(state="completed", ex_post_on__lte=clock.today()).order_by("ex_post_on")[
        :limit
    ]
    moved = 0
    for operation in due:
        try:
            perform(operation, "fall-due", actor=None)
            moved += 1
        except Refused:
            continue
    return moved
