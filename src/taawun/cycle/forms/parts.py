"""The parts of the request's form."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.forms.codes import NOT_CHOSEN, open_codes, values_with_codes
from taawun.cycle.models import CooperationRequest, InputKind, InputSide, Round
from taawun.directory.queries import offered
from taawun.foundation import clock
from taawun.foundation.forms import DateField, Rows, offer
from taawun.reference.forms import CodeField
from taawun.ui.widgets import Lines


class PartForm(forms.ModelForm):
    """One part of the request's form. Missing answers are no error here: the draft is saved all the same."""

    codes: tuple[str, ...] = ()

    class Meta:
        model = CooperationRequest
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_codes(self)

    def values(self) -> dict[str, Any]:
        """What the part saves."""
        return values_with_codes(self)


class IdeaPart(PartForm):
    codes = ("modality", "sector")
    field_order = ["title", "language", "modality", "sector"]
    sector = CodeField("sector", grouped=True, label=gettext_lazy("Sector"), required=False)
    modality = CodeField("modality", label=gettext_lazy("Form of cooperation (one only)"))

    class Meta(PartForm.Meta):
        fields = [
            "title",
            "language",
            "round",
            "out_of_round_reason",
            "need",
            "source",
            "consulted",
            "priority_area",
            "development_issue",
            "programme",
        ]
        widgets = {"need": Lines(4), "consulted": Lines(3), "out_of_round_reason": Lines(2)}
        help_texts = {
            "need": gettext_lazy("What is wrong today, for whom."),
            "consulted": gettext_lazy("Organisations and people you spoke with."),
            "round": gettext_lazy("The provider's request survey in which you ask."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds = Round.objects.filter(provider_id=self.instance.provider_id, closes_on__gte=clock.today())
        offer(self, "round", rounds | Round.objects.filter(pk=self.instance.round_id))


class BackgroundPart(PartForm):
    class Meta(PartForm.Meta):
        fields = ["background"]
        widgets = {"background": Lines(12)}
        help_texts = {
            "background": gettext_lazy(
                "State of the sector, policy of the government, problems, what is under way, rank in the national plan."
            )
        }


class GoalPart(PartForm):
    baseline_on = DateField(label=gettext_lazy("Date of the baseline"), required=False)

    class Meta(PartForm.Meta):
        fields = [
            "overall_goal",
            "purpose",
            "indicator",
            "indicator_unit",
            "baseline",
            "baseline_on",
            "target",
        ]
        widgets = {"overall_goal": Lines(3), "purpose": Lines(3)}
        help_texts = {
            "overall_goal": gettext_lazy("The effect expected some years after the end."),
            "purpose": gettext_lazy(
                "One purpose only: who will do what better by the end of the project. The outputs lead to it."
            ),
            "indicator": gettext_lazy("How both sides will know that the purpose is reached."),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("baseline") is not None and not values.get("baseline_on"):
            self.add_error("baseline_on", _("Enter the date of the baseline."))
        if values.get("baseline_on") and values["baseline_on"] > clock.today():
            self.add_error("baseline_on", _("A baseline cannot lie in the future."))
        return values


class OutputsPart(PartForm):
    """The part has rows alone."""

    class Meta(PartForm.Meta):
        fields: list[str] = []


class OutputRow(forms.Form):
    text = forms.CharField(label=gettext_lazy("Output"), max_length=500)
    activities = forms.CharField(
        label=gettext_lazy("Activities, one a line"), max_length=4000, required=False, widget=Lines(4)
    )


class SitePart(PartForm):
    starts_on = DateField(label=gettext_lazy("Begins"), required=False)
    ends_on = DateField(label=gettext_lazy("Ends"), required=False)

    class Meta(PartForm.Meta):
        fields = ["site", "starts_on", "ends_on"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("starts_on") and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
            self.add_error("ends_on", _("The end comes before the beginning."))
        return values


class InputsPart(OutputsPart):
    """The part has rows alone."""


class InputRow(forms.Form):
    side = forms.ChoiceField(label=gettext_lazy("Side"), choices=[NOT_CHOSEN, *InputSide.choices])
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[NOT_CHOSEN, *InputKind.choices])
    text = forms.CharField(label=gettext_lazy("Description"), max_length=300)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), required=False, min_value=0, max_digits=18, decimal_places=2
    )
    currency = CodeField("currency", label=gettext_lazy("Currency"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("amount") is not None and not values.get("currency"):
            self.add_error("currency", _("Choose the currency of the amount."))
        if values.get("amount") is None:
            values["currency"] = None
        return values


class ImplementingPart(PartForm):
    class Meta(PartForm.Meta):
        fields = ["implementing", "implementing_note"]
        widgets = {"implementing_note": Lines(4)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            "implementing",
            offered().filter(country_id=self.instance.country_id, serves__isnull=True),
        )


# However many rows a browser claims to send, no more than `absolute_max` are read and shown.
OutputRows = formset_factory(
    OutputRow, formset=Rows, extra=1, max_num=20, absolute_max=25, validate_max=True, can_delete=True
)
InputRows = formset_factory(
    InputRow, formset=Rows, extra=2, max_num=60, absolute_max=65, validate_max=True, can_delete=True
)
