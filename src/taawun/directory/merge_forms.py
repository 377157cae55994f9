"""The forms of a merge."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.foundation.forms import ObjectChoiceField


class MergeForm(forms.Form):
    """Which of two goes, which stays, and why."""

    gone = ObjectChoiceField(
        label=gettext_lazy("The one that goes"),
        help_text=gettext_lazy("It is kept, and leads to the one that stays."),
    )
    kept = ObjectChoiceField(label=gettext_lazy("The one that stays"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("For instance: entered twice. How you know that they are one."),
    )

    def __init__(self, *args: Any, offered: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = list(offered)
        for name in ("gone", "kept"):
            self.fields[name].offer(held)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two, not one twice."""
        values = super().clean() or {}
        if values.get("gone") and values.get("gone") == values.get("kept"):
            self.add_error("kept", _("Choose two: nothing is merged with itself."))
        return values


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
