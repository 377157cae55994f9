"""What others publish about their own work, as its list and its page show it; every amount in its own currency."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from taawun.api.listing import Page, asking, stretch
from taawun.api.room import Room
from taawun.api.rooms.published_results import PublishedResult, results_told
from taawun.api.scopes import Scope
from taawun.api.shapes import Coded, Money, coded, exact, money, page_of, word
from taawun.foundation.requests import there
from taawun.interchange import queries, saying
from taawun.interchange.lists import FILTERS, published_list, publisher
from taawun.interchange.models import AmountKind, PublishedActivity as Row, ShareKind

room = Room("Published activities", Scope.PUBLISHED)
ByLanguage = dict[str, str]


class Share(Schema):
    """A country, region, sector, tag or marker, with its percentage: reported, or worked out from the amounts."""

    kind: Coded
    vocabulary: str
    code: str
    listed: Coded | None = Field(description="Our code for it, where a list of ours has it.")
    percentage: str | None
    significance: str
    is_derived: bool


class PublishedSum(Schema):
    """The amounts of one kind, type, year and currency together. Currencies are never added."""

    kind: Coded
    type: Coded
    year: int | None
    total: Money | None
    number: int


class PublishedParty(Schema):
    role: Coded
    ref: str
    names: ByLanguage


class PublishedDocument(Schema):
    url: str
    format: str
    titles: ByLanguage
    dated_on: date | None


class Relation(Schema):
    type: Coded
    ref: str


class PublishedLine(Schema):
    """A published activity, as a line of the list."""

    id: int
    identifier: str
    titles: ByLanguage = Field(description="By language; an empty one where the file names none.")
    publisher: str
    publisher_ref: str
    licence: str
    attribution: str
    status: Coded
    starts_on: date | None
    ends_on: date | None
    countries: list[Coded]
    sectors: list[Coded]
    page: str


class Published(PublishedLine):
    """A published activity with what it says. At most two hundred rows of each part: the original says all."""

    descriptions: dict[str, ByLanguage]
    standard: str
    updated_at: datetime | None
    taken_in_at: datetime | None
    planned_start: date | None
    actual_start: date | None
    planned_end: date | None
    actual_end: date | None
    parts: dict[str, int] = Field(description="How many of each part the file has.")
    shares: list[Share]
    shares_not_derived: dict[str, str] = Field(description="Why none could be worked out, by kind.")
    amounts: list[PublishedSum]
    results: list[PublishedResult]
    parties: list[PublishedParty]
    documents: list[PublishedDocument]
    related: list[Relation]


class PublishedPage(Page):
    items: list[PublishedLine]


PublishedAsked = asking("PublishedAsked", FILTERS)


@room.reads("/published", PublishedPage, "published")
def published(request: HttpRequest, asked: Query[PublishedAsked]) -> Any:  # type: ignore[valid-type]
    """Published activities, the newest first."""
    return stretch(request, asked, published_list(request.user)[0], lambda row: line(request, row))


@room.reads("/published/{int:id}", Published, "published-activity")
def published_activity(request: HttpRequest, id: int) -> Any:
    """One published activity: shares, amounts by year, results, parties, documents."""
    return whole(request, there(queries.activity_for(request.user, id)))


def line(request: HttpRequest, row: Row, shares: list[Any] | None = None) -> dict[str, Any]:
    """A published activity as a line of the list."""
    held = row.whole_shares if shares is None else shares  # type: ignore[attr-defined]
    return {
        "id": row.pk,
        "identifier": row.identifier,
        "titles": row.titles,
        "publisher": publisher(row),
        "publisher_ref": row.reporting_ref,
        "licence": row.feed.licence,
        "attribution": row.feed.attribution,
        "status": _coded("iati-activity-status", row.status),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "countries": [coded(one.listed_id) for one in held if one.kind == "country" and one.listed_id],
        "sectors": [coded(one.listed_id) for one in held if one.kind == "sector" and one.listed_id],
        "page": page_of(request, row),
    }


DAYS = ("planned_start", "actual_start", "planned_end", "actual_end")


def whole(request: HttpRequest, row: Row) -> dict[str, Any]:
    """A published activity with what it says."""
    parts = queries.parts_of(row)
    return {
        **line(request, row, parts.shares),
        **{name: getattr(row, name) for name in DAYS},
        "descriptions": row.descriptions,
        "standard": row.standard,
        "updated_at": row.updated_at,
        "taken_in_at": row.load.applied_at,
        "parts": row.parts,
        "shares": [_share(one) for one in parts.shares],
        "shares_not_derived": row.shares_not_derived,
        "amounts": [_amount(one) for one in parts.amounts],
        "results": results_told(parts.indicators, parts.values),
        "parties": [_party(one) for one in parts.parties],
        "documents": [_document(one) for one in parts.documents],
        "related": [
            {"type": _coded("iati-related-activity-type", one.type), "ref": one.ref}
            for one in parts.relations
        ],
    }


def _coded(list_slug: str, code: str) -> Coded:
    return word(code, saying.coded(list_slug, code))


def _share(one: Any) -> dict[str, Any]:
    return {
        "kind": word(one.kind, ShareKind(one.kind).label),
        "vocabulary": one.vocabulary,
        "code": one.code,
        "listed": coded(one.listed_id),
        "percentage": exact(one.percentage),
        "significance": one.significance,
        "is_derived": one.is_derived,
    }


def _amount(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": word(row["kind"], AmountKind(row["kind"]).label),
        "type": word(row["type"], saying.amount_label(row["kind"], row["type"])),
        "year": row["year"],
        "total": money(row["total"], row["currency"]),
        "number": row["number"],
    }


def _party(one: Any) -> dict[str, Any]:
    return {"role": _coded("iati-organisation-role", one.role), "ref": one.ref, "names": one.names}


def _document(one: Any) -> dict[str, Any]:
    return {"url": one.url, "format": one.format, "titles": one.titles, "dated_on": one.dated_on}
