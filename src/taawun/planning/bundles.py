"""The form of each part of a design, with its rows: as it is stored, or as it was sent."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import Operation
from taawun.foundation.pages import Bundle
from taawun.planning.forms import matrix, schedule
from taawun.planning.forms.ex_ante import ExAnteForm
from taawun.planning.forms.rows import rowset
from taawun.planning.models import DesignVersion, Milestone
from taawun.planning.queries import Matrix, ex_ante_of, line_names, matrix_of
from taawun.ui import words

Values = dict[str, Any]
Builder = Callable[[Operation, DesignVersion | None, Values, Any], Bundle]


def _matrix(operation: Operation, design: DesignVersion | None) -> Matrix | None:
    return matrix_of(operation, design.number) if design else None


def _empty(data: Any) -> forms.Form:
    """Parts that have rows alone."""
    return forms.Form(data)


def _objectives(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    return Bundle(matrix.ObjectivesForm(data, initial=stored))


def _outputs(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    rows = rowset(
        matrix.OutputRow,
        "outputs",
        data=data,
        stored=stored["outputs"],
        operation=operation,
        noun=gettext_lazy("Output %(number)s"),
        hint=_("Deleting an output deletes its activities and indicators."),
        stacked=True,
    )
    return Bundle(_empty(data), [rows])


def _indicators(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    held = _matrix(operation, design)
    objectives = {one.id: words.labelled(one.label, one.text[:80]) for one in held.objectives} if held else {}
    rows = rowset(
        matrix.IndicatorRow,
        "indicators",
        data=data,
        stored=stored["indicators"],
        operation=operation,
        noun=gettext_lazy("Indicator %(number)s"),
        hint=_("Numbers such as P-1 or 2-1 are given by objective, in this order."),
        form_kwargs={"objectives": objectives},
    )
    return Bundle(_empty(data), [rows])


def _assumptions(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    assumptions = rowset(
        matrix.AssumptionRow,
        "assumptions",
        data=data,
        stored=stored["assumptions"],
        operation=operation,
        title=_("Important assumptions"),
        noun=gettext_lazy("Assumption %(number)s"),
        hint=_("What must hold, outside the project’s control, for a level to lead to the one above."),
    )
    preconditions = rowset(
        matrix.PreconditionRow,
        "preconditions",
        data=data,
        stored=stored["preconditions"],
        operation=operation,
        title=_("Preconditions"),
        noun=gettext_lazy("Precondition %(number)s"),
        hint=_("What must be there before the start."),
    )
    return Bundle(_empty(data), [assumptions, preconditions])


def _inputs(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    rows = rowset(
        matrix.InputRow,
        "inputs",
        data=data,
        stored=stored["inputs"],
        operation=operation,
        noun=gettext_lazy("Input %(number)s"),
        hint=_("The budget of a party is the sum of its inputs, in each currency for itself."),
    )
    return Bundle(_empty(data), [rows])


def _risks(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    rows = rowset(
        matrix.RiskRow,
        "risks",
        data=data,
        stored=stored["risks"],
        operation=operation,
        noun=gettext_lazy("Risk %(number)s"),
    )
    return Bundle(_empty(data), [rows])


def _plan(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    held = _matrix(operation, design)
    names = {a.id: f"{a.code} {a.text}" for a in held.activities} if held else {}
    common: dict[str, Any] = {"data": data, "operation": operation}
    activities = rowset(
        schedule.ActivityDatesRow,
        "activities",
        stored=stored["activities"],
        fixed=True,
        names=names,
        title=_("Activities"),
        noun=gettext_lazy("Activity %(number)s"),
        **common,
    )
    lines = rowset(
        schedule.LineRow,
        "lines",
        stored=stored["lines"],
        title=_("Inputs and monitoring"),
        noun=gettext_lazy("Other line %(number)s"),
        hint=_("Experts, courses and equipment; meetings, sheets and missions that last."),
        **common,
    )
    milestones = rowset(
        schedule.MilestoneRow,
        "milestones",
        stored=stored["milestones"],
        title=_("Milestones"),
        noun=gettext_lazy("Milestone %(number)s"),
        **common,
    )
    return Bundle(_empty(data), [activities, lines, milestones])


def _progress(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    milestones = dict(Milestone.objects.filter(design=design).values_list("pk", "label"))
    common: dict[str, Any] = {"data": data, "operation": operation, "fixed": True}
    done = rowset(
        schedule.DoneRow,
        "done",
        stored=stored["done"],
        names=line_names(design),
        title=_("Lines of the plan"),
        noun=gettext_lazy("Line %(number)s"),
        **common,
    )
    reached = rowset(
        schedule.ReachedRow,
        "reached",
        stored=stored["reached"],
        names=milestones,
        title=_("Milestones"),
        noun=gettext_lazy("Milestone %(number)s"),
        **common,
    )
    return Bundle(_empty(data), [done, reached])


def _ex_ante(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    return Bundle(ExAnteForm(data, instance=ex_ante_of(operation)))


BUILDERS: dict[str, Builder] = {
    "objectives": _objectives,
    "outputs": _outputs,
    "indicators": _indicators,
    "assumptions": _assumptions,
    "inputs": _inputs,
    "risks": _risks,
    "plan": _plan,
    "progress": _progress,
    "ex-ante": _ex_ante,
}
