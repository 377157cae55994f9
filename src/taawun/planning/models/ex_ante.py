"""The ex-ante evaluation table: why this operation, and whether it is worth doing."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import Operation

CRITERIA = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability")


class EnvironmentalCategory(models.TextChoices):
    A = "A", pgettext_lazy("environmental category", "A – significant adverse impact likely")
    B = "B", pgettext_lazy("environmental category", "B – impact less than A, measures at hand")
    C = "C", pgettext_lazy("environmental category", "C – little or no adverse impact")
    FI = "FI", pgettext_lazy("environmental category", "FI – financial intermediary")


class ExAnteTable(models.Model):
    """The judgement before approval. Its framework, inputs and lessons stand where they are written, not here."""

    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, related_name="+")
    need_and_background = models.TextField(_("need and background"), blank=True, max_length=12000)
    beneficiaries = models.TextField(_("direct and final beneficiaries"), blank=True, max_length=2000)
    environmental_category = models.CharField(
        _("environmental category"), max_length=2, choices=EnvironmentalCategory.choices, blank=True
    )
    cross_cutting = models.TextField(_("gender, poverty, climate"), blank=True, max_length=4000)
    relevance = models.TextField(_("relevance"), blank=True, max_length=4000)
    coherence = models.TextField(_("coherence"), blank=True, max_length=4000)
    effectiveness = models.TextField(_("effectiveness"), blank=True, max_length=4000)
    efficiency = models.TextField(_("efficiency"), blank=True, max_length=4000)
    impact = models.TextField(_("impact"), blank=True, max_length=4000)
    sustainability = models.TextField(_("sustainability"), blank=True, max_length=4000)
    conclusion = models.TextField(_("conclusion"), blank=True, max_length=4000)
    evaluation_plan = models.TextField(_("evaluation plan"), blank=True, max_length=4000)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ex-ante evaluation table")

    def __str__(self) -> str:
        return str(self.operation_id)

    @classmethod
    def label_of(cls, name: str) -> Any:
        """What a text of the table is called."""
        labels = {column.name: column.verbose_name for column in cls._meta.concrete_fields}
        return labels[name]
