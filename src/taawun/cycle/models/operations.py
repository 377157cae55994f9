"""The operation everything belongs to, and its parties."""

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models.keys import LANGUAGES, code_key, organisation_key
from taawun.cycle.models.parts import OperationPart, TeamFunction, still_serving
from taawun.cycle.models.requests import CooperationRequest
from taawun.cycle.models.settings import UnderSettings, settings_for
from taawun.cycle.workflow import ACTIVITY_WORKFLOW, OPERATION_WORKFLOW
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.cases import Case, Titled
from taawun.foundation.searching import Words
from taawun.kernel.periods import add_months
from taawun.kernel.workflow import Transition, Workflow
from taawun.papers.models import File


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


class Operation(Titled, UnderSettings, Case):
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
            # What the page of a country asks of the gate is answered without reading a row.
            models.Index(
                fields=["country", "-id"],
                include=["state", "provider", "country_office"],
                name="operation_in_country",
            ),
            models.Index(fields=["state", "-id"], name="operation_by_state"),
            models.Index(
                fields=["coop_request"],
                include=["id"],
                name="operation_opened_by",
                condition=Q(coop_request__isnull=False),
            ),
            models.Index(fields=["ends_on"], include=["id"], name="operation_by_end"),
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
        indexes = [
            models.Index(fields=["organisation", "operation"], name="party_by_organisation"),
            models.Index(
                fields=["organisation", "operation"],
                name="party_besides_provider",
                condition=~Q(part=OperationPart.PROVIDER),
            ),
            models.Index(fields=["acts_through", "operation"], name="party_by_office"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"
