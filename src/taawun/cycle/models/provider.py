"""What a provider holds open and counts: its request rounds, its number series."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taawun.cycle.models.keys import organisation_key


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
