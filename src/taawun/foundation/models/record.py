"""What was done: the record, and the detail that may be erased."""

import pgtrigger
from django.db import models

from taawun.foundation import clock
from taawun.foundation.models.accounts import User


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
