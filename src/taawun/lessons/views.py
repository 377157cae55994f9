"""Pages of lessons: gate, call, answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.cycle.pages import only_who_may, operation_form, operation_page
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.steps import Refused
from taawun.lessons import actions, queries
from taawun.lessons.editors import analysis_page, answer_page, edit_lesson_page, new_lesson_page, outcome_page
from taawun.lessons.lists import lessons_list
from taawun.lessons.showing import lesson_context, similar_context, tab_context
from taawun.lessons.sources import source_for


@login_required
@require_safe
def lessons(request: SignedRequest) -> HttpResponseBase:
    """Every lesson this person may know of."""
    return lessons_list(request)


@login_required
@require_safe
def lesson(request: SignedRequest, pk: int) -> HttpResponse:
    """A lesson: what it says, where it was cited and with what result, where it stands."""
    found = get_object_or_404(queries.lessons_with_head(request.user), pk=pk)
    return render(request, "lessons/lesson.html", lesson_context(found, request.user))


@login_required
def lesson_edit(request: SignedRequest, pk: int) -> HttpResponse:
    """The texts of a lesson that is not certified yet."""
    found = get_object_or_404(queries.lessons_with_head(request.user), pk=pk)
    only_who_may(found, request.user, "lesson-texts")
    return edit_lesson_page(request, found)


@login_required
def lesson_analysis(request: SignedRequest, pk: int) -> HttpResponse:
    """Where else the same was seen, and which operations taught much the same."""
    found = get_object_or_404(queries.lessons_with_head(request.user), pk=pk)
    only_who_may(found, request.user, "lesson-analysis")
    return analysis_page(request, found)


@login_required
def lesson_new(request: SignedRequest) -> HttpResponse:
    """Draft a lesson: it comes from an operation, which the address names, and from what of it (`from=sheet-3`)."""
    number = request.GET.get("operation", "")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        messages.info(request, _("A lesson comes from an operation: open it, then its lessons."))
        return HttpResponseRedirect(reverse("cycle:operations"))
    operation, context = operation_page(request, int(number), "lessons")
    only_who_may(operation, request.user, "lesson")
    token = request.GET.get("from", "")
    source = source_for(operation, token)
    if token and source is None:
        raise Http404
    return new_lesson_page(request, operation, source, context)


@login_required
@require_safe
def operation_lessons(request: SignedRequest, pk: int) -> HttpResponse:
    """The lessons offered to an operation with their answers, and those it taught."""
    operation, context = operation_page(request, pk, "lessons")
    return render(request, "lessons/operation.html", context | tab_context(operation, request.user))


@login_required
def answer(request: SignedRequest, pk: int, citation_pk: int) -> HttpResponse:
    """Answer one lesson offered to an operation."""
    operation, context = operation_form(request, pk, "lessons", "lesson-answers")
    citation = there(next((c for c in queries.citations_of(operation) if c.pk == citation_pk), None))
    return answer_page(request, operation, citation, context)


@login_required
def outcome(request: SignedRequest, pk: int, citation_pk: int) -> HttpResponse:
    """Say whether one lesson that was answered helped in the operation."""
    operation, context = operation_form(request, pk, "evaluation", "evaluation-texts")
    citation = there(next((c for c in queries.answers_of(operation) if c.pk == citation_pk), None))
    return outcome_page(request, operation, citation, context)


@login_required
def similar(request: SignedRequest, pk: int) -> HttpResponse:
    """What resembles a request: earlier cases and the lessons offered; the desk records that it saw them."""
    coop_request = get_object_or_404(queries.requests_to_compare(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "lessons/similar.html", similar_context(coop_request, request.user))
    try:
        actions.mark_similar_seen(coop_request=coop_request, actor=request.user)
    except Refused as refusal:
        context = similar_context(coop_request, request.user) | {"obstacles": refusal.obstacles}
        return render(request, "lessons/similar.html", context, status=409)
    messages.success(request, _("Recorded: you have seen the similar cases and the lessons."))
    return HttpResponseRedirect(coop_request.get_absolute_url())
