"""The forms of an operation opened without a request, and of what a stand-alone activity reports."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext as _, gettext_lazy

from taawun.cycle.models import LANGUAGES, ActivityReport, Basis
from taawun.cycle.queries import partner_organisations, supplying_institutions
from taawun.directory.models import Organisation
from taawun.directory.queries import offered
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.forms import DateField, offer
from taawun.foundation.standing import Standing
from taawun.papers.forms import HoldsScans, ScanField
from taawun.reference.forms import CodeField
from taawun.ui.widgets import Lines

# Notes answer a request; follow-up begins on the page of the operation it follows.
DECISIONS = [c for c in Basis.choices if c[0] not in (Basis.NOTES, Basis.FOLLOW_UP)]


class OpenForm(HoldsScans, forms.Form):
    """A decision without a request: for whom, in which form, on which paper."""

    provider = forms.ModelChoiceField(label=gettext_lazy("Your agency"), queryset=Organisation.objects.none())
    partner = forms.ModelChoiceField(
        label=gettext_lazy("Partner organisation"), queryset=Organisation.objects.none()
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    language = forms.ChoiceField(label=gettext_lazy("Language you write in"), choices=LANGUAGES)
    modality_id = CodeField("modality", label=gettext_lazy("Form of cooperation (one only)"))
    sector_id = CodeField("sector", grouped=True, label=gettext_lazy("Sector"), required=False)
    site = forms.CharField(label=gettext_lazy("Site"), max_length=200, required=False)
    starts_on = DateField(label=gettext_lazy("Begins"), required=False)
    ends_on = DateField(label=gettext_lazy("Ends"), required=False)
    supplier = forms.ModelChoiceField(
        label=gettext_lazy("Supplying or host institution"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=gettext_lazy("Left empty: your agency itself."),
    )
    basis = forms.ChoiceField(label=gettext_lazy("Decided by"), choices=DECISIONS)
    basis_number = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=120)
    basis_on = DateField(label=gettext_lazy("Date of the decision"))
    scan = ScanField(label=gettext_lazy("Scan of the decision"))

    def __init__(self, *args: Any, who: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        houses = offered().filter(pk__in=who.holding(Role.DESK))
        offer(self, "provider", houses)
        offer(self, "partner", partner_organisations(houses))
        offer(self, "supplier", supplying_institutions(*houses))
        self.fields["provider"].initial = houses[0] if len(houses) == 1 else None
        self.fields["language"].initial = (get_language() or "en").split("-")[0]

    def clean_basis_on(self) -> Any:
        day = self.cleaned_data["basis_on"]
        if day > clock.today():
            raise forms.ValidationError(_("The date of the decision lies in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("starts_on") and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
            self.add_error("ends_on", _("The end comes before the beginning."))
        return values


class ActivityReportForm(HoldsScans, forms.ModelForm):
    """What was done, with what result, and what should follow."""

    scan = ScanField(label=gettext_lazy("Report as delivered (scan)"), required=False)

    class Meta:
        model = ActivityReport
        fields = ["done", "results", "recommended", "participants"]
        widgets = {"done": Lines(8), "results": Lines(6), "recommended": Lines(4)}
