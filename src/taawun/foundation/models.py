"""What any case-handling system needs: who signs in, what was done, what waits, what was begun."""

import uuid
from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.foundation import clock


class UserManager(BaseUserManager["User"]):
    """Accounts are made by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Open an account; without a password it can only be entered by a reset link."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """An account. Who the person is and what they may do stands in `directory`."""

    email = models.EmailField(_("e-mail"), unique=True)
    display_name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=clock.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.display_name or self.email

    def keep_language(self, language: str) -> None:
        """Remember the language this person reads in, for their pages and their mail."""
        self.language = language
        self.save(update_fields=["language"])


class Clock(models.Model):
    """One row: how far the clock of a demonstration stands ahead of the machine's."""

    offset = models.DurationField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="clock_is_one_row")]

    def __str__(self) -> str:
        return str(self.offset)


class AuditEvent(models.Model):
    """One act on a case: who, when it was done, when it was recorded, and the digest of its detail.

    Append-only (trigger). `audience` is the organisation whose side alone may read it; none means every party.
    (kind, subject_id) stands here, in `Task` and `Draft` instead of a foreign key: the record outlives all models.
    """

    kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    step = models.CharField(max_length=60)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30, blank=True)
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation_id = models.BigIntegerField(null=True, blank=True)
    role = models.CharField(max_length=40, blank=True)
    on_behalf_of_id = models.BigIntegerField(null=True, blank=True)
    acted_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    audience_id = models.BigIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    transaction_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "subject_id", "-id"], name="audit_by_subject"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'The record is append-only.'; RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="stamp_transaction",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="NEW.transaction_id = pg_current_xact_id()::text::bigint; RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}: {self.step}"


class AuditDetail(models.Model):
    """What an act changed, kept apart so that personal data can be erased without breaking the record."""

    event = models.OneToOneField(
        AuditEvent, on_delete=models.PROTECT, related_name="detail", primary_key=True
    )
    salt = models.CharField(max_length=32)
    data = models.JSONField()

    def __str__(self) -> str:
        return str(self.event_id)


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
