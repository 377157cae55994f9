"""The forms of disputes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from taawun.foundation.forms import ObjectChoiceField
from taawun.meetings.models import Meeting

LONGEST = 2000


class DisputeForm(forms.Form):
    """Why a figure is disputed."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("All parties read it beside the figure."),
    )


class ExplanationForm(forms.Form):
    """Why one stands by a figure."""

    text = forms.CharField(
        label=gettext_lazy("Explanation"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "All parties read it. Whoever disputes the figure is then asked to accept it."
        ),
    )


class CommitteeForm(forms.Form):
    """The meeting of the committee that decided."""

    meeting = ObjectChoiceField(label=gettext_lazy("Meeting that decided"))

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].offer(meetings)  # type: ignore[attr-defined]
