"""A coordination body ranks what it retained and forwards it; the covering letter, to print."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle import actions, covering, queries
from taawun.cycle.forms.forwarding import LotForm
from taawun.cycle.pages import request_page
from taawun.cycle.papers import covering_letter, paper_languages
from taawun.cycle.word_fields import lot_fields, with_fields
from taawun.foundation.once import once
from taawun.foundation.ports import registry
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.seats import recording_office
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused
from taawun.papers.answering import paper_answer, paper_methods
from taawun.papers.making import Paper


@login_required
def lot(request: SignedRequest, pk: int) -> HttpResponse:
    """Rank the retained requests of a round and forward them together."""
    coop_request, context = request_page(request, pk)
    if coop_request.coordination_id not in standing(request.user).organisations and not _records(
        coop_request, request.user
    ):
        raise Http404
    waiting = actions.lot_of(coop_request)
    form = LotForm(
        request.POST or None,
        request.FILES or None,
        requests=waiting,
        ranks_alone="rank" in request.POST,
        scan=registry.services["scan-field"](request.user) if _records(coop_request, request.user) else None,
        initial=covering.typed(request.user, waiting),
    )
    context |= {"form": form, "lot": waiting, "back": coop_request.get_absolute_url()}
    if request.method != "POST":
        return render(request, "cycle/lot.html", context)
    return _sent_or_ranked(request, coop_request, form, context)


def _records(coop_request: Any, user: Any) -> bool:
    """Whether this person's office records for a coordination body that does not sign in."""
    return bool(recording_office(coop_request, standing(user))) and coop_request.coordination.on_paper


def _sent_or_ranked(
    request: SignedRequest, coop_request: Any, form: LotForm, context: dict[str, Any]
) -> HttpResponse:
    if not form.is_valid():
        return render(request, "cycle/lot.html", context, status=422)
    try:
        return HttpResponseRedirect(
            once(request.user, request.POST.get("once", ""), lambda: _send(request, coop_request, form))
        )
    except Refused as refusal:
        return render(request, "cycle/lot.html", context | {"obstacles": refusal.obstacles}, status=409)


def _send(request: SignedRequest, coop_request: Any, form: LotForm) -> str:
    actions.rank_lot(form.requests, form.ranks(), actor=request.user)
    if "rank" in request.POST:
        covering.keep(request.user, form.requests, form.cleaned_data)
        messages.success(request, _("The ranks are saved."))
        return request.path
    made = actions.forward_lot(
        form.requests,
        actor=request.user,
        letter_number=form.cleaned_data["letter_number"],
        letter_date=form.cleaned_data["letter_date"],
        scan=form.cleaned_data.get("letter_scan"),
    )
    covering.drop(request.user, form.requests)
    messages.success(request, _("Forwarded: the provider's country office has it now."))
    return reverse("cycle:lot-paper", args=[made.pk])


@login_required
@paper_methods
def lot_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The covering letter with its ranked list, to print on A4: those requests of it the reader may see."""
    found = there(queries.lot_seen_by(request.user, pk))
    made, seen = found
    context = {"lot": made, "requests": seen, "back": seen[0].get_absolute_url()}
    return paper_answer(
        request,
        "cycle/lot_paper.html",
        Paper(
            "covering-letter",
            "lot",
            made.pk,
            is_example=any(row.is_example for row in seen),
            agency_id=made.provider_id,
        ),
        lambda language: with_fields(
            context | covering_letter(made, seen, language), lambda: lot_fields(made, seen)
        ),
        paper_languages(seen[0].language),
    )
