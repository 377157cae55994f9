"""The forms of notes verbales and of the Record of Discussions."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from taawun.agreements.actions import day_problem, reply_day_problem
from taawun.agreements.queries import note_of
from taawun.cycle.models import LANGUAGES, Operation, Party
from taawun.foundation.forms import DateField, ObjectChoiceField, RowOfCase, Rows, StepForm
from taawun.papers.forms import HoldsScans, ScanField
from taawun.ui.widgets import Lines


def _past(day: Any) -> Any:
    """A date of a paper, refused where it lies in the future."""
    if problem := day_problem(day):
        raise forms.ValidationError(problem)
    return day


class NoteForm(HoldsScans, forms.Form):
    """The note verbale to the partner."""

    number = forms.CharField(label=gettext_lazy("Number of the note verbale"), max_length=60)
    dated_on = DateField(label=gettext_lazy("Date of the note verbale"))
    prevailing_language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=LANGUAGES)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=12000,
        widget=Lines(18),
        help_text=gettext_lazy("Composed from the request: change whatever you wish."),
    )
    scan = ScanField(label=gettext_lazy("Scan of the note as sent"), required=False)

    def clean_dated_on(self) -> Any:
        return _past(self.cleaned_data["dated_on"])


class ReplyForm(HoldsScans, StepForm):
    """The partner's reply, recorded on its behalf."""

    number = forms.CharField(label=gettext_lazy("Number of the reply"), max_length=60)
    dated_on = DateField(label=gettext_lazy("Date of the reply"))
    scan = ScanField(label=gettext_lazy("Scan of the reply"))

    field_order = ("number", "dated_on", "scan", "acted_on")

    def clean_dated_on(self) -> Any:
        """Not in the future, and not before the note it answers."""
        day = self.cleaned_data["dated_on"]
        if problem := reply_day_problem(note_of(self.case), day):
            raise forms.ValidationError(problem)
        return day


class RecordForm(HoldsScans, forms.Form):
    """When and where the Record of Discussions was signed."""

    number = forms.CharField(label=gettext_lazy("Number, if it has one"), max_length=60, required=False)
    dated_on = DateField(label=gettext_lazy("Date of the Record of Discussions"), required=False)
    place = forms.CharField(label=gettext_lazy("Place of signature"), max_length=200, required=False)
    prevailing_language = forms.ChoiceField(
        label=gettext_lazy("Prevailing language"),
        choices=[("", "–"), *LANGUAGES],
        required=False,
        help_text=gettext_lazy("The version that decides if the versions differ; it must be authentic."),
    )
    scan = ScanField(label=gettext_lazy("Signed scan"), required=False)

    def clean_dated_on(self) -> Any:
        return _past(self.cleaned_data["dated_on"])


def parties_of(operation: Operation) -> list[Party]:
    """The parties that may sign: this operation's alone."""
    return operation.party_rows


class SignatureRow(RowOfCase):
    """Who signed for a party, and when."""

    offers = {"party": parties_of}

    party = ObjectChoiceField(label=gettext_lazy("Party"))
    name = forms.CharField(label=gettext_lazy("Name of the signatory"), max_length=150, required=False)
    title = forms.CharField(
        label=capfirst(gettext_lazy("title of the signatory")), max_length=150, required=False
    )
    signed_on = DateField(label=gettext_lazy("Signed on"), required=False)

    def clean_signed_on(self) -> Any:
        return _past(self.cleaned_data["signed_on"])

    def clean(self) -> dict[str, Any]:
        """A signature is somebody's."""
        values = super().clean() or {}
        if (
            (values.get("title") or values.get("signed_on"))
            and not values.get("name")
            and "name" not in self.errors
        ):
            self.add_error("name", _("Enter the name of the signatory."))
        return values


class BaseSignatureRows(Rows):
    """The signatories; a row without a name is no signature yet."""

    def kept(self) -> list[dict[str, Any]]:
        """The signatures, as the action takes them."""
        rows = [form.cleaned_data for form in self.forms]
        return [
            {name: row[name] for name in ("party", "name", "title", "signed_on")}
            for row in rows
            if row.get("name") and not row.get("DELETE")
        ]


SignatureRows = formset_factory(
    SignatureRow,
    formset=BaseSignatureRows,
    extra=1,
    max_num=20,
    absolute_max=25,
    validate_max=True,
    can_delete=True,
)
