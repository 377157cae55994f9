"""Lessons, where they were cited and with what result."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import LANGUAGES, CooperationRequest, Operation, code_key, organisation_key
from taawun.foundation import clock
from taawun.foundation.cases import Case
from taawun.lessons.workflow import INSIDE, LESSON_WORKFLOW, TONES, LessonState


class Stage(models.TextChoices):
    PLANNING = "planning", pgettext_lazy("stage of a lesson", "Planning")
    IMPLEMENTATION = "implementation", pgettext_lazy("stage of a lesson", "Implementation and monitoring")
    COMPLETION = "completion", pgettext_lazy("stage of a lesson", "Completion")
    EVALUATION = "evaluation", pgettext_lazy("stage of a lesson", "Ex-post evaluation")


class Lesson(Case):
    """What an operation taught: the situation, its cause, what to do about it, when that holds (domain.md §1.11).

    Country, sector and modality are the operation's at the time of drafting: they say to whom it is offered.
    """

    kind = "lesson"
    workflow = LESSON_WORKFLOW

    code = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    language = models.CharField(_("language of the texts"), max_length=10, choices=LANGUAGES, default="en")
    title = models.CharField(_("title"), max_length=200)
    operation = models.ForeignKey(
        Operation, verbose_name=_("operation"), on_delete=models.PROTECT, related_name="+"
    )
    provider = organisation_key(verbose_name=_("provider"))
    drafted_by = organisation_key(verbose_name=_("drafted by"))
    country = code_key(verbose_name=_("partner country"))
    sector = code_key(verbose_name=_("sector"), null=True, blank=True)
    modality = code_key(verbose_name=_("modality"))
    stage = models.CharField(_("stage it comes from"), max_length=20, choices=Stage.choices)
    noticed_on = models.DateField(_("noticed on"), null=True, blank=True)
    situation = models.TextField(_("situation"), blank=True, max_length=4000)
    cause = models.TextField(_("cause"), blank=True, max_length=4000)
    countermeasure = models.TextField(_("countermeasure"), blank=True, max_length=4000)
    conditions = models.TextField(_("conditions under which it holds"), blank=True, max_length=4000)
    keywords = models.CharField(_("keywords, separated by commas"), blank=True, max_length=300)
    certified_on = models.DateField(_("certified on"), null=True, blank=True, editable=False)
    is_example = models.BooleanField(_("example"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        indexes = [
            models.Index(fields=["operation", "-id"], name="lesson_by_operation"),
            models.Index(fields=["provider", "state", "-id"], name="lesson_by_provider"),
            models.Index(fields=["drafted_by", "-id"], name="lesson_by_drafter"),
            models.Index(
                fields=["sector", "-id"], name="lesson_by_sector", condition=Q(state=LessonState.CERTIFIED)
            ),
            models.Index(
                fields=["country", "-id"], name="lesson_by_country", condition=Q(state=LessonState.CERTIFIED)
            ),
            models.Index(fields=["-id"], name="lesson_certified", condition=Q(state=LessonState.CERTIFIED)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(certified_on__isnull=True) | ~Q(state__in=INSIDE),
                name="lesson_dated_when_certified",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("lessons:lesson", args=[self.pk])

    @property
    def state_tone(self) -> str:
        """How its state looks."""
        return TONES.get(LessonState(self.state), "")

    def seat_organisations(self) -> dict[str, set[int]]:
        """Its author's organisation writes while it is a draft; from the analysis on the provider alone does."""
        relations = {"provider": {self.provider_id}}
        if self.state == LessonState.DRAFT:
            relations["writing"] = {self.drafted_by_id}
        return relations

    def seat_people(self) -> dict[str, set[int]]:
        """Whoever drafted it without a post in the operation (an evaluator) writes it by name."""
        person = getattr(self.created_by, "person", None) if self.state == LessonState.DRAFT else None
        return {"author": {person.pk}} if person else {}

    def case_code(self) -> str:
        return self.code

    def case_title(self) -> str:
        return self.title

    def case_language(self) -> str:
        return self.language

    def case_country(self) -> str:
        return self.country_id


class Answer(models.TextChoices):
    APPLIED = "applied", pgettext_lazy("answer to a lesson", "Applied")
    NOT_APPLICABLE = "not-applicable", pgettext_lazy("answer to a lesson", "Not applicable")


class Citation(models.Model):
    """A lesson offered to a request or an operation: why, seen by whom, answered how, and whether it helped.

    `reasons` are slugs with their values (codes, words): they become sentences in the language of whoever reads.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="citations")
    coop_request = models.ForeignKey(
        CooperationRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    operation = models.ForeignKey(
        Operation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    offered_on = models.DateField(default=clock.today)
    rank = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    seen_on = models.DateField(null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=20, choices=Answer.choices, blank=True)
    how = models.TextField(_("how it was applied, or why it does not apply"), blank=True, max_length=2000)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(_("whether it helped"), blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["rank", "pk"]
        verbose_name = _("citation")
        constraints = [
            models.CheckConstraint(
                condition=Q(coop_request__isnull=False, operation__isnull=True)
                | Q(coop_request__isnull=True, operation__isnull=False),
                name="citation_in_one_case",
            ),
            models.UniqueConstraint(fields=["operation", "lesson"], name="lesson_offered_once_to_operation"),
            models.UniqueConstraint(fields=["operation", "rank"], name="rank_once_in_operation"),
            models.UniqueConstraint(fields=["coop_request", "lesson"], name="lesson_offered_once_to_request"),
            models.UniqueConstraint(fields=["coop_request", "rank"], name="rank_once_in_request"),
            models.CheckConstraint(
                condition=Q(seen_on__isnull=True, seen_by__isnull=True)
                | Q(seen_on__isnull=False, seen_by__isnull=False),
                name="citation_seen_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(answer="", how="", answered_on__isnull=True, answered_by__isnull=True)
                | (
                    ~Q(answer="")
                    & ~Q(how="")
                    & Q(answered_on__isnull=False, answered_by__isnull=False, operation__isnull=False)
                ),
                name="citation_answered_with_reason",
            ),
            models.CheckConstraint(condition=Q(rank__gte=1), name="citation_rank_from_one"),
            models.CheckConstraint(condition=Q(outcome="") | ~Q(answer=""), name="outcome_of_an_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id}: {self.answer or self.offered_on}"


class SimilarSeen(models.Model):
    """The desk looked at what resembles a request before it opened the review, also where nothing was found."""

    coop_request = models.OneToOneField(CooperationRequest, on_delete=models.PROTECT, related_name="+")
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seen_on = models.DateField(default=clock.today)
    cases = models.PositiveSmallIntegerField(default=0)
    lessons = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.coop_request_id}: {self.seen_on}"

    @property
    def found(self) -> int:
        """How many similar cases and lessons there were to look at."""
        return self.cases + self.lessons
