"""Agreements, as their register shows them: what was exchanged and signed, by whom, in which languages, until when."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from taawun.agreements.in_force import STANDINGS
from taawun.agreements.register import address, number, register_filters, register_page
from taawun.api.listing import Page, asking, stretch
from taawun.api.room import Room
from taawun.api.scopes import Scope
from taawun.api.shapes import Body, Case, Coded, body, case, coded, word
from taawun.foundation.requests import there

room = Room("Agreements", Scope.AGREEMENTS)


class Signature(Schema):
    """Who signed, for whom, when."""

    name: str
    title: str
    organisation: Body | None
    signed_on: date | None


class Agreement(Schema):
    """A note, a Record of Discussions, minutes or an amendment."""

    id: int
    kind: Coded
    number: str
    case: Case
    country: Coded | None
    parties: list[Body]
    dated_on: date | None
    place: str
    expires_on: date | None = Field(description="The last day agreed; null where none is known.")
    stands: Coded
    languages: list[str]
    prevailing_language: str
    signatures: list[Signature]
    page: str


class AgreementPage(Page):
    items: list[Agreement]


AgreementsAsked = asking("AgreementsAsked", register_filters(None))


@room.reads("/agreements", AgreementPage, "agreements")
def agreements(request: HttpRequest, asked: Query[AgreementsAsked]) -> Any:  # type: ignore[valid-type]
    """The agreements that you may know of, the newest first."""
    return stretch(request, asked, register_page(request.user, []), lambda row: told(request, row))


@room.reads("/agreements/{int:id}", Agreement, "agreement")
def agreement(request: HttpRequest, id: int) -> Any:
    """One of them."""
    page = register_page(request.user, [])
    return told(request, there(page.dressed(page.queryset).filter(pk=id).first()))


def told(request: HttpRequest, row: Any) -> dict[str, Any]:
    """A line of the register; its case is named as far as the register names it."""
    return {
        "id": row.pk,
        "kind": word(row.kind, row.get_kind_display()),
        "number": number(row),
        "case": _case(row),
        "country": coded(row.country_id),
        "parties": [body(one) for one in _parties(row)],
        "dated_on": row.dated_on,
        "place": row.place,
        "expires_on": row.expires_on,
        "stands": word(row.stands, dict(STANDINGS)[row.stands]),
        "languages": [version.language for version in row.versions.all()],
        "prevailing_language": row.prevailing_language,
        "signatures": [_signature(one) for one in row.signatures.all()],
        "page": request.build_absolute_uri(address(row)),
    }


def _case(row: Any) -> Case:
    if row.operation_id:
        return case("operation", row.operation)
    return case("request", row.coop_request)


def _parties(row: Any) -> list[Any]:
    if row.operation_id:
        return list(dict.fromkeys(party.organisation for party in row.operation.parties.all()))
    return [row.coop_request.provider, row.coop_request.requesting]


def _signature(one: Any) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "organisation": body(one.party.organisation if one.party else one.organisation),
        "signed_on": one.signed_on,
    }
