"""How questions are put before the reader: one of them, those of a case, those that are open where one reads."""

from datetime import date
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import Operation
from taawun.directory.queries import name_of_user, names_of
from taawun.foundation import clock
from taawun.foundation.audit import label_of
from taawun.foundation.ports import registry
from taawun.foundation.requests import SignedRequest
from taawun.foundation.standing import standing
from taawun.letters import asked
from taawun.letters.models import Question, QuestionState
from taawun.letters.seats import NO_PARTS, Case, asks_go_on, mine_among, parts_of, seats_of
from taawun.letters.showing import who_acted
from taawun.ui import words
from taawun.ui.lists import Column, Filter, ListPage
from taawun.ui.templatetags.ui import due, state

TONES = {QuestionState.OPEN: "wait", QuestionState.ANSWERED: "ok", QuestionState.WITHDRAWN: ""}


def about(question: Question) -> str:
    """The part of the case it is about, or its own subject."""
    part = parts_of(question.case).get(question.part, question.part)
    return " – ".join(filter(None, [str(part), question.subject]))


def state_mark(question: Question) -> SafeString:
    """The state by word and icon; of an open one, how its deadline stands."""
    mark = state(question.state.label, TONES[question.state])
    return format_html("{} {}", mark, due(question.due_on)) if question.is_open else mark


def _text(question: Question) -> str:
    return (
        words.NOTHING
        if not question.text
        else question.text[:120] + ("…" if len(question.text) > 120 else "")
    )


COLUMNS = [
    Column("number", gettext_lazy("No."), sort="number", css="n", link=True),
    Column("about", gettext_lazy("About"), value=about, head=True, link=True),
    Column("text", gettext_lazy("Question"), value=_text, text="text"),
    Column("asker", gettext_lazy("Asked by"), value="asker_through.name"),
    Column("asked", gettext_lazy("Asked of"), value="asked_through.name"),
    Column("asked_on", gettext_lazy("Asked on"), sort="asked_on"),
    Column("due_on", gettext_lazy("Answer expected by"), sort="due_on"),
    Column("state", gettext_lazy("State"), value=state_mark, text="state.label"),
]
EXPORTED = [
    *COLUMNS,
    Column("answer", gettext_lazy("Answer")),
    Column("answered_on", gettext_lazy("Answered on")),
    Column("withdrawn_on", gettext_lazy("Withdrawn on")),
    Column("withdrawn_reason", gettext_lazy("Reason")),
]
CASE = Column(
    "case",
    gettext_lazy("Case"),
    value=lambda question: question.case.case_code() or question.case.case_title(),
    link=lambda question: question.case.get_absolute_url(),
    css="text-nowrap",
)
FILTERS = [Filter("state", gettext_lazy("State"), QuestionState.choices, apply=asked.in_state)]


def _list(request: SignedRequest, rows: Any, name: str, sort: str, *more: Column) -> ListPage:
    columns = EXPORTED if request.GET.get("export") == "csv" else COLUMNS
    return ListPage(
        rows,
        [*more, *columns],
        filters=FILTERS,
        search_fields=["text", "subject", "answer"],
        default_sort=sort,
        empty_text=_("No question was asked yet."),
        export_name=name,
    )


def questions_list(request: SignedRequest) -> HttpResponseBase:
    """Every question this person may know of, the last first."""
    rows = asked.with_heads(asked.questions_visible_to(request.user))
    lede = _("What parties of a case ask one another. One is asked on the page of its case.")
    context = {"title": _("Questions"), "lede": lede}
    return _list(request, rows, "questions", "-asked_on", CASE).render(request, "ui/list.html", context)


def case_questions(
    request: SignedRequest, case: Case, template: str, context: dict[str, Any]
) -> HttpResponseBase:
    """The questions of a case with their history, and whether the reader may ask another."""
    rows = asked.questions_of(case, request.user)
    context |= {
        "title": context["title"],
        "ask": reverse(f"letters:{case.kind}-ask", args=[case.pk]) if may_ask(case, request.user) else "",
    }
    return _list(request, rows, "questions", "-number").render(request, template, context)


def may_ask(case: Case, user: Any) -> bool:
    """Whether this person holds a seat of the case, and the case goes on."""
    return why_nothing_is_asked(case) == "" and bool(mine_among(seats_of(case), standing(user)))


