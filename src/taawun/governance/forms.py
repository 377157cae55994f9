"""The form of a new version of an agency's settings."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import ExPostType, ProviderSettings
from taawun.cycle.presets import VALUES
from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.forms import DateField
from taawun.foundation.ports import registry
from taawun.governance import deadline_fields, queries
from taawun.governance.saying import rating_choices
from taawun.governance.seat_rows import MOST_SEATS
from taawun.governance.terms import Seat, Terms
from taawun.reference.forms import CodeField, code_choices
from taawun.reference.names import code_name
from taawun.ui import words
from taawun.ui.widgets import Lines

NUMBERS = [
    name for name in VALUES if name not in ("ex_post_currency_id", "rating_rules", "fiscal_year_start")
]
HINTS = {
    "approvals_needed": gettext_lazy(
        "0: every seat, in this order. Otherwise so many seats, whichever come first."
    ),
    "ex_post_threshold": gettext_lazy("Left empty: every operation is evaluated."),
    "numbering": gettext_lazy(
        "CC the country, YYYY or YY the fiscal year, SORT what is numbered (REQ, PRJ), NNNN the count."
    ),
}


class SettingsForm(forms.ModelForm):
    """Everything a version says but its seats, which are rows; and from when, and why."""

    fiscal_year_start = forms.TypedChoiceField(coerce=int)
    ex_post_currency = CodeField("currency", label=gettext_lazy("Currency"), required=False)
    rating_rules = forms.ChoiceField(required=False)
    ministries = forms.MultipleChoiceField(
        label=gettext_lazy("Ministries usually asked"), required=False, widget=forms.CheckboxSelectMultiple
    )
    stand_alone = forms.MultipleChoiceField(
        label=gettext_lazy("Carried out as stand-alone activities"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "What is not ticked is carried out as a project. This decides for operations that open from then on: "
            "an operation keeps the form it began in."
        ),
    )
    in_force_from = DateField(
        label=gettext_lazy("In force from"),
        required=False,
        help_text=gettext_lazy(
            "Today or later; left empty: today. Running cases keep the settings they began under."
        ),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=Lines(3))
    preset = forms.SlugField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ProviderSettings
        fields = NUMBERS

    def __init__(self, *args: Any, agency: Organisation, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        fields: Any = self.fields
        for name in ("fiscal_year_start", "rating_rules"):
            fields[name].label = capfirst(_label(name))
        fields["fiscal_year_start"].choices = [
            (month, words.written(date(2001, month, 1), "LLLL")) for month in range(1, 13)
        ]
        schemes = {"": _("None"), **dict(rating_choices())}
        held = (
            self.initial.get("rating_rules") or ""
        )  # one whose file is gone is kept until another is chosen
        fields["rating_rules"].choices = [*({held: held} | schemes).items()]
        fields["ministries"].choices = [
            (str(body.pk), body.name) for body in queries.bodies_of(agency) if body.pk != agency.pk
        ]
        fields["stand_alone"].choices = _modalities(self.initial.get("stand_alone") or ())
        fields["ex_post_currency"].keep(self.initial.get("ex_post_currency"))
        for name, hint in HINTS.items():
            self.fields[name].help_text = hint
        for code, label in code_choices("modality"):
            self.fields[waiver_field(code)] = forms.MultipleChoiceField(
                label=label, required=False, choices=waivable(), widget=forms.CheckboxSelectMultiple
            )
        deadline_fields.add(self)
        if first:
            del self.fields["in_force_from"]
        self.order_fields(
            [*ORDER, *deadline_fields.names(), *self.modality_names, "in_force_from", "reason", "preset"]
        )

    @property
    def modality_names(self) -> list[str]:
        """The fields that say what a modality does not ask."""
        return [name for name in self.fields if name.startswith("waived_")]

    @property
    def groups(self) -> list[tuple[Any, list[Any]]]:
        """The fields under their headings, as the page shows them."""
        return [(heading, [self[name] for name in names]) for heading, names in GROUPS]

    @property
    def rules(self) -> list[tuple[Any, Any, list[Any]]]:
        """Each rule of deadlines with its fields, as the page shows them."""
        return deadline_fields.shown(self)

    @property
    def modalities(self) -> list[Any]:
        """The fields that say what a modality does not ask, as the page shows them."""
        return [self[name] for name in self.modality_names]

    @property
    def last(self) -> list[Any]:
        """From when, and why."""
        return [self[name] for name in ("in_force_from", "reason") if name in self.fields]

    def clean_in_force_from(self) -> Any:
        """Today or later."""
        day = self.cleaned_data.get("in_force_from")
        if day and day < clock.today():
            raise forms.ValidationError(_("Settings come into force today or later, never before."))
        return day

    def clean(self) -> dict[str, Any]:
        """An amount has a currency, and who evaluates by the amount has a limit."""
        values = super().clean() or {}
        amounts = [values.get(name) for name in ("ex_post_threshold", "ex_post_external_from")]
        if any(amount is not None for amount in amounts) and not values.get("ex_post_currency"):
            self.add_error("ex_post_currency", _("Choose the currency of the amount."))
        if values.get("ex_post_type") == ExPostType.AMOUNT and amounts[1] is None:
            self.add_error(
                "ex_post_external_from", _("Give the amount from which the evaluation is external.")
            )
        return values

    def terms(self, seats: Iterable[dict[str, Any]]) -> Terms:
        """What was filled in, with the seats in their order."""
        given = self.cleaned_data
        values = {name: given[name] for name in VALUES if name != "ex_post_currency_id"}
        values["ex_post_currency_id"] = given["ex_post_currency"] or None
        ordered = sorted(seats, key=lambda row: row["position"] or MOST_SEATS)
        return Terms(
            {name: values[name] for name in VALUES},
            tuple(Seat(row["organisation"].pk, row["used"]) for row in ordered),
            frozenset(int(pk) for pk in given["ministries"]),
            frozenset(
                (code, slug)
                for code, _label in code_choices("modality")
                for slug in given[waiver_field(code)]
            ),
            frozenset(given["stand_alone"]),
            deadline_fields.read(given),
        )


GROUPS = [
    (gettext_lazy("Opinions and approvals"), ["approvals_needed", "ministries", "opinion_days"]),
    (
        gettext_lazy("Periods"),
        [
            *("fiscal_year_start", "monitoring_months", "completion_months"),
            *("report_draft_months", "report_final_months"),
        ],
    ),
    (
        gettext_lazy("Ex-post evaluation"),
        [
            *("ex_post", "ex_post_years", "ex_post_threshold", "ex_post_type", "ex_post_external_from"),
            *("ex_post_currency", "rating_rules"),
        ],
    ),
    (gettext_lazy("Numbers and lessons"), ["numbering", "lessons_offered"]),
    (gettext_lazy("Projects and stand-alone activities"), ["stand_alone"]),
]
ORDER = [name for _heading, names in GROUPS for name in names]


def _label(name: str) -> str:
    field: Any = ProviderSettings._meta.get_field(name)
    return str(field.verbose_name)


def _modalities(held: Iterable[str]) -> list[tuple[str, str]]:
    """The modalities that can be chosen, and those the last version names though they were withdrawn since."""
    offered = dict(code_choices("modality"))
    return [*offered.items(), *((code, code_name(code)) for code in held if code not in offered)]


def waivable() -> list[tuple[str, Any]]:
    """The conditions that settings may do without, in the order of the workflows."""
    return [(slug, one.label) for slug, one in registry.requirements.items() if one.waivable]


def waiver_field(code: str) -> str:
    """The field for one modality."""
    return f"waived_{code.partition(':')[2]}"


def initial_of(terms: Terms, preset: str) -> dict[str, Any]:
    """What the form shows of a version."""
    waived: dict[str, list[str]] = {}
    for code, slug in sorted(terms.waived):
        waived.setdefault(waiver_field(code), []).append(slug)
    amounts = {name: _plain(terms.values[name]) for name in ("ex_post_threshold", "ex_post_external_from")}
    return {
        **terms.values,
        **amounts,
        **deadline_fields.initial(terms.deadlines),
        "ex_post_currency": terms.values["ex_post_currency_id"],
        "ministries": [str(pk) for pk in terms.ministries],
        "preset": preset,
        "stand_alone": sorted(terms.alone),
        **waived,
    }


def _plain(amount: Any) -> Any:
    """An amount without cents is shown without."""
    return int(amount) if amount is not None and amount == int(amount) else amount


class MoveForm(forms.Form):
    """Why a running case is moved to the present settings; what its reader was told would change."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=Lines(3))
    seen = forms.CharField(max_length=2000, widget=forms.HiddenInput)
