"""The form by which one running operation is taken over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from taawun.cycle.actions import form_of
from taawun.cycle.forms.opening import OpenForm
from taawun.cycle.models import Basis, settings_of
from taawun.cycle.past import DAY_LABELS, STATES, problems_of, tell
from taawun.foundation.forms import DateField
from taawun.papers.forms import ScanField

BASES = [("", "–"), *(choice for choice in Basis.choices if choice[0] != Basis.FOLLOW_UP)]


class TakeOverForm(OpenForm):
    """What the paper says of an operation that was under way: who, what, in which state since when, its past."""

    state = forms.ChoiceField(
        label=gettext_lazy("State it is in"), choices=[("", "–"), *((s.value, s.label) for s in STATES)]
    )
    state_on = DateField(label=DAY_LABELS["state_on"])
    opened_on = DateField(label=DAY_LABELS["opened_on"], required=False)
    agreed_on = DateField(label=DAY_LABELS["agreed_on"], required=False)
    started_on = DateField(label=DAY_LABELS["started_on"], required=False)
    completed_on = DateField(label=DAY_LABELS["completed_on"], required=False)
    old_number = forms.CharField(
        label=gettext_lazy("Number in the old register"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("It is kept beside the new number, and found by the search of the list."),
    )
    source = forms.CharField(
        label=gettext_lazy("Source paper or file"),
        max_length=200,
        help_text=gettext_lazy(
            "What the facts are taken from: a signed paper, a register, a file of another system."
        ),
    )
    basis = forms.ChoiceField(label=gettext_lazy("Decided by"), choices=BASES, required=False)
    basis_number = forms.CharField(
        label=gettext_lazy("Number of the decision"), max_length=120, required=False
    )
    basis_on = DateField(label=gettext_lazy("Date of the decision"), required=False)
    scan = ScanField(label=gettext_lazy("Scan of the source paper"))

    field_order = (
        *("provider", "partner", "title", "language", "modality_id", "sector_id", "site", "supplier"),
        *("state", "state_on", "starts_on", "ends_on"),
        *("opened_on", "agreed_on", "started_on", "completed_on"),
        *("old_number", "source", "scan", "basis", "basis_number", "basis_on"),
    )
    SECTIONS = (
        (gettext_lazy("The operation"), field_order[:8]),
        (gettext_lazy("Where it stands"), field_order[8:12]),
        (gettext_lazy("Its past, as far as known"), field_order[12:16]),
        (gettext_lazy("What it is taken from"), field_order[16:]),
    )

    def clean_basis_on(self) -> Any:
        """Judged with the other days."""
        return self.cleaned_data["basis_on"]

    def clean(self) -> dict[str, Any]:
        """What cannot be true of the days, each beside its field."""
        values = forms.Form.clean(self) or {}
        if values.get("modality_id") and values.get("provider"):
            form = form_of(values["modality_id"], settings_of(values["provider"].pk))
            for name, whys in problems_of(form, values).items():
                for code, named in whys:
                    self.add_error(name, tell(code, named))
        return values

    def sections(self) -> list[tuple[Any, list[Any]]]:
        """The fields under their headings."""
        return [(label, [self[name] for name in names]) for label, names in self.SECTIONS]
