"""The pages of the registers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawun.cycle.pages import operation_page, request_page
from taawun.foundation.answers import answered_once
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused
from taawun.letters import actions, queries, showing
from taawun.letters.editors import case_new_page, edit_page, register_new_page
from taawun.letters.forms import StrikeForm
from taawun.letters.lists import letters_list, register_paper
from taawun.letters.models import Letter


@login_required
@require_safe
def letters(request: SignedRequest) -> HttpResponseBase:
    """Every letter this person may know of, by register."""
    return letters_list(request)


@login_required
@require_safe
def paper(request: SignedRequest) -> HttpResponseBase:
    """The register to print on A4."""
    return register_paper(request)


@login_required
def new(request: SignedRequest, pk: int) -> HttpResponse:
    """Enter a letter in the register of an organisation."""
    organisation = there(next((o for o in queries.registers_of(standing(request.user)) if o.pk == pk), None))
    return register_new_page(request, organisation)


def _letter(request: SignedRequest, pk: int, *, keeper: bool = False) -> Letter:
    letter = there(queries.letter_for(request.user, pk))
    if keeper and not queries.may_write(letter, standing(request.user)):
        raise PermissionDenied
    return letter


@login_required
@require_safe
def letter(request: SignedRequest, pk: int) -> HttpResponse:
    """One letter, with its history."""
    found = _letter(request, pk)
    return render(request, "letters/letter.html", showing.letter_page(found, request.user))


@login_required
def edit(request: SignedRequest, pk: int) -> HttpResponse:
    """Put an entry right."""
    return edit_page(request, _letter(request, pk, keeper=True))


@login_required
def strike(request: SignedRequest, pk: int) -> HttpResponse:
    """Strike out an entry, with the reason."""
    found = _letter(request, pk, keeper=True)
    return answered_once(request, lambda: _answer_strike(request, found))


def _answer_strike(request: SignedRequest, found: Letter) -> HttpResponse:
    form = StrikeForm(request.POST or None)
    context: dict[str, Any] = showing.letter_page(found, request.user) | {"form": form}
    if not context["may_correct"]:
        context["obstacles"] = [
            _("This entry cannot be struck out: it is struck out already, or a step made it.")
        ]
        return render(request, "letters/strike.html", context, status=409)
    if request.method != "POST" or not form.is_valid():
        return render(request, "letters/strike.html", context, status=422 if form.is_bound else 200)
    reason = form.cleaned_data["reason"]
    try:
        return HttpResponseRedirect(
            once(request.user, request.POST.get("once", ""), lambda: _strike(request, found, reason))
        )
    except Refused as refusal:
        return render(request, "letters/strike.html", context | {"obstacles": refusal.obstacles}, status=409)


def _strike(request: SignedRequest, found: Letter, reason: str) -> str:
    actions.strike_letter(found, reason, actor=request.user)
    messages.success(request, _("Struck out: the entry keeps its number, with your reason."))
    return found.get_absolute_url()


@login_required
@require_POST
def take_in(request: SignedRequest, pk: int) -> HttpResponse:
    """Enter in one's own register a letter the other side registered."""
    return answered_once(request, lambda: _answer_take_in(request, _letter(request, pk)))


def _answer_take_in(request: SignedRequest, found: Letter) -> HttpResponse:
    try:
        return HttpResponseRedirect(
            once(request.user, request.POST.get("once", ""), lambda: _take_in(request, found))
        )
    except Refused as refusal:
        context = showing.letter_page(found, request.user) | {"obstacles": refusal.obstacles}
        return render(request, "letters/letter.html", context, status=409)


def _take_in(request: SignedRequest, found: Letter) -> str:
    made = actions.take_in(found, actor=request.user)
    messages.success(request, _("Entered in your register as %(number)s.") % {"number": made.code})
    return made.get_absolute_url()


@login_required
@require_safe
def of_operation(request: SignedRequest, pk: int) -> HttpResponse:
    """The letters of an operation."""
    operation, context = operation_page(request, pk, "letters")
    return render(request, "letters/operation.html", context | showing.case_page(operation, request.user))


@login_required
def new_of_operation(request: SignedRequest, pk: int) -> HttpResponse:
    """Enter a letter about an operation."""
    operation, context = operation_page(request, pk, "letters")
    _only_keepers(request)
    return case_new_page(request, operation, context)


@login_required
@require_safe
def of_request(request: SignedRequest, pk: int) -> HttpResponse:
    """The letters of a request."""
    coop_request, context = request_page(request, pk)
    return render(request, "letters/request.html", context | showing.case_page(coop_request, request.user))


@login_required
def new_of_request(request: SignedRequest, pk: int) -> HttpResponse:
    """Enter a letter about a request."""
    coop_request, context = request_page(request, pk)
    _only_keepers(request)
    return case_new_page(request, coop_request, context)


def _only_keepers(request: SignedRequest) -> None:
    if not standing(request.user).holding(*queries.WRITERS):
        raise PermissionDenied
