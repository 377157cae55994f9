"""The pages of what the parties exchange and sign."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from taawun.agreements import amendment as pages, queries, rounds, showing
from taawun.agreements.annexes import wanted
from taawun.agreements.editors import NOTE_PART, note_page, record_page
from taawun.agreements.word_fields import note_fields, record_fields
from taawun.cycle.models import CooperationRequest
from taawun.cycle.pages import only_who_may, operation_form, operation_page, request_page
from taawun.cycle.papers import of_operation, of_request, paper_languages
from taawun.cycle.word_fields import with_fields
from taawun.foundation import editing
from taawun.foundation.requests import SignedRequest, there
from taawun.papers.answering import paper_answer, paper_methods

NO_NUMBER = 32_000


@login_required
def note_verbale(request: SignedRequest, pk: int) -> HttpResponse:
    """Write the note verbale; once it is sent, it is only read."""
    coop_request, context = request_page(request, pk)
    only_who_may(coop_request, request.user, "note-verbale")
    if request.method != "POST" and _is_only_read(request, coop_request):
        return redirect("agreements:note-verbale-paper", pk)
    return note_page(request, coop_request, context).answer(request)


def _is_only_read(request: SignedRequest, coop_request: CooperationRequest) -> bool:
    """The note has left, and this person has nothing typed that they would lose sight of."""
    if coop_request.state == "adopted" or queries.note_of(coop_request) is None:
        return False
    return editing.draft_of(request.user, coop_request, NOTE_PART) is None


@login_required
@paper_methods
def note_verbale_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The note verbale, to print on A4."""
    coop_request, _context = request_page(request, pk)
    note = there(queries.note_shown(request.user, coop_request))
    return paper_answer(
        request,
        "agreements/note_paper.html",
        of_request(coop_request, "note-verbale", "note-verbale"),
        lambda _language: with_fields(
            showing.note_paper(coop_request, note), lambda: note_fields(coop_request, note)
        ),
        [note.prevailing_language or coop_request.language],
    )


@login_required
@require_safe
def agreements(request: SignedRequest, pk: int) -> HttpResponse:
    """What was exchanged and signed: numbers, dates, languages, scans."""
    operation, context = operation_page(request, pk, "agreements")
    shown = showing.tab(operation, request.user)
    shown |= rounds.tab(operation, request.user, [one["it"] for one in shown["instruments"]])
    return render(request, "agreements/agreements.html", context | shown)


@login_required
def record_of_discussions(request: SignedRequest, pk: int) -> HttpResponse:
    """Write the Record of Discussions and note its signature."""
    operation, context = operation_form(request, pk, "agreements", "record-of-discussions")
    return record_page(request, operation, context).answer(request)


@login_required
@paper_methods
def record_of_discussions_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The Record of Discussions in one of its languages, with the annexes that are wanted, to print on A4."""
    operation, _context = operation_page(request, pk, "agreements")
    record = queries.record_of_discussions(operation)
    versions = showing.versions_of(record) if record else {}
    if record is None or not versions:
        raise Http404
    chosen = wanted(request.GET)
    return paper_answer(
        request,
        "agreements/record_paper.html",
        of_operation(operation, "record-of-discussions"),
        lambda language: with_fields(
            showing.record_paper(operation, record, versions[language], chosen),
            lambda: record_fields(operation, record, versions[language]),
        ),
        list(versions),
    )


@login_required
def amendment(request: SignedRequest, pk: int) -> HttpResponse:
    """Begin an amendment, or change what it proposes."""
    operation, context = operation_form(request, pk, "agreements", "amendment")
    return pages.proposal_page(request, operation, context).answer(request)


@login_required
def amendment_text(request: SignedRequest, pk: int) -> HttpResponse:
    """Write the paper of the open amendment."""
    operation, context = operation_form(request, pk, "agreements", "amendment")
    page = pages.text_page(request, operation, context)
    return page if isinstance(page, HttpResponse) else page.answer(request)


@login_required
def amendment_sign(request: SignedRequest, pk: int) -> HttpResponse:
    """Record that the parties signed the amendment."""
    operation, context = operation_form(request, pk, "agreements", "amendment")
    return pages.sign(request, operation, context)


@login_required
def amendment_withdraw(request: SignedRequest, pk: int) -> HttpResponse:
    """Give the open amendment up."""
    operation, context = operation_form(request, pk, "agreements", "amendment")
    return pages.withdraw(request, operation, context)


@login_required
@paper_methods
def amendment_paper(request: SignedRequest, pk: int, number: int) -> HttpResponse:
    """An amendment in one of its languages, with what it changes, to print on A4."""
    operation, _context = operation_page(request, pk, "agreements")
    held = there(queries.amendment_in(operation, min(number, NO_NUMBER)))
    return paper_answer(
        request,
        "agreements/amendment_paper.html",
        of_operation(operation, "amendment"),
        lambda language: showing.amendment_paper(operation, held, language),
        list(showing.versions_of(held.instrument)) or paper_languages(operation.language),
    )


@login_required
@require_safe
def record_of_discussions_changes(request: SignedRequest, pk: int) -> HttpResponse:
    """What the last writing changed in the Record of Discussions, clause by clause."""
    operation, context = operation_page(request, pk, "agreements")
    return _changes(request, operation, context, there(queries.record_of_discussions(operation)))


@login_required
@require_safe
def amendment_changes(request: SignedRequest, pk: int, number: int) -> HttpResponse:
    """The same of an amendment."""
    operation, context = operation_page(request, pk, "agreements")
    held = there(queries.amendment_in(operation, min(number, NO_NUMBER)))
    return _changes(request, operation, context, held.instrument)


def _changes(request: SignedRequest, operation: Any, context: dict[str, Any], paper: Any) -> HttpResponse:
    shown = there(showing.changes_of_text(operation, paper, request.GET.get("language", "")))
    return render(request, "agreements/changes.html", context | shown)
