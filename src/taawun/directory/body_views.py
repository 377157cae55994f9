"""The pages of organisations, for those who administer them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.directory import actions, bodies, body_showing as showing
from taawun.directory.merge_forms import ReasonForm
from taawun.directory.models import Organisation
from taawun.foundation.answers import answered_once
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused


@login_required
@require_safe
def index(request: SignedRequest) -> HttpResponse:
    """The organisations one administers, and the partners of one's offices."""
    found = showing.bodies_page(request.user)
    if not found["groups"]:
        raise Http404
    return render(request, "directory/organisations.html", found)


@login_required
@require_safe
def one(request: SignedRequest, pk: int) -> HttpResponse:
    """One organisation; one that was merged leads to the one that stays."""
    body = _found(request, pk)
    if body.merged_into is not None:
        return redirect("directory:organisation", body.merged_into.pk)
    return render(request, "directory/organisation.html", showing.body_page(body, request.user))


def _found(request: SignedRequest, pk: int) -> Organisation:
    body = there(bodies.organisation_for(request.user, pk))
    return body


@login_required
@require_safe
def mark(request: SignedRequest, pk: int) -> HttpResponse:
    """A mark is told on the page of its organisation."""
    found = there(bodies.mark_for(request.user, pk))
    return redirect(found)


@login_required
def on_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """Mark that it does not sign in, or that it does again: what this does, why, one act."""
    return answered_once(request, lambda: _answer(request, pk))


def _answer(request: SignedRequest, pk: int) -> HttpResponse:
    body = _found(request, pk)
    if bodies.marking_scope(body, standing(request.user)) is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    context = showing.marking_page(body, request.user) | {"form": form}
    if request.method != "POST":
        return _show(request, context, 409 if context["obstacles"] else 200)
    if not form.is_valid():
        return _show(request, context, 422)
    try:
        return HttpResponseRedirect(
            once(request.user, request.POST.get("once", ""), lambda: _mark(request, body, form))
        )
    except Refused as refusal:
        return _show(request, context | {"obstacles": refusal.obstacles}, 409)


def _mark(request: SignedRequest, body: Organisation, form: ReasonForm) -> str:
    wanted = request.POST.get("on_paper") == "yes"
    actions.mark_on_paper(body, on_paper=wanted, actor=request.user, reason=form.cleaned_data["reason"])
    told = _("%(name)s is marked on paper.") if wanted else _("%(name)s signs in again.")
    messages.success(request, told % {"name": body.name})
    return body.get_absolute_url()


def _show(request: SignedRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "directory/on_paper.html", context, status=status)
