"""The pages on which an administrator brings a code list up to date."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taawun.foundation.answers import answered_once
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused
from taawun.governance import code_updates
from taawun.governance.code_forms import UndoForm, UpdateForm
from taawun.governance.code_update_pages import new_page, update_page
from taawun.governance.models import CodeListUpdate
from taawun.reference import queries
from taawun.reference.models import CodeList


def _list(request: SignedRequest, slug: str) -> CodeList:
    if not code_updates.keeps_code_lists(standing(request.user)):
        raise Http404
    return there(queries.code_list(slug))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedRequest, slug: str) -> HttpResponse:
    """Send a new version of a list: it is read and shown, not applied."""
    code_list = _list(request, slug)
    return answered_once(request, lambda: _answer_new(request, code_list))


def _answer_new(request: SignedRequest, code_list: CodeList) -> HttpResponse:
    form = UpdateForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if not form.is_bound or not form.is_valid():
        context = new_page(code_list) | {"form": form}
        return render(
            request, "governance/code_update_new.html", context, status=422 if form.is_bound else 200
        )

    def act() -> str:
        given, (file_name, content) = form.cleaned_data, form.cleaned_data["sheet"]
        made = code_updates.read_update(
            code_list,
            content,
            file_name=file_name,
            version=given["version"],
            reason=given["reason"],
            actor=request.user,
        )
        return made.get_absolute_url()

    return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))


@login_required
@require_POST
def shipped(request: SignedRequest, slug: str) -> HttpResponse:
    """See what the version that came with the program would change."""
    code_list = _list(request, slug)
    if not code_list.waiting:
        raise Http404
    return HttpResponseRedirect(code_updates.read_shipped(code_list, actor=request.user).get_absolute_url())


@login_required
@require_safe
def update(request: SignedRequest, pk: int) -> HttpResponse:
    """What a new version changes, and what was done with it."""
    return _page(request, there(code_updates.update_read_by(request.user, pk)))


def _page(request: SignedRequest, found: CodeListUpdate, *, status: int = 200, **more: Any) -> HttpResponse:
    context = update_page(found) | {"form": UndoForm()} | more
    return render(request, "governance/code_update.html", context, status=status)


@login_required
@require_POST
def apply(request: SignedRequest, pk: int) -> HttpResponse:
    """Apply it as one."""
    return _act(request, pk, code_updates.apply_update, _("Applied: the whole list, as one."))


@login_required
@require_POST
def discard(request: SignedRequest, pk: int) -> HttpResponse:
    """Give it up."""
    return _act(request, pk, code_updates.discard_update, _("Discarded: nothing of it was applied."))


@login_required
@require_POST
def undo(request: SignedRequest, pk: int) -> HttpResponse:
    """Undo it as one, with the reason."""
    found = there(code_updates.update_read_by(request.user, pk))
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, form=form)
    reason = form.cleaned_data["reason"]

    def undone(update: CodeListUpdate, *, actor: Any) -> CodeListUpdate:
        return code_updates.undo_update(update, reason=reason, actor=actor)

    return _act(request, pk, undone, _("Undone: the list is as it was before."))


def _act(request: SignedRequest, pk: int, action: Callable[..., CodeListUpdate], told: str) -> HttpResponse:
    found = there(code_updates.update_read_by(request.user, pk))
    return answered_once(request, lambda: _answer(request, found, action, told))


def _answer(
    request: SignedRequest, found: CodeListUpdate, action: Callable[..., CodeListUpdate], told: str
) -> HttpResponse:
    def act() -> str:
        done = action(found, actor=request.user)
        messages.success(request, told)
        return done.get_absolute_url()

    try:
        return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))
    except Refused as refusal:
        return _page(request, found, status=409, obstacles=refusal.obstacles)
