"""Opening an operation without a request; the report of a stand-alone activity."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from taawun.cycle import actions, queries, rights
from taawun.cycle.forms.opening import OpenForm
from taawun.cycle.operation_editors import activity_report_page
from taawun.cycle.pages import operation_form, operation_page
from taawun.directory.roles import Role
from taawun.foundation.answers import answered_once
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused


@login_required
def operation_new(request: SignedRequest) -> HttpResponse:
    """Open an operation by a decision no request led to; desk officers alone."""
    if not standing(request.user).holding(Role.DESK):
        raise Http404
    return answered_once(request, lambda: _answer_new(request))


def _answer_new(request: SignedRequest) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OpenForm(*posted, user=request.user, who=standing(request.user))
    context: dict[str, Any] = {"form": form, "back": reverse("cycle:operations")}
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "cycle/operation_new.html", context, status=status)
    values = dict(form.cleaned_data)
    provider, partner = values.pop("provider"), values.pop("partner")

    def act() -> str:
        made = actions.open_without_request(
            actor=request.user, provider=provider, partner=partner, values=values
        )
        return made.get_absolute_url()

    try:
        return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))
    except Refused as refusal:
        context |= {"obstacles": refusal.obstacles}
        return render(request, "cycle/operation_new.html", context, status=409)


@login_required
@require_safe
def activity_report(request: SignedRequest, pk: int) -> HttpResponse:
    """What a stand-alone activity did and left behind."""
    operation, context = operation_page(request, pk, "report")
    context |= {
        "report": queries.activity_report_of(operation),
        "may_edit": operation.state == "in_implementation"
        and rights.seat_for(operation, request.user, "activity-report"),
    }
    return render(request, "cycle/activity_report.html", context)


@login_required
def activity_report_edit(request: SignedRequest, pk: int) -> HttpResponse:
    """Write the report of a stand-alone activity."""
    operation, context = operation_form(request, pk, "report", "activity-report")
    return activity_report_page(request, operation, context)
