"""The operation everything belongs to: its parties, its people, its components."""

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models.keys import LANGUAGES, code_key, organisation_key
from taawun.cycle.models.requests import CooperationRequest
from taawun.cycle.models.settings import UnderSettings, settings_for
from taawun.cycle.workflow import ACTIVITY_WORKFLOW, OPERATION_WORKFLOW
from taawun.directory.models import Person
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.cases import Case
from taawun.foundation.searching import Words
from taawun.kernel.periods import add_months
from taawun.kernel.workflow import Transition, Workflow
from taawun.papers.models import File


class OperationPart(models.TextChoices):
    BENEFICIARY = "beneficiary", pgettext_lazy("part of a party", "Requesting organisation")
    IMPLEMENTING = "implementing", pgettext_lazy("part of a party", "Implementing organisation")
    COORDINATION = "coordination", pgettext_lazy("part of a party", "Coordination body")
    PROVIDER = "provider", pgettext_lazy("part of a party", "Provider")
    SUPPLIER = "supplier", pgettext_lazy("part of a party", "Supplying or host institution")
    FACILITATING = "facilitating", pgettext_lazy("part of a party", "Facilitating provider")
    CONTRACTOR = "contractor", pgettext_lazy("part of a party", "Contractor")


class Form(models.TextChoices):
    PROJECT = "project", pgettext_lazy("form of an operation", "Project")
    ACTIVITY = "activity", pgettext_lazy("form of an operation", "Stand-alone activity")


class Basis(models.TextChoices):
    """The decision that opened an operation (cycle.md, "a decision without a request")."""

    NOTES = "notes", pgettext_lazy("basis of an operation", "Exchange of notes verbales")
    LETTER = "letter", pgettext_lazy("basis of an operation", "Exchange of letters")
    COMMISSION = "commission", pgettext_lazy("basis of an operation", "Line of a joint commission")
    TRIANGULAR = "triangular", pgettext_lazy("basis of an operation", "Triangular arrangement")
    PROGRAMME = "programme", pgettext_lazy("basis of an operation", "Annual programme")
    FOLLOW_UP = "follow-up", pgettext_lazy("basis of an operation", "Request for follow-up cooperation")


OPERATION_WORDS = ("code", "title", "old_number")


