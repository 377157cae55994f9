"""The pages of the joint coordinating committee and its meetings."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taawun.cycle.pages import operation_form, operation_page
from taawun.cycle.papers import of_operation, paper_languages
from taawun.foundation.requests import SignedRequest, there
from taawun.meetings import queries, showing
from taawun.meetings.editors import committee_page, meeting_page, survey_page
from taawun.papers.answering import paper_answer, paper_methods


@login_required
@require_safe
def meetings(request: SignedRequest, pk: int) -> HttpResponse:
    """Who sits on the committee, when it met, what it decided."""
    operation, context = operation_page(request, pk, "meetings")
    return render(request, "meetings/meetings.html", context | showing.tab(operation, request.user))


@login_required
def committee(request: SignedRequest, pk: int) -> HttpResponse:
    """Name the members."""
    operation, context = operation_form(request, pk, "meetings", "people")
    return committee_page(request, operation, context).answer(request)


@login_required
def new(request: SignedRequest, pk: int) -> HttpResponse:
    """Record a meeting that was held."""
    operation, context = operation_form(request, pk, "meetings", "meeting")
    return meeting_page(request, operation, None, context).answer(request)


@login_required
def edit(request: SignedRequest, pk: int, ref: int) -> HttpResponse:
    """Correct what was recorded of a meeting."""
    operation, context = operation_form(request, pk, "meetings", "meeting")
    meeting = there(queries.meeting_in(operation, ref))
    return meeting_page(request, operation, meeting, context).answer(request)


@login_required
@paper_methods
def paper(request: SignedRequest, pk: int, ref: int) -> HttpResponse:
    """The minutes, to print on A4 and to sign."""
    operation, _context = operation_page(request, pk, "meetings")
    meeting = there(queries.meeting_in(operation, ref))
    return paper_answer(
        request,
        "meetings/minutes_paper.html",
        of_operation(operation, "minutes"),
        lambda language: showing.minutes(operation, meeting, language),
        paper_languages(operation.language),
    )


@login_required
def survey_new(request: SignedRequest, pk: int) -> HttpResponse:
    """Record a detailed planning survey."""
    operation, context = operation_form(request, pk, "meetings", "survey")
    return survey_page(request, operation, None, context).answer(request)


@login_required
def survey(request: SignedRequest, pk: int, ref: int) -> HttpResponse:
    """Complete or correct what was recorded of a survey."""
    operation, context = operation_form(request, pk, "meetings", "survey")
    held = there(queries.survey_in(operation, ref))
    return survey_page(request, operation, held, context).answer(request)


@login_required
@paper_methods
def survey_paper(request: SignedRequest, pk: int, ref: int) -> HttpResponse:
    """The minutes of a survey, to print on A4 and to sign."""
    operation, _context = operation_page(request, pk, "meetings")
    held = there(queries.survey_in(operation, ref))
    return paper_answer(
        request,
        "meetings/survey_paper.html",
        of_operation(operation, "minutes"),
        lambda language: showing.survey_minutes(operation, held, language),
        paper_languages(operation.language),
    )