def why_nothing_is_asked(case: Case) -> str:
    """Why no question can be asked in this state; nothing where one can."""
    if not asks_go_on(case):
        return _("Nothing is asked any more: the case is now “%(state)s”.") % {"state": case.state_label}
    return "" if len(seats_of(case)) > 1 else _("No other party knows of this case yet.")


def open_here(case: Case, user: Any, part: str = "") -> list[dict[str, Any]]:
    """The open questions on what the reader is looking at: a line each, for the top of the page."""
    if part in NO_PARTS and part != "overview":
        return []
    found = asked.open_on(case, user, "" if part == "overview" else part)
    names = parts_of(case)
    return [
        {
            "url": question.get_absolute_url(),
            "number": question.number,
            "about": " – ".join(filter(None, [str(names.get(question.part, "")), question.subject])),
            "asked": question.asked_through.name,
            "due_on": question.due_on,
            "internal": question.internal,
        }
        for question in found
    ]


def question_page(question: Question, user: Any) -> dict[str, Any]:
    """One question: what is asked and answered, its history, and what the reader may do."""
    who, case = standing(user), question.case
    hand = asked.hand_of(question, case, who, asker=False)
    asker, is_asked = asked.is_asker(question, who), hand is not None
    behalf = hand and hand.on_behalf_of_id
    is_operation = isinstance(case, Operation)
    everything = reverse(f"letters:{case.kind}-questions", args=[case.pk])
    return {
        "question": question,
        "about": about(question),
        "code": case.case_code(),
        "kind_label": str(question),
        "title": about(question),
        "state_label": question.state.label,
        "state_tone": TONES[question.state],
        "is_example": question.is_example,
        "facts": _facts(question, case),
        "answered_by": name_of_user(question.answered_by) if question.answered_by else "",
        "history": history(question, user),
        "on_paper_for": question.asked_through.name if behalf else "",
        "may_answer": is_asked and question.is_open,
        "may_settle": asker and question.is_open and question.more_until is not None,
        "may_withdraw": asker and question.is_open,
        "may_note": asker and question.answered_on is not None and question.noted_on is None,
        "crumbs": [
            (reverse("cycle:operations"), _("Operations"))
            if is_operation
            else (reverse("cycle:requests"), _("Requests")),
            (case.get_absolute_url(), case.case_code() or case.case_title()),
            (everything, _("Questions")),
            ("", str(question)),
        ],
    }


def _facts(question: Question, case: Case) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {
            "label": _("Case"),
            "value": case.case_title(),
            "link": case.get_absolute_url(),
            "lang": case.case_language(),
        },
        {"label": _("Asked by"), "value": _side(question.asker, question.asker_through)},
        {"label": _("Asked of"), "value": _side(question.asked, question.asked_through)},
        {"label": _("Asked on"), "value": words.written(question.asked_on, "d MMM y")},
        {"label": _("Answer expected by"), "value": words.written(question.due_on, "d MMM y")},
    ]
    if question.is_late(clock.today()):
        facts[-1]["value"] = format_html("{} {}", facts[-1]["value"], due(question.due_on))
    return facts


def _side(party: Any, through: Any) -> str:
    return words.listed(dict.fromkeys([party.name, through.name]))


def history(question: Question, user: Any) -> list[dict[str, Any]]:
    """What was done with it, the last first."""
    events = asked.history_of(question, user)
    names = registry.services["names-of-users"]({event.actor_id for event in events})
    houses = names_of({pk for event in events for pk in (event.organisation_id, event.on_behalf_of_id)})
    return [
        {
            "when": event.recorded_at,
            "title": label_of(event.kind, event.step),
            "who": who_acted(event, names, houses),
            "why": event.detail.data.get("why", ""),
            "told": _told(event.detail.data),
        }
        for event in events
    ]


def _told(data: dict[str, Any]) -> str:
    """The days an entry speaks of."""
    if "agreed" in data:
        before, after = data["due"]
        if data["agreed"]:
            days = {"before": _day(before), "after": _day(after)}
            return _("Agreed: the deadline moves from %(before)s to %(after)s.") % days
        return _("Not agreed: the deadline stays %(day)s.") % {"day": _day(before)}
    if "until" in data:
        return _("Until %(day)s") % {"day": _day(data["until"])}
    if "due_on" in data:
        return _("Answer expected by %(day)s") % {"day": _day(data["due_on"])}
    return ""


def _day(text: str) -> str:
    return words.written(date.fromisoformat(text), "d MMM y")
