"""A file that an administrator sends by the page, until it is read into a load or refused."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.foundation import clock
from taawun.foundation.models import Job
from taawun.interchange.models.loads import Load
from taawun.papers.models import File


class Arrival(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("file of published activities", "To be read")
    READ = "read", pgettext_lazy("file of published activities", "Read")
    REFUSED = "refused", pgettext_lazy("file of published activities", "Refused")


class Sending(models.Model):
    """A file as it was sent, what its sender said of it, and what became of it.

    `reference` is the publisher's identifier, "" where the file's own is to hold; `address`, `licence` and
    `attribution` are said of the publisher once the load is applied. `refusals`: the errors of a refused file, at most
    a thousand. `read_count`: how many activities were read so far; written beside the transaction that reads.
    """

    name = models.CharField(_("file"), max_length=200)
    file = models.ForeignKey(File, null=True, on_delete=models.SET_NULL, related_name="+")
    reference = models.CharField(max_length=200, blank=True)
    address = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    attribution = models.CharField(max_length=300, blank=True)
    stage = models.CharField(max_length=10, choices=Arrival.choices, default=Arrival.WAITING, editable=False)
    refusals = models.JSONField(default=list)
    read_count = models.PositiveIntegerField(default=0)
    load = models.OneToOneField(Load, null=True, on_delete=models.SET_NULL, related_name="sending")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Arrival.values), name="sending_at_a_stage"),
            models.CheckConstraint(
                condition=Q(stage=Arrival.READ) | Q(load__isnull=True), name="sending_loaded_when_read"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("interchange:sending", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        """Whether its reading waits for the worker or runs."""
        return bool(self.job and self.job.is_open)

    @property
    def terms(self) -> dict[str, str]:
        """What is said of the publisher."""
        return {"address": self.address, "licence": self.licence, "attribution": self.attribution}
