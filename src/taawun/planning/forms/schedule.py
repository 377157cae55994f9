"""The plan of operation: what is planned when, and what was done when."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.planning.forms.fields import DoneDay, PartyField, PlannedDay, choice
from taawun.planning.forms.rows import Row
from taawun.planning.models import LineKind


class ActivityDatesRow(Row):
    planned_start = PlannedDay(label=gettext_lazy("Planned from"), required=False)
    planned_end = PlannedDay(label=gettext_lazy("Planned to"), required=False)
    responsible = PartyField(label=gettext_lazy("Responsible"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.refuse_backwards("planned_start", "planned_end")
        self.refuse_without("planned_start", "planned_end", _("Give both dates, or neither."))
        self.refuse_without("planned_end", "planned_start", _("Give both dates, or neither."))
        return values


class LineRow(Row):
    kind = choice([c for c in LineKind.choices if c[0] != LineKind.ACTIVITY], label=gettext_lazy("Kind"))
    label = forms.CharField(label=gettext_lazy("Line"), max_length=300)
    planned_start = PlannedDay(label=gettext_lazy("Planned from"))
    planned_end = PlannedDay(label=gettext_lazy("Planned to"))
    responsible = PartyField(label=gettext_lazy("Responsible"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.refuse_backwards("planned_start", "planned_end")
        return values


class MilestoneRow(Row):
    label = forms.CharField(label=gettext_lazy("Milestone"), max_length=300)
    due_on = PlannedDay(label=gettext_lazy("Due on"))


class DoneRow(Row):
    actual_start = DoneDay(label=gettext_lazy("Begun on"), required=False)
    actual_end = DoneDay(label=gettext_lazy("Ended on"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.refuse_backwards("actual_start", "actual_end")
        self.refuse_without("actual_end", "actual_start", _("Say when it was begun."))
        return values


class ReachedRow(Row):
    reached_on = DoneDay(label=gettext_lazy("Reached on"), required=False)
