"""To which countries, regions, sectors, tags and markers an activity, or one of its amounts, belongs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from taawun.interchange.models.amounts import PublishedAmount
from taawun.interchange.models.columns import known_code, part_of_activity, raw


class ShareKind(models.TextChoices):
    COUNTRY = "country", pgettext_lazy("share of a published activity", "Country")
    REGION = "region", pgettext_lazy("share of a published activity", "Region")
    SECTOR = "sector", pgettext_lazy("share of a published activity", "Sector")
    TAG = "tag", pgettext_lazy("share of a published activity", "Tag")
    MARKER = "marker", pgettext_lazy("share of a published activity", "Policy marker")


class PublishedShare(models.Model):
    """A code with its percentage: reported by the publisher, or derived from the activity's own amounts.

    With an `amount` it is that amount's alone. `listed` is our code for the raw one, where a list of ours has it.
    """

    activity = part_of_activity(related_name="shares")
    amount = models.ForeignKey(PublishedAmount, null=True, on_delete=models.CASCADE, related_name="shares")
    kind = models.CharField(max_length=10, choices=ShareKind.choices)
    vocabulary = raw()
    code = raw()
    listed = known_code(db_index=False)
    percentage = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    significance = raw()
    names = models.JSONField(default=dict)
    is_derived = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["listed", "activity"],
                name="published_share_by_code",
                condition=Q(amount__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ShareKind.values), name="published_share_of_a_kind"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(is_derived=False), name="published_share_derived_above"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
