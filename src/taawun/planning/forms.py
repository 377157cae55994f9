"""The forms of a design: texts, and rows that work without a script."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import InputKind, Operation
from taawun.foundation import clock
from taawun.foundation.forms import DateField
from taawun.planning.models import (
    EnvironmentalCategory,
    ExAnteTable,
    Frequency,
    Level,
    Likelihood,
    LineKind,
    MeasureKind,
)
from taawun.planning.queries import EX_ANTE_FIELDS, parties_by_id
from taawun.reference.names import entry
from taawun.ui.widgets import Figure, Lines

NO_CHOICE = [("", "–")]
EARLIEST, LATEST = 1950, 2100


# ── Fields ──


def plain(value: Any) -> Any:
    """A decimal without the zeros its column adds: 9, not 9.0000."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value


class FigureField(forms.DecimalField):
    """A number typed by hand. Its bounds are told in words, not left to the browser."""

    widget = Figure

    def __init__(self, *, places: int = 2, digits: int = 18, negative: Any = "", **kwargs: Any) -> None:
        bounds: dict[str, Any] = (
            {"min_value": 0, "error_messages": {"min_value": negative}} if negative else {}
        )
        super().__init__(required=False, max_digits=digits, decimal_places=places, **(bounds | kwargs))

    def prepare_value(self, value: Any) -> Any:
        return plain(value)


