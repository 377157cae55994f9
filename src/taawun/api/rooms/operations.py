"""Operations, as their list and their pages show them: parties, components, the design in force, what was measured."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema

from taawun.api.listing import Page, asking, stretch
from taawun.api.room import Room
from taawun.api.rooms.design import Design, design_told
from taawun.api.scopes import Scope
from taawun.api.shapes import Body, Case, Coded, body, case, coded, page_of, word
from taawun.cycle.lists import OPERATION_FILTERS, operations_page
from taawun.cycle.models import Operation as Row
from taawun.cycle.pages import operation_for
from taawun.cycle.parties import Framework, framework_of
from taawun.cycle.queries import requests_visible_to

room = Room("Operations", Scope.OPERATIONS)


class OperationLine(Schema):
    """An operation, as a line of the list."""

    id: int
    number: str
    title: str
    language: str
    state: Coded
    state_since: datetime
    form: Coded
    framework: Coded
    country: Coded | None
    sector: Coded | None
    modality: Coded | None
    provider: Body | None
    starts_on: date | None
    ends_on: date | None
    taken_over_on: date | None
    is_example: bool
    page: str


class Party(Schema):
    """An organisation's part."""

    organisation: Body
    country: Coded | None
    part: Coded
    acts_through: Body
    signs: bool
    contributes: str


class Component(Schema):
    title: str
    modality: Coded | None
    place: str
    starts_on: date | None
    ends_on: date | None
    supplier: Body | None
    accepted_on: date | None


class Operation(OperationLine):
    """An operation with its parties, its components, its design and its values."""

    country_office: Body | None
    site: str
    decided_by: Coded | None
    opened_on: date
    completed_on: date | None
    ex_post_on: date | None
    request: Case | None
    parties: list[Party]
    components: list[Component]
    design: Design | None


class OperationPage(Page):
    items: list[OperationLine]


OperationsAsked = asking("OperationsAsked", OPERATION_FILTERS)


@room.reads("/operations", OperationPage, "operations")
def operations(request: HttpRequest, asked: Query[OperationsAsked]) -> Any:  # type: ignore[valid-type]
    """Operations that you may know of, the newest first."""
    page = operations_page(request.user)
    return stretch(request, asked, page, lambda row: line(request, row, Framework(row.framework)))


@room.reads("/operations/{int:id}", Operation, "operation")
def operation(request: HttpRequest, id: int) -> Any:
    """One operation: its parties, components, design in force, indicators and values."""
    return whole(request, operation_for(request.user, id))


def line(request: HttpRequest, row: Row, framework: Framework) -> dict[str, Any]:
    """An operation as a line of the list."""
    return {
        "id": row.pk,
        "number": row.code,
        "title": row.title,
        "language": row.language,
        "state": word(row.state, row.state_label),
        "state_since": row.state_since,
        "form": word(row.form, row.get_form_display()),
        "framework": word(framework.value, framework.label),
        "country": coded(row.country_id),
        "sector": coded(row.sector_id),
        "modality": coded(row.modality_id),
        "provider": body(row.provider),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "taken_over_on": row.taken_over_on,
        "is_example": row.is_example,
        "page": page_of(request, row),
    }


def whole(request: HttpRequest, row: Row) -> dict[str, Any]:
    """An operation with all that hangs on it; its request, for those who may open that."""
    return {
        **line(request, row, framework_of(row)),
        "country_office": body(row.country_office),
        "site": row.site,
        "decided_by": word(row.basis, row.get_basis_display()) if row.basis else None,
        "opened_on": row.opened_on,
        "completed_on": row.completed_on,
        "ex_post_on": row.ex_post_on,
        "request": _request_of(row, request.user),
        "parties": [_party(one) for one in row.party_rows],
        "components": [_component(one) for one in row.components.select_related("supplier")],
        "design": design_told(row),
    }


def _request_of(row: Row, user: Any) -> Case | None:
    asked = row.coop_request
    seen = asked is not None and requests_visible_to(user).filter(pk=asked.pk).exists()
    return case("request", asked) if seen else None


def _party(one: Any) -> dict[str, Any]:
    return {
        "organisation": body(one.organisation),
        "country": coded(one.organisation.country_id),
        "part": word(one.part, one.get_part_display()),
        "acts_through": body(one.acts_through),
        "signs": one.signs,
        "contributes": one.contributes,
    }


def _component(one: Any) -> dict[str, Any]:
    return {
        "title": one.title,
        "modality": coded(one.modality_id),
        "place": one.place,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "supplier": body(one.supplier),
        "accepted_on": one.confirmed_on,
    }
