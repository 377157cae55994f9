"""The forms of a merge."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.directory.models import Organisation
from taawun.foundation.forms import ObjectChoiceField


def told_apart(held: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Each with its key, by its name; where two bear the same, which is why they are here, with its code or address."""
    offered = list(held)
    times = Counter(str(one) for one in offered)
    for one in offered:
        yield str(one.pk), str(one) if times[str(one)] == 1 else f"{one} ({_mark(one)})"


def _mark(one: Any) -> str:
    if isinstance(one, Organisation):
        return str(one.slug)
    return str(one.user.email) if one.user else str(one.pk)


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
            self.fields[name].choices = [self.fields[name].choices[0], *told_apart(held)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two, not one twice."""
        values = super().clean() or {}
        if values.get("gone") and values.get("gone") == values.get("kept"):
            self.add_error("kept", _("Choose two: nothing is merged with itself."))
        return values


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
