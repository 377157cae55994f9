"""Code lists and their codes: what every coded word of this interface means."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Schema
from pydantic import Field

from taawun.api.listing import Page, asking, stretch
from taawun.api.room import Room
from taawun.api.scopes import Scope
from taawun.foundation.requests import there
from taawun.governance.code_pages import code_filters, codes_page, list_name, lists_page
from taawun.reference import queries
from taawun.reference.models import Code as Row, CodeList as List

room = Room("Codes", Scope.CODES)


class CodeList(Schema):
    """A list somebody maintains."""

    slug: str
    name: str
    names: dict[str, str] = Field(description="By language.")
    origin: str
    licence: str
    version: str
    codes: int
    withdrawn: int
    page: str


class Code(Schema):
    """One entry of a list. A withdrawn one has its last day, and goes on serving old records."""

    id: str = Field(description="The list and the code, as records refer to it.", examples=["sector:22012"])
    code: str
    names: dict[str, str] = Field(description="By language; English is always there.")
    parent: str | None
    successor: str | None
    valid_from: date | None
    valid_to: date | None
    also: dict[str, str] = Field(description="What other systems call it.")


class CodeListPage(Page):
    items: list[CodeList]


class CodePage(Page):
    items: list[Code]


ListsAsked = asking("ListsAsked", [], searched=False)
CodesAsked = asking("CodesAsked", code_filters())


@room.reads("/codes", CodeListPage, "lists")
def code_lists(request: HttpRequest, asked: Query[ListsAsked]) -> Any:  # type: ignore[valid-type]
    """Every code list, with its origin, licence and version."""
    return stretch(request, asked, lists_page()[0], lambda row: told(request, row), rising=True)


@room.reads("/codes/{slug:slug}", CodeList, "list")
def code_list(request: HttpRequest, slug: str) -> Any:
    """One code list."""
    return told(request, there(queries.code_list(slug)))


@room.reads("/codes/{slug:slug}/codes", CodePage, "entries")
def codes(request: HttpRequest, slug: str, asked: Query[CodesAsked]) -> Any:  # type: ignore[valid-type]
    """The codes of a list, those withdrawn too."""
    page, _extra = codes_page(there(queries.code_list(slug)))
    return stretch(request, asked, page, entry, rising=True)


def told(request: HttpRequest, row: List) -> dict[str, Any]:
    """A list as it is told."""
    return {
        "slug": row.slug,
        "name": list_name(row),
        "names": row.names,
        "origin": row.origin,
        "licence": row.licence,
        "version": row.version,
        "codes": getattr(row, "total", 0),
        "withdrawn": getattr(row, "withdrawn", 0),
        "page": request.build_absolute_uri(reverse("governance:list", args=[row.slug])),
    }


def entry(row: Row) -> dict[str, Any]:
    """A code as it is told."""
    return {
        "id": row.pk,
        "code": row.code,
        "names": row.names,
        "parent": row.parent_id,
        "successor": row.successor_id,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "also": row.also,
    }
