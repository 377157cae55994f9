"""What every page shares: the gate, the head, a second sending that leads where the first did, what was read."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect

from taawun.foundation.once import first_answer
from taawun.foundation.ports import Kind, registry
from taawun.foundation.requests import SignedRequest

NEVER_READ = 0  # the version of whoever does not say which one they read: it saves over nothing


def find_case(kind_slug: str, pk: int, user: Any) -> tuple[Kind, Any]:
    """The case through its gate; what may not be seen does not exist."""
    kind = registry.kinds.get(kind_slug)
    case = kind.visible_to(user).filter(pk=pk).first() if kind and kind.workflow else None
    if kind is None or case is None:
        raise Http404
    return kind, case


def answered_once(request: SignedRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """A form sent a second time leads where the first sending led, though its page is closed by then."""
    try:
        response = answer()
    except Http404:
        response = None
    if response is None or (request.method == "POST" and response.status_code >= 400):
        address = first_answer(request.user, request.POST.get("once"))
        response = HttpResponseRedirect(address) if address else response
    if response is None:
        raise Http404
    return response


def head_of(case: Any) -> dict[str, Any]:
    """What stands at the top of every page of a case."""
    return {
        "case": case,
        "code": case.case_code(),
        "title": case.case_title(),
        "language": case.case_language(),
        "is_example": getattr(case, "is_example", False),
    }


def whole(text: str | None, default: int) -> int:
    """A number as a form sends it; the default for whatever is none, or would be no database's."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default
