"""What waits on somebody, what was begun, what was sent twice."""

import uuid

from django.db import models
from django.db.models import Q

from taawun.foundation import clock
from taawun.foundation.models.accounts import User


class Task(models.Model):
    """Something that waits on a seat or a person: the desk reads this table alone.

    `on_behalf_of_id` is the party that does not sign in, where the seat records what that party does on paper.
    """

    kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    act = models.CharField(max_length=60)
    ref = models.BigIntegerField(default=0)
    organisation_id = models.BigIntegerField(null=True, blank=True)
    role = models.CharField(max_length=40, blank=True)
    person_id = models.BigIntegerField(null=True, blank=True)
    on_behalf_of_id = models.BigIntegerField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    since = models.DateTimeField(default=clock.now)
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=10, default="en")
    country = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "role", "due"], name="task_by_seat"),
            models.Index(
                fields=["person_id", "due"], name="task_by_person", condition=Q(person_id__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("kind", "subject_id", "act", "ref"),
                    *("organisation_id", "role", "person_id", "on_behalf_of_id"),
                ],
                nulls_distinct=False,
                name="task_once",
            ),
            models.CheckConstraint(
                condition=Q(person_id__isnull=False) | (Q(organisation_id__isnull=False) & ~Q(role="")),
                name="task_waits_on_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.code}"


class Draft(models.Model):
    """What one person began to write and has not saved: theirs alone, with the version they began from."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    part = models.CharField(max_length=60)
    base_version = models.PositiveIntegerField()
    data = models.JSONField()
    title = models.CharField(max_length=300, blank=True)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "subject_id", "part"], name="draft_one_per_part")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} {self.part}"


class OnceKey(models.Model):
    """A form that was sent: a second sending of it is answered with the first result."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid.uuid4)
    address = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="once_per_user")]

    def __str__(self) -> str:
        return str(self.key)
