"""Sending a file of a publisher, and giving a reason for taking a load back."""

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _, gettext_lazy

from taawun.interchange import queries
from taawun.interchange.actions import Terms
from taawun.papers.forms import HoldsScans, ScanField
from taawun.papers.models import FileKind
from taawun.ui.widgets import Lines


def _hint() -> str:
    told = _(
        "A file of activities as the IATI standard writes it (.xml), at most %(size)s. "
        "A long file is sent in pieces while you fill in the rest."
    )
    return told % {"size": filesizeformat(settings.MAX_XML_BYTES)}


class SendForm(HoldsScans, forms.Form):
    """A file of activities, whose it is, and on which terms."""

    file = ScanField(label=gettext_lazy("File"), allowed=(FileKind.XML,), help_text=lazy(_hint, str)())
    publisher = forms.ChoiceField(
        label=gettext_lazy("Publisher"),
        required=False,
        help_text=gettext_lazy(
            "Activities that are held from another publisher are not changed: they are held back."
        ),
    )
    address = forms.URLField(
        label=gettext_lazy("Where the file is from"), max_length=500, required=False, assume_scheme="https"
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("As the publisher says it. What you leave empty stays as it is held."),
    )
    attribution = forms.CharField(label=gettext_lazy("To be named as"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [(feed.reference, f"{feed} ({feed.reference})") for feed in queries.feeds_held()]
        choice: Any = self.fields["publisher"]
        choice.choices = [("", _("As each activity names who reports it")), *held]

    @property
    def terms(self) -> Terms:
        """What is said of the publisher."""
        given = self.cleaned_data
        return Terms(given["address"], given["licence"], given["attribution"])


class UndoForm(forms.Form):
    """Why a load is undone."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=Lines(3))
