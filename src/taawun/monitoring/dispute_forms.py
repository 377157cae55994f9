"""The forms of disputes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import Party
from taawun.foundation.forms import ObjectChoiceField
from taawun.meetings.models import Meeting
from taawun.monitoring.disputing import Paper
from taawun.monitoring.on_paper import LetterForm
from taawun.ui.widgets import Lines

LONGEST = 2000
LETTER = ("letter_number", "letter_date", "letter_scan")


class DisputeForm(LetterForm):
    """Why a figure is disputed; where an office may do so for a party on paper too, by whom, and by which letter."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST,
        widget=Lines(4),
        help_text=gettext_lazy("All parties read it beside the figure."),
    )

    def __init__(self, *args: Any, own: Party | None, others: Iterable[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(party.pk): party for party in others}
        if not self.others:
            for name in LETTER:
                del self.fields[name]
            return
        choices = [("own", own.organisation.name)] if own else []
        by_letter = _("%(party)s, by letter")
        choices += [(pk, by_letter % {"party": p.organisation.name}) for pk, p in self.others.items()]
        self.fields["party"] = forms.ChoiceField(
            label=_("Disputed by"), choices=choices, widget=forms.RadioSelect, initial=choices[0][0]
        )
        for name in LETTER:
            self.fields[name].required = False
        self.fields["letter_number"].help_text = _("Of a party that does not sign in; else left empty.")
        self.order_fields(["party", "reason", *LETTER])

    def clean(self) -> dict[str, Any]:
        """A letter where a party writes one, and there alone."""
        values = super().clean() or {}
        for name in LETTER if self.others and values.get("party") else ():
            field = self.fields[name]
            if values["party"] in self.others and not values.get(name) and name not in self.errors:
                self.add_error(name, field.error_messages["required"])
            elif values["party"] == "own" and values.get(name):
                self.add_error(name, _("Your own side disputes a figure without a letter."))
        return values

    def paper(self) -> Paper | None:
        """Whose letter is recorded; None where one's own side disputes."""
        party = self.others.get(self.cleaned_data.get("party", ""))
        return Paper(party.pk, self.letter()) if party else None


class DisputeLetterForm(LetterForm):
    """What the letter of a party on paper says about a dispute."""

    says = forms.ChoiceField(label=gettext_lazy("What the letter says"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Explanation"),
        max_length=LONGEST,
        required=False,
        widget=Lines(4),
        help_text=gettext_lazy("Where it explains the figure. All parties read it."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["says"].choices = choices  # type: ignore[attr-defined]
        if not any(value.startswith("explain") for value, _label in choices):
            del self.fields["text"]
        self.order_fields(["says", "text", *LETTER])

    def clean(self) -> dict[str, Any]:
        """An explanation has its text."""
        values = super().clean() or {}
        if (
            values.get("says", "").startswith("explain")
            and not values.get("text")
            and "text" not in self.errors
        ):
            self.add_error("text", self.fields["text"].error_messages["required"])
        return values

    def act(self) -> tuple[str, Paper]:
        """What it says, and whose letter it is."""
        says, _dash, party = self.cleaned_data["says"].partition("-")
        return says, Paper(int(party), self.letter())


class ExplanationForm(forms.Form):
    """Why one stands by a figure."""

    text = forms.CharField(
        label=gettext_lazy("Explanation"),
        max_length=LONGEST,
        widget=Lines(4),
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
