"""Mail to be sent once."""

from django.db import models
from django.utils.translation import pgettext_lazy

from taawun.foundation import clock
from taawun.foundation.models.accounts import User


class OutboxMessage(models.Model):
    """A mail to be sent once: claimed and committed before it leaves; an uncertain one is never sent again."""

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("message", "Queued")
        CLAIMED = "claimed", pgettext_lazy("message", "Being sent")
        SENT = "sent", pgettext_lazy("message", "Sent")
        FAILED = "failed", pgettext_lazy("message", "Failed")
        UNCERTAIN = "uncertain", pgettext_lazy("message", "Uncertain")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    dedupe = models.CharField(max_length=120, unique=True)
    status = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    made_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["status", "id"], name="outbox_by_status")]

    def __str__(self) -> str:
        return self.subject
