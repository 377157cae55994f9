"""The pages of what others publish, and of the loads it came by."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.foundation.answers import answered_once
from taawun.foundation.models import Job
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.steps import Refused
from taawun.interchange import actions, lists, queries, showing
from taawun.interchange.forms import UndoForm
from taawun.interchange.models import Load, Stage


@login_required
@require_safe
def published(request: SignedRequest) -> HttpResponseBase:
    """Every published activity."""
    page, extra = lists.published_list(request.user)
    return page.render(request, "interchange/list.html", extra)


@login_required
@require_safe
def activity(request: SignedRequest, pk: int) -> HttpResponse:
    """What one of them says."""
    found = there(queries.activity_for(request.user, pk))
    return render(request, "interchange/activity.html", showing.activity_page(found, request.user))


@login_required
@require_safe
def original(request: SignedRequest, pk: int) -> HttpResponse:
    """Its own text, as it came."""
    found = there(queries.activity_for(request.user, pk))
    headers = {"Content-Disposition": f'attachment; filename="published-{pk}.xml"'}
    return HttpResponse(queries.original_of(found), content_type="application/xml", headers=headers)


@login_required
@require_safe
def loads(request: SignedRequest) -> HttpResponseBase:
    """The files it came by."""
    page, extra = lists.loads_list(request.user)
    return page.render(request, "interchange/list.html", extra)


@login_required
@require_safe
def load(request: SignedRequest, pk: int) -> HttpResponseBase:
    """What a file did: what differs, what was found in it."""
    found = there(queries.load_for(request.user, pk))
    page = lists.entries_page(found)
    return page.render(request, "interchange/load.html", showing.load_page(found, request.user))


@login_required
def undo(request: SignedRequest, pk: int) -> HttpResponse:
    """Take a load back as one, with the reason."""
    return answered_once(request, lambda: _answer_undo(request, there(queries.load_for(request.user, pk))))


def _answer_undo(request: SignedRequest, found: Load) -> HttpResponse:
    form = UndoForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"load": found, "title": found.name, "form": form}
    if found.stage != Stage.APPLIED:
        context["obstacles"] = [_("This load is not applied, or no longer: there is nothing to undo.")]
        return render(request, "interchange/undo.html", context, status=409)
    if not form.is_bound or not form.is_valid():
        return render(request, "interchange/undo.html", context, status=422 if form.is_bound else 200)
    try:
        return HttpResponseRedirect(
            once(request.user, request.POST.get("once", ""), _undoing(request, found, form))
        )
    except Refused as refusal:
        return render(
            request, "interchange/undo.html", context | {"obstacles": refusal.obstacles}, status=409
        )


def _undoing(request: SignedRequest, found: Load, form: UndoForm) -> Any:
    def act() -> str:
        result = actions.undo_or_begin(found, actor=request.user, reason=form.cleaned_data["reason"])
        if not isinstance(result, Job):
            messages.success(request, _("Undone: what was held before is back."))
        return result.get_absolute_url()

    return act
