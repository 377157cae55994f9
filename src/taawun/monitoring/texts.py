"""The texts of monitoring as search finds them: sheets, completion reports, disputes, where their tabs are shown."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from taawun.cycle.queries import operations_among
from taawun.cycle.texts import under_its_operation
from taawun.foundation.readable import Cases, Readable, joined
from taawun.monitoring.models import SECTIONS, CompletionReport, Dispute, Sheet
from taawun.monitoring.queries import SHOWN_FROM_AGREED, SHOWN_FROM_COMPLETION


def sheets_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[Sheet]:
    """The monitoring sheets of the operations this person may know of."""
    return Sheet.objects.filter(
        operation_id__in=operations_among(user, cases), operation__state__in=SHOWN_FROM_AGREED
    )


def reports_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[CompletionReport]:
    """The completion reports of the operations this person may know of, once their review is open."""
    return CompletionReport.objects.filter(
        operation_id__in=operations_among(user, cases), operation__state__in=SHOWN_FROM_COMPLETION
    )


def disputes_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[Dispute]:
    """The disputes over figures of the operations this person may know of."""
    return Dispute.objects.filter(
        operation_id__in=operations_among(user, cases), operation__state__in=SHOWN_FROM_AGREED
    )


def of_sheets(rows: QuerySet[Sheet]) -> Iterable[Readable]:
    """Progress, problems and what each party did about them, under the title of the operation."""
    for each in rows.select_related("operation").prefetch_related("told"):
        address = reverse("monitoring:sheet", args=[each.operation_id, each.number])
        body = joined(each.progress, each.problems, *(one.text for one in each.told.all()))
        yield under_its_operation(each, address, body, each.period_to)


def of_reports(rows: QuerySet[CompletionReport]) -> Iterable[Readable]:
    """Every section of a completion report, and what was provided."""
    for each in rows.select_related("operation").prefetch_related("actuals"):
        address = reverse("monitoring:completion", args=[each.operation_id])
        told = (getattr(each, name) for name in SECTIONS)
        body = joined(*told, *(one.text for one in each.actuals.all()))
        day = each.operation.completed_on or each.operation.ends_on
        yield under_its_operation(each, address, body, day)


def of_disputes(rows: QuerySet[Dispute]) -> Iterable[Readable]:
    """Why a figure is disputed, and why whoever reported it stands by it."""
    for each in rows.select_related("operation"):
        body = joined(each.reason, each.answer)
        yield under_its_operation(each, each.get_absolute_url(), body, each.opened_on)
