"""The forms of an absence and of a handover."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from taawun.directory import absence
from taawun.directory.actions.delegating import day_problems
from taawun.directory.handovers import Plan, successors
from taawun.directory.models import Post
from taawun.foundation.forms import DateField, ObjectChoiceField


class DelegationForm(forms.Form):
    """Who acts in a post, from when to when, and why."""

    to_person = ObjectChoiceField(
        label=gettext_lazy("Deputy"),
        help_text=gettext_lazy("A colleague of your organisation, or of the one directly above or below it."),
    )
    starts_on = DateField(label=gettext_lazy("First day"))
    ends_on = DateField(label=gettext_lazy("Last day"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("For instance: mission, leave. Your deputy reads it."),
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post
        self.fields["to_person"].offer(absence.colleagues(post))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days follow each other, and lie within the post."""
        values = super().clean() or {}
        problems = day_problems(self.post, values.get("starts_on"), values.get("ends_on"))
        for field, text in problems.items():
            self.add_error(field, text)
        return values


class HandoverForm(forms.Form):
    """To whom everything goes, and why."""

    to_person = ObjectChoiceField(label=gettext_lazy("Successor"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("For instance: rotation, end of the assignment. Your successor reads it."),
    )

    def __init__(self, *args: Any, plan: Plan, governing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_person"].offer(successors(plan, governing=governing))  # type: ignore[attr-defined]
