"""What resembles a request, as the desk sees it before its review."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case as SqlCase, Q, QuerySet, Value, When

from taawun.cycle.models import CooperationRequest, Operation
from taawun.cycle.queries import operations_visible_to, requests_visible_to
from taawun.lessons import reasons
from taawun.lessons.models import Citation, SimilarSeen
from taawun.lessons.queries.citations import applied_counts
from taawun.lessons.queries.offers import Offer

CASES_SHOWN = 10


@dataclass(frozen=True)
class SimilarCase:
    """An earlier request or an operation that resembles a request."""

    case: CooperationRequest | Operation
    why: list[str]


def requests_to_compare(user: Any) -> QuerySet[CooperationRequest]:
    """The requests this person may know of, with what of them is compared."""
    return requests_visible_to(user).prefetch_related("outputs")


def similar_cases(coop_request: CooperationRequest, user: Any) -> list[SimilarCase]:
    """Earlier requests and operations of the same sector or country that this person may see, nearest first.

    A request that became an operation is shown as the operation. Two SQL statements besides the gates'.
    """
    requests = requests_visible_to(user).exclude(pk=coop_request.pk).exclude(state="confirmed")
    operations = operations_visible_to(user).exclude(coop_request_id=coop_request.pk)
    found = [*_nearest(operations, coop_request), *_nearest(requests, coop_request)]
    return [SimilarCase(case, _in_common(case, coop_request)) for case in found]


def _nearest(rows: QuerySet[Any], coop_request: CooperationRequest) -> list[Any]:
    same_sector = Q(sector_id=coop_request.sector_id) if coop_request.sector_id else Q(pk__in=[])
    same_country = Q(country_id=coop_request.country_id)
    near = SqlCase(
        When(same_sector & same_country, then=Value(3)), When(same_sector, then=Value(2)), default=Value(1)
    )
    return list(rows.filter(same_sector | same_country).order_by(near.desc(), "-pk")[:CASES_SHOWN])


def _in_common(case: Any, coop_request: CooperationRequest) -> list[str]:
    shared = []
    if case.sector_id and case.sector_id == coop_request.sector_id:
        shared.append({"slug": "same-sector", "value": case.sector_id})
    if case.country_id == coop_request.country_id:
        shared.append({"slug": "same-country", "value": case.country_id})
    return reasons.sentences(shared)


def seen_of(coop_request: CooperationRequest) -> SimilarSeen | None:
    """Who looked at what resembles the request, and when."""
    return SimilarSeen.objects.filter(coop_request=coop_request).select_related("seen_by__person").first()


def offers_seen(coop_request: CooperationRequest) -> list[Offer]:
    """The lessons that were looked at, as they were offered that day."""
    return _kept(Citation.objects.filter(coop_request=coop_request))


def _kept(citations: QuerySet[Citation]) -> list[Offer]:
    held = list(citations.select_related("lesson"))
    applied = applied_counts([citation.lesson_id for citation in held])
    return [Offer(c.lesson, c.rank, c.reasons, applied.get(c.lesson_id, 0)) for c in held]
