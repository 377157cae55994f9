"""What is asked on the pages of notices and mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taawun.foundation.mail_texts import LONGEST_SUBJECT, Kind, Text, problems
from taawun.foundation.models.accounts import ToldBy
from taawun.ui.widgets import Lines


class ChoiceForm(forms.Form):
    """How a person wants to be told."""

    told_by = forms.ChoiceField(
        label=_("How do you want to be told?"), choices=ToldBy.choices, widget=forms.RadioSelect
    )


class WordsForm(forms.Form):
    """The words of one mail that has not left."""

    subject = forms.CharField(
        label=_("Subject"),
        max_length=LONGEST_SUBJECT,
        help_text=_("A number and an act; no name and no title: it is read on the way."),
    )
    body = forms.CharField(label=_("Text"), max_length=20000, widget=Lines(10), strip=False)


class ReasonForm(forms.Form):
    """Why a person decides so."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class TextForm(WordsForm):
    """An agency's own text of a kind of mail: it names no field that this kind does not know."""

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_subject(self) -> str:
        return self._checked("subject", self.kind.subject_fields)

    def clean_body(self) -> str:
        return self._checked("body", self.kind.body_fields)

    def _checked(self, name: str, fields: tuple[str, ...]) -> str:
        text: str = self.cleaned_data[name]
        if told := problems(text, fields):
            raise forms.ValidationError(told)
        return text

    @property
    def text(self) -> Text:
        """What was written, fields unfilled."""
        return Text(self.cleaned_data["subject"], self.cleaned_data["body"])
