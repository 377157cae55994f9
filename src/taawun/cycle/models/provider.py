"""How a provider works: its settings, the seats that approve, its request rounds, its number series."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taawun.cycle.models.keys import organisation_key
from taawun.directory.models import Organisation


class ProviderSettings(models.Model):
    """How one agency works: periods, thresholds, order of seats. A change never touches a running case silently."""

    provider = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    preset = models.SlugField(max_length=30)
    fiscal_year_start = models.PositiveSmallIntegerField(_("fiscal year begins in month"), default=4)
    opinion_days = models.PositiveSmallIntegerField(_("days for an opinion"), default=30)
    completion_months = models.PositiveSmallIntegerField(_("months from completion review to end"), default=6)
    monitoring_months = models.PositiveSmallIntegerField(_("months between monitoring sheets"), default=6)
    ex_post_years = models.PositiveSmallIntegerField(_("years to the ex-post evaluation"), default=3)
    lessons_offered = models.PositiveSmallIntegerField(_("lessons offered at most"), default=5)
    rating_rules = models.SlugField(_("rating rule set"), max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.provider}"


class ApprovingSeat(models.Model):
    """One approval a request needs, in the provider's order."""

    settings = models.ForeignKey(ProviderSettings, on_delete=models.CASCADE, related_name="seats")
    position = models.PositiveSmallIntegerField()
    organisation = organisation_key()

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [models.UniqueConstraint(fields=["settings", "position"], name="seat_position_once")]

    def __str__(self) -> str:
        return f"{self.position}. {self.organisation}"


class ConsultedMinistry(models.Model):
    """A ministry the provider usually asks for its opinion."""

    settings = models.ForeignKey(ProviderSettings, on_delete=models.CASCADE, related_name="ministries")
    organisation = organisation_key()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["settings", "organisation"], name="ministry_once")]

    def __str__(self) -> str:
        return str(self.organisation)


class Round(models.Model):
    """A provider's request survey of one fiscal year: requests enter while it is open."""

    provider = organisation_key(verbose_name=_("provider"))
    name = models.CharField(_("name"), max_length=100)
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="round_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """The last number given in a series; its row is the lock that keeps numbers without gap or double."""

    series = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series} {self.last}"
