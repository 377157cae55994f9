"""The page on which the last step is taken back: what it was, why it goes back, one act."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _, gettext_lazy

from taawun.foundation.answers import answered_once, find_case
from taawun.foundation.once import once
from taawun.foundation.ports import Obstacle
from taawun.foundation.requests import SignedRequest
from taawun.foundation.step_page import head_of_step, way_on
from taawun.foundation.steps import Refused
from taawun.foundation.taking_back import LastStep, may_take_back, take_back
from taawun.ui.widgets import Lines


class TakeBackForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=Lines(4))


def take_back_page(request: SignedRequest, kind_slug: str, pk: int) -> HttpResponse:
    """Take back the last step of one's own seat. 409 with the reason where another party has acted on it."""
    return answered_once(request, lambda: _answer(request, kind_slug, pk))


def _answer(request: SignedRequest, kind_slug: str, pk: int) -> HttpResponse:
    kind, case = find_case(kind_slug, pk, request.user)
    if not kind.workflows:
        raise Http404
    last = may_take_back(case, request.user)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if last is None:
        text = _("Nothing of yours can be taken back here: another party has acted on it.")
        return _show(request, case, form, None, [Obstacle(text)], 409)
    if request.method != "POST" or not form.is_valid():
        return _show(request, case, form, last, None, 422 if form.is_bound else 200)

    def act() -> str:
        done = take_back(case, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Taken back and recorded: %(step)s.") % {"step": last.step.past})
        return way_on(request, done)

    try:
        return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))
    except Refused as refusal:
        return _show(request, case, form, None, refusal.obstacles, 409)


def _show(
    request: SignedRequest,
    case: object,
    form: TakeBackForm,
    last: LastStep | None,
    obstacles: list[Obstacle] | None,
    status: int,
) -> HttpResponse:
    context = {
        **head_of_step(case),
        "step": {"label": _("Take back the last step")},
        "last": last,
        "form": form,
        "ready": last is not None,
        "obstacles": obstacles,
        "once": uuid.uuid4(),
    }
    return render(request, "foundation/take_back.html", context, status=status)
