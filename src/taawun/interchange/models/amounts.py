"""Money, as an activity publishes it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from taawun.interchange.models.columns import known_code, number, part_of_activity, raw


class AmountKind(models.TextChoices):
    BUDGET = "budget", pgettext_lazy("published amount", "Budget")
    PLANNED = "planned", pgettext_lazy("published amount", "Planned disbursement")
    TRANSACTION = "transaction", pgettext_lazy("published amount", "Transaction")


class Source(models.TextChoices):
    OWN = "own", pgettext_lazy("where an amount belongs is said", "By the amount itself")
    REPORTED = "reported", pgettext_lazy("where an amount belongs is said", "By its activity")
    DERIVED = "derived", pgettext_lazy("where an amount belongs is said", "Worked out from the transactions")


class PublishedAmount(models.Model):
    """A budget, a planned disbursement or a transaction, in its own currency at its own value date.

    `year` is the year it begins in, or happened in. `place_from`, `sector_from`: who says for which countries and
    sectors it counts; an amount that says so itself does not count by the shares of its activity.
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
    place_from = models.CharField(max_length=10, choices=Source.choices, blank=True, db_default="")
    sector_from = models.CharField(max_length=10, choices=Source.choices, blank=True, db_default="")

    class Meta:
        indexes = [models.Index(fields=["year", "kind", "type"], name="published_amount_by_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AmountKind.values), name="published_amount_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(place_from__in=["", *Source.values]) & Q(sector_from__in=["", *Source.values]),
                name="published_amount_placed_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value} {self.currency}"
