"""The pages of a design: gate, question, answer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taawun.cycle.pages import operation_for, operation_page
from taawun.foundation.requests import SignedRequest
from taawun.planning import showing
from taawun.planning.pages import part_page


@login_required
@require_safe
def design(request: SignedRequest, pk: int) -> HttpResponse:
    """The project design matrix on one page."""
    operation, context = operation_page(request, pk, "design")
    return render(request, "planning/design.html", context | showing.design_tab(operation, request.user))


@login_required
@require_safe
def plan(request: SignedRequest, pk: int) -> HttpResponse:
    """The plan of operation, planned and actual."""
    operation, context = operation_page(request, pk, "plan")
    return render(request, "planning/plan.html", context | showing.plan_tab(operation, request.user))


@login_required
@require_safe
def ex_ante(request: SignedRequest, pk: int) -> HttpResponse:
    """The ex-ante evaluation, with what was answered to the lessons offered."""
    operation, context = operation_page(request, pk, "ex-ante")
    return render(request, "planning/ex_ante.html", context | showing.ex_ante_tab(operation, request.user))


@login_required
def edit(request: SignedRequest, pk: int, part: str) -> HttpResponse:
    """One part of the design's form; a part that is closed by now is told, and what was typed is kept."""
    operation = operation_for(request.user, pk)
    return part_page(request, operation, part).answer(request)


@login_required
@require_safe
def design_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The matrix and the plan of operation, as annexes of the Record of Discussions, on A4."""
    operation = operation_for(request.user, pk)
    return render(request, "planning/design_paper.html", showing.design_paper(operation))


@login_required
@require_safe
def ex_ante_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The ex-ante evaluation table, on A4."""
    operation = operation_for(request.user, pk)
    return render(request, "planning/ex_ante_paper.html", showing.ex_ante_paper(operation))
