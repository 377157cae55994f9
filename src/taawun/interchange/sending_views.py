"""The pages on which an administrator sends a file of a publisher, sees what it says, and applies it or gives it up."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawun.foundation.answers import answered_once
from taawun.foundation.models import Job
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.steps import Refused
from taawun.interchange import actions, queries, sending_pages
from taawun.interchange.forms import SendForm


@login_required
def send(request: SignedRequest) -> HttpResponse:
    """Send a file: it is read and shown, not applied."""
    if not queries.may_load(request.user):
        raise Http404
    return answered_once(request, lambda: _answer_send(request))


def _answer_send(request: SignedRequest) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SendForm(*posted, user=request.user)
    if not form.is_bound or not form.is_valid():
        context = sending_pages.new_page() | {"form": form}
        return render(request, "interchange/send.html", context, status=422 if form.is_bound else 200)

    def act() -> str:
        given = form.cleaned_data
        made = actions.send_file(
            given["file"], actor=request.user, reference=given["publisher"], terms=form.terms
        )
        return made.get_absolute_url()

    return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))


@login_required
@require_safe
def sendings(request: SignedRequest) -> HttpResponseBase:
    """The files that were sent."""
    page, extra = sending_pages.sendings_list(request.user)
    return page.render(request, "interchange/list.html", extra)


@login_required
@require_safe
def sending(request: SignedRequest, pk: int) -> HttpResponse:
    """How far the reading of a file is, and what became of it."""
    found = there(queries.sending_for(request.user, pk))
    context = sending_pages.sending_page(found, request.user, still="still" in request.GET)
    return render(request, "interchange/sending.html", context)


@login_required
@require_POST
def again(request: SignedRequest, pk: int) -> HttpResponse:
    """Read a sent file anew, by what is held today."""
    return _act(request, queries.sending_for, pk, actions.read_again, _("The file is read again."))


@login_required
@require_POST
def apply(request: SignedRequest, pk: int) -> HttpResponse:
    """Apply all of a load, as one."""
    return _act(request, queries.load_for, pk, actions.apply_or_begin, _("Applied: all of it, as one."))


@login_required
@require_POST
def discard(request: SignedRequest, pk: int) -> HttpResponse:
    """Give a load up."""
    told = _("Discarded: nothing of it was applied.")
    return _act(request, queries.load_for, pk, actions.discard_load, told)


def _act(
    request: SignedRequest, find: Callable[..., Any], pk: int, action: Callable[..., Any], told: str
) -> HttpResponse:
    """One act, answered on the page it leads to: 409 with the reasons where it is refused."""
    found = there(find(request.user, pk))
    return answered_once(request, lambda: _answer(request, found, action, told))


def _answer(request: SignedRequest, found: Any, action: Callable[..., Any], told: str) -> HttpResponse:
    def act() -> str:
        result = action(found, actor=request.user)
        if not isinstance(result, Job):
            messages.success(request, told)
        return str(result.get_absolute_url())

    try:
        return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))
    except Refused as refusal:
        context = sending_pages.refused(found, refusal.obstacles)
        return render(request, "409.html", context, status=409)
