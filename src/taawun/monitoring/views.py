"""The pages of monitoring: sheets and indicators, and the report at the end."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawun.cycle import rights
from taawun.cycle.models import Operation, Party
from taawun.cycle.pages import only_who_may, operation_for, operation_form, operation_page
from taawun.cycle.papers import of_operation, paper_languages
from taawun.foundation.answers import answered_once, whole
from taawun.foundation.editing import Frozen
from taawun.foundation.once import once
from taawun.foundation.ports import Obstacle
from taawun.foundation.requests import SignedRequest
from taawun.foundation.steps import Refused
from taawun.monitoring import actions, editors, papers, queries, showing
from taawun.monitoring.dispute_letters import links_for
from taawun.monitoring.lessons import lessons_from
from taawun.monitoring.on_paper import confirm_on_paper_page, parties_on_paper
from taawun.papers.answering import paper_answer, paper_methods


@login_required
@require_safe
def sheets(request: SignedRequest, pk: int) -> HttpResponse:
    """How an operation is going: its indicators as each side reports them, its sheets and who stands by them."""
    operation, context = operation_page(request, pk, "sheets")
    context |= {
        "rows": showing.indicator_table(operation),
        "dropped": showing.dropped_table(operation),
        "sides": queries.reporters(operation),
        "sheets": queries.sheets_of(operation),
        "may_write": queries.may_write(operation, request.user, "sheet"),
        **links_for(operation, request.user),
    }
    return render(request, "monitoring/sheets.html", context)


@login_required
def new_sheet(request: SignedRequest, pk: int) -> HttpResponse:
    """Begin the next monitoring sheet."""
    operation, context = operation_page(request, pk, "sheets")
    return editors.new_sheet_page(request, operation, _own_party(request, operation), context)


@login_required
@require_safe
def sheet(request: SignedRequest, pk: int, number: int) -> HttpResponse:
    """One monitoring sheet."""
    operation, context = operation_page(request, pk, "sheets")
    return render(request, "monitoring/sheet.html", context | _sheet_context(request, operation, number))


@login_required
def edit_sheet(request: SignedRequest, pk: int, number: int) -> HttpResponse:
    """One side's part of a sheet."""
    operation, context = operation_page(request, pk, "sheets")
    held = queries.sheet_of(operation, number)
    return editors.edit_sheet_page(request, operation, _own_party(request, operation), held, context)


@login_required
@require_POST
def confirm_sheet(request: SignedRequest, pk: int, number: int) -> HttpResponse:
    """Stand by a sheet for one's party; a refusal shows the sheet again, with the reason."""
    actor: Any = request.user
    operation, context = operation_page(request, pk, "sheets")
    held = queries.sheet_of(operation, number)
    held.operation = operation
    try:
        return HttpResponseRedirect(
            once(actor, request.POST.get("once", ""), lambda: _confirm(request, held))
        )
    except Refused as refusal:
        obstacles = refusal.obstacles
    except Frozen:
        obstacles = [Obstacle(_("The operation has moved on: its sheets can no longer be changed."))]
    context |= _sheet_context(request, operation, number) | {"obstacles": obstacles}
    return render(request, "monitoring/sheet.html", context, status=409)


def _confirm(request: SignedRequest, held: Any) -> str:
    actor: Any = request.user
    actions.confirm_sheet(held, actor=actor, version=whole(request.POST.get("version"), 0))
    messages.success(request, _("Confirmed and recorded."))
    return reverse("monitoring:sheet", args=[held.operation_id, held.number])


def _sheet_context(request: SignedRequest, operation: Operation, number: int) -> dict[str, Any]:
    held = queries.sheet_of(operation, number)
    state = queries.state_of(operation, held)
    return {
        "sheet": held,
        "state": state,
        "rows": showing.sheet_table(operation, held),
        "sides": queries.reporters(operation),
        "plan_lines": queries.plan_lines_in(operation, held.period_from, held.period_to),
        "told": queries.actions_of(operation, held),
        "may_write": queries.may_write(operation, request.user, "sheet"),
        "lessons": lessons_from(held, request.user),
        "may_draft": rights.seat_for(operation, request.user, "lesson"),
        "may_confirm": queries.may_confirm(operation, request.user, state),
        "on_paper": parties_on_paper(operation, request.user, state),
        **links_for(operation, request.user),
        "back": reverse("monitoring:sheets", args=[operation.pk]),
    }


@login_required
def confirm_on_paper(request: SignedRequest, pk: int, number: int, party: int) -> HttpResponse:
    """Record the letter by which a party on paper confirms a sheet."""
    return answered_once(request, lambda: confirm_on_paper_page(request, pk, number, party))


def _own_party(request: SignedRequest, operation: Operation) -> Party:
    """The party the person reports for; the page is closed (403) to whoever reports for none."""
    only_who_may(operation, request.user, "sheet")
    party = queries.reporting_party(operation, request.user)
    if party is None:
        raise PermissionDenied
    return party


@login_required
@paper_methods
def sheet_paper(request: SignedRequest, pk: int, number: int) -> HttpResponse:
    """A monitoring sheet, to print on A4."""
    operation = operation_for(request.user, pk)
    held = queries.sheet_of(operation, number)
    return paper_answer(
        request,
        "monitoring/sheet_paper.html",
        of_operation(operation, "monitoring-sheet"),
        lambda language: papers.sheet_paper(operation, held, language),
        paper_languages(operation.language),
    )


@login_required
def values(request: SignedRequest, pk: int) -> HttpResponse:
    """One side's indicator values outside the sheets."""
    operation, context = operation_page(request, pk, "sheets")
    return editors.values_page(request, operation, _own_party(request, operation), context)


@login_required
@require_safe
def completion(request: SignedRequest, pk: int) -> HttpResponse:
    """The completion report as it stands."""
    operation, context = operation_page(request, pk, "completion")
    report = queries.report_of(operation)
    context |= {
        "report": report,
        "sections": showing.sections_of(report),
        "inputs": queries.input_lines(operation),
        "rows": showing.indicator_table(operation),
        "sides": queries.reporters(operation),
        "may_write": queries.may_write(operation, request.user, "completion-report"),
        "may_draft": rights.seat_for(operation, request.user, "lesson"),
        **links_for(operation, request.user),
    }
    return render(request, "monitoring/completion.html", context)


@login_required
def edit_completion(request: SignedRequest, pk: int) -> HttpResponse:
    """Write the completion report."""
    operation, context = operation_form(request, pk, "completion", "completion-report")
    return editors.completion_page(request, operation, queries.report_of(operation), context)


@login_required
@paper_methods
def completion_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The completion report, to print on A4."""
    operation = operation_for(request.user, pk)
    return paper_answer(
        request,
        "monitoring/completion_paper.html",
        of_operation(operation, "completion-report"),
        lambda language: papers.completion_paper(operation, language),
        paper_languages(operation.language),
    )
