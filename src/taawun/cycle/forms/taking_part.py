"""Who takes part in an operation: its parties, its people, its components."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.actions import period_agreed
from taawun.cycle.forms.codes import NOT_CHOSEN, open_codes, values_with_codes
from taawun.cycle.models import Component, OperationPart, TeamFunction
from taawun.cycle.parties import possible_parties
from taawun.cycle.queries import supplying_institutions
from taawun.cycle.team import people_known
from taawun.directory.models import Organisation, Person
from taawun.directory.queries import offered
from taawun.foundation import clock
from taawun.foundation.forms import DateField, ObjectChoiceField, RowOfCase, Rows, offer
from taawun.reference.forms import CodeField


class PartyRow(RowOfCase):
    """An organisation's part in an operation; through whom it acts is derived from the two."""

    offers = {"organisation": possible_parties}

    organisation = ObjectChoiceField(label=gettext_lazy("Organisation"))
    part = forms.ChoiceField(label=gettext_lazy("Part in it"), choices=[NOT_CHOSEN, *OperationPart.choices])
    signs = forms.BooleanField(label=gettext_lazy("Signs and confirms"), required=False)
    contributes = forms.CharField(label=gettext_lazy("Contributes"), max_length=300, required=False)


PartyRows = formset_factory(
    PartyRow, formset=Rows, extra=2, max_num=30, absolute_max=35, validate_max=True, can_delete=True
)


class TeamRow(forms.Form):
    function = forms.ChoiceField(
        label=gettext_lazy("Function"),
        choices=[NOT_CHOSEN, *(c for c in TeamFunction.choices if c[0] != TeamFunction.EVALUATOR)],
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("Person"), queryset=Person.objects.none(), required=False
    )
    name = forms.CharField(label=gettext_lazy("Name, if not in the list"), max_length=150, required=False)
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.none()
    )
    field = forms.CharField(label=gettext_lazy("Field"), max_length=150, required=False)
    held_from = DateField(label=gettext_lazy("From"))
    held_to = DateField(label=gettext_lazy("To"), required=False)

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = [p.organisation_id for p in case.party_rows] + [case.country_office_id]
        offer(self, "organisation", offered().filter(pk__in=parties))
        offer(self, "person", people_known(case, parties))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "person" not in self.errors and "name" not in self.errors:
            if values.get("person") and values.get("name"):
                self.add_error("name", _("Choose a person of the list, or write a name: not both."))
            elif not (values.get("person") or values.get("name")):
                self.add_error("person", _("Choose a person of the list, or write a name."))
        if values.get("held_to") and values.get("held_from") and values["held_to"] < values["held_from"]:
            self.add_error("held_to", _("The end comes before the beginning."))
        return values


TeamRows = formset_factory(
    TeamRow, formset=Rows, extra=2, max_num=60, absolute_max=65, validate_max=True, can_delete=True
)


class ComponentForm(forms.ModelForm):
    starts_on = DateField(label=gettext_lazy("Begins"))
    ends_on = DateField(label=gettext_lazy("Ends"))
    confirmed_on = DateField(label=gettext_lazy("Accepted by the supplier on"), required=False)
    currency = CodeField("currency", label=gettext_lazy("Currency"), required=False)
    ceiling = forms.DecimalField(
        label=gettext_lazy("Ceiling"), required=False, min_value=0, max_digits=18, decimal_places=2
    )

    codes = ("currency",)
    field_order = ["title", "place", "starts_on", "ends_on", "ceiling", "currency"]

    class Meta:
        model = Component
        fields = ["title", "place", "starts_on", "ends_on", "ceiling", "supplier", "confirmed_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_codes(self)
        suppliers = [
            *(OperationPart.PROVIDER, OperationPart.SUPPLIER),
            *(OperationPart.FACILITATING, OperationPart.CONTRACTOR),
        ]
        if period_agreed(self.instance.operation):
            for name in ("starts_on", "ends_on", "ceiling", "currency"):
                self.fields[name].disabled = True
            self.fields["ends_on"].help_text = _(
                "Period and ceiling are agreed: an amendment signed by the parties changes them."
            )
        parties = self.instance.operation.party_rows
        offer(
            self,
            "supplier",
            offered().filter(pk__in=[p.organisation_id for p in parties if p.part in suppliers])
            | supplying_institutions(self.instance.operation.provider),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("starts_on") and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
            self.add_error("ends_on", _("The end comes before the beginning."))
        if values.get("confirmed_on") and values["confirmed_on"] > clock.today():
            self.add_error("confirmed_on", _("The date of the act lies in the future."))
        if values.get("ceiling") is not None and not values.get("currency"):
            self.add_error("currency", _("Choose the currency of the amount."))
        return values

    def values(self) -> dict[str, Any]:
        """What is saved."""
        return values_with_codes(self)
