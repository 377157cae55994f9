"""The texts of requests and operations, as search finds them: what their pages show to whoever sees them.

Left out: what a side keeps to itself (the assessment and the appraisal of the provider, drafts that are not saved).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from taawun.cycle.models import ActivityReport, CooperationRequest, Operation
from taawun.cycle.queries import operations_among
from taawun.foundation.readable import Cases, Readable, joined

REQUEST_TEXTS = (
    *("need", "consulted", "priority_area", "development_issue", "programme", "background", "overall_goal"),
    *("purpose", "indicator", "site", "implementing_note"),
)


def of_requests(rows: QuerySet[CooperationRequest]) -> Iterable[Readable]:
    """What a request asks for, with its outputs and activities, and who asks whom."""
    held = rows.select_related("requesting", "provider", "implementing").prefetch_related("outputs")
    for each in held:
        outputs = [text for output in each.outputs.all() for text in (output.text, output.activities)]
        bodies = names_of(each.requesting, each.provider, each.implementing)
        yield _readable(
            each,
            joined(*(getattr(each, name) for name in REQUEST_TEXTS), *outputs),
            names=bodies,
            day=each.forwarded_on or each.created_at.date(),
        )


def of_operations(rows: QuerySet[Operation]) -> Iterable[Readable]:
    """What an operation is called, where it is, and its parties by all their names."""
    for each in rows.prefetch_related("parties__organisation"):
        bodies = names_of(*(party.organisation for party in each.parties.all()))
        yield _readable(
            each,
            joined(each.site, each.old_number),
            names=bodies,
            day=each.starts_on or each.opened_on,
        )


def activity_reports_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[ActivityReport]:
    """The reports of the stand-alone activities this person may know of."""
    return ActivityReport.objects.filter(operation_id__in=operations_among(user, cases))


def of_activity_reports(rows: QuerySet[ActivityReport]) -> Iterable[Readable]:
    """What an activity did and left behind, under its title."""
    for each in rows.select_related("operation"):
        address = reverse("cycle:activity-report", args=[each.operation_id])
        body = joined(each.done, each.results, each.recommended)
        yield under_its_operation(each, address, body, each.written_at.date())


def under_its_operation(each: Any, address: str, body: str, day: date | None) -> Readable:
    """The text of what hangs on an operation: under its title and number, in its language."""
    operation = each.operation
    return Readable(
        object_id=each.pk,
        address=address,
        language=operation.language,
        title=operation.title,
        body=body,
        code=operation.code,
        **codes_of(operation),
        day=day,
    )


def names_of(*bodies: Any) -> tuple[Mapping[str, str], ...]:
    """The names of organisations by language, each organisation once."""
    return tuple({body.pk: body.names for body in bodies if body}.values())


def _readable(case: Any, body: str, **told: Any) -> Readable:
    return Readable(
        object_id=case.pk,
        address=case.get_absolute_url(),
        language=case.language,
        title=case.title,
        body=body,
        code=case.code or "",
        **codes_of(case),
        state=case.state,
        **told,
    )


def codes_of(case: Any) -> dict[str, Any]:
    """The codes a text is narrowed by, of its case."""
    return {
        "country": case.country_id,
        "sector": case.sector_id or "",
        "modality": case.modality_id,
    }
