"""The interface as a whole: its rooms, its addresses, its description (OpenAPI 3.1)."""

from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import override
from ninja import NinjaAPI
from ninja.errors import ValidationError

from taawun.api import problems
from taawun.api.answering import reading
from taawun.api.problems import CONTENT_TYPE, Problem
from taawun.api.rooms import (
    agreements,
    codes,
    evaluations,
    figures,
    lessons,
    operations,
    organisations,
    published,
    requests,
    searching,
)

VERSION, PREFIX = "1", "/api/v1/"
ABOUT = """What the pages of this installation show, for programs: reading alone, through the same gates.

Send `Authorization: Bearer …` with a token of your own, made at /api/tokens/. What its person may not see is not
there (404). Words come in the language of `Accept-Language`: en, fr or ar. Amounts are decimal strings with their
currency. A list goes on at the address in `next`. What went wrong is said as `application/problem+json` (RFC 9457).
An answer has an `ETag`: sent back in `If-None-Match`, an answer that has not changed is not sent again (304).
"""
ROOMS = tuple(
    each.room
    for each in (
        *(requests, operations, agreements, evaluations, lessons),
        *(organisations, published, figures, codes, searching),
    )
)

house = NinjaAPI(
    title="Taawun",
    version=VERSION,
    description=ABOUT,
    openapi_url="",
    docs_url=None,
    urls_namespace="api",
)
for room in ROOMS:
    house.add_router("", room.router)


@house.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problems.answer(problem)


@house.exception_handler(ValidationError)
def _parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.answer(problems.of_parameters(error.errors))


@house.exception_handler(Http404)
def _nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problems.answer(problems.nothing_here())


def addresses() -> list[URLPattern]:
    """Every address of the rooms, each for reading alone."""
    found: dict[str, URLPattern] = {}
    for entry in house.urls[0]:
        if isinstance(entry, URLPattern) and entry.name != "api-root":
            route = PREFIX.lstrip("/") + str(entry.pattern)
            found[route] = path(route, reading(entry.callback), name=entry.name)
    return list(found.values())


@cache
def description() -> dict[str, Any]:
    """The description of the interface, in English; the same for everybody."""
    with override("en"):
        told: dict[str, Any] = house.get_openapi_schema(path_prefix=PREFIX.strip("/"))
    for address in told["paths"].values():
        for operation in address.values():
            _as_problems(operation["responses"])
    told["components"]["securitySchemes"]["Token"].pop("header", None)
    return dict(told)


def _as_problems(responses: dict[Any, Any]) -> None:
    """What is refused is told as a problem, and says so."""
    for status, response in responses.items():
        if int(status) >= 400 and "content" in response:
            response["content"] = {CONTENT_TYPE: response["content"].pop("application/json")}
