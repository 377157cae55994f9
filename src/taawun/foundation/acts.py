"""Pages of a single act that moves no state: what must be there, what it asks, one button."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from taawun.foundation.answers import NEVER_READ, whole
from taawun.foundation.editing import Frozen
from taawun.foundation.once import once
from taawun.foundation.ports import Obstacle
from taawun.foundation.requests import SignedRequest
from taawun.foundation.steps import Line, Refused


def answer_act(
    request: SignedRequest,
    template: str,
    context: dict[str, Any],
    act: Callable[[], str],
    closed: Callable[[], HttpResponse],
) -> HttpResponse:
    """Show the page, or act and go where `act` leads. `context` holds the bound `form`.

    A refusal is a 409 with every obstacle; `closed` answers where the case no longer allows it.
    """
    form = context["form"]
    context = {"once": uuid.uuid4(), **context}
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=422)
    try:
        return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))
    except Refused as refusal:
        return render(request, template, context | {"obstacles": refusal.obstacles}, status=409)
    except Frozen:
        return closed()


def read_version(request: SignedRequest) -> int:
    """The version that whoever sends the page has read."""
    return whole(request.POST.get("base_version"), NEVER_READ)


def conditions(lines: list[Line]) -> dict[str, Any]:
    """What must be there for the act, for its page; `ready` once all of it is."""
    return {"lines": lines, "ready": all(line.ok for line in lines)}


def moved_on(request: SignedRequest, case: Any, *, heading: Any, why: Any, back: str) -> HttpResponse:
    """The page is closed, for the case has moved on; `why` names its state, read anew, as %(state)s."""
    case.refresh_from_db(fields=["state"])
    return shut(request, heading=heading, why=why % {"state": case.state_label}, back=back)


def shut(request: SignedRequest, *, heading: Any, why: Any, back: str) -> HttpResponse:
    """The page is closed by the state of its case, and says why (409)."""
    context = {"heading": heading, "obstacles": [Obstacle(why)], "back": back}
    return render(request, "409.html", context, status=409)
