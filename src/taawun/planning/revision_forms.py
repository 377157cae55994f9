"""The forms of a revision: its reason and meeting, its adoption, giving it up."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.foundation import clock
from taawun.foundation.forms import DateField, ObjectChoiceField
from taawun.ui import words
from taawun.ui.widgets import Lines


class MeetingField(ObjectChoiceField):
    """A meeting, by its number and day."""

    def offer(self, objects: Iterable[Any]) -> None:
        meetings = list(objects)
        super().offer(meetings)
        told = [(str(one.pk), f"{one}, {words.written(one.held_on, 'd MMM y')}") for one in meetings]
        self.choices = [("", _("Not held yet")), *told]


class GroundsForm(forms.Form):
    """Why the design is revised, and which meeting decided it."""

    reason = forms.CharField(label=gettext_lazy("Reason for the revision"), max_length=2000, widget=Lines(4))
    meeting = MeetingField(
        label=gettext_lazy("Meeting that decided"),
        required=False,
        help_text=gettext_lazy(
            "A meeting of the joint coordinating committee with a decision. It may be left open until it was held."
        ),
    )

    def __init__(self, *args: Any, meetings: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.offer(meetings)


class AdoptionForm(forms.Form):
    """From which day the revision counts."""

    acted_on = DateField(
        label=gettext_lazy("Date of the act"), required=False, help_text=gettext_lazy("Left empty: today.")
    )

    def clean_acted_on(self) -> Any:
        day = self.cleaned_data.get("acted_on")
        if day and day > clock.today():
            raise forms.ValidationError(_("The date of the act lies in the future."))
        return day


class AgreedForm(forms.Form):
    """On which day the parties agreed the design that was entered."""

    agreed_on = DateField(label=gettext_lazy("Agreed by the parties on"))

    def clean_agreed_on(self) -> Any:
        day = self.cleaned_data["agreed_on"]
        if day > clock.today():
            raise forms.ValidationError(_("The date of the act lies in the future."))
        return day


class DiscardForm(forms.Form):
    """Why a revision is given up."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=Lines(4))
