"""The forms of the committee and its meetings."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.forms import DateField, ObjectChoiceField, RowOfCase, Rows
from taawun.meetings.models import Capacity
from taawun.meetings.queries import people_of, seated_organisations
from taawun.papers.forms import HoldsScans, ScanField
from taawun.ui.widgets import Lines


class MemberRow(RowOfCase):
    """One seat on the committee."""

    offers = {"organisation": seated_organisations, "person": people_of}

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    organisation = ObjectChoiceField(label=gettext_lazy("Organisation"))
    capacity = forms.ChoiceField(
        label=gettext_lazy("Capacity"), choices=[("", ""), *Capacity.choices], initial=""
    )
    person = ObjectChoiceField(label=gettext_lazy("Person of the operation"), required=False)
    name = forms.CharField(label=gettext_lazy("Or a name"), max_length=150, required=False)
    title = forms.CharField(label=capfirst(gettext_lazy("title of the post")), max_length=150, required=False)
    held_from = DateField(label=gettext_lazy("From"))
    held_to = DateField(label=gettext_lazy("To"), required=False)

    def clean(self) -> dict[str, Any]:
        """A member is somebody, and sits for a period that runs forward."""
        values = super().clean() or {}
        if not values.get("person") and not values.get("name") and "name" not in self.errors:
            self.add_error("name", _("Choose a person or enter a name."))
        if values.get("held_from") and values.get("held_to") and values["held_to"] < values["held_from"]:
            self.add_error("held_to", _("The end comes before the beginning."))
        return values


MemberRows = formset_factory(
    MemberRow, formset=Rows, extra=2, max_num=60, absolute_max=65, validate_max=True, can_delete=True
)


class MeetingForm(HoldsScans, forms.Form):
    """A meeting that was held."""

    held_on = DateField(label=gettext_lazy("Held on"))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200)
    attendance = forms.CharField(
        label=gettext_lazy("Present"),
        max_length=4000,
        required=False,
        widget=Lines(4),
        help_text=gettext_lazy("Names and organisations, one a line."),
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        max_length=8000,
        required=False,
        widget=Lines(6),
        help_text=gettext_lazy("What was reported and discussed. Decisions have lines of their own below."),
    )
    minutes = ScanField(label=gettext_lazy("Signed minutes"), required=False)

    def __init__(self, *args: Any, case: Operation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def clean_held_on(self) -> Any:
        """A meeting was held already, and not before there was an operation."""
        day = self.cleaned_data["held_on"]
        if day > clock.today():
            raise forms.ValidationError(_("The date of the meeting lies in the future."))
        if day < self.case.opened_on:
            raise forms.ValidationError(_("The date of the meeting lies before the operation was opened."))
        return day


class DecisionRow(RowOfCase):
    """One thing decided."""

    offers = {"owner": seated_organisations}

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=gettext_lazy("Decision"), max_length=2000, widget=Lines(2))
    owner = ObjectChoiceField(label=gettext_lazy("Who does it"))
    due_on = DateField(label=gettext_lazy("By"), required=False)


DecisionRows = formset_factory(
    DecisionRow, formset=Rows, extra=2, max_num=60, absolute_max=65, validate_max=True, can_delete=True
)
