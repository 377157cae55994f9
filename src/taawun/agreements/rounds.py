"""The pages of a text that goes out as Word and comes back: sent, entered, decided clause by clause, withdrawn."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.agreements import negotiation, queries
from taawun.agreements.actions import rounds as actions
from taawun.agreements.models import Instrument, InstrumentKind, LanguageVersion, NegotiationRound
from taawun.agreements.round_forms import (
    ReturnForm,
    WithdrawTextForm,
)
from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.foundation.acts import answer_act, moved_on, read_version
from taawun.foundation.answers import answered_once
from taawun.foundation.ports import Obstacle
from taawun.foundation.requests import SignedRequest
from taawun.foundation.steps import Refused

State = NegotiationRound.State


def tab(operation: Operation, user: Any, papers: list[Instrument]) -> dict[str, Any]:
    """The texts that went out, for the tab of agreements; `papers` are those it shows."""
    return {
        "rounds": queries.rounds_of(operation),
        "may_send_text": any(
            paper.versions.all() and _writes(operation, user, paper)
            for paper in papers
            if queries.is_open_text(operation, paper)
        ),
    }


def _writes(operation: Operation, user: Any, paper: Instrument) -> bool:
    return bool(rights.seat_for(operation, user, actions.RIGHT[InstrumentKind(paper.kind)]))


def writable(operation: Operation, user: Any) -> list[LanguageVersion]:
    """The texts this person may send out now."""
    papers = [paper for paper in queries.papers_being_written(operation) if _writes(operation, user, paper)]
    found = []
    for paper in papers:
        for version in paper.versions.all():
            version.instrument = paper
            found.append(version)
    return found


# ── Read ──


def show(request: SignedRequest, operation: Operation, held: NegotiationRound) -> dict[str, Any]:
    """A text that went out: to whom, the document, what came back beside it, what was decided."""
    returned: dict[str, Any] = held.returned or {}
    comparison = negotiation.comparison_of(held) if held.returned else None
    writes = bool(rights.seat_for(operation, request.user, _right(held)))
    waits = queries.waits(held, operation)
    return {
        "round": held,
        "returned": returned,
        "comparison": comparison,
        "remarks": _remarks(returned),
        "decisions": list(held.decisions.all()),
        "may_enter": waits and bool(rights.seat_for(operation, request.user, actions.REPLY)),
        "may_decide": held.state == State.BACK and writes and waits,
        "may_withdraw": writes and waits,
        "back": back_to(operation),
    }


def _remarks(returned: dict[str, Any]) -> list[dict[str, Any]]:
    """What was remarked in the document, by the clause it stands beside."""
    clauses = negotiation.clauses_of(returned.get("clauses", []))
    return [
        {"clause": clauses[int(place)], "said": said}
        for place, said in sorted(returned.get("remarks", {}).items(), key=lambda one: int(one[0]))
        if int(place) < len(clauses)
    ]


def _right(held: NegotiationRound) -> str:
    return actions.RIGHT[InstrumentKind(held.kind)]


# ── Entered ──


def enter(
    request: SignedRequest, operation: Operation, held: NegotiationRound, context: dict[str, Any]
) -> HttpResponse:
    """Enter the document that came back."""
    return answered_once(request, lambda: _enter(request, operation, held, context))


def _enter(
    request: SignedRequest, operation: Operation, held: NegotiationRound, context: dict[str, Any]
) -> HttpResponse:
    if not queries.waits(held, operation):
        return closed(request, operation)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReturnForm(*posted, user=request.user)
    return answer_act(
        request,
        "agreements/round_return.html",
        context | {"form": form, "round": held, "back": held.get_absolute_url()},
        lambda: _entered(request, held, form),
        lambda: closed(request, operation),
    )


def _entered(request: SignedRequest, held: NegotiationRound, form: ReturnForm) -> str:
    actor: Any = request.user
    try:
        actions.take_back(held, form.cleaned_data["file"], actor=actor)
    except ValidationError as error:
        raise Refused([Obstacle(text) for text in error.messages]) from error
    messages.success(request, _("Entered. Nothing of it is in the text before it is decided."))
    return held.get_absolute_url()


# ── Withdrawn ──


def withdraw(
    request: SignedRequest, operation: Operation, held: NegotiationRound, context: dict[str, Any]
) -> HttpResponse:
    """Take a text that is out back, with the reason."""
    return answered_once(request, lambda: _withdraw(request, operation, held, context))


def _withdraw(
    request: SignedRequest, operation: Operation, held: NegotiationRound, context: dict[str, Any]
) -> HttpResponse:
    if not queries.waits(held, operation):
        return closed(request, operation)
    form = WithdrawTextForm(request.POST or None)
    return answer_act(
        request,
        "agreements/round_withdraw.html",
        context
        | {"form": form, "round": held, "base_version": held.version, "back": held.get_absolute_url()},
        lambda: _withdrawn(request, held, form),
        lambda: closed(request, operation),
    )


def _withdrawn(request: SignedRequest, held: NegotiationRound, form: WithdrawTextForm) -> str:
    actor: Any = request.user
    actions.withdraw_text(
        held, reason=form.cleaned_data["reason"], actor=actor, base_version=read_version(request)
    )
    messages.success(request, _("The text is withdrawn: nothing of it is taken in."))
    return held.get_absolute_url()


def back_to(operation: Operation) -> str:
    return reverse("agreements:agreements", args=[operation.pk])


def closed(request: SignedRequest, operation: Operation) -> HttpResponse:
    return moved_on(
        request,
        operation,
        heading=_("Text sent out"),
        why=_(
            "Nothing is open here: the text was decided, withdrawn or signed, or the operation (“%(state)s”) moved on."
        ),
        back=back_to(operation),
    )
