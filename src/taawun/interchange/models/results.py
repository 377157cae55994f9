"""Results, their indicators, and what was aimed at and reached in each period."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from taawun.interchange.models.columns import part_of_activity, raw


class ValueKind(models.TextChoices):
    BASELINE = "baseline", pgettext_lazy("published value", "Baseline")
    TARGET = "target", pgettext_lazy("published value", "Target")
    ACTUAL = "actual", pgettext_lazy("published value", "Achieved")


class PublishedResult(models.Model):
    """A result: type 1 output, 2 outcome, 3 impact, 9 other."""

    activity = part_of_activity(related_name="results")
    type = raw()
    titles = models.JSONField(default=dict)
    descriptions = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.activity_id} {self.type}"


class PublishedIndicator(models.Model):
    """How a result is measured: 1 unit, 2 percentage, 3 nominal, 4 ordinal, 5 qualitative."""

    activity = part_of_activity(related_name="+")
    result = models.ForeignKey(PublishedResult, on_delete=models.CASCADE, related_name="indicators")
    measure = raw()
    is_ascending = models.BooleanField(null=True)
    titles = models.JSONField(default=dict)
    descriptions = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.result_id} {self.measure}"


class PublishedPeriod(models.Model):
    """A period of an indicator."""

    activity = part_of_activity(related_name="+")
    indicator = models.ForeignKey(PublishedIndicator, on_delete=models.CASCADE, related_name="periods")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.starts_on}–{self.ends_on}"


class PublishedValue(models.Model):
    """A baseline (of the indicator), a target or an actual (of a period), as written; `number` where it is one."""

    activity = part_of_activity(related_name="+")
    indicator = models.ForeignKey(PublishedIndicator, on_delete=models.CASCADE, related_name="values")
    period = models.ForeignKey(PublishedPeriod, null=True, on_delete=models.CASCADE, related_name="values")
    kind = models.CharField(max_length=10, choices=ValueKind.choices)
    written = models.TextField(blank=True)
    number = models.DecimalField(max_digits=40, decimal_places=12, null=True)
    year = raw()
    on = models.DateField(null=True)
    dimensions = models.JSONField(default=list)
    comment = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ValueKind.BASELINE, period__isnull=True)
                | Q(kind__in=[ValueKind.TARGET, ValueKind.ACTUAL], period__isnull=False),
                name="published_value_in_a_period_or_a_baseline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.written}"
