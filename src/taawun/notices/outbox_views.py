"""The outbox of an agency, for its administrators: what waits, what failed, what nobody knows of."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_safe

from taawun.directory.models import Organisation
from taawun.foundation.answers import answered_once, whole
from taawun.foundation.models import OutboxMessage
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.steps import Refused
from taawun.notices import actions, queries, showing
from taawun.notices.forms import ReasonForm, WordsForm
from taawun.ui import words

WITH_REASON: dict[str, Callable[..., None]] = {
    "drop": actions.drop,
    "arrived": actions.arrived,
    "again": actions.send_again,
}


@login_required
@require_safe
def index(request: SignedRequest) -> HttpResponseBase:
    """The mail of the agencies one administers, by state."""
    agencies = list(queries.agencies_administered_by(request.user))
    if not agencies:
        raise Http404
    context = showing.outbox_page(agencies)
    return showing.outbox_list(request.user).render(request, "notices/outbox.html", context)


@login_required
def message(request: SignedRequest, pk: int) -> HttpResponse:
    """One mail: its words, what is known of it, and what an administrator may do."""
    return answered_once(request, lambda: _answer_message(request, pk))


def _answer_message(request: SignedRequest, pk: int) -> HttpResponse:
    found = there(showing.message_for(request.user, pk))
    act = request.POST.get("act", "") if request.method == "POST" else ""
    written = WordsForm(
        request.POST if act == "edit" else None, initial={"subject": found.subject, "body": found.body}
    )
    reason = ReasonForm(request.POST if act in WITH_REASON else None)
    forms = {"form": written, "reason_form": reason, "base_version": found.version}
    if request.method != "POST":
        return _show(request, found, forms)
    if (act == "edit" and not written.is_valid()) or (act in WITH_REASON and not reason.is_valid()):
        return _show(request, found, forms, status=422)
    try:
        key = request.POST.get("once", "")
        return HttpResponseRedirect(
            once(request.user, key, lambda: _do(request, found, act, written, reason))
        )
    except Refused as refusal:
        return _show(request, there(showing.message_for(request.user, pk)), forms, refusal.obstacles, 409)
    except actions.Stale as stale:
        forms["theirs"], forms["base_version"] = stale.present, stale.present.version
        told = _(
            "Somebody changed the words meanwhile. Theirs stand beside yours; saving puts yours in their place."
        )
        return _show(request, found, forms, [told], 409)


def _do(
    request: SignedRequest, found: OutboxMessage, act: str, written: WordsForm, reason: ReasonForm
) -> str:
    if act == "edit":
        base = whole(request.POST.get("base_version"), 0)
        actions.edit(found.pk, **written.cleaned_data, base_version=base, actor=request.user)
    elif act == "release":
        actions.release(found.pk, actor=request.user)
    elif act in WITH_REASON:
        WITH_REASON[act](found.pk, **reason.cleaned_data, actor=request.user)
    else:
        raise Http404
    messages.success(request, _("Done, and recorded."))
    return found.get_absolute_url()


def _show(
    request: SignedRequest,
    found: OutboxMessage,
    forms: dict[str, Any],
    obstacles: Any = None,
    status: int = 200,
) -> HttpResponse:
    context = showing.message_page(found, request.user) | forms | {"obstacles": obstacles}
    return render(request, "notices/message.html", context, status=status)


@login_required
def hold(request: SignedRequest, pk: int) -> HttpResponse:
    """Hold the outbox of an agency, stop holding it, release what is held."""
    return answered_once(request, lambda: _answer_hold(request, pk))


def _answer_hold(request: SignedRequest, pk: int) -> HttpResponse:
    agency = there(queries.agency_administered_by(request.user, pk))
    if request.method == "POST":
        key = request.POST.get("once", "")
        return HttpResponseRedirect(once(request.user, key, lambda: _hold(request, agency)))
    return render(request, "notices/hold.html", showing.hold_page(agency, request.user))


def _hold(request: SignedRequest, agency: Organisation) -> str:
    act = request.POST.get("act", "")
    if act in ("hold", "free"):
        actions.hold(agency, on=act == "hold", actor=request.user)
        messages.success(request, _("Done, and recorded."))
    elif act == "release":
        number = actions.release_all(agency, actor=request.user)
        told = ngettext("One message is released.", "%(number)s messages are released.", number)
        messages.success(request, told % {"number": words.figure(number)})
    else:
        raise Http404
    return request.path
