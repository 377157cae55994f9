"""Forms every case shares."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taawun.foundation import clock


class DateInput(forms.DateInput):
    """A date field the browser helps with; typed by hand where it cannot."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class DateField(forms.DateField):
    """A date, always sent as YYYY-MM-DD whatever the language, so that a draft reads back in any."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class StepForm(forms.Form):
    """What any step asks: when it was done, and why where the table says so. Ports add fields by subclassing."""

    acted_on = DateField(label=_("Date of the act"), required=False, help_text=_("Left empty: today."))

    def __init__(self, *args: Any, case: Any, step: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.step, self.user = case, step, user
        if step.needs_reason:
            self.fields["reason"] = forms.CharField(
                label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
            )

    def clean_acted_on(self) -> Any:
        day = self.cleaned_data.get("acted_on")
        if day and day > clock.today():
            raise forms.ValidationError(_("The date of the act lies in the future."))
        return day
