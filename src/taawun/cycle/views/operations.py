"""The pages of an operation."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.cycle import actions, queries, rights
from taawun.cycle.circle import ring_of
from taawun.cycle.course import record_of, sheet_of
from taawun.cycle.lists import operations_list
from taawun.cycle.mission_letters import has_letter
from taawun.cycle.operation_editors import component_page, parties_page, people_page
from taawun.cycle.pages import operation_form, operation_page
from taawun.cycle.parties import framework_of
from taawun.cycle.related import related_operations
from taawun.cycle.showing import (
    operation_dates,
    operation_facts,
    settings_links,
    taken_over_of,
)
from taawun.cycle.team import team_of
from taawun.foundation.requests import SignedRequest


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
    operation, context = operation_form(request, pk, "parties", "parties")
    return parties_page(request, operation, context)


@login_required
@require_safe
def people(request: SignedRequest, pk: int) -> HttpResponse:
    """Who works on an operation."""
    operation, context = operation_page(request, pk, "people")
    team, earlier = team_of(operation)
    letters = {member.pk for member in team if has_letter(operation, member)}
    context |= {
        "team": team,
        "earlier": earlier,
        "letters": letters,
        "may_edit": rights.seat_for(operation, request.user, "people"),
    }
    return render(request, "cycle/people.html", context)


@login_required
def people_edit(request: SignedRequest, pk: int) -> HttpResponse:
    """Name the people of an operation."""
    operation, context = operation_form(request, pk, "people", "people")
    return people_page(request, operation, context)


@login_required
def component(request: SignedRequest, pk: int, component_pk: int) -> HttpResponse:
    """A component's period, place, ceiling and the supplier's acceptance."""
    operation, context = operation_form(request, pk, "parties", "component")
    return component_page(request, operation, component_pk, context)


@login_required
@require_safe
def timeline(request: SignedRequest, pk: int) -> HttpResponse:
    """The whole record of an operation, as this person may read it."""
    operation, context = operation_page(request, pk, "timeline")
    return render(request, "cycle/timeline.html", context | {"entries": record_of(operation, request.user)})