class Operation(UnderSettings, Case):
    """Everything an agency does for a partner: the spine. What upper rooms know about it is theirs.

    A project or a stand-alone activity (`form`): each walks by its own table. The form is settled when it begins, by
    the settings in force then, and stays for good.
    """

    kind = "operation"

    code = models.CharField(_("number"), max_length=40, unique=True)
    language = models.CharField(_("language of the texts"), max_length=10, choices=LANGUAGES, default="en")
    title = models.CharField(_("title"), max_length=200)
    modality = code_key(verbose_name=_("modality"))
    country = code_key(verbose_name=_("partner country"))
    sector = code_key(verbose_name=_("sector"), null=True, blank=True)
    form = models.CharField(_("form"), max_length=10, choices=Form.choices, default=Form.PROJECT)
    coop_request = models.OneToOneField(
        CooperationRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="operation"
    )
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by", editable=False
    )
    basis = models.CharField(_("decided by"), max_length=20, choices=Basis.choices, blank=True)
    basis_number = models.CharField(_("number of the decision"), max_length=120, blank=True)
    basis_on = models.DateField(_("date of the decision"), null=True, blank=True)
    basis_scan = models.ForeignKey(File, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    provider = organisation_key(verbose_name=_("provider"))
    country_office = organisation_key(verbose_name=_("country office"))
    site = models.CharField(_("site"), max_length=500, blank=True)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    opened_on = models.DateField(_("opened on"), default=clock.today)
    monitored_since = models.DateField(null=True, blank=True, editable=False)
    completed_on = models.DateField(null=True, blank=True, editable=False)
    ex_post_on = models.DateField(_("ex-post evaluation due on"), null=True, blank=True, editable=False)
    # Work that was under way before this program: since when it is kept here, in which state it came, from what paper.
    taken_over_on = models.DateField(_("taken over on"), null=True, blank=True, editable=False)
    taken_over_in = models.CharField(max_length=30, blank=True, editable=False)
    taken_over_from = models.CharField(_("source paper or file"), max_length=200, blank=True)
    taken_over_scan = models.ForeignKey(
        File, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    old_number = models.CharField(_("number in the old register"), max_length=60, blank=True)
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
            GinIndex(Words(*OPERATION_WORDS), name="operation_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="operation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(taken_over_on__isnull=True) | ~Q(taken_over_in=""),
                name="operation_taken_over_in_a_state",
            ),
            models.UniqueConstraint(
                fields=["provider", "old_number"],
                condition=~Q(old_number=""),
                name="operation_taken_over_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def workflow(self) -> Workflow:  # type: ignore[override]  # a project's table, or an activity's
        """The table it walks by."""
        return ACTIVITY_WORKFLOW if self.form == Form.ACTIVITY else OPERATION_WORKFLOW

    @property
    def is_project(self) -> bool:
        """Whether it is planned, appraised, monitored and evaluated as a project."""
        return self.form == Form.PROJECT

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

    @cached_property
    def serving_ids(self) -> set[int]:
        """The project team today: everybody who has a function on it but its evaluators."""
        rows = self.team.filter(still_serving(), held_from__lte=clock.today())
        return set(rows.exclude(function=TeamFunction.EVALUATOR).values_list("person_id", flat=True))

    def seat_organisations(self) -> dict[str, set[int]]:
        relations = {"provider": {self.provider_id}, "country-office": {self.country_office_id}}
        relations["office-desk"] = relations["provider"] & relations["country-office"]
        relations["signing"] = {p.acts_through_id for p in self.party_rows if p.signs}
        relations["parties"] = {p.organisation_id for p in self.party_rows}
        relations["facilitating"] = {
            p.acts_through_id for p in self.party_rows if p.part == OperationPart.FACILITATING
        }
        relations["supplying"] = {
            p.organisation_id for p in self.party_rows if p.part == OperationPart.SUPPLIER
        }
        relations["implementing"] = {
            p.organisation_id for p in self.party_rows if p.part == OperationPart.IMPLEMENTING
        }
        return relations

    def relation(self, name: str) -> set[int]:
        """The approving seats are asked for where an approver may act, and nowhere else."""
        return set(self.approving_organisations) if name == "approving" else super().relation(name)

    def seat_people(self) -> dict[str, set[int]]:
        """Evaluators act while the evaluation is due; what they learnt they may still write down later.

        In an activity those who carry it out: they write its report.
        """
        if not self.is_project:
            serving = self.team.filter(handed_over=False)
            return {"serving": set(serving.values_list("person_id", flat=True))}
        if self.state not in ("ex_post_due", "evaluated", "closed"):
            return {}
        people = {"named-evaluators": self.evaluator_ids}
        return people | ({"evaluators": self.evaluator_ids} if self.state == "ex_post_due" else {})

    def notice_seats(self) -> list[tuple[int, str]]:
        """Those who are told by mail what concerns every party: each acts through an office or a body."""
        return list(dict.fromkeys((p.acts_through_id, p.acts_as) for p in self.party_rows))

    def stands_in(self, relation: str, person_id: int | None) -> bool:
        """The project team is read only where somebody asks for it."""
        if relation == "team":
            return person_id in self.serving_ids
        return super().stands_in(relation, person_id)

    def due_of(self, step: Transition) -> date | None:
        """The completion review alone has a date of its own."""
        return self.review_opens_on if step.name == "open-completion" else None

    @property
    def review_opens_on(self) -> date | None:
        """The completion review is due some months before the end (domain.md §11: −6, a setting)."""
        if self.ends_on is None:
            return None
        return add_months(self.ends_on, -settings_for(self).completion_months)

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
    over: who is struck out is out at once. `handed_over`: a successor has it; nothing waits on this person any more.
    """

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = organisation_key(verbose_name=_("organisation"))
    function = models.CharField(_("function"), max_length=20, choices=TeamFunction.choices)
    field = models.CharField(_("field"), max_length=150, blank=True)
    held_from = models.DateField(_("from"))
    held_to = models.DateField(_("to"), null=True, blank=True)
    handed_over = models.BooleanField(default=False, editable=False)

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


class ActivityReport(models.Model):
    """What a stand-alone activity did and left behind: written by those who carried it out, accepted by the desk."""

    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, related_name="activity_report")
    done = models.TextField(_("what was done"), max_length=12000)
    results = models.TextField(_("results"), max_length=12000, blank=True)
    recommended = models.TextField(_("what is recommended"), max_length=8000, blank=True)
    participants = models.PositiveIntegerField(_("number of participants"), null=True, blank=True)
    scan = models.ForeignKey(File, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.operation)
