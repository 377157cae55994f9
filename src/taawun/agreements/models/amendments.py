"""What an amendment to the Record of Discussions changes: proposed while it is written, kept for good once signed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taawun.agreements.models.instruments import Instrument
from taawun.cycle.models import Component, Operation, code_key
from taawun.planning.models import DesignVersion


class Amendment(models.Model):
    """An amendment, the n-th of its operation: why, and the period proposed. The paper itself is its instrument.

    With its signature (`Instrument.frozen_on`) what it changes stands in its items; `revision` is the revision of the
    design whose goal, purpose or outputs the parties signed with it (none any more, where they signed it away again and
    the revision was discarded).
    """

    instrument = models.OneToOneField(Instrument, on_delete=models.CASCADE, related_name="amendment")
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    reason = models.TextField(_("reason for the amendment"), max_length=4000, blank=True)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    with_revision = models.BooleanField(_("changes of the revision of the design"), default=True)
    revision = models.ForeignKey(
        DesignVersion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        verbose_name = _("amendment")
        constraints = [
            models.UniqueConstraint(fields=["operation", "number"], name="amendment_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="amendment_counts_from_one"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="amended_period_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return _("Amendment %(number)s") % {"number": self.number}

    @property
    def is_signed(self) -> bool:
        """Whether the parties' signature is recorded."""
        return self.instrument.frozen_on is not None


class AmendedComponent(models.Model):
    """The period and the ceiling an amendment proposes for a component."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="components")
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    ceiling = models.DecimalField(_("ceiling"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = code_key(verbose_name=_("currency"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["component"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "component"], name="component_amended_once"),
            models.CheckConstraint(
                condition=Q(ceiling__isnull=True) | Q(ceiling__gte=0, currency__isnull=False),
                name="amended_ceiling_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="amended_component_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return str(self.component)


class AmendedItem(models.Model):
    """One thing the parties changed by signing, before and after. It never changes.

    `key` says what: `goal`, `purpose`, `output:…` (its lineage), `period`, `component-period:…`, `component-ceiling:…`.
    A period is stored as day/day, a ceiling as amount and currency: pages and papers tell them in their own language.
    """

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="items")
    key = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "key"], name="amended_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="amended_item_changes_something"),
        ]

    def __str__(self) -> str:
        return self.key
