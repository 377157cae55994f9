"""The pages of a design: gate, question, answer."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taawun.cycle.pages import operation_for, operation_form, operation_page
from taawun.cycle.papers import of_operation, paper_languages
from taawun.foundation.answers import whole
from taawun.foundation.requests import SignedRequest, there
from taawun.papers.answering import paper_answer, paper_methods
from taawun.planning import entering, revision as acts, showing, versions
from taawun.planning.pages import part_page

NO_VERSION = 999_999


@login_required
@require_safe
def design(request: SignedRequest, pk: int) -> HttpResponse:
    """The project design matrix on one page."""
    operation, context = operation_page(request, pk, "design")
    return render(request, "planning/design.html", context | versions.design_tab(operation, request.user))


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
@paper_methods
def design_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The matrix and the plan of operation, as annexes of the Record of Discussions, on A4."""
    operation = operation_for(request.user, pk)
    asked = request.GET.get("version")
    number = None if asked is None else whole(asked, NO_VERSION)
    if asked is not None and showing.matrix_of(operation, number) is None:
        raise Http404
    return paper_answer(
        request,
        "planning/design_paper.html",
        of_operation(operation, "design"),
        lambda language: showing.design_paper(operation, number, language),
        paper_languages(operation.language),
    )


@login_required
@paper_methods
def ex_ante_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The ex-ante evaluation table, on A4; while it is written, the provider side's alone."""
    operation = operation_for(request.user, pk)
    if not showing.reads_ex_ante(operation, request.user):
        raise Http404
    return paper_answer(
        request,
        "planning/ex_ante_paper.html",
        of_operation(operation, "ex-ante", "ex-ante"),
        lambda language: showing.ex_ante_paper(operation, language),
        paper_languages(operation.language),
    )


@login_required
@require_safe
def version(request: SignedRequest, pk: int, number: int) -> HttpResponse:
    """One version of the design: an earlier one, or the revision being written."""
    operation, context = operation_page(request, pk, "design")
    shown = there(versions.version_tab(operation, min(number, NO_VERSION), request.user))
    return render(request, "planning/version.html", context | shown)


@login_required
def revision(request: SignedRequest, pk: int) -> HttpResponse:
    """Open a revision of the design, or correct its reason and meeting."""
    operation, context = operation_form(request, pk, "design", "revision")
    return acts.grounds_page(request, operation, context).answer(request)


@login_required
def adopt(request: SignedRequest, pk: int) -> HttpResponse:
    """Adopt the revision."""
    operation, context = operation_form(request, pk, "design", "revision-adoption")
    return acts.adopt(request, operation, context)


@login_required
def discard(request: SignedRequest, pk: int) -> HttpResponse:
    """Give the revision up."""
    operation, context = operation_form(request, pk, "design", "revision-adoption")
    return acts.discard(request, operation, context)


@login_required
def put_in_force(request: SignedRequest, pk: int) -> HttpResponse:
    """Put the agreed design of an operation taken over in force."""
    operation, context = operation_form(request, pk, "design", "revision-adoption")
    return entering.put_in_force(request, operation, context)


@login_required
@require_safe
def compare(request: SignedRequest, pk: int) -> HttpResponse:
    """Two versions of the design beside each other."""
    operation, context = operation_page(request, pk, "design")
    return render(request, "planning/compare.html", context | versions.comparison(operation, request.GET))


@login_required
@require_safe
def compare_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The comparison, to print on A4."""
    operation = operation_for(request.user, pk)
    return render(request, "planning/compare_paper.html", versions.comparison_paper(operation, request.GET))
