"""Where lessons were offered, what was answered, and whether they helped."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation import clock
from taawun.lessons.models.lessons import Lesson


class Answer(models.TextChoices):
    APPLIED = "applied", pgettext_lazy("answer to a lesson", "Applied")
    NOT_APPLICABLE = "not-applicable", pgettext_lazy("answer to a lesson", "Not applicable")


class Result(models.TextChoices):
    HELPED = "helped", pgettext_lazy("result of a lesson", "Helped")
    PARTLY = "helped-partly", pgettext_lazy("result of a lesson", "Helped partly")
    NOT = "did-not-help", pgettext_lazy("result of a lesson", "Did not help")
    UNKNOWN = "cannot-be-told", pgettext_lazy("result of a lesson", "Cannot be told")


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
    result = models.CharField(_("result"), max_length=20, choices=Result.choices, blank=True)
    outcome = models.TextField(_("whether it helped"), blank=True, max_length=2000)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    told_on = models.DateField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(result="", outcome="") | (~Q(result="") & ~Q(outcome="")),
                name="result_told_in_words",
            ),
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
