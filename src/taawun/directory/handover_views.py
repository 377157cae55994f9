"""The pages of a handover: what is open, to whom it goes, what was handed over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.directory import actions, handover_showing as showing, handovers
from taawun.directory.forms import HandoverForm
from taawun.directory.models import Person
from taawun.foundation import clock
from taawun.foundation.answers import answered_once
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused


@login_required
def own(request: SignedRequest) -> HttpResponse:
    """Hand over everything of one's own; an account without a person holds nothing."""
    person = handovers.own_person(request.user)
    if person is None:
        return _show(request, {"shut": True, "own": True}, status=422 if request.method == "POST" else 200)
    return answered_once(request, lambda: _answer(request, person))


@login_required
def of_another(request: SignedRequest, pk: int) -> HttpResponse:
    """Hand over for an officer of the organisation one governs."""
    return answered_once(request, lambda: _answer(request, handovers.governed_person(request.user, pk)))


def _answer(request: SignedRequest, person: Person | None) -> HttpResponse:
    if person is None:
        raise Http404
    plan = handovers.plan_of(person, handovers.scope_for(person, standing(request.user)))
    context = showing.plan_page(plan, request.user)
    context["shut"] = plan.is_empty
    sent = request.POST if request.method == "POST" else request.GET if "to_person" in request.GET else None
    form = HandoverForm(sent, plan=plan, governing=not showing.is_own(plan, request.user))
    context["form"] = form
    if sent is None or not form.is_valid():
        return _show(request, context, status=200 if sent is None else 422)
    if request.method != "POST":
        context |= {"to_person": form.cleaned_data["to_person"], "reason": form.cleaned_data["reason"]}
        return render(request, "directory/handover_preview.html", context)
    try:
        address = once(request.user, request.POST.get("once", ""), lambda: _hand_over(request, person, form))
    except Refused as refusal:
        context["obstacles"] = refusal.obstacles
        return _show(request, context, status=409)
    return HttpResponseRedirect(address)


def _show(request: SignedRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    return render(request, "directory/handover_form.html", context, status=status)


def _hand_over(request: SignedRequest, person: Person, form: HandoverForm) -> str:
    made = actions.hand_over(
        person,
        form.cleaned_data["to_person"],
        on=clock.today(),
        reason=form.cleaned_data["reason"],
        actor=request.user,
        seen=request.POST.get("seen", ""),
    )
    messages.success(request, _("Handed over to %(person)s.") % {"person": made.to_person.name})
    return made.get_absolute_url()


@login_required
@require_safe
def paper(request: SignedRequest, pk: int) -> HttpResponse:
    """What was handed over, as a letter to print."""
    found = there(handovers.handover_for(request.user, pk))
    return render(request, "directory/handover_paper.html", showing.paper_page(found, request.user))


@login_required
@require_safe
def people(request: SignedRequest) -> HttpResponse:
    """The people of the organisations one governs."""
    context: dict[str, Any] = showing.people_page(request.user)
    if not context["houses"]:
        raise Http404
    return render(request, "directory/people.html", context)
