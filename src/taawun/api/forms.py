"""The form by which one makes a token."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from taawun.api.scopes import Scope
from taawun.foundation import clock
from taawun.foundation.forms import DateField

USUAL_DAYS = 90


def usual_end() -> Any:
    """The last day offered: three months are enough to try something, and short enough to be looked at again."""
    return clock.today() + timedelta(days=USUAL_DAYS)


class TokenForm(forms.Form):
    """What a token is called, what it may read, until when."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("For instance the program that will use it. One token for each program."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("May read"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("No more than the program needs. It never sees more than you do."),
    )
    ends_on = DateField(
        label=gettext_lazy("Last day"),
        initial=usual_end,
        help_text=gettext_lazy("At most a year from now."),
    )
