"""What the provider's side says of a request: the opinions of ministries, the desk's note."""

from django import forms
from django.utils.translation import gettext_lazy

from taawun.cycle.models import Verdict
from taawun.ui.widgets import Lines


class OpinionForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Opinion"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=gettext_lazy("Reasons"), max_length=4000, widget=Lines(6))


class AppraisalNoteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Appraisal note"),
        max_length=8000,
        widget=Lines(12),
        help_text=gettext_lazy(
            "Your side only: the partner never sees it. A change voids the approvals already given."
        ),
    )
