"""Mail to be sent once."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from taawun.foundation import clock
from taawun.foundation.models.accounts import User
from taawun.foundation.models.notices import Notice


class OutboxMessage(models.Model):
    """A mail to be sent once: claimed and committed before it leaves; an uncertain one is sent again by a person alone.

    `house_id`: the organisation in whose seat its reader is told. `acting_id`: the one whose act it tells of, where
    that is known to every party. `next_try`: not before then. `unreached`: the last try met no mail server at all.
    `released_at`: a person let it go, so that a hold does not keep it again.
    """

    kind: ClassVar[str] = "mail"

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("message", "Queued")
        HELD = "held", pgettext_lazy("message", "Held")
        CLAIMED = "claimed", pgettext_lazy("message", "Being sent")
        SENT = "sent", pgettext_lazy("message", "Sent")
        FAILED = "failed", pgettext_lazy("message", "Failed")
        UNCERTAIN = "uncertain", pgettext_lazy("message", "Uncertain")
        DROPPED = "dropped", pgettext_lazy("message", "Dropped")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    notice = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    dedupe = models.CharField(max_length=120, unique=True)
    status = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    house_id = models.BigIntegerField(null=True, blank=True)
    acting_id = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    first_refused_at = models.DateTimeField(null=True, blank=True)
    next_try = models.DateTimeField(null=True, blank=True)
    unreached = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "id"], name="outbox_by_status"),
            models.Index(fields=["house_id", "-id"], name="outbox_by_house"),
            models.Index(
                fields=["acting_id", "-id"], name="outbox_by_acting", condition=Q(acting_id__isnull=False)
            ),
            models.Index(fields=["next_try"], name="outbox_due", condition=Q(status="queued")),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("notices:message", args=[self.pk])

    def case_code(self) -> str:
        """A mail has no number of its own."""
        return ""

    def case_title(self) -> str:
        """What lists of worked-on things call it."""
        return self.subject

    def case_language(self) -> str:
        """It is written in its reader's language."""
        return ""

    @property
    def may_change(self) -> bool:
        """Whether its words may still be changed: it has not begun to leave."""
        return self.status in (self.State.QUEUED, self.State.HELD)

    @property
    def tone(self) -> Any:
        """How its state is shown."""
        return {"sent": "ok", "failed": "late", "uncertain": "late", "held": "wait"}.get(self.status, "")
