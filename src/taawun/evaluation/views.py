"""The pages of an ex-post evaluation."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taawun.cycle import rights
from taawun.cycle.pages import operation_for, operation_form, operation_page
from taawun.cycle.papers import of_operation, paper_languages
from taawun.evaluation import editors, papers, queries, showing
from taawun.evaluation.reference import rule_sheets
from taawun.foundation.requests import SignedRequest, there
from taawun.lessons.queries import answers_of
from taawun.papers.answering import paper_answer, paper_methods


@login_required
@require_safe
def rule_sets(request: SignedRequest) -> HttpResponse:
    """Every rating rule set as a table, for whoever asks how a rating came about."""
    return render(request, "evaluation/rule_sets.html", {"sheets": rule_sheets()})


@login_required
@require_safe
def evaluation(request: SignedRequest, pk: int) -> HttpResponse:
    """What the operation was worth: findings, rating, recommendations and what was answered."""
    operation, context = operation_page(request, pk, "evaluation")
    held = queries.evaluation_of(operation)
    readable = held is not None and queries.may_read(operation, request.user)
    context |= {
        "evaluation": held,
        "readable": readable,
        "independence": showing.independence_of(held) if held else "",
        "may_name": queries.may_name(operation, request.user),
        "may_draft": held and rights.seat_for(operation, request.user, "lesson"),
        "may_write": rights.seat_for(operation, request.user, "evaluation"),
    }
    if held and readable:
        context |= {
            "findings": showing.findings_of(held),
            "rating": showing.rating_of(held),
            "cited": answers_of(operation),
            "may_judge": context["may_write"],
            "advice": showing.advice_of(operation, held, request.user),
        }
    return render(request, "evaluation/evaluation.html", context)


@login_required
def name_evaluator(request: SignedRequest, pk: int) -> HttpResponse:
    """Name who evaluates the operation."""
    operation, context = operation_form(request, pk, "evaluation", "name-evaluator")
    return editors.name_evaluator_page(request, operation, context)


@login_required
def edit_evaluation(request: SignedRequest, pk: int) -> HttpResponse:
    """Write the evaluation."""
    operation, context = operation_form(request, pk, "evaluation", "evaluation-texts")
    held = there(queries.evaluation_of(operation))
    return editors.evaluation_page(request, operation, held, context)


@login_required
def answer(request: SignedRequest, pk: int, ref: int) -> HttpResponse:
    """Answer a recommendation."""
    operation, context = operation_page(request, pk, "evaluation")
    recommendation = queries.recommendation_of(operation, ref)
    if not queries.answers_for(operation, recommendation, request.user):
        raise PermissionDenied
    return editors.answer_page(request, operation, recommendation, context)


@login_required
@paper_methods
def paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The ex-post summary, to print on A4."""
    operation = operation_for(request.user, pk)
    held = queries.evaluation_of(operation)
    if held is None or not queries.may_read(operation, request.user):
        raise Http404
    return paper_answer(
        request,
        "evaluation/paper.html",
        of_operation(operation, "ex-post-summary", "evaluation"),
        lambda language: papers.summary_paper(operation, held, language),
        paper_languages(operation.language),
    )
