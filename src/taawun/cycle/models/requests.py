"""What a partner asks of a provider, from the idea to the exchange of notes."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models.keys import LANGUAGES, code_key, organisation_key
from taawun.cycle.models.provider import Round
from taawun.cycle.models.settings import UnderSettings
from taawun.cycle.workflow import REQUEST_WORKFLOW
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.cases import InParts, Titled
from taawun.foundation.searching import Words
from taawun.kernel.money import Money


class IdeaSource(models.TextChoices):
    DIALOGUE = "dialogue", pgettext_lazy("source of the idea", "Dialogue")
    SURVEY = "survey", pgettext_lazy("source of the idea", "Survey")
    VISIT = "visit", pgettext_lazy("source of the idea", "Visit")


# The states in which the approving seats act, or may take back what they did last.
DECIDED_BY_SEATS = ("under_review", "deferred", "declined", "adopted")


REQUEST_WORDS = ("code", "title")


GATE = (
    "provider",
    "country_office",
    "requesting",
    "coordination",
)  # what the gate asks of a request, besides


class CooperationRequest(Titled, UnderSettings, InParts):
    """What a partner asks of a provider, from the idea to the exchange of notes (application form, domain.md §1.1)."""

    kind = "request"
    workflow = REQUEST_WORKFLOW

    code = models.CharField(_("number"), max_length=40, unique=True, null=True, blank=True, editable=False)
    language = models.CharField(_("language of the texts"), max_length=10, choices=LANGUAGES, default="en")
    title = models.CharField(_("title"), max_length=200)
    modality = code_key(verbose_name=_("modality"), limit_choices_to={"code_list": "modality"})
    country = code_key(verbose_name=_("partner country"))
    sector = code_key(verbose_name=_("sector"), null=True, blank=True)
    requesting = organisation_key(verbose_name=_("requesting organisation"))
    coordination = organisation_key(verbose_name=_("coordination body"))
    provider = organisation_key(verbose_name=_("provider"))
    country_office = organisation_key(verbose_name=_("country office"))
    round = models.ForeignKey(
        Round, verbose_name=_("round"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    out_of_round_reason = models.TextField(
        _("why it is asked out of round"),
        blank=True,
        max_length=1000,
        help_text=_("Only where no round is open and it cannot wait for the next one."),
    )
    resubmits = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="resubmitted", editable=False
    )
    is_example = models.BooleanField(_("example"), default=False)
    # The idea
    need = models.TextField(_("need"), blank=True, max_length=4000)
    source = models.CharField(
        _("where the idea comes from"), max_length=20, choices=IdeaSource.choices, blank=True
    )
    consulted = models.TextField(_("who was consulted"), blank=True, max_length=2000)
    priority_area = models.CharField(_("priority area"), max_length=200, blank=True)
    development_issue = models.CharField(_("development issue"), max_length=200, blank=True)
    programme = models.CharField(_("cooperation programme"), max_length=200, blank=True)
    # The request
    background = models.TextField(_("background"), blank=True, max_length=12000)
    overall_goal = models.TextField(_("overall goal"), blank=True, max_length=2000)
    purpose = models.TextField(_("project purpose"), blank=True, max_length=2000)
    indicator = models.CharField(_("what is counted"), max_length=300, blank=True)
    indicator_unit = models.CharField(_("unit"), max_length=60, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(_("date of the baseline"), null=True, blank=True)
    target = models.DecimalField(
        _("target at the end"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    site = models.CharField(_("site"), max_length=500, blank=True)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    implementing = organisation_key(verbose_name=_("implementing organisation"), null=True, blank=True)
    implementing_note = models.TextField(
        _("its budget, staff and department in charge"), blank=True, max_length=2000
    )
    # Along the way
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True, editable=False)
    lot = models.ForeignKey(
        "Lot", null=True, blank=True, on_delete=models.PROTECT, related_name="requests", editable=False
    )
    forwarded_on = models.DateField(null=True, blank=True, editable=False)
    adopted_on = models.DateField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("cooperation request")
        verbose_name_plural = _("cooperation requests")
        indexes = [
            models.Index(fields=["requesting", "-id"], name="request_by_requesting"),
            models.Index(fields=["coordination", "-id"], name="request_by_coordination"),
            models.Index(fields=["provider", "-id"], name="request_by_provider"),
            # What the gate asks of the provider's side is answered without reading a row.
            models.Index(
                fields=["provider", "-id"],
                name="request_forwarded",
                condition=Q(forwarded_on__isnull=False),
            ),
            models.Index(
                fields=["country", "-id"],
                include=["state", "forwarded_on", *GATE],
                name="request_in_country",
            ),
            models.Index(fields=["country_office", "-id"], name="request_by_office"),
            models.Index(fields=["state", "-id"], name="request_by_state"),
            GinIndex(Words(*REQUEST_WORDS), name="request_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="request_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["lot", "rank"], condition=Q(lot__isnull=False), name="rank_once_in_lot"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cycle:request", args=[self.pk])

    def seat_organisations(self) -> dict[str, set[int]]:
        relations = {
            "requesting": {self.requesting_id},
            "coordination": {self.coordination_id},
            "country-office": {self.country_office_id},
            "provider": {self.provider_id},
        }
        if self.state in DECIDED_BY_SEATS:
            relations["approving"] = set(self.approving_organisations)
        return relations

    def notice_seats(self) -> list[tuple[int, str]]:
        """Those who are told by mail what concerns every side."""
        return [
            (self.requesting_id, Role.LINE_OFFICER),
            (self.coordination_id, Role.COORDINATION),
            (self.country_office_id, Role.COUNTRY_OFFICE),
        ]


class RequestOutput(models.Model):
    """A result the requester expects; its activities one a line. They open the project design matrix."""

    coop_request = models.ForeignKey(CooperationRequest, on_delete=models.CASCADE, related_name="outputs")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("output"), max_length=500)
    activities = models.TextField(_("activities, one a line"), max_length=4000, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [models.UniqueConstraint(fields=["coop_request", "number"], name="request_output_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    def activity_list(self) -> list[str]:
        """The activities, as written, without blank lines."""
        return [line.strip() for line in self.activities.splitlines() if line.strip()]


class InputSide(models.TextChoices):
    PARTNER = "partner", pgettext_lazy("side of an input", "Partner")
    PROVIDER = "provider", pgettext_lazy("side of an input", "Provider")


class InputKind(models.TextChoices):
    EXPERT = "expert", pgettext_lazy("input", "Expert")
    TRAINING = "training", pgettext_lazy("input", "Training")
    EQUIPMENT = "equipment", pgettext_lazy("input", "Equipment")
    LOCAL_COST = "local-cost", pgettext_lazy("input", "Local cost")
    COUNTERPART = "counterpart", pgettext_lazy("input", "Counterparts and staff")
    PREMISES = "premises", pgettext_lazy("input", "Premises and running costs")


class RequestInput(models.Model):
    """What one side would bring."""

    coop_request = models.ForeignKey(CooperationRequest, on_delete=models.CASCADE, related_name="inputs")
    side = models.CharField(_("side"), max_length=10, choices=InputSide.choices)
    kind = models.CharField(_("kind"), max_length=20, choices=InputKind.choices)
    text = models.CharField(_("description"), max_length=300)
    amount = models.DecimalField(
        _("amount"), max_digits=18, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = code_key(verbose_name=_("currency"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["side", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="request_input_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(currency__isnull=False),
                name="request_input_has_currency",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def money(self) -> Money | None:
        """What it would cost; nothing where no amount was given."""
        if self.amount is None or self.currency_id is None:
            return None
        return Money(self.amount, self.currency_id.partition(":")[2])


class Lot(models.Model):
    """The requests a coordination body forwards together, ranked, under one covering letter."""

    coordination = organisation_key()
    provider = organisation_key()
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    letter_number = models.CharField(_("letter number"), max_length=60)
    letter_date = models.DateField(_("date of the letter"))
    forwarded_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.letter_number
