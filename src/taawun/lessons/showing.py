"""How a lesson's page is put together."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from taawun.cycle import rights
from taawun.cycle.course import sheet_of
from taawun.cycle.models import Operation
from taawun.cycle.pages import head_of
from taawun.cycle.queries import internal_to_provider
from taawun.foundation.ports import registry
from taawun.lessons import queries, reasons
from taawun.lessons.actions.offering import EVALUATED_IN
from taawun.lessons.models import Lesson
from taawun.lessons.sources import source_of
from taawun.lessons.workflow import LINKABLE, LessonState
from taawun.reference.names import code_name
from taawun.ui import words

SECTIONS = [
    ("situation", gettext_lazy("Situation")),
    ("cause", gettext_lazy("Cause")),
    ("countermeasure", gettext_lazy("Countermeasure")),
    ("conditions", gettext_lazy("Conditions under which it holds")),
]


def lesson_context(lesson: Lesson, user: Any) -> dict[str, Any]:
    """Everything a lesson's page shows; how it came about only to those who saw it grow."""
    inside, uses = queries.is_inside(lesson, user), queries.uses_of(lesson, user)
    context = {
        **head_of(lesson),
        "kind_label": _("Lesson"),
        "state_tone": lesson.state_tone,
        "lesson": lesson,
        "crumbs": [(reverse("lessons:lessons"), _("Lessons")), ("", lesson.code)],
        "facts": _facts(lesson, reachable=uses.reachable),
        "sections": [{"label": label, "text": getattr(lesson, name)} for name, label in SECTIONS],
        "links": _links(lesson, user),
        "linked": uses.linked,
        "successor": _successor(lesson, user),
        "uses": uses,
        "applied": _applied(uses.applied),
        "inside": inside,
        "timeline": None,
    }
    return context | (sheet_of(lesson, user) if inside else {})


def _links(lesson: Lesson, user: Any) -> list[tuple[str, str]]:
    """What this person may write on the lesson now."""
    links = []
    if lesson.is_editable and rights.seat_for(lesson, user, "lesson-texts"):
        links.append((reverse("lessons:edit", args=[lesson.pk]), _("Edit the lesson")))
    if lesson.state in LINKABLE and rights.seat_for(lesson, user, "lesson-analysis"):
        links.append((reverse("lessons:analysis", args=[lesson.pk]), _("Where else was the same seen?")))
    return links


def _successor(lesson: Lesson, user: Any) -> Lesson | None:
    """The lesson it was taken up in, or that is used instead, where this person may see it."""
    if lesson.successor_id is None:
        return None
    return queries.lessons_visible_to(user).filter(pk=lesson.successor_id).first()


def _applied(count: int) -> str:
    """In how many operations it was applied, in words; nothing where in none."""
    words_for = ngettext("Applied in %(count)s operation", "Applied in %(count)s operations", count)
    return words_for % {"count": count} if count else ""


def _facts(lesson: Lesson, *, reachable: bool) -> list[dict[str, Any]]:
    operation = lesson.operation
    facts = [
        {
            "label": _("Learnt from"),
            "value": operation.title,
            "lang": operation.language,
            "link": operation.get_absolute_url() if reachable else "",
        },
        {"label": _("Country"), "value": code_name(lesson.country_id)},
        {"label": _("Sector"), "value": code_name(lesson.sector_id) if lesson.sector_id else words.NOTHING},
        {"label": _("Form of cooperation"), "value": code_name(lesson.modality_id)},
        {"label": _("Stage"), "value": lesson.get_stage_display()},
        *_origin(lesson, reachable=reachable),
        {"label": _("Provider"), "value": lesson.provider.name},
        {"label": _("Keywords"), "value": lesson.keywords or words.NOTHING, "lang": lesson.language},
    ]
    if lesson.certified_on:
        facts.append({"label": _("Certified on"), "value": words.written(lesson.certified_on, "d MMM y")})
    return facts


def _origin(lesson: Lesson, *, reachable: bool) -> list[dict[str, Any]]:
    """From what and when: the sheet or the meeting is named to those alone who may open it."""
    source = source_of(lesson) if reachable else None
    told = [{"label": _("Drafted from"), "value": source.label, "link": source.url}] if source else []
    if lesson.noticed_on:
        told.append({"label": _("Noticed on"), "value": words.written(lesson.noticed_on, "d MMM y")})
    return told


def tab_context(operation: Operation, user: Any) -> dict[str, Any]:
    """The lessons tab of an operation: those offered with their answers, and those it taught."""
    planned = operation.is_editable
    judges = operation.state in EVALUATED_IN and bool(rights.seat_for(operation, user, "evaluation-texts"))
    return {
        "citations": [
            _shown(citation, told=judges or operation.state in queries.TOLD_IN)
            for citation in queries.citations_of(operation)
        ],
        "may_judge": judges,
        "may_answer": planned and rights.seat_for(operation, user, "lesson-answers"),
        "planned": planned,
        "taught": queries.lessons_of(operation, user),
        "may_draft": rights.seat_for(operation, user, "lesson"),
    }


def _shown(citation: Any, *, told: bool) -> dict[str, Any]:
    return {
        "told": told and citation.result,
        "row": citation,
        "lesson": citation.lesson,
        "reasons": reasons.sentences(citation.reasons),
        "retired": citation.lesson.state == LessonState.RETIRED,
    }


def similar_context(coop_request: Any, user: Any) -> dict[str, Any]:
    """What resembles a request: as it stands now, or the lessons as they were seen."""
    internal = internal_to_provider(user, coop_request)
    seen = queries.seen_of(coop_request) if internal else None
    open_now = coop_request.state == "received" and seen is None
    return {
        **head_of(coop_request),
        "crumbs": [
            (reverse("cycle:requests"), _("Requests")),
            (coop_request.get_absolute_url(), coop_request.code or coop_request.title),
            ("", _("What resembles this request")),
        ],
        "similar": queries.similar_cases(coop_request, user),
        "published": registry.services["published-seen" if seen else "published-like"](coop_request),
        "offers": queries.offers_seen(coop_request) if seen else queries.offers_for_request(coop_request),
        "seen": seen,
        "may_mark": open_now and bool(rights.seat_for(coop_request, user, "similar-seen")),
        "back": coop_request.get_absolute_url(),
    }
