"""The forms of a text that goes out and comes back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy, pgettext_lazy

from taawun.agreements.models import LanguageVersion
from taawun.cycle.models import Party
from taawun.foundation.forms import ObjectChoiceField, Rows
from taawun.papers.forms import HoldsScans, ScanField
from taawun.papers.models import FileKind
from taawun.ui.widgets import Lines

MOST_ROWS = 400
YES, NO = "yes", "no"


class TextField(ObjectChoiceField):
    """A text, by its paper and its language."""

    def offer(self, objects: Iterable[Any]) -> None:
        texts = list(objects)
        super().offer(texts)
        self.choices = [(str(one.pk), _named(one)) for one in texts]


class SendForm(forms.Form):
    """Which text goes out, to whom, with which words."""

    version = TextField(label=gettext_lazy("Text"))
    party = ObjectChoiceField(label=pgettext_lazy("addressee", "To"))
    message = forms.CharField(label=gettext_lazy("Message"), max_length=2000, required=False, widget=Lines(4))

    def __init__(
        self, *args: Any, versions: list[LanguageVersion], parties: list[Party], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].offer(versions)  # type: ignore[attr-defined]
        self.fields["party"].offer(parties)  # type: ignore[attr-defined]


def _named(version: LanguageVersion) -> str:
    return f"{version.instrument.get_kind_display()} – {version.get_language_display()}"


class ReturnForm(HoldsScans, forms.Form):
    """The document as it came back."""

    file = ScanField(
        label=gettext_lazy("Word document that came back"),
        allowed=(FileKind.DOCX,),
        help_text=gettext_lazy(
            "The document that went out, as the other party changed it (.docx). It is kept as it came."
        ),
    )


class WithdrawTextForm(forms.Form):
    """Why a text that is out is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=Lines(4))


class RemarksForm(forms.Form):
    """Nothing is asked of the text as a whole: each clause has its answer."""


class DecisionRow(forms.Form):
    """Whether a change of one clause is accepted, and why."""

    place = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    answer = forms.ChoiceField(
        label=gettext_lazy("This change"),
        choices=[(YES, gettext_lazy("Accepted")), (NO, gettext_lazy("Not accepted"))],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(label=gettext_lazy("Remark"), max_length=2000, required=False, widget=Lines(2))


DecisionRows = formset_factory(
    DecisionRow, formset=Rows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 5, validate_max=True
)
