"""What a person is told, and whether they have read it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from taawun.foundation import clock
from taawun.foundation.models.accounts import User


class Notice(models.Model):
    """One thing one person is told: written with the act it tells of. The mail about it hangs on it.

    `task_id` is the row of the desk it tells of (gone once that is done); `text` are words of its own, already in the
    reader's language. `mail`: whether a mail left at once, or it waits for the reader's digest.
    """

    class Topic(models.TextChoices):
        TASK = "task", pgettext_lazy("notice", "Waits on you")
        TOLD = "told", pgettext_lazy("notice", "Told to every party")
        OWN = "own", pgettext_lazy("notice", "About your own seat")

    class Mail(models.TextChoices):
        NONE = "none", pgettext_lazy("notice", "No mail")
        WRITTEN = "written", pgettext_lazy("notice", "Mail written")
        WAITS = "waits", pgettext_lazy("notice", "Waits for the digest")
        LISTED = "listed", pgettext_lazy("notice", "Was in a digest")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    dedupe = models.CharField(max_length=120, unique=True)
    topic = models.CharField(max_length=10, choices=Topic.choices)
    kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    act = models.CharField(max_length=60, blank=True)
    task_id = models.BigIntegerField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=10, blank=True)
    text = models.TextField(blank=True)
    mail = models.CharField(max_length=10, choices=Mail.choices)
    made_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-made_at"], name="notice_by_reader"),
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["user"], name="notice_for_digest", condition=Q(mail="waits")),
            models.Index(
                fields=["task_id"],
                name="notice_of_task",
                condition=Q(task_id__isnull=False, read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act or self.topic} {self.code}"
