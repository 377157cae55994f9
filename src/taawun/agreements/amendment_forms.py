"""The forms of an amendment: what it changes, its paper, its signature, its withdrawal."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _, gettext_lazy

from taawun.agreements.forms import RecordForm
from taawun.cycle.models import Component, Operation
from taawun.foundation.forms import DateField, ObjectChoiceField, RowOfCase, Rows
from taawun.reference.forms import CodeField
from taawun.ui.widgets import Lines


class Forward(forms.Form):
    """A period that runs forward."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("starts_on") and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
            self.add_error("ends_on", _("The end comes before the beginning."))
        return values


class AmendmentForm(Forward):
    """Why the agreement is amended, and the period of the operation from then on."""

    reason = forms.CharField(label=gettext_lazy("Reason for the amendment"), max_length=4000, widget=Lines(4))
    with_revision = forms.BooleanField(
        label=gettext_lazy(
            "It carries the changes of goal, purpose and outputs of the revision of the design"
        ),
        required=False,
    )
    starts_on = DateField(label=gettext_lazy("Operation begins"), required=False)
    ends_on = DateField(
        label=gettext_lazy("Operation ends"),
        required=False,
        help_text=gettext_lazy("A later day than agreed so far is an extension."),
    )

    def __init__(self, *args: Any, has_revision: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_revision:
            del self.fields["with_revision"]
        for name in ("starts_on", "ends_on"):
            self.fields[name].required = bool(self.get_initial_for_field(self.fields[name], name))

    def values(self) -> dict[str, Any]:
        """What is proposed; without a revision there is nothing to leave out."""
        return {"with_revision": True, **self.cleaned_data}


def components_of(operation: Operation) -> list[Component]:
    """The components an amendment may change: this operation's alone."""
    return list(operation.components.all())


class AmendedComponentRow(RowOfCase, Forward):
    """The period and the ceiling of a component from then on."""

    offers = {"component": components_of}

    component = ObjectChoiceField(widget=forms.HiddenInput)
    starts_on = DateField(label=gettext_lazy("Begins"), required=False)
    ends_on = DateField(label=gettext_lazy("Ends"), required=False)
    ceiling = forms.DecimalField(
        label=gettext_lazy("Ceiling"), required=False, min_value=0, max_digits=18, decimal_places=2
    )
    currency = CodeField("currency", label=gettext_lazy("Currency"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        component = values.get("component")
        for name in ("starts_on", "ends_on"):
            if component and getattr(component, name) and not values.get(name) and name not in self.errors:
                self.add_error(name, _("A period keeps both its days: enter the beginning and the end."))
        if values.get("ceiling") is not None and not values.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _("Choose the currency of the amount."))
        return values

    @property
    def legend(self) -> str:
        """The component's title."""
        held = str(self["component"].value() or "")
        return next((one.title for one in components_of_page(self.case) if str(one.pk) == held), "")

    def values(self) -> dict[str, Any]:
        """As the action takes it: a currency without an amount is none."""
        given = dict(self.cleaned_data)
        currency = given.pop("currency") or None
        return given | {"currency_id": currency if given["ceiling"] is not None else None}


def components_of_page(case: Operation) -> list[Component]:
    """The components as they were read for the page."""
    held: list[Component] = case.__dict__["_offered"][components_of]
    return held


class BaseAmendedComponents(Rows):
    """One row a component."""

    def clean(self) -> None:
        """Every component is sent, once."""
        sent = [f.cleaned_data.get("component") for f in self.forms if hasattr(f, "cleaned_data")]
        named = [one.pk for one in sent if one]
        if len(named) != len(set(named)):
            raise forms.ValidationError(_("Rows are missing in what was sent: open the page again."))
        super().clean()

    def kept(self) -> list[dict[str, Any]]:
        """The rows, as the action takes them."""
        return [form.values() for form in self.forms]


AmendedComponents = formset_factory(
    AmendedComponentRow,
    formset=BaseAmendedComponents,
    extra=0,
    max_num=100,
    absolute_max=120,
    validate_max=True,
)


class AmendmentTextForm(RecordForm):
    """When and where the amendment was signed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated_on"].label = _("Date of the amendment")


class SignatureForm(forms.Form):
    """Nothing is asked: place, date and signatories stand in the paper."""


class WithdrawForm(forms.Form):
    """Why an amendment is given up."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=Lines(4))
