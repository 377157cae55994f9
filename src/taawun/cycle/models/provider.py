"""How a provider works: its settings, the seats that approve, its request rounds, its number series."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings as site
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taawun.cycle.models.keys import organisation_key
from taawun.directory.models import Organisation
from taawun.foundation import clock


class ProviderSettings(models.Model):
    """One version of how an agency works: periods, thresholds, order of seats. Once made it is never edited.

    A change is a new version, in force from a day; a case keeps the version it began under (ADR 12).
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    # The first version of an agency holds from the beginning: it has no day.
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    made_by = models.ForeignKey(
        site.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=clock.now, editable=False)
    preset = models.SlugField(max_length=30)
    # 0: every seat, in order.
    approvals_needed = models.PositiveSmallIntegerField(_("approvals needed"), default=0)
    fiscal_year_start = models.PositiveSmallIntegerField(_("fiscal year begins in month"), default=4)
    opinion_days = models.PositiveSmallIntegerField(_("days for an opinion"), default=30)
    completion_months = models.PositiveSmallIntegerField(_("months from completion review to end"), default=6)
    monitoring_months = models.PositiveSmallIntegerField(_("months between monitoring sheets"), default=6)
    ex_post_years = models.PositiveSmallIntegerField(_("years to the ex-post evaluation"), default=3)
    lessons_offered = models.PositiveSmallIntegerField(_("lessons offered at most"), default=5)
    rating_rules = models.SlugField(_("rating rule set"), max_length=40, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["provider", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "version"], name="settings_version_once"),
            models.CheckConstraint(
                condition=Q(version=1) | Q(in_force_from__isnull=False), name="settings_in_force_from_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}"


class ApprovingSeat(models.Model):
    """One approval a request needs, in the provider's order."""

    settings = models.ForeignKey(ProviderSettings, on_delete=models.CASCADE, related_name="seats")
    position = models.PositiveSmallIntegerField()
    organisation = organisation_key()
    used = models.BooleanField(_("used"), default=True)  # a seat that is not used is skipped

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["settings", "position"], name="seat_position_once"),
            models.UniqueConstraint(fields=["settings", "organisation"], name="seat_organisation_once"),
        ]

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


def settings_of(provider_id: int, day: date | None = None) -> ProviderSettings:
    """The version in force on a day (today): the last one made whose day has come. Without any: the defaults."""
    begun = Q(in_force_from__isnull=True) | Q(in_force_from__lte=day or clock.today())
    held = ProviderSettings.objects.filter(begun, provider_id=provider_id).order_by("-version").first()
    return held or _defaults(provider_id)


def settings_for(case: "UnderSettings") -> ProviderSettings:
    """The settings a case goes by: those it began under. One SQL statement, once for the case's object."""
    return case.settings or _defaults(case.provider_id)


def _defaults(provider_id: int) -> ProviderSettings:
    return ProviderSettings(provider_id=provider_id, preset="default")


class UnderSettings(models.Model):
    """A case that goes by the settings of its provider as they stood when it began."""

    provider_id: int
    # Nothing: its provider had none then, and the defaults hold.
    settings = models.ForeignKey(
        ProviderSettings,
        verbose_name=_("settings"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever opens a case, by whatever door: it begins under the version in force."""
        if self._state.adding and self.settings_id is None:
            self.settings_id = settings_of(self.provider_id).pk
        super().save(*args, **kwargs)


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
