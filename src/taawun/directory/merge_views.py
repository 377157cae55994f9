"""The pages of merging: what is probably entered twice, what would move, what was merged and can be undone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.directory import actions, merge_showing as showing, merges
from taawun.directory.merge_forms import MergeForm, ReasonForm
from taawun.directory.models import Merge
from taawun.foundation.answers import answered_once
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.steps import Refused


@login_required
@require_safe
def index(request: SignedRequest) -> HttpResponse:
    """What was merged, and what is probably entered twice."""
    _administrators(request)
    return render(request, "directory/merges.html", showing.merges_page(request.user))


def _administrators(request: SignedRequest) -> None:
    if not merges.administers(request.user):
        raise Http404


@login_required
def persons(request: SignedRequest) -> HttpResponse:
    """Merge two persons."""
    return answered_once(request, lambda: _answer(request, merges.mergeable_persons, _("Merge two persons")))


@login_required
def organisations(request: SignedRequest) -> HttpResponse:
    """Merge two organisations."""
    title = _("Merge two organisations")
    return answered_once(request, lambda: _answer(request, merges.mergeable_organisations, title))


def _answer(request: SignedRequest, offered: Callable[[Any], list[Any]], title: str) -> HttpResponse:
    """Choose, look at it before (the address holds the choice), confirm."""
    _administrators(request)
    sent = request.POST if request.method == "POST" else request.GET if "reason" in request.GET else None
    chosen = {name: request.GET.get(name, "") for name in ("gone", "kept")}
    form = MergeForm(sent, offered=offered(request.user), initial=chosen)
    context: dict[str, Any] = {"form": form, "title": title, "crumbs": showing.crumbs(title)}
    if sent is None or not form.is_valid():
        return render(request, "directory/merge_form.html", context, status=200 if sent is None else 422)
    if request.method != "POST":
        return _preview(request, context)
    try:
        return HttpResponseRedirect(
            once(request.user, request.POST.get("once", ""), lambda: _merge(request, form.cleaned_data))
        )
    except Refused as refusal:
        return _preview(request, context, refused=refusal.obstacles)


def _preview(request: SignedRequest, context: dict[str, Any], refused: Any = None) -> HttpResponse:
    given = context["form"].cleaned_data
    plan = merges.plan_of(given["gone"], given["kept"], request.user)
    context |= showing.plan_page(plan, request.user) | {"reason": given["reason"]}
    context["obstacles"] = refused or plan.obstacles
    return render(
        request, "directory/merge_preview.html", context, status=409 if context["obstacles"] else 200
    )


def _merge(request: SignedRequest, given: dict[str, Any]) -> str:
    made = actions.merge(
        given["gone"],
        given["kept"],
        actor=request.user,
        reason=given["reason"],
        seen=request.POST.get("seen", ""),
    )
    messages.success(request, _("Merged into %(name)s.") % {"name": made.kept.name})
    return made.get_absolute_url()


@login_required
def one(request: SignedRequest, pk: int) -> HttpResponse:
    """One merge; undone here."""
    return answered_once(request, lambda: _answer_one(request, pk))


def _answer_one(request: SignedRequest, pk: int) -> HttpResponse:
    found = there(merges.merge_for(request.user, pk))
    late = "gather" in request.POST
    form = ReasonForm(request.POST if request.method == "POST" and not late else None)
    if request.method != "POST" or not (late or form.is_valid()):
        return _show(request, found, form, status=422 if form.is_bound else 200)
    try:
        return HttpResponseRedirect(
            once(
                request.user,
                request.POST.get("once", ""),
                lambda: _gather(request, found) if late else _undo(request, found, form),
            )
        )
    except Refused as refusal:
        return _show(
            request, merges.merge_for(request.user, pk) or found, form, refused=refusal.obstacles, status=409
        )


def _show(
    request: SignedRequest, found: Merge, form: ReasonForm, *, refused: Any = None, status: int
) -> HttpResponse:
    context = showing.merge_page(found, request.user) | {"form": form, "obstacles": refused}
    return render(request, "directory/merge.html", context, status=status)


def _gather(request: SignedRequest, found: Merge) -> str:
    actions.gather(found, actor=request.user)
    messages.success(request, _("What came late moved too."))
    return found.get_absolute_url()


def _undo(request: SignedRequest, found: Merge, form: ReasonForm) -> str:
    actions.unmerge(found, actor=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("The merge is undone."))
    return found.get_absolute_url()
