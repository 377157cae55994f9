"""What the project design matrix says: objectives, outputs, indicators, assumptions, inputs and risks."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import InputKind
from taawun.foundation import clock
from taawun.planning.forms.fields import (
    NO_CHOICE,
    CurrencyField,
    FigureField,
    PartyField,
    PlannedDay,
    choice,
    whole,
)
from taawun.planning.forms.rows import Row
from taawun.planning.models import Frequency, Level, Likelihood, MeasureKind
from taawun.ui.widgets import Figure, Lines


class ObjectivesForm(forms.Form):
    goal = forms.CharField(
        label=gettext_lazy("Overall goal"),
        max_length=2000,
        widget=Lines(),
        help_text=gettext_lazy("The effect expected some years after the end."),
    )
    purpose = forms.CharField(
        label=gettext_lazy("Project purpose"),
        max_length=2000,
        widget=Lines(),
        help_text=gettext_lazy("One only: who will do what better by the end of the project."),
    )


class OutputRow(Row):
    text = forms.CharField(label=gettext_lazy("Output"), max_length=2000, widget=Lines(2))
    activities = forms.CharField(
        label=gettext_lazy("Activities, one a line"),
        max_length=20000,
        required=False,
        widget=Lines(5),
        help_text=gettext_lazy("A line that is moved or reworded keeps its dates in the plan."),
    )

    def clean_activities(self) -> str:
        """Each line is one activity."""
        typed = self.cleaned_data["activities"]
        if any(len(line) > 500 for line in typed.splitlines()):
            raise forms.ValidationError(_("An activity has at most 500 characters: one line each."))
        return typed


class IndicatorRow(Row):
    objective = forms.TypedChoiceField(
        label=gettext_lazy("Objective it belongs to"),
        coerce=whole,
        choices=NO_CHOICE,
        error_messages={"invalid_choice": gettext_lazy("Choose an objective of this design.")},
    )
    name = forms.CharField(label=gettext_lazy("What is counted"), max_length=300)
    kind = choice(MeasureKind.choices, label=gettext_lazy("Measured as"))
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=60, required=False)
    steps = forms.IntegerField(
        label=gettext_lazy("Levels of the scale"), min_value=2, max_value=20, required=False, widget=Figure
    )
    baseline = FigureField(places=4, label=gettext_lazy("Baseline"))
    baseline_on = PlannedDay(label=gettext_lazy("Date of the baseline"), required=False)
    target = FigureField(places=4, label=gettext_lazy("Target"))
    target_on = PlannedDay(
        label=gettext_lazy("To be reached by"),
        required=False,
        help_text=gettext_lazy("Left empty: the end of the operation."),
    )
    means_of_verification = forms.CharField(
        label=gettext_lazy("Means of verification"), max_length=300, required=False
    )
    frequency = choice(Frequency.choices, label=gettext_lazy("Measured how often"), required=False)
    responsible = forms.CharField(label=gettext_lazy("Who measures it"), max_length=200, required=False)

    def __init__(self, *args: Any, objectives: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        objective: Any = self.fields["objective"]
        objective.choices = [*NO_CHOICE, *objectives.items()]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.refuse_backwards("baseline_on", "target_on")
        self.refuse_without("baseline", "baseline_on", _("Enter the date of the baseline."))
        if (
            values.get("baseline") is not None
            and values.get("baseline_on")
            and values["baseline_on"] > clock.today()
        ):
            self.add_error("baseline_on", _("A baseline cannot lie in the future."))
        self._fit_the_kind(values)
        return values

    def _fit_the_kind(self, values: dict[str, Any]) -> None:
        kind, steps = values.get("kind"), values.get("steps")
        if kind == MeasureKind.SCALE and not steps and "steps" not in self.errors:
            self.add_error("steps", _("Say how many levels the scale has."))
        if kind != MeasureKind.SCALE:
            values["steps"] = None
        for name in ("baseline", "target"):
            value = values.get(name)
            if value is None:
                continue
            if kind == MeasureKind.RATIO and value < 0:
                self.add_error(name, _("A percentage is not negative."))
            if kind == MeasureKind.SCALE and steps and (value != int(value) or not 1 <= value <= steps):
                self.add_error(
                    name, _("Give a level of the scale: a whole number from 1 to %(last)s.") % {"last": steps}
                )


class AssumptionRow(Row):
    level = choice(Level.choices, label=gettext_lazy("Where it matters"))
    text = forms.CharField(label=gettext_lazy("Important assumption"), max_length=500, widget=Lines(2))


class PreconditionRow(Row):
    text = forms.CharField(label=gettext_lazy("Precondition"), max_length=500, widget=Lines(2))


class InputRow(Row):
    party = PartyField(label=gettext_lazy("Party"))
    kind = choice(InputKind.choices, label=gettext_lazy("Kind"))
    text = forms.CharField(label=gettext_lazy("Description"), max_length=300)
    quantity = FigureField(
        digits=12, label=gettext_lazy("Quantity"), negative=gettext_lazy("A quantity cannot be negative.")
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=60, required=False)
    amount = FigureField(
        label=gettext_lazy("Amount"), negative=gettext_lazy("An amount of money cannot be negative.")
    )
    currency = CurrencyField(label=gettext_lazy("Currency"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.refuse_without("amount", "currency", _("Give the currency of the amount."))
        self.refuse_without("currency", "amount", _("Give the amount, or leave the currency empty."))
        return values


class RiskRow(Row):
    text = forms.CharField(label=gettext_lazy("Risk"), max_length=500, widget=Lines(2))
    likelihood = choice(Likelihood.choices, label=gettext_lazy("Likelihood"))
    countermeasure = forms.CharField(
        label=gettext_lazy("Countermeasure"), max_length=2000, widget=Lines(2), required=False
    )
    owner = PartyField(label=gettext_lazy("Who watches it"), required=False)
