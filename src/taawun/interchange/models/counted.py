"""By which percentages figures count an activity, or one of its amounts, for countries, regions and sectors."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taawun.interchange.models.amounts import PublishedAmount
from taawun.interchange.models.columns import known_code, part_of_activity


class By(models.TextChoices):
    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    SECTOR = "sector", _("Sector")
    CATEGORY = "category", _("Sector category")


class CountedShare(models.Model):
    """So many percent of an activity (or of one amount of it) count for a code; each code once.

    Worked out from the shares as published when the activity is taken in (`weighing`): those stay beside, as they
    came. `code` is None for what no list of ours knows.
    """

    activity = part_of_activity(related_name="counted", db_index=False)  # the one below begins with it
    amount = models.ForeignKey(PublishedAmount, null=True, on_delete=models.CASCADE, related_name="counted")
    by = models.CharField(max_length=10, choices=By.choices)
    code = known_code(db_index=False)
    percent = models.DecimalField(max_digits=20, decimal_places=10)

    class Meta:
        indexes = [
            models.Index(
                fields=["code", "activity"],
                name="counted_of_activities",
                condition=Q(amount__isnull=True),
            ),
            models.Index(
                fields=["code", "amount"], name="counted_of_amounts", condition=Q(amount__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(by__in=By.values), name="counted_by_a_kind"),
            models.UniqueConstraint(
                fields=["activity", "amount", "by", "code"], name="counted_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} {self.percent}"
