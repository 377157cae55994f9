"""The pages of requests and operations."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.cycle import actions, covering, queries, rights
from taawun.cycle.circle import ring_of
from taawun.cycle.editors import (
    component_page,
    note_page,
    opinion_page,
    parties_page,
    people_page,
    request_part_page,
)
from taawun.cycle.forms import BeginForm, LotForm
from taawun.cycle.lists import operations_list, requests_list
from taawun.cycle.pages import operation_page, questions_here, record_of, request_page, sheet_of
from taawun.cycle.papers import covering_letter, request_form, wanted_language
from taawun.cycle.parties import framework_of
from taawun.cycle.related import related_operations, related_requests
from taawun.cycle.showing import (
    carried_on_by,
    chain_of,
    operation_dates,
    operation_facts,
    request_facts,
    request_links,
    request_parts,
    settings_links,
    taken_over_of,
)
from taawun.cycle.team import team_of
from taawun.foundation.once import once
from taawun.foundation.ports import registry
from taawun.foundation.requests import SignedRequest
from taawun.foundation.seats import recording_office
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused


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
    rights.require(coop_request, request.user, "request-texts")
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
@require_safe
def request_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The request form, to print on A4."""
    coop_request, context = request_page(request, pk)
    language = wanted_language(request.GET.get("language"), coop_request.language)
    context |= request_form(coop_request, language) | {"back": coop_request.get_absolute_url()}
    return render(request, "cycle/request_paper.html", context)


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
@require_safe
def lot_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The covering letter with its ranked list, to print on A4: those requests of it the reader may see."""
    found = queries.lot_seen_by(request.user, pk)
    if found is None:
        raise Http404
    made, seen = found
    language = wanted_language(request.GET.get("language"), seen[0].language)
    context = {"lot": made, "requests": seen, "back": seen[0].get_absolute_url()}
    return render(request, "cycle/lot_paper.html", context | covering_letter(made, seen, language))


@login_required
def opinion(request: SignedRequest, pk: int, ref: int) -> HttpResponse:
    """A ministry's opinion on a request."""
    coop_request, context = request_page(request, pk)
    return opinion_page(request, coop_request, ref, context)


@login_required
def appraisal_note(request: SignedRequest, pk: int) -> HttpResponse:
    """The desk's internal note on a request."""
    coop_request, context = request_page(request, pk)
    rights.require(coop_request, request.user, "appraisal-note")
    return note_page(request, coop_request, context)


@login_required
@require_safe
def operations(request: SignedRequest) -> HttpResponseBase:
    """Every operation this person may know of."""
    return operations_list(request)


@login_required
@require_safe
def operation_detail(request: SignedRequest, pk: int) -> HttpResponse:
    """An operation in the circle: the ring, whose turn it is, what is missing, what was decided."""
    operation, context = operation_page(request, pk, "overview")
    context |= sheet_of(operation, request.user, limit=5) | {
        "related": related_operations(operation, request.user),
        "taken_over": taken_over_of(operation, request.user),
        "ring": ring_of(operation),
        "facts": operation_facts(operation, request.user),
        "dates": operation_dates(operation),
        "timeline_all": reverse("cycle:timeline", args=[pk]),
        "links": [
            *settings_links(operation, request.user),
            (reverse("workflow", args=[operation.workflow.slug]), _("The way of an operation")),
        ],
        "timeline_count": queries.count_events(operation, request.user),
    }
    return render(request, "cycle/operation.html", context)


@login_required
@require_safe
def parties(request: SignedRequest, pk: int) -> HttpResponse:
    """Who takes part in an operation, and its components."""
    operation, context = operation_page(request, pk, "parties")
    context |= {
        "parties": operation.party_rows,
        "components": operation.components.select_related("supplier"),
        "may_edit": operation.state in actions.BEFORE_THE_START
        and rights.seat_for(operation, request.user, "component"),
        "may_name": operation.state in actions.BEFORE_THE_SIGNATURE
        and rights.seat_for(operation, request.user, "parties"),
        "framework": framework_of(operation).label,
    }
    return render(request, "cycle/parties.html", context)


@login_required
def parties_edit(request: SignedRequest, pk: int) -> HttpResponse:
    """Name the parties of an operation, until it is signed."""
    operation, context = operation_page(request, pk, "parties")
    rights.require(operation, request.user, "parties")
    return parties_page(request, operation, context)


@login_required
@require_safe
def people(request: SignedRequest, pk: int) -> HttpResponse:
    """Who works on an operation."""
    operation, context = operation_page(request, pk, "people")
    team, earlier = team_of(operation)
    context |= {
        "team": team,
        "earlier": earlier,
        "may_edit": rights.seat_for(operation, request.user, "people"),
    }
    return render(request, "cycle/people.html", context)


@login_required
def people_edit(request: SignedRequest, pk: int) -> HttpResponse:
    """Name the people of an operation."""
    operation, context = operation_page(request, pk, "people")
    rights.require(operation, request.user, "people")
    return people_page(request, operation, context)


@login_required
def component(request: SignedRequest, pk: int, component_pk: int) -> HttpResponse:
    """A component's period, place, ceiling and the supplier's acceptance."""
    operation, context = operation_page(request, pk, "parties")
    rights.require(operation, request.user, "component")
    return component_page(request, operation, component_pk, context)


@login_required
@require_safe
def timeline(request: SignedRequest, pk: int) -> HttpResponse:
    """The whole record of an operation, as this person may read it."""
    operation, context = operation_page(request, pk, "timeline")
    return render(request, "cycle/timeline.html", context | {"entries": record_of(operation, request.user)})
