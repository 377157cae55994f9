"""The editing pages of lessons, each a `FormPage`: draft, conflict and double submit come from there."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.bundle import Bundle
from taawun.foundation.forms import kept_rows
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest
from taawun.lessons import actions, queries
from taawun.lessons.actions.offering import EVALUATED_IN
from taawun.lessons.forms import AnswerForm, LessonForm, OccurrenceSet, OutcomeForm
from taawun.lessons.models import Citation, Lesson
from taawun.lessons.reasons import sentences
from taawun.lessons.sources import Source
from taawun.lessons.workflow import LINKABLE


def new_lesson_page(
    request: SignedRequest, operation: Operation, source: Source | None, context: dict[str, Any]
) -> HttpResponse:
    """Draft a lesson from an operation; what is typed is kept as a draft of that operation until it is saved.

    What is drafted from a sheet or a meeting is another draft than what is drafted from the operation as a whole.
    """
    initial: dict[str, Any] = {"language": operation.language, "noticed_on": clock.today()}
    if source:
        initial |= {"stage": source.stage, "noticed_on": source.day or clock.today()}
    page = FormPage(
        case=operation,
        part=f"new-lesson-{source.token}" if source else "new-lesson",
        title=_("Draft a lesson"),
        version=operation.version,
        build=lambda data, files: Bundle(LessonForm(data, initial=initial)),
        save=lambda bundle, base: _begin(request, operation, source, bundle, page),
        done=(source and source.url) or reverse("lessons:operation", args=[operation.pk]),
        template="lessons/new.html",
        extra={"crumbs": context["crumbs"], "text_language": operation.language, "source": source},
    )
    return page.answer(request)


def _begin(
    request: SignedRequest, operation: Operation, source: Source | None, bundle: Bundle, page: FormPage
) -> None:
    made = actions.draft_lesson(
        operation=operation, values=bundle.form.values(), actor=request.user, source=source
    )
    page.done = made.get_absolute_url()


def edit_lesson_page(request: SignedRequest, lesson: Lesson) -> HttpResponse:
    """The lesson sheet, while it is a draft or being analysed."""
    page = FormPage(
        case=lesson,
        part="texts",
        title=_("Edit the lesson"),
        version=lesson.version,
        build=lambda data, files: Bundle(LessonForm(data, instance=Lesson.objects.get(pk=lesson.pk))),
        save=lambda bundle, base: actions.edit_lesson(
            lesson=lesson, values=bundle.form.values(), actor=request.user, base_version=base
        ),
        done=lesson.get_absolute_url(),
        shut=not lesson.is_editable,
        extra={
            "crumbs": [
                (reverse("lessons:lessons"), _("Lessons")),
                (lesson.get_absolute_url(), lesson.code),
                ("", _("Edit")),
            ],
            "text_language": lesson.language,
        },
    )
    return page.answer(request)


def analysis_page(request: SignedRequest, lesson: Lesson) -> HttpResponse:
    """In which other operations the same was seen; below, those whose drafts resemble the lesson.

    `add=NUMBER` in the address, as the proposals lead to, opens with that operation in a row of its own.
    """
    linked = queries.linked_to(lesson, request.user).seen
    held = [{"operation": row.operation.code, "note": row.note} for row in linked]
    added = request.GET.get("add", "")[:40]
    opened = [*held, {"operation": added, "note": ""}] if added else held

    def build(data: Any, files: Any) -> Bundle:
        rows: Any = OccurrenceSet  # its own arguments are not the base class's
        made = rows(data, initial=opened, prefix="operations", user=request.user, lesson=lesson)
        return Bundle(Form(data), [made])

    def save(bundle: Bundle, base: int) -> None:
        rows = [(row["operation"], row["note"]) for row in kept_rows(bundle.rows[0])]
        actions.link_operations(lesson=lesson, rows=rows, actor=request.user, base_version=base)

    page = FormPage(
        case=lesson,
        part="analysis",
        title=_("Where else was the same seen?"),
        version=lesson.version,
        build=build,
        save=save,
        done=lesson.get_absolute_url(),
        shut=lesson.state not in LINKABLE,
        template="lessons/analysis.html",
        extra={
            "crumbs": [
                (reverse("lessons:lessons"), _("Lessons")),
                (lesson.get_absolute_url(), lesson.code),
                ("", _("Analysis across operations")),
            ],
            "text_language": lesson.language,
            "lesson": lesson,
            "proposals": queries.proposals_for(lesson, request.user),
        },
    )
    return page.answer(request)


def answer_page(
    request: SignedRequest, operation: Operation, citation: Citation, context: dict[str, Any]
) -> HttpResponse:
    """One lesson offered to an operation, and its answer."""
    held = {"answer": citation.answer, "how": citation.how}
    page = _citation_page(
        request,
        citation,
        lambda data: AnswerForm(data, initial=held),
        actions.answer_lesson,
        case=operation,
        part=f"lesson-{citation.pk}",
        title=_("Answer the lesson"),
        shut=not operation.is_editable,
        extra={"crumbs": context["crumbs"], "reasons": sentences(citation.reasons)},
    )
    return page.answer(request)


def outcome_page(
    request: SignedRequest, operation: Operation, citation: Citation, context: dict[str, Any]
) -> HttpResponse:
    """Whether one lesson helped in an operation, as its evaluator found."""
    held = {"result": citation.result, "outcome": citation.outcome}
    page = _citation_page(
        request,
        citation,
        lambda data: OutcomeForm(data, initial=held),
        actions.tell_outcome,
        case=operation,
        part=f"outcome-{citation.pk}",
        title=_("Did the lesson help?"),
        shut=operation.state not in EVALUATED_IN,
        extra={"crumbs": context["crumbs"], "answered": citation.answer},
    )
    return page.answer(request)


def _citation_page(
    request: SignedRequest,
    citation: Citation,
    form: Callable[[Any], Any],
    tell: Callable[..., Any],
    *,
    case: Operation,
    extra: dict[str, Any],
    **page: Any,
) -> FormPage:
    """What is told of a lesson in an operation; `tell` is the action that keeps it."""
    return FormPage(
        case=case,
        version=citation.version,
        build=lambda data, files: Bundle(form(data)),
        save=lambda bundle, base: tell(
            citation=citation, actor=request.user, base_version=base, **bundle.form.cleaned_data
        ),
        done=reverse("lessons:operation", args=[case.pk]),
        template="lessons/answer.html",
        extra={"citation": citation, "text_language": case.language, **extra},
        **page,
    )
