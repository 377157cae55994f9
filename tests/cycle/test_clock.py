"""What the clock does by itself: ex-post evaluations fall due on their day, once."""

from datetime import timedelta

from taawun.cycle.jobs import take_the_clocks_steps
from taawun.foundation import clock
from taawun.foundation.models import AuditEvent, Task
from tests.factories import an_operation


def test_an_ex_post_evaluation_falls_due_on_its_day_and_not_before(world):
    operation = an_operation("completed")
    day = operation.ex_post_on

    clock.set_today(day - timedelta(days=1))
    take_the_clocks_steps(timestamp=0)
    operation.refresh_from_db()
    early = operation.state
    clock.set_today(day)
    take_the_clocks_steps(timestamp=0)
    operation.refresh_from_db()

    assert (early, operation.state) == ("completed", "ex_post_due")


def test_the_clock_takes_its_step_once_and_in_its_own_name(world):
    operation = an_operation("completed")
    clock.set_today(operation.ex_post_on)

    take_the_clocks_steps(timestamp=0)
    take_the_clocks_steps(timestamp=0)

    events = AuditEvent.objects.filter(kind="operation", subject_id=operation.pk, step="fall-due")
    assert list(events.values_list("actor", "from_state", "to_state")) == [(None, "completed", "ex_post_due")]
    waiting = Task.objects.filter(kind="operation", subject_id=operation.pk)
    assert list(waiting.values_list("act", "role")) == [("name-evaluator", "desk")]
