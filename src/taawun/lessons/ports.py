"""What lessons supply: their kind, what steps require of them, the tasks they make, the tab and the offers."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import CooperationRequest, Operation
from taawun.directory.references import moves, stays
from taawun.directory.roles import Role
from taawun.foundation import ports
from taawun.foundation.ports import Obstacle, TaskSpec
from taawun.foundation.readable import searchable
from taawun.lessons import actions, forms, queries, texts
from taawun.lessons.models import Citation, Lesson
from taawun.lessons.workflow import LESSON_WORKFLOW
from taawun.ui import nav

ports.kind(
    slug="lesson",
    label=gettext_lazy("Lesson"),
    model=Lesson,
    visible_to=queries.lessons_visible_to,
    url_name="lessons:lesson",
    workflow=LESSON_WORKFLOW,
)

ports.act("lesson", "drafted", label=gettext_lazy("Draft a lesson"), done=gettext_lazy("Drafted"))
ports.act("lesson", "edited", label=gettext_lazy("Edit the lesson"), done=gettext_lazy("Texts edited"))
ports.act(
    "lesson",
    "operations-linked",
    label=gettext_lazy("Link operations where the same was seen"),
    done=gettext_lazy("Operations linked where the same was seen"),
)
ports.act(
    "request",
    "similar-seen",
    label=gettext_lazy("See similar cases and lessons"),
    done=gettext_lazy("Similar cases and lessons seen"),
    url=lambda pk, ref: reverse("lessons:similar", args=[pk]),
    audience="provider",
)
ports.act(
    "operation",
    "answer-lessons",
    label=gettext_lazy("Answer the lessons offered"),
    done=gettext_lazy("Lessons answered"),
    url=lambda pk, ref: reverse("lessons:operation", args=[pk]),
)
ports.act(
    "operation",
    "lesson-answered",
    label=gettext_lazy("Answer the lesson"),
    done=gettext_lazy("Lesson answered"),
)
ports.act(
    "operation",
    "lesson-outcomes",
    label=gettext_lazy("Say whether the lessons helped"),
    done=gettext_lazy("Said whether the lessons helped"),
)

ports.panel(
    "request",
    "similar",
    label=gettext_lazy("Similar cases and lessons"),
    url_name="lessons:similar",
    order=10,
    shown=lambda case, who: case.provider_id in who.sides,
)
ports.panel(
    "operation",
    "lessons",
    label=gettext_lazy("Lessons"),
    url_name="lessons:operation",
    order=35,
    workflow="operation",
)
ports.service("lessons-for-request")(queries.offers_for_request)
ports.service("lessons-for-facts")(queries.offers_for_facts)
ports.effect("date-certification")(actions.date_certification)
ports.effect("join-lesson")(actions.join_lesson)
ports.effect("keep-retirement")(actions.keep_retirement)
ports.undo("join-lesson")(actions.part_lesson)
ports.undo("keep-retirement")(actions.forget_retirement)
ports.step_form("join-lesson")(forms.JoinForm)
ports.step_form("retire-lesson")(forms.RetireForm)
ports.effect("offer-lessons")(actions.offer_on_opening)
ports.undo("date-certification")(actions.undate_certification)
ports.service("offer-lessons-to")(actions.offer_lessons)
ports.service("forget-offers")(actions.forget_offers)
ports.no_undo("offer-lessons")  # with the notes exchanged

nav.register(40, "lessons:lessons", gettext_lazy("Lessons"), "/lessons/")

SHEET = {
    "situation": gettext_lazy("Describe the situation"),
    "cause": gettext_lazy("Give the cause"),
    "countermeasure": gettext_lazy("Give the countermeasure"),
    "conditions": gettext_lazy("Say under which conditions it holds"),
}


@ports.requirement(
    "lesson-complete",
    label=gettext_lazy("Situation, cause, countermeasure and conditions"),
    right="lesson-texts",
)
def lesson_complete(case: Lesson) -> Iterable[Obstacle]:
    link = reverse("lessons:edit", args=[case.pk])
    for name, sentence in SHEET.items():
        if not getattr(case, name).strip():
            yield Obstacle(sentence, link, _("Complete the lesson"), _("Knowledge officer"))


@ports.requirement("similar-seen", label=gettext_lazy("Similar cases and the lessons offered were seen"))
def similar_seen(case: CooperationRequest) -> Iterable[Obstacle]:
    if queries.seen_of(case) is None:
        yield Obstacle(
            _("The similar cases and the lessons offered have not been looked at yet"),
            reverse("lessons:similar", args=[case.pk]),
            _("See what resembles it"),
            _("Desk officer"),
        )


@ports.requirement(
    "lessons-answered", label=gettext_lazy("Each lesson offered is answered"), right="lesson-answers"
)
def lessons_answered(case: Operation) -> Iterable[Obstacle]:
    for citation in queries.citations_of(case):
        if not citation.answer:
            yield Obstacle(
                _("The lesson “%(title)s” is not answered: applied how, or not applicable why")
                % {"title": citation.lesson.title},
                reverse("lessons:answer", args=[case.pk, citation.pk]),
                _("Answer the lesson"),
                _("Desk officer or country office"),
            )


@ports.task_source("operation", workflow="operation")
def answer_tasks(case: Operation) -> Iterable[TaskSpec]:
    """While it is planned, the lessons not answered yet wait on the desk, as one thing to do."""
    if case.is_editable and Citation.objects.filter(operation=case, answer="").exists():
        yield TaskSpec("answer-lessons", organisation_id=case.provider_id, role=Role.DESK)


moves("lessons.Lesson", "provider", "drafted_by", what=gettext_lazy("Lesson"))
moves("lessons.Lesson", "created_by", what=gettext_lazy("Lesson"))
stays("lessons.Occurrence", "linked_by")
stays("lessons.Citation", "seen_by", "answered_by", "told_by")
stays("lessons.SimilarSeen", "seen_by")

searchable(
    "lesson",
    label=gettext_lazy("Lesson"),
    model=Lesson,
    visible_to=queries.lessons_visible_to,
    states=LESSON_WORKFLOW.states,
)(texts.of_lessons)
