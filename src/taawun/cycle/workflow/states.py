"""The states a request and an operation may be in."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class RequestState(TextChoices):
    IDEA = "idea", pgettext_lazy("cooperation request", "Idea")
    DROPPED = "dropped", pgettext_lazy("cooperation request", "Dropped")
    DRAFT = "draft", pgettext_lazy("cooperation request", "Draft")
    WITHDRAWN = "withdrawn", pgettext_lazy("cooperation request", "Withdrawn")
    SUBMITTED = "submitted", pgettext_lazy("cooperation request", "Submitted")
    NOT_RETAINED = "not_retained", pgettext_lazy("cooperation request", "Not retained")
    RETAINED = "retained", pgettext_lazy("cooperation request", "Retained")
    ENDORSED = "endorsed", pgettext_lazy("cooperation request", "Endorsed")
    RECEIVED = "received", pgettext_lazy("cooperation request", "Received")
    UNDER_REVIEW = "under_review", pgettext_lazy("cooperation request", "Under review")
    DEFERRED = "deferred", pgettext_lazy("cooperation request", "Deferred")
    DECLINED = "declined", pgettext_lazy("cooperation request", "Declined")
    ADOPTED = "adopted", pgettext_lazy("cooperation request", "Adopted")
    NOTIFIED = "notified", pgettext_lazy("cooperation request", "Notified")
    CONFIRMED = "confirmed", pgettext_lazy("cooperation request", "Confirmed")


class OperationState(TextChoices):
    PLANNING = "planning", pgettext_lazy("operation", "Planning")
    APPRAISED = "appraised", pgettext_lazy("operation", "Appraised")
    AGREED = "agreed", pgettext_lazy("operation", "Agreed")
    IN_IMPLEMENTATION = "in_implementation", pgettext_lazy("operation", "In implementation")
    SUSPENDED = "suspended", pgettext_lazy("operation", "Suspended")
    REPORTED = "reported", pgettext_lazy("operation", "Reported")
    COMPLETION_REVIEW = "completion_review", pgettext_lazy("operation", "Completion review")
    COMPLETED = "completed", pgettext_lazy("operation", "Completed")
    EX_POST_DUE = "ex_post_due", pgettext_lazy("operation", "Ex-post evaluation due")
    EVALUATED = "evaluated", pgettext_lazy("operation", "Evaluated")
    CLOSED = "closed", pgettext_lazy("operation", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("operation", "Cancelled")


# The states of a project, and those of a stand-alone activity (cycle.md).
PROJECT_STATES = [state for state in OperationState if state != OperationState.REPORTED]
ACTIVITY_STATES = [
    OperationState.PLANNING,
    OperationState.AGREED,
    OperationState.IN_IMPLEMENTATION,
    OperationState.REPORTED,
    OperationState.CLOSED,
    OperationState.CANCELLED,
]
