"""The form of a detailed planning survey."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from taawun.foundation import clock
from taawun.foundation.forms import DateField, ObjectChoiceField, RowOfCase, Rows
from taawun.meetings.queries import seated_organisations
from taawun.papers.forms import HoldsScans, ScanField
from taawun.ui.widgets import Lines


class SurveyForm(HoldsScans, forms.Form):
    """A mission, and the minutes it signed; these may follow later."""

    starts_on = DateField(label=gettext_lazy("Mission from"))
    ends_on = DateField(label=gettext_lazy("Mission to"))
    places = forms.CharField(label=gettext_lazy("Places"), max_length=300)
    minutes = forms.CharField(
        label=gettext_lazy("Minutes of meeting"),
        max_length=16000,
        required=False,
        widget=Lines(12),
        help_text=gettext_lazy(
            "What both sides found and agreed for the plan; it prints as minutes to be signed."
        ),
    )
    signed_on = DateField(label=gettext_lazy("Minutes signed on"), required=False)
    signed_at = forms.CharField(label=gettext_lazy("Place of signature"), max_length=200, required=False)
    scan = ScanField(label=gettext_lazy("Signed minutes"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last, signed = (values.get(name) for name in ("starts_on", "ends_on", "signed_on"))
        if first and last and last < first:
            self.add_error("ends_on", _("The end comes before the beginning."))
        if signed and signed > clock.today():
            self.add_error("signed_on", _("The minutes were signed in the future."))
        elif signed and first and signed < first:
            self.add_error("signed_on", _("The minutes were signed before the mission began."))
        return values


class SurveyorRow(RowOfCase):
    """One who went."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    organisation_name = forms.CharField(label=gettext_lazy("Organisation"), max_length=200, required=False)
    function = forms.CharField(label=gettext_lazy("Function"), max_length=150, required=False)


class SignatoryRow(RowOfCase):
    """One who signed the minutes for a party."""

    offers = {"organisation": seated_organisations}

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    organisation = ObjectChoiceField(label=gettext_lazy("Organisation"))
    name = forms.CharField(label=gettext_lazy("Name of the signatory"), max_length=150)
    title = forms.CharField(
        label=capfirst(gettext_lazy("title of the signatory")), max_length=150, required=False
    )


COMMON: dict[str, Any] = {
    "formset": Rows,
    "extra": 2,
    "max_num": 40,
    "absolute_max": 45,
    "validate_max": True,
    "can_delete": True,
}
SurveyorRows = formset_factory(SurveyorRow, **COMMON)
SignatoryRows = formset_factory(SignatoryRow, **COMMON)
