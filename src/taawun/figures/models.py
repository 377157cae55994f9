"""Exchange rates as somebody published them: without one, amounts of two currencies are never added."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.kernel.rates import Rate
from taawun.reference.models import Code


class RateOf(models.TextChoices):
    DAY = "day", pgettext_lazy("a rate is of", "A day")
    YEAR = "year", pgettext_lazy("a rate is of", "A year (average)")


def _currency_key(**options: Any) -> Any:
    return models.ForeignKey(
        Code,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"code_list": "currency"},
        **options,
    )


class CurrencyRate(models.Model):
    """So many units of `currency` for one unit of `per`, on a day or on the average of a year, from a source.

    A year's average stands under the first of January. One rate for one pair and time; a new one replaces it by a
    batch, and the batch undone puts the former back.
    """

    kind = "currency-rate"

    currency = _currency_key(verbose_name=_("currency"))
    per = _currency_key(verbose_name=_("for one"))
    rate_of = models.CharField(_("rate of"), max_length=4, choices=RateOf.choices)
    day = models.DateField(_("day"))
    rate = models.DecimalField(
        _("rate"), max_digits=24, decimal_places=10, validators=[MinValueValidator(Decimal("1e-10"))]
    )
    source = models.CharField(_("source"), max_length=200)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    source_on = models.DateField(_("date of the source"))
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("brought in by"), on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1, editable=False)
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "currency", "per", "pk"]
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        constraints = [
            models.UniqueConstraint(fields=["currency", "per", "rate_of", "day"], name="rate_once"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="rate_above_zero"),
            models.CheckConstraint(condition=~Q(currency=F("per")), name="rate_of_two_currencies"),
            models.CheckConstraint(condition=Q(rate_of__in=RateOf.values), name="rate_of_a_day_or_year"),
            models.CheckConstraint(
                condition=Q(rate_of="day") | Q(day__month=1, day__day=1), name="average_under_new_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency_code}/{self.per_code} {self.time}"

    def get_absolute_url(self) -> str:
        return reverse("figures:rate", args=[self.pk])

    @property
    def currency_code(self) -> str:
        """The currency's letters: USD."""
        return self.currency_id.partition(":")[2]

    @property
    def per_code(self) -> str:
        """The letters of what it is a rate for one unit of."""
        return self.per_id.partition(":")[2]

    @property
    def time(self) -> date | int:
        """The day, or the year of which it is the average."""
        return self.day.year if self.rate_of == RateOf.YEAR else self.day

    def counted(self) -> Rate:
        """As the kernel counts with it."""
        return Rate(self.currency_code, self.per_code, self.rate, self.time, self.source, self.pk)

    def case_code(self) -> str:
        return ""

    def case_title(self) -> str:
        return str(self)

    def case_language(self) -> str:
        return ""

    def case_country(self) -> str:
        return ""
