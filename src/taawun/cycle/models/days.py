"""Days an agency adds to a country's days off, or takes away from them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taawun.cycle.models.keys import code_key, organisation_key
from taawun.foundation import clock


class AgencyDay(models.Model):
    """A day on which, for the deadlines of one agency, a country works or does not: why, and who says so."""

    kind: ClassVar[str] = "agency-day"

    provider = organisation_key(verbose_name=_("provider"))
    country = code_key(verbose_name=_("country"))
    day = models.DateField(_("day"))
    works = models.BooleanField(_("a working day"), default=False)
    reason = models.CharField(_("reason"), max_length=200)
    source = models.CharField(_("source"), max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["day"]
        verbose_name = _("day off or working day")
        constraints = [models.UniqueConstraint(fields=["provider", "country", "day"], name="agency_day_once")]

    def __str__(self) -> str:
        return f"{self.country_id} {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("governance:days", args=[self.provider_id])
