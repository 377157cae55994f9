"""The components an operation is carried out in."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taawun.cycle.models.keys import code_key, organisation_key
from taawun.cycle.models.operations import Operation


class Component(models.Model):
    """One part of an operation in one modality: period, place, ceiling, and the supplier's acceptance."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="components")
    modality = code_key(verbose_name=_("modality"))
    title = models.CharField(_("title"), max_length=200)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    ceiling = models.DecimalField(_("ceiling"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = code_key(verbose_name=_("currency"), null=True, blank=True)
    supplier = organisation_key(verbose_name=_("supplier"), null=True, blank=True)
    confirmed_on = models.DateField(_("accepted by the supplier on"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="component_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ceiling__isnull=True) | Q(ceiling__gte=0), name="ceiling_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title
