"""Sending a filled-in sheet, and giving a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from taawun.directory.models import Organisation
from taawun.foundation.forms import ObjectChoiceField
from taawun.papers.forms import HoldsScans, ScanField
from taawun.papers.models import FileKind
from taawun.ui.widgets import Lines


class SheetForm(HoldsScans, forms.Form):
    """A filled-in template, and for which of one's organisations."""

    organisation = ObjectChoiceField(label=gettext_lazy("For"))
    sheet = ScanField(
        label=gettext_lazy("Filled-in template"),
        allowed=(FileKind.XLSX,),
        help_text=gettext_lazy("An Excel workbook (.xlsx), at most 5 MB. It is kept as it is."),
    )

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = organisations[0] if len(organisations) == 1 else None
        if self.only:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].offer(organisations)  # type: ignore[attr-defined]

    def organisation_chosen(self) -> Organisation:
        """For whom the rows are."""
        return self.only or self.cleaned_data["organisation"]


class UndoForm(forms.Form):
    """Why a batch is undone."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=Lines(3))
