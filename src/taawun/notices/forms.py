"""What is asked on the pages of notices and mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from taawun.foundation.models.accounts import ToldBy


class ChoiceForm(forms.Form):
    """How a person wants to be told."""

    told_by = forms.ChoiceField(
        label=_("How do you want to be told?"), choices=ToldBy.choices, widget=forms.RadioSelect
    )
