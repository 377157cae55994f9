"""Walking a case to a state: for the demonstration, tests and measurements."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from taawun.cycle import actions as cycle
from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation import clock
from taawun.foundation.steps import perform
from taawun.workspace.demo import exchange, operation as op, story
from taawun.workspace.demo.players import actor
from taawun.workspace.demo.story import on

OPERATION_STATES = [
    *("planning", "appraised", "agreed", "in_implementation", "completion_review"),
    *("completed", "ex_post_due", "evaluated", "closed"),
]


def fall_due(operation: Operation) -> Operation:
    """The clock stands at the day the ex-post evaluation is due."""
    if operation.ex_post_on and operation.ex_post_on > clock.today():
        clock.set_today(operation.ex_post_on)
    cycle.tick()
    operation.refresh_from_db()
    return operation


REQUEST_WALK: dict[str, Callable[[Any], Any]] = story.WALK | {
    "notified": exchange.notify,
    "confirmed": exchange.reply,
}
OPERATION_WALK: dict[str, Callable[[Any], Any]] = {
    "appraised": op.plan,
    "agreed": exchange.sign,
    "in_implementation": op.start,
    "completion_review": lambda made: review_results(made),
    "completed": op.report,
    "ex_post_due": fall_due,
    "evaluated": op.evaluate,
    "closed": op.answer,
}


def walk_request(state: str, *, day: date, days: Mapping[str, date] | None = None) -> CooperationRequest:
    """The postal request, from the idea to a state: all on one day, or each step on its own (`days`)."""
    made: Any = None
    for reached in story.REQUEST_STATES[: story.REQUEST_STATES.index(state) + 1]:
        day = (days or {}).get(reached, day)
        with on(day):
            made = story.begin(day) if made is None else REQUEST_WALK[reached](made)
    return made


def walk_operation(
    state: str, *, day: date, days: Mapping[str, date] | None = None, monitored: bool = False
) -> Operation:
    """The postal operation, from the idea of its request to a state; `monitored` adds a sheet and a meeting."""
    request = walk_request("confirmed", day=day, days=days)
    made = carry_on(op.of_request(request), state, day=day, days=days)
    if monitored:
        with on(day):
            op.monitor(made)
    return made


def carry_on(made: Operation, state: str, *, day: date, days: Mapping[str, date] | None = None) -> Operation:
    """From where an operation stands to a later state."""
    first, last = OPERATION_STATES.index(made.state) + 1, OPERATION_STATES.index(state) + 1
    for reached in OPERATION_STATES[first:last]:
        day = (days or {}).get(reached, day)
        with on(day):
            made = OPERATION_WALK[reached](made)
            day = max(day, clock.today())
    return made


def review_results(made: Operation) -> Operation:
    """The completion review opens; something was monitored before."""
    made = made if made.monitored_since else op.monitor(made)
    return perform(made, "open-completion", actor=actor("desk"))
