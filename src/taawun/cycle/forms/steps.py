"""What single steps of a request ask to be filled."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle import queries
from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.forms import DateField, StepForm, offer
from taawun.papers.forms import HoldsScans, ScanField
from taawun.reference.forms import CodeField
from taawun.ui import words

COMPLETENESS = [
    ("form", gettext_lazy("Request form signed by the requesting organisation")),
    ("background", gettext_lazy("Background and place in the national plan")),
    ("outline", gettext_lazy("Overall goal, purpose, outputs and activities")),
    ("inputs", gettext_lazy("Inputs of each side")),
    ("schedule", gettext_lazy("Schedule and site")),
    ("organisation", gettext_lazy("Implementing organisation, its budget and staff")),
]


class CompletenessForm(StepForm):
    """Each line of the request ticked by the office that receives it."""

    checked = forms.MultipleChoiceField(
        label=gettext_lazy("Found complete"), choices=COMPLETENESS, widget=forms.CheckboxSelectMultiple
    )

    def clean_checked(self) -> list[str]:
        """All lines: an incomplete request is not received."""
        checked = self.cleaned_data["checked"]
        missing = [str(label) for slug, label in COMPLETENESS if slug not in checked]
        if missing:
            raise forms.ValidationError(_("Not yet complete: %(lines)s") % {"lines": words.parted(missing)})
        return checked


class ConsultationForm(StepForm):
    """The ministries asked for an opinion, and by when; an agency whose settings name none asks nobody."""

    ministries = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Ministries asked for an opinion"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = DateField(
        label=gettext_lazy("Opinions expected by"),
        required=False,
        help_text=gettext_lazy("Left empty: the provider's usual period."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = queries.usually_consulted(self.case)
        offer(self, "ministries", asked)
        self.fields["ministries"].initial = usual = list(asked)
        self.fields["ministries"].required = "opinions-in" not in self.case.waived
        if not usual:
            del self.fields["ministries"], self.fields["due_on"]
            self.note = _(
                "The settings of %(provider)s name no ministry to ask: nobody's opinion is awaited."
            )
            self.note %= {"provider": self.case.provider.name}

    def clean_due_on(self) -> Any:
        due = self.cleaned_data.get("due_on")
        if due and due <= clock.today():
            raise forms.ValidationError(_("Give a date after today."))
        return due


class IncompletenessForm(StepForm):
    """What is missing in a request that goes back, line by line."""

    missing = forms.MultipleChoiceField(
        label=gettext_lazy("Not complete"), choices=COMPLETENESS, widget=forms.CheckboxSelectMultiple
    )


class DecisionForm(StepForm):
    """Why a request is deferred or declined: the code for the agency's figures, the sentence for the partner."""

    reason_code = CodeField("decision-reason", label=gettext_lazy("Reason (code)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Reason, as the partner reads it")


class FollowUpForm(HoldsScans, StepForm):
    """Follow-up cooperation: what it is, and the partner's letter that asks for it."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    modality_id = CodeField("modality", label=gettext_lazy("Form of cooperation (one only)"))
    basis_number = forms.CharField(label=gettext_lazy("Number of the partner's letter"), max_length=120)
    basis_on = DateField(label=gettext_lazy("Date of the letter"))
    scan = ScanField(label=gettext_lazy("Scan of the letter"))

    def clean_basis_on(self) -> Any:
        day = self.cleaned_data["basis_on"]
        if day > clock.today():
            raise forms.ValidationError(_("The date of the letter lies in the future."))
        return day
