"""Search: everything the reader may see, in all languages at once, the best first."""

from datetime import date
from html import unescape
from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field, create_model

from taawun.api import cursors
from taawun.api.listing import Asked, Page, given_in, goes_on
from taawun.api.problems import misunderstood
from taawun.api.room import Room
from taawun.api.scopes import Scope
from taawun.api.shapes import Coded, coded, word
from taawun.foundation.readable import SEARCHABLE
from taawun.search.excerpts import context
from taawun.search.finding import FACETS, Found, find, texts_of
from taawun.ui.asked import LONGEST_SEARCH

room = Room("Search", Scope.SEARCH)


class SearchHit(Schema):
    """Something found."""

    kind: Coded
    id: int
    number: str
    title: str
    language: str
    country: Coded | None
    day: date | None
    context: str = Field(description="The stretch of its text that has most of the words.")
    page: str


class FacetValue(Schema):
    value: str
    number: int


class SearchPage(Page):
    """What was found: the best two hundred can be walked through."""

    items: list[SearchHit]
    total: int
    is_all: bool = Field(
        description="Whether everything was looked at. If not, the total and the numbers of the facets are of the "
        "newest texts alone: there are at least so many."
    )
    facets: dict[str, list[FacetValue]]
    instead: dict[str, list[str]] = Field(description="Known words looked for in place of some nobody wrote.")


def _asking() -> Any:
    facet = Field("", max_length=120, description="Only what has this value.")
    words = Field(..., min_length=1, max_length=LONGEST_SEARCH, description="Words, a number, “a phrase”.")
    fields: dict[str, Any] = {"q": (str, words), **dict.fromkeys(FACETS, (str, facet))}
    return create_model("SearchAsked", __base__=Asked, **fields)


SearchAsked = _asking()


@room.reads("/search", SearchPage, "search")
def search(request: HttpRequest, asked: Query[SearchAsked]) -> Any:  # type: ignore[valid-type]
    """What you may see that has these words, the best first."""
    wanted: Any = asked
    given = given_in(request, wanted)
    chosen = {name: given[name] for name in FACETS if name in given}
    _check(chosen)
    start = int(cursors.opened(request.path, wanted.cursor, given)) if wanted.cursor else 0
    found = find(request.user, given["q"], chosen)
    end = start + wanted.limit
    texts = texts_of(found.hits[start:end])
    return {
        "items": [told(request, text, found) for text in texts],
        "next": goes_on(request, str(end) if end < len(found.hits) else "", given),
        "total": found.total,
        "is_all": found.is_all,
        "facets": _facets(found),
        "instead": found.instead,
    }


def _check(chosen: dict[str, str]) -> None:
    """What the page would leave out, a program is told."""
    year, kind = chosen.get("year", ""), chosen.get("kind", "")
    unknown = []
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        unknown.append("year")
    if kind and kind not in SEARCHABLE:
        unknown.append("kind")
    if unknown:
        raise misunderstood((name, _("There is no such value.")) for name in unknown)


def _facets(found: Found) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [{"value": value, "number": number} for value, number in values]
        for name, values in found.facets.items()
    }


def told(request: HttpRequest, text: Any, found: Found) -> dict[str, Any]:
    """Something found, as it is told."""
    language = text.language.partition("-")[0]
    return {
        "kind": word(text.kind, SEARCHABLE[text.kind].label),
        "id": text.object_id,
        "number": text.code,
        "title": text.title,
        "language": text.language,
        "country": coded(text.country),
        "day": text.day,
        "context": unescape(strip_tags(context(text, language, found.question))),
        "page": request.build_absolute_uri(text.address),
    }