class PlannedDay(DateField):
    """A day somebody may plan for: a slip of the keyboard (0206, 20216) is told at once."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not EARLIEST <= value.year <= LATEST:
            raise forms.ValidationError(_("The year of this date cannot be right."))


class CurrencyField(forms.CharField):
    """A currency by its code, typed or picked from the page's list; its value is the code's id (`currency:MMK`)."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "currencies", "size": 5, "autocomplete": "off"})
        super().__init__(required=False, max_length=3, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.rpartition(":")[2] if isinstance(value, str) else value

    def clean(self, value: Any) -> str | None:
        code = super().clean(value).upper()
        if not code:
            return None
        if entry(f"currency:{code}") is None:
            raise forms.ValidationError(
                _("“%(code)s” is not a currency code such as USD or EUR.") % {"code": code}
            )
        return f"currency:{code}"


def choice(choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """A choice that begins with none made: an empty row is then a row left out, not a wrong one."""
    return forms.ChoiceField(choices=[*NO_CHOICE, *choices], **kwargs)


def _whole(value: str) -> int:
    return int(value)


class PartyField(forms.TypedChoiceField):
    """A party of this operation; another operation's is not one. The choices come with the operation."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid_choice": gettext_lazy("Choose a party of this operation.")}
        super().__init__(
            coerce=_whole, empty_value=None, choices=NO_CHOICE, error_messages=messages, **kwargs
        )


def prose(rows: int = 3) -> Lines:
    """A field for prose."""
    return Lines(rows)


# ── Rows ──


class Row(forms.Form):
    """A row of a part. `known` are the ids it may have, `names` what each row is called where it has a name."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        operation: Operation,
        known: set[int],
        names: dict[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.operation, self.known, self.names = operation, known, names or {}
        parties = [(pk, party.organisation.name) for pk, party in parties_by_id(operation).items()]
        for field in self.fields.values():
            if isinstance(field, PartyField):
                field.choices = [*NO_CHOICE, *parties]

    def clean_id(self) -> int | None:
        """A row of another design, or one that somebody removed meanwhile, is not there."""
        pk = self.cleaned_data["id"]
        if pk is not None and pk not in self.known:
            raise forms.ValidationError(
                _(
                    "This row is no longer part of the design. Copy what you need into a new row and tick “Delete”."
                )
            )
        return pk

    @property
    def legend(self) -> str:
        """What the row is called, where it has a name of its own."""
        held = str(self["id"].value() or "")
        return self.names.get(int(held), "") if held.isascii() and held.isdigit() else ""

    def refuse_backwards(self, start: str, end: str) -> None:
        """An end before its beginning."""
        first, last = self.cleaned_data.get(start), self.cleaned_data.get(end)
        if first and last and last < first:
            self.add_error(end, _("The end comes before the beginning."))

    def refuse_without(self, name: str, other: str, message: str) -> None:
        """A value that makes no sense without another."""
        absent, lacking = (self.cleaned_data.get(field) in (None, "") for field in (name, other))
        if not absent and lacking and other not in self.errors:
            self.add_error(other, message)


class Rows(BaseFormSet):  # type: ignore[type-arg]  # not generic at run time
    """Rows with a title. Fixed ones are neither added nor deleted here; stacked ones show a field a line."""

    def __init__(
        self,
        *args: Any,
        title: Any = "",
        noun: Any = "",
        hint: Any = "",
        fixed: bool = False,
        stacked: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.title, self.noun, self.hint = title, noun, hint
        self.fixed, self.stacked = fixed, stacked

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.title = form.legend or str(self.noun % {"number": (index or 0) + 1})
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Delete")

    def values(self) -> list[dict[str, Any]]:
        """The rows as the action takes them: changed, new, or to be deleted; empty new ones are left out."""
        rows = []
        for form in self.forms:
            held = form.cleaned_data.get("id")
            if self.fixed and held is None:
                continue
            if self.can_delete and form.cleaned_data.get("DELETE"):
                rows.append({"id": held, "delete": True})
            elif held is not None or form.has_changed():
                rows.append({name: form.cleaned_data[name] for name in form.fields if name != "DELETE"})
        return rows


def rowset(
    form: type[Row],
    prefix: str,
    *,
    data: Any,
    stored: list[dict[str, Any]],
    fixed: bool = False,
    **options: Any,
) -> Rows:
    """The rows of a part: those stored and one empty one; as sent, where `data` is given."""
    form_kwargs = {
        "operation": options.pop("operation"),
        "names": options.pop("names", None),
        "known": {row["id"] for row in stored},
        **options.pop("form_kwargs", {}),
    }
    most = len(stored) if fixed else 80
    kind: Any = formset_factory(
        form,
        formset=Rows,
        extra=0 if fixed else 1,
        can_delete=not fixed,
        max_num=most,
        absolute_max=most + 20,
        validate_max=True,
    )
    initial = stored if data is None else None
    return kind(data, prefix=prefix, initial=initial, form_kwargs=form_kwargs, fixed=fixed, **options)


class ObjectivesForm(forms.Form):
    goal = forms.CharField(
        label=gettext_lazy("Overall goal"),
        max_length=2000,
        widget=prose(),
        help_text=gettext_lazy("The effect expected some years after the end."),
    )
    purpose = forms.CharField(
        label=gettext_lazy("Project purpose"),
        max_length=2000,
        widget=prose(),
        help_text=gettext_lazy("One only: who will do what better by the end of the project."),
    )


class OutputRow(Row):
    text = forms.CharField(label=gettext_lazy("Output"), max_length=2000, widget=prose(2))
    activities = forms.CharField(
        label=gettext_lazy("Activities, one a line"),
        max_length=20000,
        required=False,
        widget=prose(5),
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
        coerce=_whole,
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
    text = forms.CharField(label=gettext_lazy("Important assumption"), max_length=500, widget=prose(2))


class PreconditionRow(Row):
    text = forms.CharField(label=gettext_lazy("Precondition"), max_length=500, widget=prose(2))


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
    text = forms.CharField(label=gettext_lazy("Risk"), max_length=500, widget=prose(2))
    likelihood = choice(Likelihood.choices, label=gettext_lazy("Likelihood"))
    countermeasure = forms.CharField(
        label=gettext_lazy("Countermeasure"), max_length=2000, widget=prose(2), required=False
    )
    owner = PartyField(label=gettext_lazy("Who watches it"), required=False)


# ── The plan ──


class ActivityDatesRow(Row):
    planned_start = PlannedDay(label=gettext_lazy("Planned from"), required=False)
    planned_end = PlannedDay(label=gettext_lazy("Planned to"), required=False)
    responsible = PartyField(label=gettext_lazy("Responsible"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.refuse_backwards("planned_start", "planned_end")
        self.refuse_without("planned_start", "planned_end", _("Give both dates, or neither."))
        self.refuse_without("planned_end", "planned_start", _("Give both dates, or neither."))
        return values


class LineRow(Row):
    kind = choice([c for c in LineKind.choices if c[0] != LineKind.ACTIVITY], label=gettext_lazy("Kind"))
    label = forms.CharField(label=gettext_lazy("Line"), max_length=300)
    planned_start = PlannedDay(label=gettext_lazy("Planned from"))
    planned_end = PlannedDay(label=gettext_lazy("Planned to"))
    responsible = PartyField(label=gettext_lazy("Responsible"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.refuse_backwards("planned_start", "planned_end")
        return values


class MilestoneRow(Row):
    label = forms.CharField(label=gettext_lazy("Milestone"), max_length=300)
    due_on = PlannedDay(label=gettext_lazy("Due on"))


class DoneDay(PlannedDay):
    """A day on which something was done: not one to come."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))


class DoneRow(Row):
    actual_start = DoneDay(label=gettext_lazy("Begun on"), required=False)
    actual_end = DoneDay(label=gettext_lazy("Ended on"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.refuse_backwards("actual_start", "actual_end")
        self.refuse_without("actual_end", "actual_start", _("Say when it was begun."))
        return values


class ReachedRow(Row):
    reached_on = DoneDay(label=gettext_lazy("Reached on"), required=False)


class ExAnteForm(forms.ModelForm):
    """The texts of the ex-ante evaluation table; what stands elsewhere is not asked again."""

    environmental_category = choice(
        EnvironmentalCategory.choices, label=gettext_lazy("Environmental category"), required=False
    )

    class Meta:
        model = ExAnteTable
        fields = EX_ANTE_FIELDS
        widgets = {name: Lines(5) for name in EX_ANTE_FIELDS if name != "environmental_category"}
        help_texts = {
            "relevance": gettext_lazy("Does it meet the needs, the partner’s policy, the provider’s policy?"),
            "coherence": gettext_lazy("Does it fit with the provider’s other work, and with that of others?"),
            "effectiveness": gettext_lazy("Will the outputs lead to the purpose, if the assumptions hold?"),
            "efficiency": gettext_lazy("Are the means in proportion to what is to be reached?"),
            "impact": gettext_lazy("What will it change in the longer run, for whom, wanted or not?"),
            "sustainability": gettext_lazy("Will institutions, skills and money keep up the benefits?"),
            "evaluation_plan": gettext_lazy(
                "Which indicators will be measured, when, by whom; when the ex-post evaluation is due."
            ),
        }
