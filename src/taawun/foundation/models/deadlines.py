"""What is due, and the secret addresses at which a calendar reads it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from taawun.foundation import clock
from taawun.foundation.models.accounts import User


def seats_field() -> "ArrayField[list[str], list[str]]":
    """Seats and persons as words: "12:desk" an organisation's role, "p7" a person."""
    return ArrayField(models.CharField(max_length=60), default=list)


class Deadline(models.Model):
    """Something due on a day, derived from its case like a task: calendars and reminders read this table alone.

    `since`: the day from which it is known to be due on this day: reminders whose day came before are not sent.
    `next_reminder`: the first day of its ladder that was not reminded of yet. `sides`: whose sides alone may know.
    """

    kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    rule = models.CharField(max_length=60)
    ref = models.BigIntegerField(default=0)
    due = models.DateField()
    ladder = ArrayField(models.SmallIntegerField(), default=list)
    seats = seats_field()
    copied = seats_field()
    sides = ArrayField(models.BigIntegerField(), default=list)
    since = models.DateField(default=clock.today)
    next_reminder = models.DateField(null=True, blank=True)
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=10, default="en")
    country = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["due"], name="deadline_by_day"),
            models.Index(
                fields=["next_reminder"], name="deadline_to_remind", condition=Q(next_reminder__isnull=False)
            ),
            GinIndex(fields=["seats", "copied"], name="deadline_by_seat"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id", "rule", "ref"], name="deadline_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.code} {self.due}"


class FeedAddress(models.Model):
    """A secret address at which a calendar program reads somebody's dates without signing in.

    Of everything that waits on them, or of one operation. The address is made of `nonce` and the installation's secret
    key (`foundation.feeds`): a copy of the database alone opens none. A revoked one never opens again.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    nonce = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "subject_id"],
                condition=Q(revoked_at__isnull=True),
                nulls_distinct=False,
                name="feed_address_one_open",
            ),
            models.CheckConstraint(
                condition=Q(kind="", subject_id__isnull=True) | (~Q(kind="") & Q(subject_id__isnull=False)),
                name="feed_address_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.subject_id or ''}"
