"""The rows of the form of settings: the seats that approve."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy

from taawun.directory.models import Organisation
from taawun.foundation.forms import ObjectChoiceField, RowOfCase, Rows
from taawun.governance import queries

MOST_SEATS = 12


def _bodies(agency: Organisation) -> list[Any]:
    return queries.bodies_of(agency)


class SeatRow(RowOfCase):
    """One seat that approves."""

    offers = {"organisation": _bodies}

    position = forms.IntegerField(
        label=gettext_lazy("Order"),
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
    )
    organisation = ObjectChoiceField(label=gettext_lazy("Organisation"))
    used = forms.BooleanField(label=gettext_lazy("Used"), required=False, initial=True)


SeatRows = formset_factory(
    SeatRow,
    formset=Rows,
    extra=1,
    max_num=MOST_SEATS,
    absolute_max=MOST_SEATS + 2,
    validate_max=True,
    can_delete=True,
)
