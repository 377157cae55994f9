"""What is counted: definitions that keep their identity, and what each version of a design aims at."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Deferrable, F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import Operation
from taawun.kernel.measures import Measure, measure
from taawun.planning.models.design import Objective, of_design
from taawun.ui import words


class MeasureKind(models.TextChoices):
    NUMBER = "number", pgettext_lazy("kind of measure", "A number")
    RATIO = "ratio", pgettext_lazy("kind of measure", "A percentage (so many of so many)")
    SCALE = "scale", pgettext_lazy("kind of measure", "A level on a scale")


class Frequency(models.TextChoices):
    MONTHLY = "monthly", pgettext_lazy("how often an indicator is measured", "Every month")
    QUARTERLY = "quarterly", pgettext_lazy("how often an indicator is measured", "Every quarter")
    HALF_YEARLY = "half-yearly", pgettext_lazy("how often an indicator is measured", "Every half-year")
    YEARLY = "yearly", pgettext_lazy("how often an indicator is measured", "Every year")
    ONCE = "once", pgettext_lazy("how often an indicator is measured", "Once, at the end")


class Wording(models.Model):
    """How an indicator is numbered and told. Each version of a design keeps its own; the definition, the last one."""

    code = models.CharField(_("number"), max_length=10)
    name = models.CharField(_("indicator"), max_length=300)
    means_of_verification = models.CharField(_("means of verification"), max_length=300, blank=True)
    frequency = models.CharField(
        _("measured how often"), max_length=20, choices=Frequency.choices, blank=True
    )
    responsible = models.CharField(_("who measures it"), max_length=200, blank=True)

    class Meta:
        abstract = True


WORDED = ("name", "means_of_verification", "frequency", "responsible")
COUNTED = ("unit", "kind", "steps")


class IndicatorDefinition(Wording):
    """One indicator of an operation. Versions, values, sheets and evaluations point to it; it is never copied.

    What is counted (`COUNTED`) never changes once a version with it is frozen: its values would not compare. Its
    wording is the one of the newest frozen version that has it.
    """

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    kind = models.CharField(
        _("measured as"), max_length=10, choices=MeasureKind.choices, default=MeasureKind.NUMBER
    )
    steps = models.PositiveSmallIntegerField(_("levels of the scale"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = _("indicator")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="indicator_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind="scale", steps__isnull=False, steps__gte=2)
                | (~Q(kind="scale") & Q(steps__isnull=True)),
                name="a_scale_has_levels",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def measure(self, value: Decimal | None) -> Measure | None:
        """A planned value as the kernel counts it: 90 % is 90 of 100."""
        if self.kind == MeasureKind.RATIO:
            return measure(self.kind, numerator=value, denominator=None if value is None else 100)
        return measure(self.kind, value=value, steps=self.steps)


class Target(Wording):
    """What one version aims at by an indicator, in its own words: from which baseline to which target, by when."""

    design = of_design("targets")
    definition = models.ForeignKey(IndicatorDefinition, on_delete=models.PROTECT, related_name="targets")
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField(default=1)
    baseline = models.DecimalField(_("baseline"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(_("date of the baseline"), null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=4, null=True, blank=True)
    target_on = models.DateField(_("to be reached by"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["objective", "position", "pk"]
        verbose_name = _("target")
        constraints = [
            models.UniqueConstraint(fields=["design", "definition"], name="indicator_once_in_a_design"),
            models.UniqueConstraint(
                fields=["design", "code"],
                name="indicator_code_once_in_a_design",
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=~Q(name=""), name="target_has_a_name"),
            models.CheckConstraint(
                condition=Q(target_on__isnull=True)
                | Q(baseline_on__isnull=True)
                | Q(target_on__gte=F("baseline_on")),
                name="target_comes_after_its_baseline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_complete(self) -> bool:
        """Whether it has both a baseline and a target."""
        return self.baseline is not None and self.target is not None

    @property
    def baseline_text(self) -> str:
        """The baseline as people read it, with its unit: 62.5 %."""
        return self._told(self.baseline)

    @property
    def target_text(self) -> str:
        """The target as people read it, with its unit: 90 %."""
        return self._told(self.target)

    def _told(self, value: Decimal | None) -> str:
        return f"{words.figure(value)} {self.definition.unit}".strip()

    @property
    def baseline_measure(self) -> Measure | None:
        return self.definition.measure(self.baseline)

    @property
    def target_measure(self) -> Measure | None:
        return self.definition.measure(self.target)
