"""The path everything walks: requests, the operation they open, the parties and people in it."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.workflow import OPERATION_WORKFLOW, REQUEST_WORKFLOW
from taawun.directory.models import Organisation, Person
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.cases import Case
from taawun.kernel.periods import add_months
from taawun.kernel.workflow import Transition
from taawun.reference.models import Code

LANGUAGES = [("en", _("English")), ("fr", _("French")), ("ar", _("Arabic"))]


def code_key(**options: Any) -> Any:
    """A foreign key to a code of `reference`."""
    return models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+", **options)


def organisation_key(**options: Any) -> Any:
    """A foreign key to an organisation, queried from above."""
    return models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", **options)


class ProviderSettings(models.Model):
    """How one agency works: periods, thresholds, order of seats. A change never touches a running case silently."""

    provider = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    preset = models.SlugField(max_length=30)
    fiscal_year_start = models.PositiveSmallIntegerField(_("fiscal year begins in month"), default=4)
    opinion_days = models.PositiveSmallIntegerField(_("days for an opinion"), default=30)
    completion_months = models.PositiveSmallIntegerField(_("months from completion review to end"), default=6)
    monitoring_months = models.PositiveSmallIntegerField(_("months between monitoring sheets"), default=6)
    ex_post_years = models.PositiveSmallIntegerField(_("years to the ex-post evaluation"), default=3)
    lessons_offered = models.PositiveSmallIntegerField(_("lessons offered at most"), default=5)
    rating_rules = models.SlugField(_("rating rule set"), max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.provider}"


class ApprovingSeat(models.Model):
    """One approval a request needs, in the provider's order."""

    settings = models.ForeignKey(ProviderSettings, on_delete=models.CASCADE, related_name="seats")
    position = models.PositiveSmallIntegerField()
    organisation = organisation_key()

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [models.UniqueConstraint(fields=["settings", "position"], name="seat_position_once")]

    def __str__(self) -> str:
        return f"{self.position}. {self.organisation}"


class ConsultedMinistry(models.Model):
    """A ministry the provider usually asks for its opinion."""

    settings = models.ForeignKey(ProviderSettings, on_delete=models.CASCADE, related_name="ministries")
    organisation = organisation_key()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["settings", "organisation"], name="ministry_once")]

    def __str__(self) -> str:
        return str(self.organisation)


class Round(models.Model):
    """A provider's request survey of one fiscal year: requests enter while it is open."""

    provider = organisation_key(verbose_name=_("provider"))
    name = models.CharField(_("name"), max_length=100)
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="round_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """The last number given in a series; its row is the lock that keeps numbers without gap or double."""

    series = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series} {self.last}"


class IdeaSource(models.TextChoices):
    DIALOGUE = "dialogue", pgettext_lazy("source of the idea", "Dialogue")
    SURVEY = "survey", pgettext_lazy("source of the idea", "Survey")
    VISIT = "visit", pgettext_lazy("source of the idea", "Visit")


class CooperationRequest(Case):
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
            models.Index(fields=["country_office", "-id"], name="request_by_office"),
            models.Index(fields=["state", "-id"], name="request_by_state"),
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

    @cached_property
    def approving_organisations(self) -> list[int]:
        """The seats that must approve, in the provider's order."""
        seats = ApprovingSeat.objects.filter(settings__provider_id=self.provider_id)
        return list(seats.values_list("organisation_id", flat=True))

    def seat_organisations(self) -> dict[str, set[int]]:
        relations = {
            "requesting": {self.requesting_id},
            "coordination": {self.coordination_id},
            "country-office": {self.country_office_id},
            "provider": {self.provider_id},
        }
        if self.state == "under_review":
            relations["approving"] = set(self.approving_organisations)
        return relations

    def case_code(self) -> str:
        return self.code or ""

    def case_title(self) -> str:
        return self.title

    def case_language(self) -> str:
        return self.language

    def case_country(self) -> str:
        return self.country_id


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


class Lot(models.Model):
    """The requests a coordination body forwards together, ranked, under one covering letter."""

    coordination = organisation_key()
    provider = organisation_key()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    letter_number = models.CharField(_("letter number"), max_length=60)
    letter_date = models.DateField(_("date of the letter"))
    forwarded_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.letter_number


class Verdict(models.TextChoices):
    FAVOURABLE = "favourable", pgettext_lazy("opinion", "Favourable")
    WITH_RESERVATIONS = "reservations", pgettext_lazy("opinion", "Favourable with reservations")
    UNFAVOURABLE = "unfavourable", pgettext_lazy("opinion", "Unfavourable")


