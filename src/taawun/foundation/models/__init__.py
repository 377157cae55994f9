"""What any case-handling system needs: who signs in, what was done, what waits, what was begun, what was sent."""

from taawun.foundation.models.accounts import Clock, User, UserManager
from taawun.foundation.models.deadlines import Deadline, FeedAddress
from taawun.foundation.models.jobs import ItemState, Job, JobItem, JobStage
from taawun.foundation.models.notices import Notice
from taawun.foundation.models.outbox import OutboxMessage
from taawun.foundation.models.record import AuditDetail, AuditEvent
from taawun.foundation.models.work import Draft, OnceKey, Task

__all__ = [
    "AuditDetail",
    "AuditEvent",
    "Clock",
    "Deadline",
    "Draft",
    "FeedAddress",
    "ItemState",
    "Job",
    "JobItem",
    "JobStage",
    "Notice",
    "OnceKey",
    "OutboxMessage",
    "Task",
    "User",
    "UserManager",
]
