"""The pages by which a published activity is taken over, and what is told of it on the operation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.cycle.pages import operation_page
from taawun.foundation.answers import answered_once
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused
from taawun.interchange import actions, queries, taking_pages
from taawun.interchange.forms import UndoForm
from taawun.interchange.taking_form import TakePublishedForm


@login_required
def take_over(request: SignedRequest, pk: int) -> HttpResponse:
    """What an activity would be as an operation, and taking it over; desk officers alone."""
    if not queries.may_take_over(request.user):
        raise Http404
    return answered_once(request, lambda: _answer(request, there(queries.activity_for(request.user, pk))))


def _answer(request: SignedRequest, activity: Any) -> HttpResponse:
    told = queries.record_of(queries.text_of(activity))
    posted = request.POST if request.method == "POST" else None
    form = TakePublishedForm(posted, who=standing(request.user), told=told)
    language = (posted or form.initial).get("language") or "en"
    context = taking_pages.take_over_page(activity, told, language)
    context |= {"form": form, "crumbs": taking_pages.crumbs_of(activity)}
    status, page = 200, "interchange/take_over.html"
    if form.is_bound and form.is_valid():
        try:
            return HttpResponseRedirect(
                once(request.user, request.POST.get("once", ""), _act(request, activity, form))
            )
        except Refused as refusal:
            context["obstacles"], status = refusal.obstacles, 409
    elif form.is_bound:
        status = 422
    return render(request, page, context, status=status)


def _act(request: SignedRequest, activity: Any, form: TakePublishedForm) -> Any:
    def act() -> str:
        values = dict(form.cleaned_data)
        provider, partner = values.pop("provider"), values.pop("partner")
        made = actions.take_over_published(
            actor=request.user, activity=activity, provider=provider, partner=partner, values=values
        )
        messages.success(request, _("Taken over as %(number)s.") % {"number": made.code})
        return made.get_absolute_url()

    return act


@login_required
@require_safe
def taken(request: SignedRequest, pk: int) -> HttpResponse:
    """From what publication an operation was taken over."""
    operation, context = operation_page(request, pk, "publication")
    taking = there(queries.taking_of(operation))
    shown = taking_pages.taken_page(operation, taking, request.user)
    return render(request, "interchange/taken.html", context | shown)


@login_required
@require_safe
def text(request: SignedRequest, pk: int) -> HttpResponse:
    """The text it was taken over from, as it was that day."""
    operation, _context = operation_page(request, pk, "publication")
    taking = there(queries.taking_of(operation))
    headers = {"Content-Disposition": f'attachment; filename="taken-over-{pk}.xml"'}
    return HttpResponse(queries.whole_text(taking), content_type="application/xml", headers=headers)


@login_required
def undo(request: SignedRequest, pk: int) -> HttpResponse:
    """Give an operation back that was taken over, with the reason; the desk of its provider alone."""
    operation, context = operation_page(request, pk, "publication")
    there(queries.taking_of(operation))
    if not queries.is_its_desk(operation, request.user):
        raise Http404
    return answered_once(request, lambda: _answer_undo(request, operation, context))


def _answer_undo(request: SignedRequest, operation: Any, context: dict[str, Any]) -> HttpResponse:
    form = UndoForm(request.POST if request.method == "POST" else None)
    context |= {"form": form}
    if not form.is_bound or not form.is_valid():
        return render(request, "interchange/undo_taking.html", context, status=422 if form.is_bound else 200)

    def act() -> str:
        where = queries.address_after(operation)
        actions.undo_taking(operation, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Undone: the operation is removed, the publication stays."))
        return where

    try:
        return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))
    except Refused as refusal:
        context["obstacles"] = refusal.obstacles
        return render(request, "interchange/undo_taking.html", context, status=409)