class Opinion(models.Model):
    """What a ministry was asked about a request, and what it answered. The provider's side alone reads it."""

    coop_request = models.ForeignKey(CooperationRequest, on_delete=models.PROTECT, related_name="opinions")
    organisation = organisation_key()
    asked_on = models.DateField()
    due_on = models.DateField()
    given_on = models.DateField(null=True, blank=True)
    verdict = models.CharField(_("opinion"), max_length=20, choices=Verdict.choices, blank=True)
    text = models.TextField(_("reasons"), blank=True, max_length=4000)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["coop_request", "organisation"], name="opinion_once"),
            models.CheckConstraint(
                condition=Q(given_on__isnull=True) | ~Q(verdict=""), name="opinion_given_has_verdict"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_verdict_display()}"


class AppraisalNote(models.Model):
    """The desk's own assessment of a request: internal, the partner never sees it."""

    coop_request = models.OneToOneField(
        CooperationRequest, on_delete=models.PROTECT, related_name="appraisal_note"
    )
    text = models.TextField(_("appraisal note"), max_length=8000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.coop_request}"


class OperationPart(models.TextChoices):
    BENEFICIARY = "beneficiary", pgettext_lazy("part of a party", "Requesting organisation")
    IMPLEMENTING = "implementing", pgettext_lazy("part of a party", "Implementing organisation")
    COORDINATION = "coordination", pgettext_lazy("part of a party", "Coordination body")
    PROVIDER = "provider", pgettext_lazy("part of a party", "Provider")
    FACILITATING = "facilitating", pgettext_lazy("part of a party", "Facilitating provider")
    CONTRACTOR = "contractor", pgettext_lazy("part of a party", "Contractor")


