"""Everything one published activity says, as its page shows it."""

import zlib
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from taawun.interchange.models import (
    PublishedActivity,
    PublishedAmount,
    PublishedDocument,
    PublishedIndicator,
    PublishedParty,
    PublishedPlace,
    PublishedRelation,
    PublishedShare,
    PublishedValue,
    PublishedXml,
)
from taawun.interchange.queries.gates import published_visible_to

MOST = 200  # rows of each kind shown on the page; the original says all


def activity_for(user: Any, pk: int) -> PublishedActivity | None:
    """One activity through the gate, with its feed and the load that wrote it last."""
    return published_visible_to(user).select_related("feed", "load").filter(pk=pk).first()


@dataclass(frozen=True)
class Parts:
    """What an activity says, part by part; what it has none of costs no statement."""

    parties: list[PublishedParty]
    shares: list[PublishedShare]
    amounts: list[dict[str, Any]]
    indicators: list[PublishedIndicator]
    values: list[PublishedValue]
    documents: list[PublishedDocument]
    relations: list[PublishedRelation]
    places: list[PublishedPlace]


def parts_of(activity: PublishedActivity) -> Parts:
    """At most eight SQL statements, however much it says."""
    mine, has = {"activity": activity}, activity.parts
    held = PublishedActivity.objects.filter(identifier=OuterRef("ref")).values("pk")[:1]
    relations = PublishedRelation.objects.filter(**mine).annotate(held=Subquery(held))
    shares = PublishedShare.objects.filter(**mine, amount__isnull=True)
    indicators = PublishedIndicator.objects.filter(**mine).select_related("result")
    return Parts(
        parties=_some(PublishedParty.objects.filter(**mine), has.get("parties")),
        shares=_some(shares, 1),
        amounts=amounts_by_year(activity) if has.get("amounts") else [],
        indicators=_some(indicators, has.get("indicators")),
        values=_values(activity) if has.get("indicators") else [],
        documents=_some(PublishedDocument.objects.filter(**mine), has.get("documents")),
        relations=_some(relations, has.get("relations")),
        places=_some(PublishedPlace.objects.filter(**mine), has.get("places")),
    )


def _some(rows: QuerySet[Any], number: int | None) -> list[Any]:
    return list(rows.order_by("pk")[:MOST]) if number else []


def amounts_by_year(activity: PublishedActivity) -> list[dict[str, Any]]:
    """Sums by kind, type, year and currency; never of two currencies together."""
    keys = ("kind", "type", "year", "currency")
    rows = PublishedAmount.objects.filter(activity=activity).order_by(*keys).values(*keys)
    return list(rows.annotate(total=Sum("value"), number=Count("pk")))


def _values(activity: PublishedActivity) -> list[PublishedValue]:
    """The values of the indicators shown."""
    shown = PublishedIndicator.objects.filter(activity=activity).order_by("pk")[:MOST].values("pk")
    rows = PublishedValue.objects.filter(Q(indicator__in=shown)).select_related("period")
    return list(rows.order_by("indicator", "period", "pk")[: MOST * 20])


def original_of(activity: PublishedActivity) -> bytes:
    """Its own text as a file that stands by itself: the element as it came, without the persons to contact."""
    return whole_text(PublishedXml.objects.get(activity=activity, is_former=False))


def whole_text(text: Any) -> bytes:
    """A text that is kept, as a file that stands by itself. `text`: what has a standard and the deflated text."""
    version = text.standard.encode("ascii", "replace").replace(b'"', b"")
    opening = b'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="%s">\n' % version
    return opening + zlib.decompress(bytes(text.deflated)) + b"\n</iati-activities>\n"
