"""What planning supplies: tabs, what the appraisal requires, how a design begins and is frozen, tasks on the desk."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import Operation, OperationPart
from taawun.directory.roles import Role
from taawun.foundation import ports
from taawun.foundation.ports import Obstacle, TaskSpec
from taawun.planning import actions
from taawun.planning.models import ExAnteTable, ObjectiveLevel
from taawun.planning.parts import PARTS
from taawun.planning.queries import JUDGED, ObjectiveRow, matrix_of
from taawun.ui import words

ports.panel(
    "operation",
    "design",
    label=gettext_lazy("Design (PDM)"),
    url_name="planning:design",
    order=20,
    workflow="operation",
)
ports.panel(
    "operation",
    "ex-ante",
    label=gettext_lazy("Ex-ante evaluation"),
    url_name="planning:ex-ante",
    order=25,
    workflow="operation",
)
ports.panel(
    "operation", "plan", label=gettext_lazy("Plan"), url_name="planning:plan", order=30, workflow="operation"
)

ports.effect("carry-design")(actions.carry_design)
ports.effect("freeze-design")(actions.freeze_design)
ports.service("begin-design")(lambda operation: actions.begin_design(operation=operation))
ports.no_undo("carry-design", "freeze-design")  # notes exchanged, a Record of Discussions signed


def _page_of(slug: str) -> Callable[[int, int], str]:
    return lambda pk, ref: reverse("planning:edit", args=[pk, slug])


for part in PARTS.values():
    ports.act("operation", f"design-{part.slug}", label=part.title, done=part.done, url=_page_of(part.slug))
ports.act(
    "operation",
    "complete-design",
    label=gettext_lazy("Complete the design and the plan"),
    done=gettext_lazy("Design and plan completed"),
    url=lambda pk, ref: reverse("planning:design", args=[pk]),
)

WRITERS = gettext_lazy("Desk officer, country office or implementing organisation")


def _missing(case: Operation, text: str, part: str, label: Any, who: Any = WRITERS) -> Obstacle:
    return Obstacle(text, reverse("planning:edit", args=[case.pk, part]), label, who)


@ports.requirement("design-complete", label=gettext_lazy("Design version 0 is complete"), right="design")
def design_complete(case: Operation) -> Iterable[Obstacle]:
    """Goal, one purpose, outputs with activities, and for each of them an indicator with baseline and target."""
    matrix = matrix_of(case)
    objectives = matrix.objectives if matrix else []
    held = {one.level for one in objectives}
    if ObjectiveLevel.GOAL not in held:
        yield _missing(case, _("The overall goal is not written."), "objectives", _("Write the goal"))
    if ObjectiveLevel.PURPOSE not in held:
        yield _missing(case, _("The project purpose is not written."), "objectives", _("Write the purpose"))
    if ObjectiveLevel.OUTPUT not in held:
        yield _missing(case, _("There is no output."), "outputs", _("Enter the outputs"))
    for one in objectives:
        yield from _missing_of(case, one)


def _missing_of(case: Operation, one: ObjectiveRow) -> Iterable[Obstacle]:
    if one.is_output and not one.activities:
        text = _("Output %(number)s has no activity.") % {"number": one.number}
        yield _missing(case, text, "outputs", _("Enter its activities"))
    if not one.indicators:
        yield _missing(
            case, NO_INDICATOR[one.level] % {"number": one.number}, "indicators", _("Enter an indicator")
        )
    elif not one.complete:
        text = NO_TARGET[one.level] % {"number": one.number}
        yield _missing(case, text, "indicators", _("Complete the indicator"))


NO_INDICATOR: dict[str, Any] = {
    ObjectiveLevel.GOAL: gettext_lazy("The overall goal has no indicator."),
    ObjectiveLevel.PURPOSE: gettext_lazy("The project purpose has no indicator."),
    ObjectiveLevel.OUTPUT: gettext_lazy("Output %(number)s has no indicator."),
}
NO_TARGET: dict[str, Any] = {
    ObjectiveLevel.GOAL: gettext_lazy("No indicator of the overall goal has both a baseline and a target."),
    ObjectiveLevel.PURPOSE: gettext_lazy(
        "No indicator of the project purpose has both a baseline and a target."
    ),
    ObjectiveLevel.OUTPUT: gettext_lazy(
        "No indicator of output %(number)s has both a baseline and a target."
    ),
}


@ports.requirement(
    "plan-complete",
    label=gettext_lazy("Every activity is planned inside the period"),
    right="plan",
    waivable=True,
)
def plan_complete(case: Operation) -> Iterable[Obstacle]:
    """Each activity has its dates, inside the operation's period."""
    matrix = matrix_of(case)
    outside = [a for a in matrix.activities if not _inside(case, a)] if matrix else []
    for activity in outside:
        told = {"code": activity.code, "period": words.period(case.starts_on, case.ends_on)}
        text = (
            _("Activity %(code)s is planned outside the period of the operation (%(period)s).") % told
            if activity.start
            else _("Activity %(code)s has no planned dates.") % told
        )
        yield _missing(case, text, "plan", _("Complete the plan"))


