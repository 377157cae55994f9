"""What a stand-alone activity reports."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from taawun.cycle.models.operations import Operation
from taawun.foundation import clock
from taawun.papers.models import File


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
