"""The editing pages of letters and questions: draft, conflict and double submit come from `FormPage`."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.bundle import Bundle
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest
from taawun.foundation.standing import standing
from taawun.letters import actions, queries
from taawun.letters.asking import why_nothing_is_asked
from taawun.letters.forms import AnswerForm, LetterForm, QuestionForm
from taawun.letters.models import Letter, Question, Register
from taawun.letters.seats import Case

USUAL_TIME = timedelta(days=14)  # what a form proposes; the asker says otherwise
HELD = ("direction", "number", "dated_on", "passed_on", "correspondent_name", "subject", "scan")


def register_new_page(request: SignedRequest, organisation: Organisation) -> HttpResponse:
    """Enter a letter in one register, about any case or none."""
    answered = queries.letter_named(request.user, request.GET.get("answers", ""))
    initial: dict[str, Any] = {"passed_on": clock.today()}
    if answered:
        initial |= {"answers": answered.pk, "correspondent_name": answered.correspondent_called}

    def build(data: Any, files: Any) -> Bundle:
        form = LetterForm(
            data,
            files,
            initial=initial,
            user=request.user,
            registers=[organisation],
        )
        return Bundle(form)

    page = FormPage(
        case=Register(organisation),
        part="letter",
        title=_("Enter a letter"),
        version=0,
        build=build,
        save=lambda bundle, base: _enter(request, bundle.form, page),
        done=reverse("letters:letters"),
        extra={"crumbs": [(reverse("letters:letters"), _("Letters")), ("", _("Enter a letter"))]},
    )
    return page.answer(request)


def case_new_page(request: SignedRequest, case: Case, context: dict[str, Any]) -> HttpResponse:
    """Enter a letter about a case; its organisations are offered."""
    registers = queries.registers_of(standing(request.user))
    answered = queries.letter_named(request.user, request.GET.get("answers", ""))

    def build(data: Any, files: Any) -> Bundle:
        initial: dict[str, Any] = {"passed_on": clock.today(), "language": f"language:{case.language}"}
        if answered:
            mine = answered.organisation_id in {body.pk for body in registers}
            other = answered.correspondent_id if mine else answered.organisation_id
            initial |= {"answers": answered.pk, "correspondent": other}
        form = LetterForm(
            data, files, initial=initial, user=request.user, registers=registers, case=case, fixed=True
        )
        return Bundle(form)

    page = FormPage(
        case=case,
        part="letter",
        title=_("Enter a letter"),
        version=case.version,
        build=build,
        save=lambda bundle, base: _enter(request, bundle.form, page, case),
        done=_back(case),
        extra={"crumbs": context["crumbs"]},
    )
    return page.answer(request)


def _back(case: Case) -> str:
    return reverse(f"letters:{case.kind}", args=[case.pk])


def _enter(request: SignedRequest, form: LetterForm, page: FormPage, case: Case | None = None) -> None:
    made = actions.enter_letter(
        form.register_chosen(), form.facts(), actor=request.user, case=case or form.case
    )
    page.done = page.done if case else made.get_absolute_url()


def edit_page(request: SignedRequest, letter: Letter) -> HttpResponse:
    """Put an entry right."""
    case = letter.case_held
    code = case.case_code() if case else ""
    fixed = bool(letter.lot_id or (case and not code))
    held = {name: getattr(letter, name) for name in HELD} | {
        "correspondent": letter.correspondent_id,
        "language": letter.language_id,
        "answers": letter.answers_id,
        "about": code,
    }

    def build(data: Any, files: Any) -> Bundle:
        form = LetterForm(
            data,
            files,
            initial=held,
            user=request.user,
            registers=[letter.organisation],
            case=case,
            fixed=fixed,
            letter=letter,
        )
        return Bundle(form)

    page = FormPage(
        case=letter,
        part="letter",
        title=_("Correct the entry"),
        version=letter.version,
        build=build,
        save=lambda bundle, base: actions.correct_letter(
            letter, bundle.form.facts(), actor=request.user, base_version=base, case=bundle.form.case
        ),
        done=letter.get_absolute_url(),
        shut=bool(letter.struck_on or letter.made_by),
        why_shut=_("The entry is struck out.")
        if letter.struck_on
        else _("A step entered this letter with the facts of the step: they are not corrected by hand."),
        extra={
            "crumbs": [
                (reverse("letters:letters"), _("Letters")),
                (letter.get_absolute_url(), letter.code),
                ("", _("Correct")),
            ]
        },
    )
    return page.answer(request)


# ── Questions ──


def ask_page(request: SignedRequest, case: Case, context: dict[str, Any]) -> HttpResponse:
    """One party asks another."""
    who, why_shut = standing(request.user), why_nothing_is_asked(case)
    initial = {"part": request.GET.get("part", ""), "due_on": clock.today() + USUAL_TIME}
    page = FormPage(
        case=case,
        part="question",
        title=_("Ask a question"),
        version=case.version,
        build=lambda data, files: Bundle(QuestionForm(data, initial=initial, case=case, who=who)),
        save=lambda bundle, base: _ask(request, case, bundle.form, page),
        done=reverse(f"letters:{case.kind}-questions", args=[case.pk]),
        shut=bool(why_shut),
        why_shut=why_shut,
        extra={"crumbs": context["crumbs"], "save_label": _("Send the question")},
    )
    return page.answer(request)


def _ask(request: SignedRequest, case: Case, form: QuestionForm, page: FormPage) -> None:
    made = actions.ask_question(case, actor=request.user, **form.facts())
    page.done = made.get_absolute_url()


def answer_page(request: SignedRequest, question: Question, context: dict[str, Any]) -> HttpResponse:
    """The party asked answers; a draft is kept meanwhile."""
    page = FormPage(
        case=question,
        part="answer",
        title=_("Answer the question"),
        version=1,
        build=lambda data, files: Bundle(AnswerForm(data)),
        save=lambda bundle, base: actions.answer_question(
            question, bundle.form.cleaned_data["text"], actor=request.user
        ),
        done=question.get_absolute_url(),
        template="letters/answer.html",
        shut=not question.is_open,
        why_shut=_("The question is no longer open: it is answered or withdrawn."),
        extra={
            "crumbs": context["crumbs"],
            "question": question,
            "about": context["about"],
            "on_paper_for": context["on_paper_for"],
            "save_label": _("Send the answer"),
        },
    )
    return page.answer(request)
