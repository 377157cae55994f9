"""Giving a reason for taking a load back."""

from django import forms
from django.utils.translation import gettext_lazy

from taawun.ui.widgets import Lines


class UndoForm(forms.Form):
    """Why a load is undone."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=Lines(3))
