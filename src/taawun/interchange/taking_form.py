"""The form by which a published activity is taken over: what the file says is filled in, what it does not is chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from taawun.cycle.actions import form_of
from taawun.cycle.models import LANGUAGES, settings_of
from taawun.cycle.past import DAY_LABELS, problems_of, tell
from taawun.cycle.queries import partner_organisations, supplying_institutions
from taawun.cycle.workflow import OperationState
from taawun.directory.models import Organisation
from taawun.directory.queries import offered
from taawun.directory.roles import Role
from taawun.foundation.forms import DateField, offer
from taawun.foundation.standing import Standing
from taawun.interchange.drafting import text_in
from taawun.interchange.iati.records import Activity
from taawun.reference.forms import CodeField

# An operation taken over has come so far, or is planned; the states after the completion are reached by steps alone.
STATES = (
    *(OperationState.PLANNING, OperationState.AGREED, OperationState.IN_IMPLEMENTATION),
    *(OperationState.SUSPENDED, OperationState.COMPLETION_REVIEW, OperationState.COMPLETED),
)
# What the status of the standard comes nearest to; the person who takes over decides.
STATE_OF_STATUS = {
    "1": OperationState.PLANNING,
    "2": OperationState.IN_IMPLEMENTATION,
    "3": OperationState.COMPLETION_REVIEW,
    "4": OperationState.COMPLETED,
    "6": OperationState.SUSPENDED,
}
LONGEST_TITLE, LONGEST_SITE = 200, 200


class TakePublishedForm(forms.Form):
    """Who takes it over, for whom, as what, and in which state it is."""

    provider = forms.ModelChoiceField(label=gettext_lazy("Your agency"), queryset=Organisation.objects.none())
    partner = forms.ModelChoiceField(
        label=gettext_lazy("Partner organisation"),
        queryset=Organisation.objects.none(),
        help_text=gettext_lazy(
            "The operation is in its country. No file says who of your directory it is: choose."
        ),
    )
    supplier = forms.ModelChoiceField(
        label=gettext_lazy("Supplying or host institution"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=gettext_lazy("Left empty: your agency itself."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the texts"),
        choices=LANGUAGES,
        help_text=gettext_lazy("The texts of the file are taken in this language where it has them."),
    )
    modality_id = CodeField("modality", label=gettext_lazy("Form of cooperation (one only)"))
    sector_id = CodeField("sector", grouped=True, label=gettext_lazy("Sector"), required=False)
    site = forms.CharField(label=gettext_lazy("Site"), max_length=LONGEST_SITE, required=False)
    starts_on = DateField(label=gettext_lazy("Begins"), required=False)
    ends_on = DateField(label=gettext_lazy("Ends"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State it is in"), choices=[("", "–"), *((s.value, s.label) for s in STATES)]
    )
    state_on = DateField(label=DAY_LABELS["state_on"])

    def __init__(self, *args: Any, who: Standing, told: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": initial_of(told)})
        houses = offered().filter(pk__in=who.holding(Role.DESK))
        offer(self, "provider", houses)
        offer(self, "partner", partner_organisations(houses))
        offer(self, "supplier", supplying_institutions(*houses))
        self.fields["provider"].initial = houses[0] if len(houses) == 1 else None

    def clean(self) -> dict[str, Any]:
        """What cannot be true of the days, each beside its field."""
        values = super().clean() or {}
        if values.get("modality_id") and values.get("provider"):
            form = form_of(values["modality_id"], settings_of(values["provider"].pk))
            for name, whys in problems_of(form, values).items():
                for code, named in whys:
                    self.add_error(name if name in self.fields else None, tell(code, named))
        return values


def initial_of(told: Activity) -> dict[str, Any]:
    """What of the form the file itself says; where it says two things, or none that fits, nothing."""
    held = [code for code, _name in LANGUAGES]
    languages = [one for one in (told.language, *told.titles) if one in held] or ["en"]
    title = text_in(told.titles, languages[0])
    site = ", ".join(
        dict.fromkeys(filter(None, (text_in(place.names, languages[0]) for place in told.places)))
    )
    state = STATE_OF_STATUS.get(told.status)
    began = told.actual_start if state == OperationState.IN_IMPLEMENTATION else None
    return {
        "title": title if len(title) <= LONGEST_TITLE else "",
        "language": languages[0],
        "sector_id": _the_sector(told),
        "site": site if len(site) <= LONGEST_SITE else "",
        "starts_on": told.actual_start or told.planned_start,
        "ends_on": told.actual_end or told.planned_end,
        "state": state.value if state else "",
        "state_on": told.actual_end if state == OperationState.COMPLETED else began,
    }


def _the_sector(told: Activity) -> str | None:
    """Its purpose, where it states one alone by the OECD's list."""
    codes = {one.code for one in told.shares if one.kind == "sector" and one.vocabulary in ("", "1")}
    return f"sector:{codes.pop()}" if len(codes) == 1 else None
