"""A figure that one party disputes: marked wherever it appears, until it is settled."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import Operation, Party
from taawun.foundation import clock
from taawun.monitoring.models.sheets import user_key


class DisputeKind(models.TextChoices):
    VALUE = "value", pgettext_lazy("what is disputed", "Indicator value")
    INPUT = "input", pgettext_lazy("what is disputed", "Input provided")
    SECTION = "section", pgettext_lazy("what is disputed", "Section of the completion report")


class Settlement(models.TextChoices):
    KEPT = "kept", pgettext_lazy("how a dispute was settled", "The figure stands")
    CORRECTED = "corrected", pgettext_lazy("how a dispute was settled", "The figure was corrected")
    WITHDRAWN = "withdrawn", pgettext_lazy("how a dispute was settled", "The dispute was withdrawn")


class Dispute(models.Model):
    """One party disputes a figure that is not its own: since when, why; and how it was settled.

    `target_id` is the row of that kind (`field`: the section of a report). `figure` is what it said when it was
    disputed: it is corrected once it says something else. `author` is the party that reported it; what stands in the
    common report has none. `answer`: why whoever answers for the figure stands by it, if they do.
    """

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=DisputeKind.choices)
    target_id = models.PositiveBigIntegerField()
    field = models.CharField(max_length=40, blank=True)
    figure = models.TextField()
    party = models.ForeignKey(
        Party, verbose_name=_("disputed by"), on_delete=models.PROTECT, related_name="+"
    )
    author = models.ForeignKey(
        Party,
        verbose_name=_("reported by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.TextField(_("reason"), max_length=2000)
    opened_on = models.DateField(default=clock.today)
    opened_by = user_key()
    answer = models.TextField(_("explanation"), max_length=2000, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = user_key(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = user_key(null=True, blank=True)
    how = models.CharField(_("how it was settled"), max_length=10, choices=Settlement.choices, blank=True)
    meeting = models.ForeignKey(
        "meetings.Meeting",
        verbose_name=_("meeting that settled it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = _("dispute")
        indexes = [
            models.Index(
                fields=["kind", "target_id"], name="dispute_open", condition=Q(settled_on__isnull=True)
            ),
            models.Index(fields=["operation"], name="dispute_by_operation"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target_id", "field", "party"],
                condition=Q(settled_on__isnull=True),
                name="disputed_once_by_a_party",
            ),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, how="") | (Q(settled_on__isnull=False) & ~Q(how="")),
                name="dispute_settled_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.party}"

    def get_absolute_url(self) -> str:
        return reverse("monitoring:dispute", args=[self.operation_id, self.pk])

    @property
    def is_open(self) -> bool:
        return self.settled_on is None

    @property
    def place(self) -> tuple[str, int, str]:
        """The figure it is about."""
        return self.kind, self.target_id, self.field
