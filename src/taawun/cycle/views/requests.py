"""The pages of a request."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from taawun.cycle import actions, queries, rights
from taawun.cycle.course import record_of, sheet_of
from taawun.cycle.forms.beginning import BeginForm
from taawun.cycle.lists import requests_list
from taawun.cycle.pages import only_who_may, questions_here, request_page
from taawun.cycle.papers import of_request, paper_languages, request_form
from taawun.cycle.related import related_requests
from taawun.cycle.request_editors import note_page, opinion_page, request_part_page
from taawun.cycle.showing import (
    carried_on_by,
    chain_of,
    request_facts,
    request_links,
    request_parts,
)
from taawun.foundation.once import once
from taawun.foundation.ports import registry
from taawun.foundation.requests import SignedRequest
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused
from taawun.papers.answering import paper_answer, paper_methods


@login_required
@require_safe
def requests(request: SignedRequest) -> HttpResponseBase:
    """Every request this person may know of."""
    return requests_list(request)


@login_required
def request_new(request: SignedRequest) -> HttpResponse:
    """Begin a request as an idea."""
    form = BeginForm(request.POST or None, who=standing(request.user))
    context: dict[str, Any] = {"form": form, "back": reverse("cycle:requests")}
    if request.method != "POST" or not form.is_valid():
        return render(request, "cycle/request_new.html", context, status=422 if form.is_bound else 200)
    values = dict(form.cleaned_data)
    try:
        return HttpResponseRedirect(
            once(request.user, request.POST.get("once", ""), lambda: _begin(request, values))
        )
    except Refused as refusal:
        return render(
            request, "cycle/request_new.html", context | {"obstacles": refusal.obstacles}, status=409
        )


def _begin(request: SignedRequest, values: dict[str, Any]) -> str:
    modality = values.pop("modality")
    requesting, provider = values.pop("requesting"), values.pop("provider")
    made = actions.begin_request(
        actor=request.user,
        requesting=requesting,
        provider=provider,
        values={**values, "modality_id": modality},
    )
    return reverse("cycle:request-part", args=[made.pk, "idea"])


@login_required
@require_safe
def request_detail(request: SignedRequest, pk: int) -> HttpResponse:
    """A request: where it stands, whose turn it is, what is missing, what it says, what was done."""
    coop_request, context = request_page(request, pk)
    may_edit = coop_request.is_editable and rights.seat_for(coop_request, request.user, "request-texts")
    internal = queries.internal_to_provider(request.user, coop_request)
    goes_on = carried_on_by(coop_request, request.user)
    context |= sheet_of(coop_request, request.user, limit=5) | {
        "timeline_all": reverse("cycle:request-timeline", args=[pk]),
        "timeline_count": queries.count_events(coop_request, request.user),
        "chain": chain_of(coop_request),
        "questions_here": questions_here(coop_request, request.user),
        "facts": request_facts(coop_request, goes_on),
        "goes_on": goes_on,
        "parts": request_parts(coop_request) if may_edit else [],
        "outputs": coop_request.outputs.all(),
        "inputs": coop_request.inputs.all(),
        "internal": internal,
        "opinions": coop_request.opinions.all() if internal else [],
        "note": getattr(coop_request, "appraisal_note", None) if internal else None,
        "print_url": reverse("cycle:request-paper", args=[pk]),
        "links": request_links(coop_request, request.user),
        "decision": getattr(coop_request, "decision", None),
        "related": related_requests(coop_request, request.user),
        "offers": registry.services["lessons-for-request"](coop_request)
        if "lessons-for-request" in registry.services
        else [],
    }
    return render(request, "cycle/request.html", context)


@login_required
def request_part(request: SignedRequest, pk: int, part: str) -> HttpResponse:
    """One part of the request's form."""
    coop_request, context = request_page(request, pk)
    only_who_may(coop_request, request.user, "request-texts")
    return request_part_page(request, coop_request, part, context)


@login_required
@require_safe
def request_timeline(request: SignedRequest, pk: int) -> HttpResponse:
    """The whole record of a request, as this person may read it."""
    coop_request, context = request_page(request, pk)
    return render(
        request, "cycle/timeline.html", context | {"entries": record_of(coop_request, request.user)}
    )


@login_required
@paper_methods
def request_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The request form, to print on A4."""
    coop_request, context = request_page(request, pk)
    context |= {"back": coop_request.get_absolute_url()}
    return paper_answer(
        request,
        "cycle/request_paper.html",
        of_request(coop_request, "request-form"),
        lambda language: context | request_form(coop_request, language),
        paper_languages(coop_request.language),
    )


@login_required
def opinion(request: SignedRequest, pk: int, ref: int) -> HttpResponse:
    """A ministry's opinion on a request."""
    coop_request, context = request_page(request, pk)
    return opinion_page(request, coop_request, ref, context)


@login_required
def appraisal_note(request: SignedRequest, pk: int) -> HttpResponse:
    """The desk's internal note on a request."""
    coop_request, context = request_page(request, pk)
    only_who_may(coop_request, request.user, "appraisal-note")
    return note_page(request, coop_request, context)
