"""A question one party of a case asks another, by a day. It moves nothing."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import CooperationRequest, Operation, organisation_key
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.letters.models.letter import case_key


class QuestionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("question", "Open")
    ANSWERED = "answered", pgettext_lazy("question", "Answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("question", "Withdrawn")


def role_field() -> Any:
    """The role of the seat through which a party asks or is asked."""
    return models.CharField(max_length=40, choices=Role.choices, editable=False)


class Question(models.Model):
    """What one party of a case asks another about a part of it, numbered within the case without gap.

    Each side acts through a seat (`…_through`, `…_role`), as a party acts through an office. `internal`: asked within
    the provider's side, which does not tell the partner. `more_until`: the day to which the party asked wishes the
    deadline moved, until the asker agrees or not.
    """

    kind: ClassVar[str] = "question"

    coop_request = case_key(CooperationRequest)
    operation = case_key(Operation)
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    part = models.SlugField(_("part of the case"), max_length=60, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("question"), max_length=4000)
    internal = models.BooleanField(default=False, editable=False)
    asker = organisation_key(verbose_name=_("asked by"), editable=False)
    asker_through = organisation_key(editable=False)
    asker_role = role_field()
    asked = organisation_key(verbose_name=_("asked of"), editable=False)
    asked_through = organisation_key(editable=False)
    asked_role = role_field()
    asked_on = models.DateField(_("asked on"), editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    due_on = models.DateField(_("answer expected by"))
    more_until = models.DateField(_("more time asked until"), null=True, blank=True, editable=False)
    more_reason = models.CharField(max_length=500, blank=True, editable=False)
    answer = models.TextField(_("answer"), max_length=8000, blank=True, editable=False)
    answered_on = models.DateField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    noted_on = models.DateField(null=True, blank=True, editable=False)
    withdrawn_on = models.DateField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=500, blank=True, editable=False)
    is_example = models.BooleanField(_("example"), default=False, editable=False)

    class Meta:
        verbose_name = _("question")
        constraints = [
            models.CheckConstraint(
                condition=Q(coop_request__isnull=False, operation__isnull=True)
                | Q(coop_request__isnull=True, operation__isnull=False),
                name="question_about_one_case",
            ),
            models.UniqueConstraint(
                fields=["coop_request", "operation", "number"],
                nulls_distinct=False,
                name="question_number_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="questions_count_from_one"),
            models.CheckConstraint(condition=~Q(part="") | ~Q(subject=""), name="question_about_something"),
            models.CheckConstraint(condition=~Q(text=""), name="question_asks_something"),
            models.CheckConstraint(
                condition=~Q(asker_through=F("asked_through")) | ~Q(asker_role=F("asked_role")),
                name="question_to_another_seat",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(answer=""), name="question_answered_in_words"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(withdrawn_on__isnull=True),
                name="question_answered_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("asked_on")), name="question_due_after_it_is_asked"
            ),
        ]
        indexes = [
            models.Index(
                fields=["operation"], name="question_open_of_operation", condition=Q(operation__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return _("Question %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("letters:question", args=[self.pk])

    @property
    def case(self) -> CooperationRequest | Operation:
        """What it is asked about."""
        return self.operation or self.coop_request  # type: ignore[return-value]  # one of the two, the table says

    @property
    def state(self) -> QuestionState:
        """Open until it is answered or withdrawn."""
        if self.withdrawn_on:
            return QuestionState.WITHDRAWN
        return QuestionState.ANSWERED if self.answered_on else QuestionState.OPEN

    @property
    def is_open(self) -> bool:
        """Whether it waits for its answer."""
        return self.state == QuestionState.OPEN

    def is_late(self, today: date | None = None) -> bool:
        """Whether it is open past its day."""
        return self.is_open and self.due_on < (today or clock.today())

    def case_code(self) -> str:
        return self.case.case_code()

    def case_title(self) -> str:
        return self.case.case_title()

    def case_language(self) -> str:
        return self.case.case_language()

    def case_country(self) -> str:
        return self.case.case_country()
