"""What a lesson and an answer to one ask."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from taawun.foundation import clock
from taawun.foundation.forms import DateField
from taawun.lessons.models import Answer, Lesson


def _text(rows: int = 5) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class LessonForm(forms.ModelForm):
    """The lesson sheet. A draft may lack what the analysis will supply."""

    noticed_on = DateField(
        label=_("Noticed on"),
        required=False,
        help_text=_("The day it was seen, or the last of the period it was seen in. Left empty: today."),
    )

    class Meta:
        model = Lesson
        fields = [
            "title",
            "language",
            "stage",
            "noticed_on",
            "situation",
            "cause",
            "countermeasure",
            "conditions",
            "keywords",
        ]
        widgets = {"situation": _text(), "cause": _text(), "countermeasure": _text(), "conditions": _text(4)}
        help_texts = {
            "title": _("What to do, in one line."),
            "situation": _("What happened, where, to whom."),
            "cause": _("Why it happened."),
            "countermeasure": _("What to do concretely, so that it does not happen again or succeeds again."),
            "conditions": _("Where it holds, and where it does not."),
            "keywords": _("Words under which another project would look for it."),
        }

    def clean_noticed_on(self) -> date | None:
        """Nobody has seen tomorrow."""
        day: date | None = self.cleaned_data.get("noticed_on")
        if day and day > clock.today():
            raise forms.ValidationError(gettext("This day lies in the future."))
        return day

    def values(self) -> dict[str, Any]:
        """What is saved."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class AnswerForm(forms.Form):
    """Applied how, or not applicable why."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices, widget=forms.RadioSelect)
    how = forms.CharField(
        label=_("How it is applied, or why it does not apply"),
        max_length=2000,
        widget=_text(),
        help_text=_("It stands in the ex-ante evaluation table; the evaluation will come back to it."),
    )
