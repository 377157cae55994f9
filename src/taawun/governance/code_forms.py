"""Sending a new version of a code list, and saying why one is undone."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.ui.widgets import Lines

MOST_BYTES = 2_000_000


class UpdateForm(forms.Form):
    """A whole list as a CSV file, and what version it is."""

    sheet = forms.FileField(
        label=gettext_lazy("The whole list (CSV)"),
        help_text=gettext_lazy(
            "The columns of the file offered here, in UTF-8, at most 2 MB. A code that is not in it is withdrawn."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    version = forms.CharField(
        label=gettext_lazy("Version"),
        max_length=100,
        help_text=gettext_lazy("As its keeper calls it, with the day."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=Lines(3))

    def clean_sheet(self) -> tuple[str, str]:
        """The name and the text of the file."""
        sent: Any = self.cleaned_data["sheet"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        try:
            content: str = sent.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not text in UTF-8.")) from None
        if "\0" in content:
            raise forms.ValidationError(_("The file is not text in UTF-8."))
        return sent.name[:200], content


class UndoForm(forms.Form):
    """Why an update is undone."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=Lines(3))
