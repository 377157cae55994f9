"""How it is going: sheets the signing parties confirm, indicator values each side reports, the report at the end."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taawun.cycle.models import Operation, Party
from taawun.directory.models import Organisation
from taawun.foundation import clock


def user_key(**options: Any) -> Any:
    """A foreign key to the account that wrote something down."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class Sheet(models.Model):
    """A monitoring sheet: one period of an operation, told by its parties (domain.md §1.7)."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period to"))
    progress = models.TextField(_("progress of inputs and activities"), max_length=8000)
    problems = models.TextField(_("delays and problems, their causes"), blank=True, max_length=8000)
    version = models.PositiveIntegerField(default=1, editable=False)
    opened_by = user_key(editable=False)
    opened_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        verbose_name = _("monitoring sheet")
        constraints = [
            models.UniqueConstraint(fields=["operation", "number"], name="sheet_number_once"),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="sheet_period_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Monitoring sheet %(number)s")) % {"number": self.number}


class SheetActions(models.Model):
    """What one party says in a sheet that it did; another party's words are never its to change."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="told")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("actions taken"), max_length=4000)

    class Meta:
        ordering: ClassVar[list[str]] = ["party", "pk"]
        verbose_name = _("monitoring sheet")
        constraints = [models.UniqueConstraint(fields=["sheet", "party"], name="sheet_actions_once")]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.party}"


class SheetConfirmation(models.Model):
    """One signing party stands by a sheet as it is. A change of the sheet voids it; what was confirmed stays known."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="confirmations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField()
    by = user_key()
    recorded_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "party"], condition=Q(voided_at__isnull=True), name="sheet_confirmed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.party}"


class Reporting(models.Model):
    """What one party reports outside the sheets: its version guards those values against lost edits."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operation", "organisation"], name="reporting_once")]

    def __str__(self) -> str:
        return f"{self.organisation}"


class IndicatorValue(models.Model):
    """What one party measured of an indicator on a day: in a sheet, or outside of any.

    `value` is what is compared (percent for a ratio, the step for a scale); a ratio keeps both its numbers.
    """

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(Sheet, null=True, blank=True, on_delete=models.PROTECT, related_name="values")
    definition = models.ForeignKey("planning.IndicatorDefinition", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField(_("as of"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    numerator = models.DecimalField(_("how many"), max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(
        _("of how many"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    note = models.CharField(_("source or remark"), max_length=300, blank=True)
    entered_by = user_key()
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["as_of", "pk"]
        indexes = [models.Index(fields=["operation", "as_of"], name="value_by_operation")]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "definition", "organisation"],
                condition=Q(sheet__isnull=False),
                name="value_once_in_sheet",
            ),
            models.UniqueConstraint(
                fields=["definition", "organisation", "as_of"],
                condition=Q(sheet__isnull=True),
                name="value_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__gt=0),
                name="value_ratio_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition}: {self.value}"

    @property
    def figure(self) -> str:
        """How an address names it."""
        return f"value-{self.pk}"
