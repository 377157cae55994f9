"""The past of work that is taken over: the states behind it, their days, and what cannot be true of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from taawun.cycle.models import Form, Operation
from taawun.cycle.workflow import ACTIVITY_WORKFLOW, OPERATION_WORKFLOW, OperationState
from taawun.foundation import clock
from taawun.foundation.entering import Reached
from taawun.foundation.ports import registry
from taawun.kernel.workflow import Transition, Workflow

# The days one may know of, and the state each of them began. A project is completed, an activity reported.
DAYS: dict[str, tuple[str, ...]] = {
    "opened_on": (OperationState.PLANNING,),
    "agreed_on": (OperationState.AGREED,),
    "started_on": (OperationState.IN_IMPLEMENTATION,),
    "completed_on": (OperationState.COMPLETED, OperationState.REPORTED),
}
DAY_LABELS: dict[str, Any] = {
    "opened_on": _("Opened on"),
    "agreed_on": _("Agreed on"),
    "started_on": _("Started on"),
    "completed_on": _("Completed on"),
    "state_on": _("In this state since"),
}
# Whoever was cancelled is not running; the rest may be taken over.
STATES = [state for state in OperationState if state != OperationState.CANCELLED]

TEXTS: dict[str, Any] = {
    "no-such-state": _(
        "A stand-alone activity is never in this state, or a project never is: see the form of cooperation."
    ),
    "future": _("This day lies in the future."),
    "not-yet": _("In the state given, the operation has not come so far yet: leave it empty."),
    "earlier": _("This is before the day of “%(field)s”."),
    "differs": _("This is the state it is in: the day must be the same as “%(field)s”."),
    "ends-before": _("The end comes before the beginning."),
    "basis-needed": _("An activity that is not agreed yet rests on a decision: give its number and date."),
    "known": _("It stands here already as %(code)s, and says something else: change it there."),
    "alike": _("An operation with this title and beginning stands here already: %(code)s."),
}
Problems = dict[str, list[tuple[str, dict[str, Any]]]]


def table_of(form: str) -> Workflow:
    """The table of a project or of an activity."""
    return ACTIVITY_WORKFLOW if form == Form.ACTIVITY else OPERATION_WORKFLOW


def way_to(table: Workflow, state: str) -> list[Transition]:
    """The steps that lead from the beginning to a state: the way forward, and where it is left, the step aside."""
    way: list[Transition] = []
    here = next(iter(table.initial))
    asides: dict[str, list[Transition]] = {here: []}
    while here != state:
        leaving = [step for step in table.leaving(here) if step.target and not step.back]
        for step in leaving:
            asides.setdefault(step.target or "", [*way, step])
        forward = next((s for s in leaving if s.main or not s.who), None)
        if forward is None:
            return asides.get(state, [])
        way = [*way, forward]
        here = forward.target or ""
    return way


def reached_of(form: str, values: dict[str, Any]) -> list[Reached]:
    """The states with the day each was reached, as far as known, the present one last."""
    table, state = table_of(form), values["state"]
    way = way_to(table, state)
    states = [next(iter(table.initial)), *(step.target or "" for step in way)]
    days = {s: values.get(name) for name, them in DAYS.items() for s in them} | {state: values["state_on"]}
    return [
        Reached(each, days[each], states[n - 1] if n else "")
        for n, each in enumerate(states)
        if days.get(each)
    ]


def tell(code: str, named: dict[str, Any]) -> str:
    """What is wrong, as a sentence; a field that it names, by its label."""
    labels = {"field": DAY_LABELS[named["field"]]} if "field" in named else {}
    return str(TEXTS[code]) % {**named, **labels}


def problems_of(form: str, values: dict[str, Any]) -> Problems:
    """What cannot be true of the values given, by field. Fields that could not be read are not judged."""
    told: Problems = {}
    state, table = values.get("state"), table_of(form)
    begins, ends = values.get("starts_on"), values.get("ends_on")
    if begins and ends and ends < begins:
        told["ends_on"] = [("ends-before", {})]
    if form == Form.ACTIVITY and state == OperationState.PLANNING:
        for name in ("basis_number", "basis_on"):
            if not values.get(name):
                told[name] = [("basis-needed", {})]
    for name in (*DAYS, "state_on", "basis_on"):
        day = values.get(name)
        if day and day > clock.today():
            told[name] = [("future", {})]
    if state and state not in table.states:
        told["state"] = [("no-such-state", {})]
    elif state and not told:
        told |= _problems_of_days(table, state, values)
    return told


def _problems_of_days(table: Workflow, state: str, values: dict[str, Any]) -> Problems:
    told: Problems = {}
    passed = {next(iter(table.initial)), *(step.target for step in way_to(table, state))}
    since, before = values.get("state_on"), None
    for name, states in DAYS.items():
        day = values.get(name)
        if day is None:
            continue
        if not passed & set(states):
            told[name] = [("not-yet", {})]
        elif state in states and since and day != since:
            told[name] = [("differs", {"field": "state_on"})]
        elif before and day < values[before]:
            told[name] = [("earlier", {"field": before})]
        else:
            before = name
    if since and before and since < values[before]:
        told.setdefault("state_on", []).append(("earlier", {"field": before}))
    return told


def not_checked(operation: Operation) -> list[tuple[Any, list[Any]]]:
    """What the steps before the state it came in would have required, step by step: nobody checked it."""
    if not operation.taken_over_on:
        return []
    return [
        (step.past, list(_conditions(operation, step)))
        for step in way_to(operation.workflow, operation.taken_over_in)
        if step.requires
    ]


def _conditions(operation: Operation, step: Transition) -> Iterable[Any]:
    for slug in step.requires:
        requirement = registry.requirements[slug]
        if not (requirement.waivable and slug in operation.waived):
            yield requirement.label


def first_day(reached: list[Reached], values: dict[str, Any]) -> date:
    """The day from which the operation is counted: the earliest known."""
    days = [one.on for one in reached]
    begun = values.get("starts_on")
    return min([*days, begun] if begun else days)