def _inside(case: Operation, activity: Any) -> bool:
    if activity.start is None:
        return False
    begun = case.starts_on is None or activity.start >= case.starts_on
    return begun and (case.ends_on is None or activity.end <= case.ends_on)


@ports.requirement(
    "risks-named", label=gettext_lazy("Risks with their countermeasures"), right="design", waivable=True
)
def risks_named(case: Operation) -> Iterable[Obstacle]:
    """At least one risk, with what is done about it."""
    matrix = matrix_of(case)
    risks = matrix.risks if matrix else []
    if not risks:
        yield _missing(case, _("No risk is named."), "risks", _("Name the risks"))
    elif not any(risk.countermeasure for risk in risks):
        yield _missing(case, _("No risk has a countermeasure."), "risks", _("Write a countermeasure"))


@ports.requirement(
    "budget-by-party", label=gettext_lazy("Budget of each signing party"), right="design", waivable=True
)
def budget_by_party(case: Operation) -> Iterable[Obstacle]:
    """Each party that signs brings at least one input with its amount and currency."""
    matrix = matrix_of(case)
    budgeted = matrix.budgeted if matrix else set()
    for party in case.party_rows:
        if party.signs and party.pk not in budgeted:
            text = _("No input with an amount and its currency is entered for %(party)s.")
            yield _missing(case, text % {"party": party.organisation.name}, "inputs", _("Enter the budget"))


@ports.requirement(
    "ex-ante-written", label=gettext_lazy("Ex-ante evaluation written"), right="ex-ante", waivable=True
)
def ex_ante_written(case: Operation) -> Iterable[Obstacle]:
    """The judgement by each criterion, and the conclusion."""
    matrix = matrix_of(case)
    for name in matrix.unwritten if matrix else JUDGED:
        label = ExAnteTable.label_of(name)
        text = _("The ex-ante evaluation says nothing yet on: %(criterion)s.") % {"criterion": label}
        yield _missing(case, text, "ex-ante", _("Write the ex-ante evaluation"), _("Desk officer"))


TOGETHER = (design_complete, plan_complete, risks_named, budget_by_party)


@ports.task_source("operation", workflow="operation")
def design_tasks(case: Operation) -> Iterable[TaskSpec]:
    """While it is planned and something is missing, it waits on the partner and the office besides the desk."""
    if not case.is_editable or not any(obstacle for check in TOGETHER for obstacle in check(case)):
        return
    yield TaskSpec("complete-design", organisation_id=case.country_office_id, role=Role.COUNTRY_OFFICE)
    for party in case.party_rows:
        if party.part == OperationPart.IMPLEMENTING:
            yield TaskSpec("complete-design", organisation_id=party.organisation_id, role=Role.LINE_OFFICER)
