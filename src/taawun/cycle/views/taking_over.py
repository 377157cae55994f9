"""Taking over one running operation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle import actions
from taawun.cycle.forms.taking_over import TakeOverForm
from taawun.directory.roles import Role
from taawun.foundation.answers import answered_once
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused


@login_required
def take_over(request: SignedRequest) -> HttpResponse:
    """Enter an operation that was under way before this program; desk officers alone."""
    if not standing(request.user).holding(Role.DESK):
        raise Http404
    return answered_once(request, lambda: _answer(request))


def _answer(request: SignedRequest) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TakeOverForm(*posted, user=request.user, who=standing(request.user))
    context: dict[str, Any] = {
        "form": form,
        "back": reverse("cycle:operations"),
        "by_excel": reverse("batches:sheet", args=["take-over"]),
    }
    if not form.is_bound or not form.is_valid():
        return render(request, "cycle/take_over.html", context, status=422 if form.is_bound else 200)
    values = dict(form.cleaned_data)
    provider, partner = values.pop("provider"), values.pop("partner")

    def act() -> str:
        made, _event = actions.take_over(
            actor=request.user, provider=provider, partner=partner, values=values
        )
        messages.success(request, _("Taken over as %(number)s.") % {"number": made.code})
        return made.get_absolute_url()

    try:
        return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))
    except Refused as refusal:
        context["obstacles"] = refusal.obstacles
        return render(request, "cycle/take_over.html", context, status=409)
