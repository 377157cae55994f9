"""The forms of requests and operations: short pages, one part of the case each."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import get_language, gettext as _, gettext_lazy

from taawun.cycle.actions import period_agreed
from taawun.cycle.models import (
    LANGUAGES,
    Component,
    CooperationRequest,
    InputKind,
    InputSide,
    OperationPart,
    ProviderSettings,
    Round,
    TeamFunction,
    Verdict,
)
from taawun.cycle.parties import possible_parties
from taawun.cycle.queries import on_paper_for, supplying_institutions
from taawun.directory.models import Organisation, Person
from taawun.directory.queries import offered
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.forms import DateField, ObjectChoiceField, RowOfCase, Rows, offer
from taawun.foundation.standing import Standing
from taawun.reference.forms import CodeField

# A row nobody touched says nothing: its first choice is none.
NOT_CHOSEN = ("", gettext_lazy("Choose…"))


def prose(rows: int = 4) -> forms.Textarea:
    """A field for prose."""
    return forms.Textarea(attrs={"rows": rows})


class BeginForm(forms.Form):
    """Begin a request as an idea: for whom, of whom, in which form of cooperation."""

    requesting = forms.ModelChoiceField(
        label=gettext_lazy("Your organisation"), queryset=Organisation.objects.none()
    )
    provider = forms.ModelChoiceField(
        label=gettext_lazy("Provider asked"), queryset=Organisation.objects.none()
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("The same everywhere later: short and plain."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language you write in"), choices=LANGUAGES)
    modality = CodeField("modality", label=gettext_lazy("Form of cooperation (one only)"))
    need = forms.CharField(
        label=gettext_lazy("Need"),
        max_length=4000,
        widget=prose(),
        required=False,
        help_text=gettext_lazy("What is wrong today, for whom."),
    )

    def __init__(self, *args: Any, who: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        houses = who.holding(Role.LINE_OFFICER)
        offer(self, "requesting", offered().filter(pk__in=houses) | on_paper_for(who))
        self.fields["requesting"].initial = min(houses) if len(houses) == 1 else None
        self.fields["language"].initial = (get_language() or "en").split("-")[0]
        offer(
            self,
            "provider",
            offered().filter(pk__in=ProviderSettings.objects.values("provider_id")),
        )


def _open_codes(form: Any) -> None:
    """Code fields show what the record holds, withdrawn or not."""
    for name in form.codes:
        held = getattr(form.instance, f"{name}_id")
        form.fields[name].initial = held
        form.fields[name].keep(held)


def _values(form: Any) -> dict[str, Any]:
    plain = {name: form.cleaned_data[name] for name in form.Meta.fields}
    return plain | {f"{name}_id": form.cleaned_data[name] for name in form.codes}


class PartForm(forms.ModelForm):
    """One part of the request's form. Missing answers are no error here: the draft is saved all the same."""

    codes: tuple[str, ...] = ()

    class Meta:
        model = CooperationRequest
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _open_codes(self)

    def values(self) -> dict[str, Any]:
        """What the part saves."""
        return _values(self)


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
        widgets = {"need": prose(), "consulted": prose(3), "out_of_round_reason": prose(2)}
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
        widgets = {"background": prose(12)}
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
        widgets = {"overall_goal": prose(3), "purpose": prose(3)}
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
        label=gettext_lazy("Activities, one a line"), max_length=4000, required=False, widget=prose(4)
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
        widgets = {"implementing_note": prose(4)}

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


class OpinionForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Opinion"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=gettext_lazy("Reasons"), max_length=4000, widget=prose(6))


class AppraisalNoteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Appraisal note"),
        max_length=8000,
        widget=prose(12),
        help_text=gettext_lazy(
            "Your side only: the partner never sees it. A change voids the approvals already given."
        ),
    )


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


class PartyRow(RowOfCase):
    """An organisation's part in an operation; through whom it acts is derived from the two."""

    offers = {"organisation": possible_parties}

    organisation = ObjectChoiceField(label=gettext_lazy("Organisation"))
    part = forms.ChoiceField(label=gettext_lazy("Part in it"), choices=[NOT_CHOSEN, *OperationPart.choices])
    signs = forms.BooleanField(label=gettext_lazy("Signs and confirms"), required=False)
    contributes = forms.CharField(label=gettext_lazy("Contributes"), max_length=300, required=False)


PartyRows = formset_factory(
    PartyRow, formset=Rows, extra=2, max_num=30, absolute_max=35, validate_max=True, can_delete=True
)


class TeamRow(forms.Form):
    function = forms.ChoiceField(
        label=gettext_lazy("Function"),
        choices=[NOT_CHOSEN, *(c for c in TeamFunction.choices if c[0] != TeamFunction.EVALUATOR)],
    )
    person = forms.ModelChoiceField(label=gettext_lazy("Person"), queryset=Person.objects.none())
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.none()
    )
    field = forms.CharField(label=gettext_lazy("Field"), max_length=150, required=False)
    held_from = DateField(label=gettext_lazy("From"))
    held_to = DateField(label=gettext_lazy("To"), required=False)

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = [p.organisation_id for p in case.party_rows] + [case.country_office_id]
        offer(self, "organisation", offered().filter(pk__in=parties))
        offer(
            self,
            "person",
            Person.objects.filter(merged_into__isnull=True, posts__organisation_id__in=parties).distinct(),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("held_to") and values.get("held_from") and values["held_to"] < values["held_from"]:
            self.add_error("held_to", _("The end comes before the beginning."))
        return values


TeamRows = formset_factory(
    TeamRow, formset=Rows, extra=2, max_num=60, absolute_max=65, validate_max=True, can_delete=True
)


class ComponentForm(forms.ModelForm):
    starts_on = DateField(label=gettext_lazy("Begins"))
    ends_on = DateField(label=gettext_lazy("Ends"))
    confirmed_on = DateField(label=gettext_lazy("Accepted by the supplier on"), required=False)
    currency = CodeField("currency", label=gettext_lazy("Currency"), required=False)
    ceiling = forms.DecimalField(
        label=gettext_lazy("Ceiling"), required=False, min_value=0, max_digits=18, decimal_places=2
    )

    codes = ("currency",)
    field_order = ["title", "place", "starts_on", "ends_on", "ceiling", "currency"]

    class Meta:
        model = Component
        fields = ["title", "place", "starts_on", "ends_on", "ceiling", "supplier", "confirmed_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _open_codes(self)
        suppliers = [
            *(OperationPart.PROVIDER, OperationPart.SUPPLIER),
            *(OperationPart.FACILITATING, OperationPart.CONTRACTOR),
        ]
        if period_agreed(self.instance.operation):
            for name in ("starts_on", "ends_on", "ceiling", "currency"):
                self.fields[name].disabled = True
            self.fields["ends_on"].help_text = _(
                "Period and ceiling are agreed: an amendment signed by the parties changes them."
            )
        parties = self.instance.operation.party_rows
        offer(
            self,
            "supplier",
            offered().filter(pk__in=[p.organisation_id for p in parties if p.part in suppliers])
            | supplying_institutions(self.instance.operation.provider),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("starts_on") and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
            self.add_error("ends_on", _("The end comes before the beginning."))
        if values.get("confirmed_on") and values["confirmed_on"] > clock.today():
            self.add_error("confirmed_on", _("The date of the act lies in the future."))
        if values.get("ceiling") is not None and not values.get("currency"):
            self.add_error("currency", _("Choose the currency of the amount."))
        return values

    def values(self) -> dict[str, Any]:
        """What is saved."""
        return _values(self)
