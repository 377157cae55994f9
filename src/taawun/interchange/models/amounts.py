"""Money, as an activity publishes it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from taawun.interchange.models.columns import known_code, number, part_of_activity, raw


class AmountKind(models.TextChoices):
    BUDGET = "budget", pgettext_lazy("published amount", "Budget")
    PLANNED = "planned", pgettext_lazy("published amount", "Planned disbursement")
    TRANSACTION = "transaction", pgettext_lazy("published amount", "Transaction")


class PublishedAmount(models.Model):
    """A budget, a planned disbursement or a transaction, in its own currency at its own value date.

    `year` is the year it begins in, or happened in.
    """

    activity = part_of_activity(related_name="amounts")
    kind = models.CharField(max_length=12, choices=AmountKind.choices)
    type = raw()
    status = raw()
    value = number()
    currency = raw()
    listed_currency = known_code(db_index=False)
    value_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    year = models.SmallIntegerField(null=True)
    ref = raw()
    description = models.JSONField(default=dict)
    giver_ref = raw()
    giver_names = models.JSONField(default=dict)
    receiver_ref = raw()
    receiver_names = models.JSONField(default=dict)
    flow_type = raw()
    finance_type = raw()
    aid_type = raw()
    tied = raw()
    humanitarian = models.BooleanField(null=True)

    class Meta:
        indexes = [models.Index(fields=["year", "kind", "type"], name="published_amount_by_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AmountKind.values), name="published_amount_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value} {self.currency}"
