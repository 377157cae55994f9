"""A text sent to another party as Word, what came back, and what was decided of each clause."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.agreements.models.instruments import Instrument, InstrumentKind
from taawun.cycle.models import LANGUAGES, Operation, Party
from taawun.foundation import clock
from taawun.papers.models import Document, File


def _person(**options: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False, **options
    )


class NegotiationRound(models.Model):
    """The text of a paper that went out in one language: what it said then, to whom, and what came back.

    `sent` are its clauses as they went out; `returned` is how the file that came back reads: clauses, outside, remarks.
    Neither changes afterwards. The paper's own text changes only when the round is decided.
    """

    class State(models.TextChoices):
        OUT = "out", pgettext_lazy("negotiation", "With the other party")
        BACK = "back", pgettext_lazy("negotiation", "Came back")
        DECIDED = "decided", pgettext_lazy("negotiation", "Decided")
        WITHDRAWN = "withdrawn", pgettext_lazy("negotiation", "Withdrawn")

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    # A paper that is given up is deleted; what was said of its text stays, and so does its kind.
    instrument = models.ForeignKey(Instrument, null=True, on_delete=models.SET_NULL, related_name="rounds")
    kind = models.CharField(_("kind"), max_length=30, choices=InstrumentKind.choices, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES)
    party = models.ForeignKey(Party, verbose_name=_("party"), on_delete=models.PROTECT, related_name="+")
    message = models.TextField(_("message"), max_length=2000, blank=True)
    sent = models.JSONField(editable=False)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    sent_by = _person()
    sent_at = models.DateTimeField(default=clock.now, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OUT, editable=False)
    file = models.ForeignKey(
        File, verbose_name=_("document that came back"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    returned = models.JSONField(null=True, editable=False)
    returned_by = _person(null=True)
    returned_at = models.DateTimeField(null=True, editable=False)
    closed_by = _person(null=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        verbose_name = _("text sent out")
        constraints = [
            models.UniqueConstraint(fields=["operation", "number"], name="text_sent_out_number_once"),
            models.UniqueConstraint(
                fields=["instrument", "language"],
                condition=Q(state__in=("out", "back")),
                name="one_text_out_in_a_language",
            ),
            models.CheckConstraint(
                condition=Q(instrument__isnull=False) | Q(state__in=("decided", "withdrawn")),
                name="text_that_is_out_has_its_paper",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("out", "withdrawn")) | Q(file__isnull=False, returned__isnull=False),
                name="text_came_back_with_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("agreements:round", args=[self.operation_id, self.number])

    @property
    def is_open(self) -> bool:
        """Whether it still waits on somebody."""
        return self.state in (self.State.OUT, self.State.BACK)


class RoundDecision(models.Model):
    """What was decided of one clause: as it went out, as it came back, accepted or not, and why. It never changes."""

    round = models.ForeignKey(NegotiationRound, on_delete=models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    change = models.CharField(max_length=10)
    moved = models.BooleanField(default=False)
    title = models.TextField(blank=True)
    accepted = models.BooleanField(_("accepted"))
    remark = models.TextField(_("remark"), max_length=2000, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="decision_of_a_row_once")]

    def __str__(self) -> str:
        return self.title
