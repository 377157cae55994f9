"""The forms of sheets, values and the completion report."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import Party
from taawun.foundation import clock
from taawun.foundation.forms import DateField
from taawun.kernel.measures import MeasureKind
from taawun.monitoring.actions import Figure, Provided
from taawun.monitoring.models import CompletionReport, IndicatorValue, Sheet
from taawun.ui.widgets import Lines


def number(label: Any, **options: Any) -> forms.DecimalField:
    """A field for what was measured."""
    return forms.DecimalField(
        label=label,
        max_digits=18,
        decimal_places=4,
        required=False,
        widget=forms.NumberInput(attrs={"step": "any"}),
        **options,
    )


class AsOfForm(forms.Form):
    """The day the values were measured on."""

    as_of = DateField(label=gettext_lazy("Values measured on"))

    def clean_as_of(self) -> Any:
        day = self.cleaned_data["as_of"]
        if day > clock.today():
            raise forms.ValidationError(_("This day lies in the future."))
        return day


class SheetForm(AsOfForm, forms.ModelForm):
    """A sheet as one side writes it: the period, the common texts, its own actions."""

    period_from = DateField(label=gettext_lazy("Period from"))
    period_to = DateField(label=gettext_lazy("Period to"))
    actions = forms.CharField(max_length=4000, required=False, widget=Lines(4))
    field_order = [
        "period_from",
        "period_to",
        "progress",
        "problems",
        "actions",
        "as_of",
    ]

    class Meta:
        model = Sheet
        fields = ["period_from", "period_to", "progress", "problems"]
        widgets = {"progress": Lines(8), "problems": Lines(5)}

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actions"].label = _("Actions taken by %(party)s") % {"party": party.organisation.name}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        start, end = data.get("period_from"), data.get("period_to")
        if start and end and end < start:
            self.add_error("period_to", _("The period ends before it begins."))
        return data

    def values(self) -> dict[str, Any]:
        """What the sheet keeps of this form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "as_of"}


class ValueForm(forms.Form):
    """What one side measured of one indicator: a value, or so many of so many."""

    note = forms.CharField(label=gettext_lazy("Source or remark"), max_length=300, required=False)
    field_order = ["value", "numerator", "denominator", "note"]

    def __init__(self, data: Any, *, definition: Any, held: IndicatorValue | None) -> None:
        initial = (
            {name: _plain(getattr(held, name)) for name in ("value", "numerator", "denominator", "note")}
            if held
            else {}
        )
        super().__init__(data, initial=initial, prefix=f"value-{definition.pk}")
        self.definition, self.held = definition, held
        if definition.kind == MeasureKind.RATIO:
            self.fields["numerator"] = number(_("How many"), validators=[MinValueValidator(0)])
            self.fields["denominator"] = number(_("Of how many"), validators=[MinValueValidator(0)])
        else:
            self.fields["value"] = number(self._value_label())
        self.order_fields(self.field_order)

    def _value_label(self) -> str:
        if self.definition.kind == MeasureKind.SCALE:
            return _("Level, from 1 to %(steps)s") % {"steps": self.definition.steps}
        return _("Value in %(unit)s") % {"unit": self.definition.unit} if self.definition.unit else _("Value")

    def clean_value(self) -> Any:
        """A level is a whole number of the scale."""
        value, steps = self.cleaned_data.get("value"), self.definition.steps
        if steps and value is not None and (value != int(value) or not 1 <= value <= steps):
            raise forms.ValidationError(_("Give a whole number from 1 to %(steps)s.") % {"steps": steps})
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.definition.kind == MeasureKind.RATIO and not self.errors:
            self._check_ratio(data.get("numerator"), data.get("denominator"))
        main = "numerator" if self.definition.kind == MeasureKind.RATIO else "value"
        if data.get("note") and not self.errors and data.get(main) is None and self.held is None:
            self.add_error(main, _("Give the value this remark belongs to, or leave both empty."))
        return data

    def _check_ratio(self, numerator: Any, denominator: Any) -> None:
        if (numerator is None) != (denominator is None):
            missing = "numerator" if numerator is None else "denominator"
            self.add_error(missing, _("A percentage needs both its numbers."))
        if denominator == 0:
            self.add_error(
                "denominator",
                _("Of none there is no percentage: leave both empty and say why under the problems."),
            )

    def figure(self) -> Figure | None:
        """What to store; None where there was nothing and there is nothing."""
        data = self.cleaned_data
        figure = Figure(data.get("value"), data.get("numerator"), data.get("denominator"), data["note"])
        empty = figure.value is None and figure.numerator is None
        return None if empty and self.held is None else figure


def _plain(value: Any) -> Any:
    """A number without the zeros the column adds."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value


class ValueRows:
    """One row for each indicator of the design; a row of any other is refused."""

    def __init__(self, data: Any, *, targets: Sequence[Any], held: dict[int, IndicatorValue]) -> None:
        self.targets = list(targets)
        self.forms = [
            ValueForm(data, definition=t.definition, held=held.get(t.definition_id)) for t in self.targets
        ]
        self.strangers = self._strangers(data) if data else []

    def _strangers(self, data: Any) -> list[str]:
        known = {form.prefix for form in self.forms}
        sent = {found[0] for name in data if (found := re.match(r"value-\w+(?=-)", name))}
        return sorted(sent - known)

    def is_valid(self) -> bool:
        checked = [form.is_valid() for form in self.forms]
        return all(checked) and not self.strangers

    def non_form_errors(self) -> list[str]:
        """Told above the form, as a formset's are."""
        return [_("One of the indicators does not belong to this operation.")] if self.strangers else []

    def figures(self) -> dict[int, Figure]:
        """What was measured, by indicator."""
        figures = {form.definition.pk: form.figure() for form in self.forms}
        return {pk: figure for pk, figure in figures.items() if figure is not None}


class CompletionForm(forms.ModelForm):
    """The completion report. Missing sections are no error here: it grows, and the step says what it lacks."""

    class Meta:
        model = CompletionReport
        fields = [
            "inputs_actual",
            "activities_done",
            "products",
            "equipment_state",
            "design_history",
            "relevance",
            "coherence",
            "effectiveness",
            "efficiency",
            "impact",
            "sustainability",
            "problems_and_lessons",
            "monitoring_plan",
        ]
        widgets = {name: Lines(5) for name in fields}


class ProvidedForm(forms.Form):
    """What was provided of one planned input."""

    text = forms.CharField(label=gettext_lazy("Provided"), max_length=300, required=False)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), max_digits=18, decimal_places=2, min_value=0, required=False
    )

    def __init__(self, data: Any, *, line: Any) -> None:
        initial = {"text": line.actual.text, "amount": line.actual.amount} if line.actual else {}
        super().__init__(data, initial=initial, prefix=f"input-{line.planned.pk}")
        self.line = line

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("amount") is not None and not data.get("text"):
            self.add_error("text", _("Say what was provided for this amount."))
        return data


class ProvidedRows:
    """One row for each planned input."""

    def __init__(self, data: Any, *, lines: Sequence[Any]) -> None:
        self.forms = [ProvidedForm(data, line=line) for line in lines]

    def is_valid(self) -> bool:
        checked = [form.is_valid() for form in self.forms]
        return all(checked)

    def provided(self) -> dict[int, Provided]:
        """What was provided, by planned input."""
        return {
            f.line.planned.pk: Provided(f.cleaned_data["text"], f.cleaned_data["amount"]) for f in self.forms
        }
