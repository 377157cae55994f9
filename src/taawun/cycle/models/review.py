"""What a provider's side says of a request: the opinions it asked for, the desk's internal note."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models.keys import code_key, organisation_key
from taawun.cycle.models.requests import CooperationRequest
from taawun.foundation import clock


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


class Decision(models.Model):
    """Why a request was deferred or declined, as the partner reads it. One a request: a decision is the last one."""

    class Outcome(models.TextChoices):
        DEFERRED = "deferred", pgettext_lazy("cooperation request", "Deferred")
        DECLINED = "declined", pgettext_lazy("cooperation request", "Declined")

    coop_request = models.OneToOneField(CooperationRequest, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = code_key(verbose_name=_("reason"))
    text = models.TextField(_("as told to the partner"), max_length=2000)
    decided_on = models.DateField()
    organisation = organisation_key()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.coop_request}: {self.get_outcome_display()}"
