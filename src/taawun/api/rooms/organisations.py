"""Organisations, as those who administer one see theirs and their partners."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from taawun.api.listing import Page, asking, stretch
from taawun.api.room import Room
from taawun.api.scopes import Scope
from taawun.api.shapes import Body, Coded, body, coded, page_of, word
from taawun.directory.bodies import organisation_for, organisations_visible_to
from taawun.directory.models import Organisation as Row
from taawun.foundation.requests import there
from taawun.ui.lists import ListPage

room = Room("Organisations", Scope.ORGANISATIONS)


class Organisation(Schema):
    """An organisation."""

    id: int
    slug: str
    name: str
    names: dict[str, str] = Field(description="By language.")
    kind: Coded
    country: Coded | None
    serves: Coded | None = Field(description="The partner country an office stands in.")
    part_of: Body | None
    merged_into: Body | None
    on_paper: bool = Field(
        description="It does not sign in: an office records its steps, each with its letter."
    )
    is_example: bool
    page: str


class OrganisationPage(Page):
    items: list[Organisation]


OrganisationsAsked = asking("OrganisationsAsked", [], searched=False)


@room.reads("/organisations", OrganisationPage, "organisations")
def organisations(request: HttpRequest, asked: Query[OrganisationsAsked]) -> Any:  # type: ignore[valid-type]
    """The organisations you administer, and the partners of your offices; of others one reads on their cases."""
    page = ListPage(organisations_visible_to(request.user), [])
    return stretch(request, asked, page, lambda row: told(request, row), dressed=_dressed)


@room.reads("/organisations/{int:id}", Organisation, "organisation")
def organisation(request: HttpRequest, id: int) -> Any:
    """One of them."""
    return told(request, there(organisation_for(request.user, id)))


def _dressed(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("parent", "merged_into")


def told(request: HttpRequest, row: Row) -> dict[str, Any]:
    """An organisation as it is told."""
    return {
        "id": row.pk,
        "slug": row.slug,
        "name": row.name,
        "names": row.names,
        "kind": word(row.kind, row.get_kind_display()),
        "country": coded(row.country_id),
        "serves": coded(row.serves_id),
        "part_of": body(row.parent),
        "merged_into": body(row.merged_into),
        "on_paper": row.on_paper,
        "is_example": row.is_example,
        "page": page_of(request, row),
    }
