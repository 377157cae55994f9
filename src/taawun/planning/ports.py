"""What planning supplies: tabs, what the appraisal requires, how a design begins and is frozen, tasks on the desk."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import Operation, OperationPart
from taawun.cycle.queries import operations_visible_to
from taawun.directory.references import stays
from taawun.directory.roles import Role
from taawun.foundation import ports
from taawun.foundation.ports import Obstacle, TaskSpec
from taawun.foundation.readable import searchable
from taawun.planning import actions, figures as figures, texts
from taawun.planning.checks import incomplete, lacks, outside_the_period
from taawun.planning.models import DesignVersion, ExAnteTable
from taawun.planning.parts import PARTS, WHILE_ENTERED, WHILE_REVISED
from taawun.planning.queries import JUDGED, matrix_of, revision_of, waits_to_be_entered
from taawun.planning.showing import on_ex_antes_read, reads_ex_ante

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


@ports.file_gate("ex-ante")
def readers_of_the_ex_ante(user: Any, subject_id: int) -> bool:
    """A document of the ex-ante evaluation is opened by whoever reads the evaluation now."""
    operation = operations_visible_to(user).filter(pk=subject_id).first()
    return bool(operation and reads_ex_ante(operation, user))


ports.gate_of_all("ex-ante", on_ex_antes_read, of="operation", documents=True)

ports.effect("carry-design")(actions.carry_design)
ports.effect("freeze-design")(actions.freeze_design)
ports.service("begin-design")(lambda operation: actions.begin_design(operation=operation))
ports.service("forget-design")(actions.forget_design)
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
ports.act(
    "operation",
    "revision-opened",
    label=gettext_lazy("Revise the design"),
    done=gettext_lazy("Revision of the design opened"),
)
ports.act(
    "operation",
    "revision-edited",
    label=gettext_lazy("Correct reason and meeting of the revision"),
    done=gettext_lazy("Reason and meeting of the revision corrected"),
)
ports.act(
    "operation",
    "finish-revision",
    label=gettext_lazy("Adopt or discard the revision of the design"),
    done=gettext_lazy("Revision of the design decided"),
    url=lambda pk, ref: reverse("planning:version", args=[pk, ref]),
)
ports.act(
    "operation",
    "revision-adopted",
    label=gettext_lazy("Adopt the revision"),
    done=gettext_lazy("Revision of the design adopted"),
)
ports.act(
    "operation",
    "revision-discarded",
    label=gettext_lazy("Discard the revision"),
    done=gettext_lazy("Revision of the design discarded"),
)
ports.act(
    "operation",
    "enter-design",
    label=gettext_lazy("Enter the design the parties agreed"),
    done=gettext_lazy("Agreed design entered"),
    url=lambda pk, ref: reverse("planning:design", args=[pk]),
)
ports.act(
    "operation",
    "design-taken",
    label=gettext_lazy("Take over the published design"),
    done=gettext_lazy("Published design taken over"),
)
ports.act(
    "operation",
    "design-entered",
    label=gettext_lazy("Put the agreed design in force"),
    done=gettext_lazy("Agreed design entered and in force"),
)


@ports.requirement("design-complete", label=gettext_lazy("Design version 0 is complete"), right="design")
def design_complete(case: Operation) -> Iterable[Obstacle]:
    """Goal, one purpose, outputs with activities, and for each of them an indicator with baseline and target."""
    return incomplete(case, matrix_of(case))


@ports.requirement(
    "plan-complete",
    label=gettext_lazy("Every activity is planned inside the period"),
    right="plan",
    waivable=True,
)
def plan_complete(case: Operation) -> Iterable[Obstacle]:
    """Each activity has its dates, inside the operation's period."""
    return outside_the_period(case, matrix_of(case))


@ports.requirement(
    "risks-named", label=gettext_lazy("Risks with their countermeasures"), right="design", waivable=True
)
def risks_named(case: Operation) -> Iterable[Obstacle]:
    """At least one risk, with what is done about it."""
    matrix = matrix_of(case)
    risks = matrix.risks if matrix else []
    if not risks:
        yield lacks(case, _("No risk is named."), "risks", _("Name the risks"))
    elif not any(risk.countermeasure for risk in risks):
        yield lacks(case, _("No risk has a countermeasure."), "risks", _("Write a countermeasure"))


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
            yield lacks(case, text % {"party": party.organisation.name}, "inputs", _("Enter the budget"))


@ports.requirement(
    "ex-ante-written", label=gettext_lazy("Ex-ante evaluation written"), right="ex-ante", waivable=True
)
def ex_ante_written(case: Operation) -> Iterable[Obstacle]:
    """The judgement by each criterion, and the conclusion."""
    matrix = matrix_of(case)
    for name in matrix.unwritten if matrix else JUDGED:
        label = ExAnteTable.label_of(name)
        text = _("The ex-ante evaluation says nothing yet on: %(criterion)s.") % {"criterion": label}
        yield lacks(case, text, "ex-ante", _("Write the ex-ante evaluation"), _("Desk officer"))


TOGETHER = (design_complete, plan_complete, risks_named, budget_by_party)


@ports.task_source("operation", workflow="operation")
def design_tasks(case: Operation) -> Iterable[TaskSpec]:
    """While it is planned and something is missing, it waits on the partner and the office besides the desk."""
    if not case.is_editable or not any(obstacle for check in TOGETHER for obstacle in check(case)):
        return
    if case.country_office_id != case.provider_id:  # else its desk has it already
        yield TaskSpec("complete-design", organisation_id=case.country_office_id, role=Role.COUNTRY_OFFICE)
    for party in case.party_rows:
        if party.part == OperationPart.IMPLEMENTING:
            yield TaskSpec("complete-design", organisation_id=party.organisation_id, role=Role.LINE_OFFICER)


@ports.task_source("operation", workflow="operation")
def entering_tasks(case: Operation) -> Iterable[TaskSpec]:
    """An operation taken over after its signature lacks its design until its desk enters it."""
    if case.taken_over_on and case.state in WHILE_ENTERED and waits_to_be_entered(case):
        yield TaskSpec("enter-design", organisation_id=case.provider_id, role=Role.DESK)


@ports.task_source("operation")
def revision_tasks(case: Operation) -> Iterable[TaskSpec]:
    """A revision that is being written waits on the country office, which has it adopted."""
    if case.state not in WHILE_REVISED:
        return
    revision = revision_of(case)
    if revision:
        yield TaskSpec(
            "finish-revision",
            organisation_id=case.country_office_id,
            role=Role.COUNTRY_OFFICE,
            ref=revision.number,
        )


stays("planning.DesignVersion", "opened_by", "adopted_by")

searchable(
    "design",
    label=gettext_lazy("Design (PDM)"),
    model=DesignVersion,
    visible_to=texts.designs_visible_to,
    by_cases=True,
    about={"operation": "operation_id"},
)(texts.of_designs)
searchable(
    "ex-ante",
    label=gettext_lazy("Ex-ante evaluation"),
    model=ExAnteTable,
    visible_to=texts.ex_antes_visible_to,
    by_cases=True,
    about={"operation": "operation_id"},
)(texts.of_ex_antes)
