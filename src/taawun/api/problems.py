"""What the interface answers where it does not answer what was asked: problem details (RFC 9457)."""

import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _, gettext_lazy
from ninja import Schema
from pydantic import Field

from taawun.ui import words

CONTENT_TYPE = "application/problem+json"

TITLES: dict[str, tuple[int, Any]] = {
    "not-understood": (400, gettext_lazy("The question is not understood")),
    "bad-cursor": (400, gettext_lazy("The cursor is not one of this list")),
    "no-token": (401, gettext_lazy("A token is needed")),
    "scope-missing": (403, gettext_lazy("The token may not read this")),
    "not-there": (404, gettext_lazy("Nothing is here")),
    "reading-only": (405, gettext_lazy("Here one reads, and nothing else")),
}


class Fault(Schema):
    """What is wrong with one parameter."""

    name: str = Field(description="The parameter.")
    reason: str = Field(description="What is wrong with it, in the language asked for.")


class ProblemDetails(Schema):
    """Why there is no answer (RFC 9457)."""

    type: str = Field(description="Which problem it is: an address on the page of this interface.")
    title: str = Field(description="The problem in words, the same each time, in the language asked for.")
    status: int = Field(description="The status code.")
    detail: str = Field(description="What is wrong here, in a sentence, in the language asked for.")
    errors: list[Fault] = Field(default=[], description="Parameter by parameter, where some are at fault.")


class Problem(Exception):
    """Raised anywhere on the way to an answer; `slug` is one of `TITLES`. `errors`: (parameter, reason)."""

    def __init__(self, slug: str, detail: str, errors: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(slug)
        self.slug, self.detail, self.errors = slug, detail, list(errors)


def answer(problem: Problem) -> JsonResponse:
    """The problem as it is sent."""
    status, title = TITLES[problem.slug]
    errors = [{"name": name, "reason": reason} for name, reason in problem.errors]
    told = {"type": f"/api/#{problem.slug}", "title": str(title), "status": status, "detail": problem.detail}
    response = JsonResponse(
        told | ({"errors": errors} if errors else {}),
        status=status,
        content_type=CONTENT_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="Taawun"'
    if status == 405:
        response["Allow"] = "GET, HEAD"
    return response


def nothing_here() -> Problem:
    """What is not there, and what the reader may not see: not a word of difference."""
    return Problem("not-there", _("There is nothing at this address, or nothing that you may see."))


def told(request: HttpRequest, problem: Problem) -> JsonResponse:
    """For the handlers of the framework."""
    return answer(problem)


# ── Parameters that are none ──

KINDS = {
    "int_parsing": gettext_lazy("A whole number is expected."),
    "int_type": gettext_lazy("A whole number is expected."),
    "string_too_long": gettext_lazy("It is too long."),
    "date_parsing": gettext_lazy("A date is expected: 2026-03-31."),
    "date_from_datetime_parsing": gettext_lazy("A date is expected: 2026-03-31."),
    "missing": gettext_lazy("It is missing."),
}


def of_parameters(errors: Iterable[dict[str, Any]]) -> Problem:
    """What the framework found wrong with the parameters, in the reader's words."""
    return misunderstood((str(one["loc"][-1]), reason_of(one)) for one in errors)


def reason_of(error: dict[str, Any]) -> str:
    """One of them in a sentence."""
    context = error.get("ctx", {})
    if error["type"] in ("greater_than_equal", "less_than_equal"):
        return _("It lies between 1 and 100.")
    if error["type"] == "literal_error":
        return _("It is one of: %(values)s.") % {"values": words.listed(_among(context["expected"]))}
    return str(KINDS.get(error["type"], _("It is not understood.")))


def _among(expected: str) -> list[str]:
    """The values there are, out of the English sentence of the framework: "'', 'idea' or 'closed'"."""
    return [value for value in re.findall("'([^']*)'", expected) if value]


def misunderstood(errors: Iterable[tuple[str, str]]) -> Problem:
    """Parameters that cannot be meant so."""
    return Problem("not-understood", _("Some of what the address asks is not understood."), errors)
