"""The consents that joint steps collect."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from taawun.cycle.models.keys import organisation_key
from taawun.cycle.models.operations import Operation
from taawun.cycle.models.requests import CooperationRequest
from taawun.directory.models import Person
from taawun.foundation import clock


class Consent(models.Model):
    """One seat's or party's dated consent to a joint step; voided when what was consented to changes.

    `for_person`: whose deputy gave it, where it was given by delegation.
    """

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
    for_person = models.ForeignKey(
        Person, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
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
