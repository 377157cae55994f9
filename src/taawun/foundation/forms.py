"""Forms every case shares."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from taawun.foundation import clock
from taawun.foundation.ports import registry
from taawun.foundation.seats import Letter
from taawun.ui.widgets import Lines


def offer(form: Any, name: str, rows: Any) -> None:
    """Let a field choose among these rows."""
    form.fields[name].queryset = rows


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


class ObjectChoiceField(forms.TypedChoiceField):
    """A choice among objects read once for the whole page: rows of a formset do not each ask the database.

    What is not among them (another case's, another country's) is no valid choice. The cleaned value is the object.
    """

    def offer(self, objects: Iterable[Any]) -> None:
        """Let these be chosen, as they call themselves, in the order given."""
        held = {str(one.pk): one for one in objects}
        self.choices = [("", gettext("Choose…")), *((pk, str(one)) for pk, one in held.items())]
        self.coerce, self.empty_value = partial(_one_of, held), None


def _one_of(held: dict[str, Any], key: Any) -> Any:
    if str(key) not in held:
        raise ValueError(key)
    return held[str(key)]


class RowOfCase(forms.Form):
    """A row whose choices are the case's own: what `offers` names is read once for all rows of the page."""

    offers: ClassVar[dict[str, Callable[[Any], Iterable[Any]]]] = {}

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        read = case.__dict__.setdefault("_offered", {})
        for name, objects in self.offers.items():
            if objects not in read:
                read[objects] = list(objects(case))
            self.fields[name].offer(read[objects])  # type: ignore[attr-defined]


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]  # not generic at run time
    """Rows as they were sent: another's row saved meanwhile is not taken for one of them.

    Once sent, no row is compared with what is stored by now: a blank one stays blank, one left as it was is kept.
    """

    def __init__(self, data: Any = None, *args: Any, initial: Any = None, **kwargs: Any) -> None:
        super().__init__(data, *args, initial=initial if data is None else None, **kwargs)  # type: ignore[misc]

    def clean(self) -> None:
        """Fewer rows than were shown cannot come from the page: it strikes rows out, it does not leave them off."""
        if self.total_form_count() < self.initial_form_count():
            raise forms.ValidationError(gettext("Rows are missing in what was sent: open the page again."))


def kept_rows(rows: Any) -> list[dict[str, Any]]:
    """The rows of a formset that were filled and not struck out."""
    return [
        {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
        for form in rows
        if form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]


def letter_fields(user: Any) -> dict[str, forms.Field]:
    """What is asked of the letter by which a party without accounts did what is recorded for it."""
    return {
        "letter_number": forms.CharField(label=_("Number of the letter"), max_length=60),
        "letter_date": DateField(label=_("Date of the letter")),
        "letter_scan": registry.services["scan-field"](user),
    }


class StepForm(forms.Form):
    """What any step asks: when it was done, and why where the table says so. Ports add fields by subclassing.

    `on_behalf`: the step is recorded for a party that does not sign in; then its letter is asked too.
    """

    acted_on = DateField(label=_("Date of the act"), required=False, help_text=_("Left empty: today."))
    note = ""  # a sentence above the fields

    def __init__(
        self, *args: Any, case: Any, step: Any, user: Any = None, on_behalf: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.step, self.user, self.on_behalf = case, step, user, on_behalf
        if step.needs_reason:
            self.fields["reason"] = forms.CharField(label=_("Reason"), max_length=2000, widget=Lines(4))

        if on_behalf:
            self.fields |= letter_fields(user)

    def letter(self) -> Letter | None:
        """The letter of the party for which the step is recorded; its values leave the form's own."""
        if not self.on_behalf:
            return None
        held = self.cleaned_data
        return Letter(held.pop("letter_number"), held.pop("letter_date"), held.pop("letter_scan"))

    def clean_acted_on(self) -> Any:
        day = self.cleaned_data.get("acted_on")
        if day and day > clock.today():
            raise forms.ValidationError(_("The date of the act lies in the future."))
        return day
