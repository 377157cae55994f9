"""The page that sends a text out as Word."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.agreements import queries, showing
from taawun.agreements.actions import rounds as actions
from taawun.agreements.models import Instrument, InstrumentKind, LanguageVersion
from taawun.agreements.round_forms import SendForm
from taawun.agreements.rounds import back_to, closed, writable
from taawun.cycle.models import Operation
from taawun.cycle.papers import of_operation
from taawun.foundation.acts import answer_act
from taawun.foundation.answers import answered_once
from taawun.foundation.requests import SignedRequest
from taawun.foundation.steps import Refused
from taawun.papers.making import Page


def send(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    """Choose the text and the party; the paper is frozen as it stands."""
    return answered_once(request, lambda: _send(request, operation, context))


def _send(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    versions = writable(operation, request.user)
    if not versions:
        return closed(request, operation)
    parties = [party for party in operation.party_rows if party.signs]
    others = [party for party in parties if party.organisation_id != operation.provider_id]
    initial = {"version": versions[0].pk, "party": next((one.pk for one in others or parties), None)}
    form = SendForm(request.POST or None, initial=initial, versions=versions, parties=parties)
    return answer_act(
        request,
        "agreements/round_send.html",
        context | {"form": form, "back": back_to(operation)},
        lambda: _sent(request, operation, form),
        lambda: closed(request, operation),
    )


def _sent(request: SignedRequest, operation: Operation, form: SendForm) -> str:
    version: LanguageVersion = form.cleaned_data["version"]
    paper = version.instrument
    template, drawn, kind = _drawn(operation, paper, version)
    page = Page(
        render_to_string(template, drawn, request),
        str(drawn["paper"]["title"]),
        reverse("agreements:agreements", args=[operation.pk]),
        version.language,
    )
    made = actions.send_text(
        operation,
        version,
        form.cleaned_data["party"],
        message=form.cleaned_data["message"],
        paper=of_operation(operation, kind),
        page=page,
        origin=request.build_absolute_uri("/").rstrip("/"),
        actor=request.user,
    )
    messages.success(request, _("The text is being made into a Word document: fetch it here and send it."))
    return made.get_absolute_url()


def _drawn(
    operation: Operation, paper: Instrument, version: LanguageVersion
) -> tuple[str, dict[str, Any], str]:
    """The paper as its own page draws it in this language."""
    if paper.kind == InstrumentKind.RECORD_OF_DISCUSSIONS:
        drawn = showing.record_paper(operation, paper, version)
        return "agreements/record_paper.html", drawn, "record-of-discussions"
    held = queries.open_amendment(operation)
    if held is None:
        raise Refused([_("No amendment is being written.")])
    return (
        "agreements/amendment_paper.html",
        showing.amendment_paper(operation, held, version.language),
        "amendment",
    )
