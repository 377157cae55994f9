"""The pages of questions."""

from collections.abc import Callable
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
from taawun.letters import actions, asked, asking
from taawun.letters.editors import answer_page, ask_page
from taawun.letters.forms import MoreTimeForm, StrikeForm
from taawun.letters.models import Question
from taawun.letters.seats import Case, mine_among, seats_of


@login_required
@require_safe
def questions(request: SignedRequest) -> HttpResponseBase:
    """Every question this person may know of."""
    return asking.questions_list(request)


@login_required
@require_safe
def of_operation(request: SignedRequest, pk: int) -> HttpResponseBase:
    """The questions of an operation."""
    operation, context = operation_page(request, pk, "questions")
    return asking.case_questions(request, operation, "letters/operation_questions.html", context)


@login_required
@require_safe
def of_request(request: SignedRequest, pk: int) -> HttpResponseBase:
    """The questions of a request, as far as the reader's side asks or is asked."""
    coop_request, context = request_page(request, pk)
    return asking.case_questions(request, coop_request, "letters/request_questions.html", context)


@login_required
def ask_on_operation(request: SignedRequest, pk: int) -> HttpResponse:
    """Ask about an operation."""
    return _ask(request, *operation_page(request, pk, "questions"))


@login_required
def ask_on_request(request: SignedRequest, pk: int) -> HttpResponse:
    """Ask about a request."""
    return _ask(request, *request_page(request, pk))


def _ask(request: SignedRequest, case: Case, context: dict[str, Any]) -> HttpResponse:
    if not mine_among(seats_of(case), standing(request.user)):
        raise PermissionDenied
    return ask_page(request, case, context)


def _question(request: SignedRequest, pk: int, may: Callable[..., bool] | None = None) -> Question:
    """The question through its gate; `may`: the seat that alone may do what the address does."""
    found = there(asked.question_for(request.user, pk))
    if may and not may(found, standing(request.user)):
        raise PermissionDenied
    return found


@login_required
@require_safe
def question(request: SignedRequest, pk: int) -> HttpResponse:
    """One question, with its answer and its history."""
    found = _question(request, pk)
    return render(request, "letters/question.html", asking.question_page(found, request.user))


@login_required
def answer(request: SignedRequest, pk: int) -> HttpResponse:
    """The party asked answers."""
    found = _question(request, pk, asked.is_asked)
    return answer_page(request, found, asking.question_page(found, request.user))


@login_required
def withdraw(request: SignedRequest, pk: int) -> HttpResponse:
    """The asker takes the question back."""
    found = _question(request, pk, asked.is_asker)
    return _form_answered(
        request,
        found,
        StrikeForm(request.POST or None),
        {"heading": _("Withdraw the question"), "button": _("Withdraw")},
        lambda values: actions.withdraw_question(found, values["reason"], actor=request.user),
        _("Withdrawn: it waits on nobody any more."),
    )


@login_required
def more_time(request: SignedRequest, pk: int) -> HttpResponse:
    """The party asked wishes a later deadline."""
    found = _question(request, pk, asked.is_asked)
    return _form_answered(
        request,
        found,
        MoreTimeForm(request.POST or None, due_on=found.due_on),
        {"heading": _("Ask for more time"), "button": _("Ask for more time")},
        lambda values: actions.ask_more_time(found, values["until"], values["reason"], actor=request.user),
        _("Asked: the new deadline holds once the asker agrees."),
    )


def _form_answered(
    request: SignedRequest,
    found: Question,
    form: Any,
    words: dict[str, Any],
    act: Callable[[dict[str, Any]], Any],
    done: str,
) -> HttpResponse:
    """A short form that does one thing to a question, once."""
    context = asking.question_page(found, request.user) | {"form": form} | words

    def show(status: int, **more: Any) -> HttpResponse:
        return render(request, "letters/question_act.html", context | more, status=status)

    def through() -> str:
        act(form.cleaned_data)
        messages.success(request, done)
        return found.get_absolute_url()

    def answer_it() -> HttpResponse:
        if not found.is_open:
            return show(409, obstacles=[_("The question is no longer open: it is answered or withdrawn.")])
        if request.method != "POST" or not form.is_valid():
            return show(422 if form.is_bound else 200)
        try:
            return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), through))
        except Refused as refusal:
            return show(409, obstacles=refusal.obstacles)

    return answered_once(request, answer_it)


@login_required
@require_POST
def settle(request: SignedRequest, pk: int) -> HttpResponse:
    """The asker agrees to more time, or does not."""
    found, agreed = _question(request, pk, asked.is_asker), request.POST.get("agreed") == "yes"
    return _pressed(request, found, lambda: actions.settle_more_time(found, agreed, actor=request.user))


@login_required
@require_POST
def read(request: SignedRequest, pk: int) -> HttpResponse:
    """The asker has read the answer."""
    found = _question(request, pk, asked.is_asker)
    return _pressed(request, found, lambda: actions.mark_read(found, actor=request.user))


def _pressed(request: SignedRequest, found: Question, act: Callable[[], Any]) -> HttpResponse:
    """A button that does one thing to a question, once."""

    def through() -> str:
        act()
        messages.success(request, _("Saved."))
        return found.get_absolute_url()

    def answer_it() -> HttpResponse:
        try:
            return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), through))
        except Refused as refusal:
            context = asking.question_page(found, request.user) | {"obstacles": refusal.obstacles}
            return render(request, "letters/question.html", context, status=409)

    return answered_once(request, answer_it)
