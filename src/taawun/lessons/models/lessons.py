"""Lessons, and the operations in which the same was seen."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import LANGUAGES, Operation, code_key, organisation_key
from taawun.foundation import clock
from taawun.foundation.cases import Case, Titled
from taawun.lessons.workflow import INSIDE, LESSON_WORKFLOW, TONES, WRITTEN, LessonState


class Stage(models.TextChoices):
    PLANNING = "planning", pgettext_lazy("stage of a lesson", "Planning")
    IMPLEMENTATION = "implementation", pgettext_lazy("stage of a lesson", "Implementation and monitoring")
    COMPLETION = "completion", pgettext_lazy("stage of a lesson", "Completion")
    EVALUATION = "evaluation", pgettext_lazy("stage of a lesson", "Ex-post evaluation")


class Lesson(Titled, Case):
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
    drafted_as = models.CharField(max_length=40, blank=True, editable=False)  # a role; none = by name
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
    retired_on = models.DateField(_("retired on"), null=True, blank=True, editable=False)
    retired_because = models.TextField(_("why it was retired"), blank=True, max_length=2000, editable=False)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("lesson to use instead"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
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
            ),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True, retired_because="")
                | (Q(retired_on__isnull=False) & ~Q(retired_because="")),
                name="lesson_retired_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=models.F("pk")),
                name="lesson_succeeded_by_another",
            ),
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
        if self.state in WRITTEN:
            relations["writing"] = {self.drafted_by_id}
            relations[f"wrote-as-{self.drafted_as}"] = {self.drafted_by_id}
        return relations

    def seat_people(self) -> dict[str, set[int]]:
        """Whoever drafted it without a post in the operation (an evaluator) writes it by name."""
        person = getattr(self.created_by, "person", None) if self.state in WRITTEN else None
        if person is None:
            return {}
        return {"author": {person.pk}, "author-by-name": set() if self.drafted_as else {person.pk}}


class Occurrence(models.Model):
    """Another operation in which the same was seen, linked by the knowledge officer, with what was seen there.

    `joined` is the draft that operation had taught, where one was taken up in this lesson.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="occurrences")
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(_("what was seen there"), blank=True, max_length=1000)
    joined = models.ForeignKey(Lesson, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    linked_on = models.DateField(default=clock.today)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = _("operation where the same was seen")
        constraints = [
            models.UniqueConstraint(fields=["lesson", "operation"], name="operation_linked_once_to_lesson")
        ]
        indexes = [models.Index(fields=["operation"], name="occurrence_by_operation")]

    def __str__(self) -> str:
        return f"{self.lesson_id}: {self.operation_id}"
