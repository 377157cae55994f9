"""The editing pages of a design, each a `FormPage`: draft, conflict and double submit come from there."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.foundation.pages import Bundle, FormPage
from taawun.foundation.requests import SignedRequest
from taawun.planning import forms
from taawun.planning.actions import edit_part
from taawun.planning.models import DesignVersion, Milestone
from taawun.planning.parts import PARTS, Part
from taawun.planning.queries import (
    Matrix,
    ex_ante_of,
    is_open,
    line_names,
    lock_of,
    matrix_of,
    right_of,
    values_of,
    version_written,
)
from taawun.reference.forms import code_choices
from taawun.ui import words

Values = dict[str, Any]
Builder = Callable[[Operation, DesignVersion | None, Values, Any], Bundle]


def part_page(request: SignedRequest, operation: Operation, slug: str) -> FormPage:
    """The page that edits a part. Unknown: 404; not this person's to write: 403."""
    part = PARTS.get(slug)
    if part is None:
        raise Http404
    design = version_written(operation, part)
    if rights.seat_for(operation, request.user, right_of(design, part)) is None:
        raise PermissionDenied
    stored, lock = values_of(operation, design, slug), lock_of(operation, design, slug)
    return FormPage(
        case=operation,
        part=_draft_of(design, slug),
        title=part.title,
        version=lock.version if lock else 1,
        build=lambda data, files: BUILDERS[slug](operation, design, stored, data),
        save=lambda bundle, base: _save(request, operation, slug, bundle, base),
        done=_home_of(operation, design, part),
        template="planning/part.html",
        shut=not is_open(operation, design, part),
        why_shut=_why_shut(operation, design, part),
        extra=_around(operation, design, part),
    )


def _draft_of(design: DesignVersion | None, slug: str) -> str:
    """A person's draft belongs to one version: its rows are not another's."""
    return f"design-{slug}-{design.number}" if design and design.is_revision else f"design-{slug}"


def _home_of(operation: Operation, design: DesignVersion | None, part: Part) -> str:
    """Where a part is read: its tab, or the page of the revision being written."""
    if design and design.is_revision and not design.frozen_on:
        return reverse("planning:version", args=[operation.pk, design.number])
    return reverse(f"planning:{part.tab}", args=[operation.pk])


def _why_shut(operation: Operation, design: DesignVersion | None, part: Part) -> str:
    """What a part that cannot be edited says of itself."""
    if design and design.frozen_on and not part.when_frozen:
        return _("This version of the design is frozen: it changes by a revision of its own.")
    text = _("The operation is now “%(state)s”: this part cannot be edited in this state.")
    return text % {"state": operation.state_label}


def _save(request: SignedRequest, operation: Operation, slug: str, bundle: Bundle, base: int) -> None:
    actor: Any = request.user
    values = dict(bundle.form.cleaned_data)
    for rows in bundle.rows:
        values[rows.prefix] = rows.values()
    edit_part(operation=operation, part=slug, values=values, actor=actor, base_version=base)


def _around(operation: Operation, design: DesignVersion | None, part: Part) -> dict[str, Any]:
    return {
        "text_language": operation.language,
        "currencies": code_choices("currency") if part.slug == "inputs" else [],
        "crumbs": [
            (reverse("cycle:operations"), _("Operations")),
            (operation.get_absolute_url(), operation.code),
            (_home_of(operation, design, part), TABS[part.tab]),
            ("", part.title),
        ],
    }


TABS = {
    "design": gettext_lazy("Design (PDM)"),
    "plan": gettext_lazy("Plan"),
    "ex-ante": gettext_lazy("Ex-ante evaluation"),
}


def _matrix(operation: Operation, design: DesignVersion | None) -> Matrix | None:
    return matrix_of(operation, design.number) if design else None


def _empty(data: Any) -> django_forms.Form:
    """Parts that have rows alone."""
    return django_forms.Form(data)


def _objectives(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    return Bundle(forms.ObjectivesForm(data, initial=stored))


def _outputs(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    rows = forms.rowset(
        forms.OutputRow,
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
    matrix = _matrix(operation, design)
    objectives = (
        {one.id: words.labelled(one.label, one.text[:80]) for one in matrix.objectives} if matrix else {}
    )
    rows = forms.rowset(
        forms.IndicatorRow,
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
    assumptions = forms.rowset(
        forms.AssumptionRow,
        "assumptions",
        data=data,
        stored=stored["assumptions"],
        operation=operation,
        title=_("Important assumptions"),
        noun=gettext_lazy("Assumption %(number)s"),
        hint=_("What must hold, outside the project’s control, for a level to lead to the one above."),
    )
    preconditions = forms.rowset(
        forms.PreconditionRow,
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
    rows = forms.rowset(
        forms.InputRow,
        "inputs",
        data=data,
        stored=stored["inputs"],
        operation=operation,
        noun=gettext_lazy("Input %(number)s"),
        hint=_("The budget of a party is the sum of its inputs, in each currency for itself."),
    )
    return Bundle(_empty(data), [rows])


def _risks(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    rows = forms.rowset(
        forms.RiskRow,
        "risks",
        data=data,
        stored=stored["risks"],
        operation=operation,
        noun=gettext_lazy("Risk %(number)s"),
    )
    return Bundle(_empty(data), [rows])


def _plan(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    matrix = _matrix(operation, design)
    names = {a.id: f"{a.code} {a.text}" for a in matrix.activities} if matrix else {}
    common: dict[str, Any] = {"data": data, "operation": operation}
    activities = forms.rowset(
        forms.ActivityDatesRow,
        "activities",
        stored=stored["activities"],
        fixed=True,
        names=names,
        title=_("Activities"),
        noun=gettext_lazy("Activity %(number)s"),
        **common,
    )
    lines = forms.rowset(
        forms.LineRow,
        "lines",
        stored=stored["lines"],
        title=_("Inputs and monitoring"),
        noun=gettext_lazy("Other line %(number)s"),
        hint=_("Experts, courses and equipment; meetings, sheets and missions that last."),
        **common,
    )
    milestones = forms.rowset(
        forms.MilestoneRow,
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
    done = forms.rowset(
        forms.DoneRow,
        "done",
        stored=stored["done"],
        names=line_names(design),
        title=_("Lines of the plan"),
        noun=gettext_lazy("Line %(number)s"),
        **common,
    )
    reached = forms.rowset(
        forms.ReachedRow,
        "reached",
        stored=stored["reached"],
        names=milestones,
        title=_("Milestones"),
        noun=gettext_lazy("Milestone %(number)s"),
        **common,
    )
    return Bundle(_empty(data), [done, reached])


def _ex_ante(operation: Operation, design: DesignVersion | None, stored: Values, data: Any) -> Bundle:
    return Bundle(forms.ExAnteForm(data, instance=ex_ante_of(operation)))


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
