"""A coordination body ranks the requests it retained, and sends them with one letter."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import CooperationRequest
from taawun.foundation import clock
from taawun.foundation.forms import DateField


class LotForm(forms.Form):
    """The covering letter of a lot, and the rank of each request in it; the ranks alone may be saved before."""

    letter_number = forms.CharField(label=gettext_lazy("Number of the covering letter"), max_length=60)
    letter_date = DateField(label=gettext_lazy("Date of the letter"))

    def __init__(
        self,
        *args: Any,
        requests: list[CooperationRequest],
        ranks_alone: bool = False,
        scan: forms.Field | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if scan is not None:  # the body does not sign in: its letter is recorded with its scan
            self.fields["letter_scan"], scan.required = scan, not ranks_alone
        self.fields["letter_number"].required = self.fields["letter_date"].required = not ranks_alone
        self.requests = requests
        for coop_request in requests:
            self.fields[f"rank_{coop_request.pk}"] = forms.IntegerField(
                label=_("Rank of %(title)s") % {"title": coop_request.title},
                min_value=1,
                max_value=999,
                initial=coop_request.rank,
            )

    def clean_letter_date(self) -> Any:
        day = self.cleaned_data["letter_date"]
        if day and day > clock.today():
            raise forms.ValidationError(_("The date of the letter lies in the future."))
        return day

    def ranks(self) -> dict[int, int]:
        """Rank by request, as typed."""
        return {r.pk: self.cleaned_data[f"rank_{r.pk}"] for r in self.requests}

    def rank_rows(self) -> list[dict[str, Any]]:
        """Each request with its rank field, for the table."""
        return [{"coop_request": r, "field": self[f"rank_{r.pk}"]} for r in self.requests]
