"""Published activities that a desk was shown beside a request."""

from django.conf import settings
from django.db import models

from taawun.cycle.models import CooperationRequest
from taawun.foundation import clock
from taawun.interchange.models.loads import Load


class PublishedSeen(models.Model):
    """A published activity offered beside a request, as it stood when the desk looked: which text of it, and why.

    It is named by its identifier: a load may take the activity away, and what was seen stays. `reasons` are slugs
    with their values, as those of a citation of a lesson.
    """

    coop_request = models.ForeignKey(CooperationRequest, on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=500)
    titles = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    seen_on = models.DateField(default=clock.today)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coop_request", "identifier"], name="published_seen_once"),
            models.UniqueConstraint(fields=["coop_request", "rank"], name="published_seen_rank_once"),
        ]

    def __str__(self) -> str:
        return f"{self.coop_request_id}: {self.identifier}"
