"""The addresses of a text that goes out as Word and comes back."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taawun.agreements import queries, rounds
from taawun.agreements.actions.rounds import REPLY, RIGHT
from taawun.agreements.models import InstrumentKind, NegotiationRound
from taawun.agreements.round_deciding import decision_page
from taawun.agreements.round_sending import send
from taawun.agreements.views import NO_NUMBER
from taawun.cycle.models import Operation
from taawun.cycle.pages import only_who_may, operation_page
from taawun.foundation.requests import SignedRequest, there


def _round(
    request: SignedRequest, pk: int, number: int
) -> tuple[Operation, NegotiationRound, dict[str, Any]]:
    operation, context = operation_page(request, pk, "agreements")
    held = there(queries.round_in(operation, min(number, NO_NUMBER)))
    held.operation = operation
    return operation, held, context


@login_required
def round_send(request: SignedRequest, pk: int) -> HttpResponse:
    """Send a text out as Word."""
    operation, context = operation_page(request, pk, "agreements")
    only_who_may(operation, request.user, RIGHT[InstrumentKind.RECORD_OF_DISCUSSIONS])
    return send(request, operation, context)


@login_required
@require_safe
def round_page(request: SignedRequest, pk: int, number: int) -> HttpResponse:
    """A text that went out, and what came of it."""
    operation, held, context = _round(request, pk, number)
    return render(request, "agreements/round.html", context | rounds.show(request, operation, held))


@login_required
def round_return(request: SignedRequest, pk: int, number: int) -> HttpResponse:
    """Enter the document that came back."""
    operation, held, context = _round(request, pk, number)
    only_who_may(operation, request.user, REPLY)
    return rounds.enter(request, operation, held, context)


@login_required
def round_decide(request: SignedRequest, pk: int, number: int) -> HttpResponse:
    """Decide of each change, clause by clause."""
    operation, held, context = _round(request, pk, number)
    only_who_may(operation, request.user, RIGHT[InstrumentKind(held.kind)])
    return decision_page(request, operation, held, context).answer(request)


@login_required
def round_withdraw(request: SignedRequest, pk: int, number: int) -> HttpResponse:
    """Take a text that is out back."""
    operation, held, context = _round(request, pk, number)
    only_who_may(operation, request.user, RIGHT[InstrumentKind(held.kind)])
    return rounds.withdraw(request, operation, held, context)
