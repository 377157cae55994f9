"""The form of each part of a design, with its rows: as it is stored, or as it was sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import Operation
from taawun.foundation.bundle import Bundle
from taawun.planning.forms import matrix, schedule
from taawun.planning.forms.ex_ante import ExAnteForm
from taawun.planning.forms.rows import Row, Rows, rowset
from taawun.planning.models import DesignVersion, Milestone
from taawun.planning.queries import Matrix, ex_ante_of, line_names, matrix_of
from taawun.ui import words


@dataclass(frozen=True)
class Stored:
    """A part of a design as it is stored, and what was sent of it, if anything was."""

    operation: Operation
    design: DesignVersion | None
    values: dict[str, Any]
    data: Any

    @property
    def matrix(self) -> Matrix | None:
        """The whole design, for the names of what the rows belong to."""
        return matrix_of(self.operation, self.design.number) if self.design else None

    def rows(self, form: type[Row], name: str, **options: Any) -> Rows:
        """The rows of this name, with what they are called."""
        return rowset(
            form, name, operation=self.operation, stored=self.values[name], data=self.data, **options
        )


def _objectives(part: Stored) -> Bundle:
    return Bundle(matrix.ObjectivesForm(part.data, initial=part.values))


def _outputs(part: Stored) -> Bundle:
    rows = part.rows(
        matrix.OutputRow,
        "outputs",
        noun=gettext_lazy("Output %(number)s"),
        hint=_("Deleting an output deletes its activities and indicators."),
        stacked=True,
    )
    return Bundle(forms.Form(part.data), [rows])


def _indicators(part: Stored) -> Bundle:
    held = part.matrix
    objectives = {one.id: words.labelled(one.label, one.text[:80]) for one in held.objectives} if held else {}
    rows = part.rows(
        matrix.IndicatorRow,
        "indicators",
        noun=gettext_lazy("Indicator %(number)s"),
        hint=_("Numbers such as P-1 or 2-1 are given by objective, in this order."),
        form_kwargs={"objectives": objectives},
    )
    return Bundle(forms.Form(part.data), [rows])


def _assumptions(part: Stored) -> Bundle:
    assumptions = part.rows(
        matrix.AssumptionRow,
        "assumptions",
        title=_("Important assumptions"),
        noun=gettext_lazy("Assumption %(number)s"),
        hint=_("What must hold, outside the project’s control, for a level to lead to the one above."),
    )
    preconditions = part.rows(
        matrix.PreconditionRow,
        "preconditions",
        title=_("Preconditions"),
        noun=gettext_lazy("Precondition %(number)s"),
        hint=_("What must be there before the start."),
    )
    return Bundle(forms.Form(part.data), [assumptions, preconditions])


def _inputs(part: Stored) -> Bundle:
    rows = part.rows(
        matrix.InputRow,
        "inputs",
        noun=gettext_lazy("Input %(number)s"),
        hint=_("The budget of a party is the sum of its inputs, in each currency for itself."),
    )
    return Bundle(forms.Form(part.data), [rows])


def _risks(part: Stored) -> Bundle:
    rows = part.rows(
        matrix.RiskRow,
        "risks",
        noun=gettext_lazy("Risk %(number)s"),
    )
    return Bundle(forms.Form(part.data), [rows])


def _plan(part: Stored) -> Bundle:
    held = part.matrix
    names = {a.id: f"{a.code} {a.text}" for a in held.activities} if held else {}
    activities = part.rows(
        schedule.ActivityDatesRow,
        "activities",
        fixed=True,
        names=names,
        title=_("Activities"),
        noun=gettext_lazy("Activity %(number)s"),
    )
    lines = part.rows(
        schedule.LineRow,
        "lines",
        title=_("Inputs and monitoring"),
        noun=gettext_lazy("Other line %(number)s"),
        hint=_("Experts, courses and equipment; meetings, sheets and missions that last."),
    )
    milestones = part.rows(
        schedule.MilestoneRow,
        "milestones",
        title=_("Milestones"),
        noun=gettext_lazy("Milestone %(number)s"),
    )
    return Bundle(forms.Form(part.data), [activities, lines, milestones])


def _progress(part: Stored) -> Bundle:
    milestones = dict(Milestone.objects.filter(design=part.design).values_list("pk", "label"))
    done = part.rows(
        schedule.DoneRow,
        "done",
        fixed=True,
        names=line_names(part.design),
        title=_("Lines of the plan"),
        noun=gettext_lazy("Line %(number)s"),
    )
    reached = part.rows(
        schedule.ReachedRow,
        "reached",
        fixed=True,
        names=milestones,
        title=_("Milestones"),
        noun=gettext_lazy("Milestone %(number)s"),
    )
    return Bundle(forms.Form(part.data), [done, reached])


def _ex_ante(part: Stored) -> Bundle:
    return Bundle(ExAnteForm(part.data, instance=ex_ante_of(part.operation)))


BUILDERS: dict[str, Callable[[Stored], Bundle]] = {
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
