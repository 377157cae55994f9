"""What each party brings, and what may go wrong."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import InputKind, Party, code_key
from taawun.kernel.money import Money
from taawun.planning.models.design import lineage, of_design


class Input(models.Model):
    """What one party brings, with its cost where it has one. The budget by party is the sum of these."""

    design = of_design("inputs")
    party = models.ForeignKey(Party, verbose_name=_("party"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=InputKind.choices)
    text = models.CharField(_("description"), max_length=300)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = code_key(verbose_name=_("currency"), null=True, blank=True)
    lineage = lineage()

    class Meta:
        ordering: ClassVar[list[str]] = ["party", "pk"]
        verbose_name = _("input")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="input_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=0), name="input_quantity_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency__isnull=True)
                | Q(amount__isnull=False, currency__isnull=False),
                name="input_amount_with_currency",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def money(self) -> Money | None:
        """What it costs; nothing where no amount was given."""
        if self.amount is None or self.currency_id is None:
            return None
        return Money(self.amount, self.currency_id.partition(":")[2])


class Likelihood(models.TextChoices):
    LOW = "low", pgettext_lazy("likelihood of a risk", "Low")
    MEDIUM = "medium", pgettext_lazy("likelihood of a risk", "Medium")
    HIGH = "high", pgettext_lazy("likelihood of a risk", "High")


class Risk(models.Model):
    """What may go wrong, how likely it is, and what is done about it by whom."""

    design = of_design("risks")
    text = models.CharField(_("risk"), max_length=500)
    likelihood = models.CharField(_("likelihood"), max_length=10, choices=Likelihood.choices)
    countermeasure = models.TextField(_("countermeasure"), blank=True, max_length=2000)
    owner = models.ForeignKey(
        Party,
        verbose_name=_("who watches it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lineage = lineage()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = _("risk")

    def __str__(self) -> str:
        return self.text
