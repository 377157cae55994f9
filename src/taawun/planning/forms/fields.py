"""Fields of a design: figures, days, currencies, the parties of the operation."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.foundation import clock
from taawun.foundation.forms import DateField
from taawun.reference.names import entry
from taawun.ui.widgets import Figure

NO_CHOICE = [("", "–")]
EARLIEST, LATEST = 1950, 2100


def plain(value: Any) -> Any:
    """A decimal without the zeros its column adds: 9, not 9.0000."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value


class FigureField(forms.DecimalField):
    """A number typed by hand. Its bounds are told in words, not left to the browser."""

    widget = Figure

    def __init__(self, *, places: int = 2, digits: int = 18, negative: Any = "", **kwargs: Any) -> None:
        bounds: dict[str, Any] = (
            {"min_value": 0, "error_messages": {"min_value": negative}} if negative else {}
        )
        super().__init__(required=False, max_digits=digits, decimal_places=places, **(bounds | kwargs))

    def prepare_value(self, value: Any) -> Any:
        return plain(value)


class PlannedDay(DateField):
    """A day somebody may plan for: a slip of the keyboard (0206, 20216) is told at once."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not EARLIEST <= value.year <= LATEST:
            raise forms.ValidationError(_("The year of this date cannot be right."))


class DoneDay(PlannedDay):
    """A day on which something was done: not one to come."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))


class CurrencyField(forms.CharField):
    """A currency by its code, typed or picked from the page's list; its value is the code's id (`currency:MMK`)."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "currencies", "size": 5, "autocomplete": "off"})
        super().__init__(required=False, max_length=3, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.rpartition(":")[2] if isinstance(value, str) else value

    def clean(self, value: Any) -> str | None:
        code = super().clean(value).upper()
        if not code:
            return None
        if entry(f"currency:{code}") is None:
            raise forms.ValidationError(
                _("“%(code)s” is not a currency code such as USD or EUR.") % {"code": code}
            )
        return f"currency:{code}"


def choice(choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """A choice that begins with none made: an empty row is then a row left out, not a wrong one."""
    return forms.ChoiceField(choices=[*NO_CHOICE, *choices], **kwargs)


def whole(value: str) -> int:
    """The number of a row that was chosen."""
    return int(value)


class PartyField(forms.TypedChoiceField):
    """A party of this operation; another operation's is not one. The choices come with the operation."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid_choice": gettext_lazy("Choose a party of this operation.")}
        super().__init__(coerce=whole, empty_value=None, choices=NO_CHOICE, error_messages=messages, **kwargs)
