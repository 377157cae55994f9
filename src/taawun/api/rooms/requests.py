"""Requests, as their list and their page show them."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Schema

from taawun.api.listing import Page, asking, stretch
from taawun.api.room import Room
from taawun.api.scopes import Scope
from taawun.api.shapes import Body, Case, Coded, Money, body, case, coded, exact, money, page_of, word
from taawun.cycle.lists import REQUEST_FILTERS, requests_page
from taawun.cycle.models import CooperationRequest
from taawun.cycle.pages import request_for
from taawun.cycle.showing import carried_on_by

room = Room("Requests", Scope.REQUESTS)


class RequestLine(Schema):
    """A request, as a line of the list."""

    id: int
    number: str
    title: str
    language: str
    state: Coded
    state_since: datetime
    country: Coded | None
    sector: Coded | None
    modality: Coded | None
    requesting: Body | None
    provider: Body | None
    rank: int | None
    is_example: bool
    page: str


class RequestOutput(Schema):
    number: int
    text: str
    activities: list[str]


class RequestInput(Schema):
    side: Coded
    kind: Coded
    text: str
    amount: Money | None


class PurposeIndicator(Schema):
    """What the purpose is counted by."""

    text: str
    unit: str
    baseline: str | None
    baseline_on: date | None
    target: str | None


class RequestDecision(Schema):
    outcome: Coded
    reason: Coded | None
    decided_on: date
    text: str


class Request(RequestLine):
    """A request with what it says."""

    coordination: Body | None
    country_office: Body | None
    implementing: Body | None
    need: str
    background: str
    overall_goal: str
    purpose: str
    indicator: PurposeIndicator | None
    site: str
    starts_on: date | None
    ends_on: date | None
    outputs: list[RequestOutput]
    inputs: list[RequestInput]
    decision: RequestDecision | None
    operation: Case | None


class RequestPage(Page):
    items: list[RequestLine]


RequestsAsked = asking("RequestsAsked", REQUEST_FILTERS)


def _dressed(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("requesting", "provider")


@room.reads("/requests", RequestPage, "requests")
def requests(request: HttpRequest, asked: Query[RequestsAsked]) -> Any:  # type: ignore[valid-type]
    """Requests that you may know of, the newest first."""
    page = requests_page(request.user)
    return stretch(request, asked, page, lambda row: line(request, row), dressed=_dressed)


@room.reads("/requests/{int:id}", Request, "request")
def request(request: HttpRequest, id: int) -> Any:
    """One request with what it says.

    What the provider's side keeps to itself (opinions, the appraisal note) is not part of it.
    """
    return whole(request, request_for(request.user, id))


def line(request: HttpRequest, row: CooperationRequest) -> dict[str, Any]:
    """A request as a line of the list."""
    return {
        "id": row.pk,
        "number": row.case_code(),
        "title": row.title,
        "language": row.language,
        "state": word(row.state, row.state_label),
        "state_since": row.state_since,
        "country": coded(row.country_id),
        "sector": coded(row.sector_id),
        "modality": coded(row.modality_id),
        "requesting": body(row.requesting),
        "provider": body(row.provider),
        "rank": row.rank,
        "is_example": row.is_example,
        "page": page_of(request, row),
    }


TEXTS = ("need", "background", "overall_goal", "purpose", "site", "starts_on", "ends_on")


def whole(request: HttpRequest, row: CooperationRequest) -> dict[str, Any]:
    """A request with what it says; the operation it opened, for those who may open its page."""
    operation = carried_on_by(row, request.user)
    return {
        **line(request, row),
        **{name: getattr(row, name) for name in TEXTS},
        "coordination": body(row.coordination),
        "country_office": body(row.country_office),
        "implementing": body(row.implementing),
        "indicator": _indicator(row),
        "outputs": [
            {"number": one.number, "text": one.text, "activities": one.activity_list()}
            for one in row.outputs.all()
        ],
        "inputs": [_input(one) for one in row.inputs.all()],
        "decision": _decision(getattr(row, "decision", None)),
        "operation": case("operation", operation) if operation else None,
    }


def _indicator(row: CooperationRequest) -> dict[str, Any] | None:
    if not row.indicator:
        return None
    return {
        "text": row.indicator,
        "unit": row.indicator_unit,
        "baseline": exact(row.baseline),
        "baseline_on": row.baseline_on,
        "target": exact(row.target),
    }


def _input(one: Any) -> dict[str, Any]:
    return {
        "side": word(one.side, one.get_side_display()),
        "kind": word(one.kind, one.get_kind_display()),
        "text": one.text,
        "amount": money(one.amount, one.currency_id),
    }


def _decision(one: Any) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "outcome": word(one.outcome, one.get_outcome_display()),
        "reason": coded(one.reason_id),
        "decided_on": one.decided_on,
        "text": one.text,
    }