class Operation(Case):
    """Everything an agency does for a partner: the spine. What upper rooms know about it is theirs."""

    kind = "operation"
    workflow = OPERATION_WORKFLOW

    code = models.CharField(_("number"), max_length=40, unique=True)
    language = models.CharField(_("language of the texts"), max_length=10, choices=LANGUAGES, default="en")
    title = models.CharField(_("title"), max_length=200)
    modality = code_key(verbose_name=_("modality"))
    country = code_key(verbose_name=_("partner country"))
    sector = code_key(verbose_name=_("sector"), null=True, blank=True)
    coop_request = models.OneToOneField(
        CooperationRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="operation"
    )
    provider = organisation_key(verbose_name=_("provider"))
    country_office = organisation_key(verbose_name=_("country office"))
    site = models.CharField(_("site"), max_length=500, blank=True)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    opened_on = models.DateField(_("opened on"), default=clock.today)
    monitored_since = models.DateField(null=True, blank=True, editable=False)
    completed_on = models.DateField(null=True, blank=True, editable=False)
    ex_post_on = models.DateField(_("ex-post evaluation due on"), null=True, blank=True, editable=False)
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        indexes = [
            models.Index(fields=["provider", "-id"], name="operation_by_provider"),
            models.Index(fields=["country_office", "-id"], name="operation_by_office"),
            models.Index(fields=["country", "state"], name="operation_by_country"),
            models.Index(fields=["state", "-id"], name="operation_by_state"),
            models.Index(fields=["ex_post_on"], name="operation_ex_post", condition=Q(state="completed")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="operation_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cycle:operation", args=[self.pk])

    @cached_property
    def party_rows(self) -> list["Party"]:
        """The parties with their organisations: one SQL statement, kept for the page."""
        return list(self.parties.select_related("organisation", "acts_through"))

    @cached_property
    def evaluator_ids(self) -> set[int]:
        """The persons named to evaluate it."""
        return set(self.team.filter(function=TeamFunction.EVALUATOR).values_list("person_id", flat=True))

    def seat_organisations(self) -> dict[str, set[int]]:
        relations = {"provider": {self.provider_id}, "country-office": {self.country_office_id}}
        relations["signing"] = {p.acts_through_id for p in self.party_rows if p.signs}
        relations["parties"] = {p.organisation_id for p in self.party_rows}
        relations["implementing"] = {
            p.organisation_id for p in self.party_rows if p.part == OperationPart.IMPLEMENTING
        }
        return relations

    def seat_people(self) -> dict[str, set[int]]:
        """Evaluators act while the evaluation is due; what they learnt they may still write down later."""
        if self.state not in ("ex_post_due", "evaluated", "closed"):
            return {}
        people = {"named-evaluators": self.evaluator_ids}
        return people | ({"evaluators": self.evaluator_ids} if self.state == "ex_post_due" else {})

    def due_of(self, step: Transition) -> date | None:
        """The completion review is due some months before the end (domain.md §11: −6, a setting)."""
        if step.name != "open-completion" or self.ends_on is None:
            return None
        held = ProviderSettings.objects.filter(provider_id=self.provider_id)
        months = held.values_list("completion_months", flat=True).first()
        return add_months(self.ends_on, -(6 if months is None else months))

    def case_code(self) -> str:
        return self.code

    def case_title(self) -> str:
        return self.title

    def case_language(self) -> str:
        return self.language

    def case_country(self) -> str:
        return self.country_id


class Party(models.Model):
    """An organisation's part in an operation. One that `signs` confirms jointly, through an office and a role."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="parties")
    organisation = organisation_key(verbose_name=_("organisation"))
    part = models.CharField(_("part in it"), max_length=20, choices=OperationPart.choices)
    signs = models.BooleanField(_("signs"), default=False)
    acts_through = organisation_key(verbose_name=_("acts through"))
    acts_as = models.CharField(max_length=40, choices=Role.choices, default=Role.LINE_OFFICER)
    contributes = models.CharField(_("contributes"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = _("party")
        constraints = [
            models.UniqueConstraint(fields=["operation", "organisation", "part"], name="party_once")
        ]
        indexes = [models.Index(fields=["organisation", "operation"], name="party_by_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation}"


class TeamFunction(models.TextChoices):
    DIRECTOR = "director", pgettext_lazy("function in the operation", "Project director")
    MANAGER = "manager", pgettext_lazy("function in the operation", "Project manager")
    COUNTERPART = "counterpart", pgettext_lazy("function in the operation", "Counterpart")
    CHIEF_ADVISOR = "chief-advisor", pgettext_lazy("function in the operation", "Chief advisor")
    EXPERT = "expert", pgettext_lazy("function in the operation", "Expert")
    EVALUATOR = "evaluator", pgettext_lazy("function in the operation", "Evaluator")


def still_serving() -> Q:
    """The functions that are not over: those of today and those to come."""
    return Q(held_to__isnull=True) | Q(held_to__gt=clock.today())


class TeamMember(models.Model):
    """A person's function on an operation. It opens the operation to them until it ends (`still_serving`).

    Whoever served is kept for good: the independence of evaluators rests on it. From the day it ends a function is
    over: who is struck out is out at once.
    """

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = organisation_key(verbose_name=_("organisation"))
    function = models.CharField(_("function"), max_length=20, choices=TeamFunction.choices)
    field = models.CharField(_("field"), max_length=150, blank=True)
    held_from = models.DateField(_("from"))
    held_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        indexes = [models.Index(fields=["person", "operation"], name="team_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "person", "function", "held_from"], name="team_member_once"
            ),
            models.CheckConstraint(
                condition=Q(held_to__isnull=True) | Q(held_to__gte=F("held_from")),
                name="team_member_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_function_display()}"

    @property
    def began(self) -> bool:
        """Whether the person has served, if only for a day."""
        return self.held_from <= clock.today()


class Component(models.Model):
    """One part of an operation in one modality: period, place, ceiling, and the supplier's acceptance."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="components")
    modality = code_key(verbose_name=_("modality"))
    title = models.CharField(_("title"), max_length=200)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    ceiling = models.DecimalField(_("ceiling"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = code_key(verbose_name=_("currency"), null=True, blank=True)
    supplier = organisation_key(verbose_name=_("supplier"), null=True, blank=True)
    confirmed_on = models.DateField(_("accepted by the supplier on"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="component_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ceiling__isnull=True) | Q(ceiling__gte=0), name="ceiling_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Consent(models.Model):
    """One seat's or party's dated consent to a joint step; voided when what was consented to changes."""

    coop_request = models.ForeignKey(
        CooperationRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="consents"
    )
    operation = models.ForeignKey(
        Operation, null=True, blank=True, on_delete=models.PROTECT, related_name="consents"
    )
    step = models.CharField(max_length=60)
    organisation = organisation_key()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    acted_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(coop_request__isnull=False, operation__isnull=True)
                | Q(coop_request__isnull=True, operation__isnull=False),
                name="consent_to_one_case",
            ),
            models.UniqueConstraint(
                fields=["coop_request", "operation", "step", "organisation"],
                condition=Q(voided_at__isnull=True),
                nulls_distinct=False,
                name="consent_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.step}"
