"""What is filed with cases, papers and scans: the gates of one as conditions for all at once.

Each stands beside the gate of `queries` that its pages ask, and lets the same pass (a test compares them).
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from taawun.cycle.models import CooperationRequest
from taawun.cycle.queries import operations_among, requests_among
from taawun.foundation.readable import Cases


def on_requests_seen(user: Any, cases: Cases | None = None) -> Q:
    """On a request the person may know of: `request_seen`."""
    return Q(subject_id__in=requests_among(user, cases))


def on_operations_seen(user: Any, cases: Cases | None = None) -> Q:
    """On an operation the person may know of: `operation_seen`."""
    return Q(subject_id__in=operations_among(user, cases))


def on_whole_lots_seen(user: Any, cases: Cases | None = None) -> Q:
    """On a lot of which the person may know every request: `whole_lot_seen`."""
    named = CooperationRequest.objects.order_by().filter(lot_id=OuterRef("subject_id"))
    return Exists(named) & ~Exists(named.exclude(pk__in=requests_among(user, cases)))


def page_of_report(user: Any, file: Any) -> str:
    """What a stand-alone activity reported is read on a page of its own."""
    return reverse("cycle:activity-report", args=[file.subject_id])
