"""The gate to questions, and what pages and the desk ask about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from taawun.cycle.deadlines import due
from taawun.cycle.models import CooperationRequest
from taawun.cycle.queries import operations_among, requests_among
from taawun.directory.models import Organisation
from taawun.foundation.audit import events_of
from taawun.foundation.deadline_rules import DeadlineSpec
from taawun.foundation.models import AuditEvent
from taawun.foundation.ports import TaskSpec
from taawun.foundation.readable import Cases, either
from taawun.foundation.seats import on_paper, recording_office
from taawun.foundation.standing import Standing, standing
from taawun.letters.models import Question
from taawun.letters.seats import CAME_TO_NOTHING, Case, knows

ACTS = (
    "question-asked",
    "question-answered",
    "question-withdrawn",
    "more-time-asked",
    "more-time-settled",
    "answer-read",
)
OPEN = Q(answered_on__isnull=True, withdrawn_on__isnull=True)


def _of_sides(who: Standing) -> Q:
    """Asked by or of somebody on the reader's side."""
    sides = who.sides
    return (
        Q(asker_id__in=sides)
        | Q(asker_through_id__in=sides)
        | Q(asked_id__in=sides)
        | Q(asked_through_id__in=sides)
    )


def questions_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[Question]:
    """Questions this person may know of, on the cases they see.

    Everybody who sees an operation sees what its parties ask one another. On a request only the side that asks and
    the side that is asked do: what the provider asks within its own side the partner never learns.
    """
    who = standing(user)
    rows = Question.objects.all()
    if who.person_id is None:
        return rows.none()
    ids = rows.order_by().values("pk")
    on_operation = ids.filter(operation_id__in=operations_among(user, cases))
    on_request = ids.filter(_of_sides(who), coop_request_id__in=requests_among(user, cases))
    return either([on_operation, on_request], cases, all=True)


def with_heads(rows: QuerySet[Question]) -> QuerySet[Question]:
    """Questions with the names a line shows."""
    return rows.select_related(
        "coop_request", "operation", "asker", "asker_through", "asked", "asked_through"
    )


def question_for(user: Any, pk: int) -> Question | None:
    """One question through its gate, with its head."""
    rows = with_heads(questions_visible_to(user)).select_related("asked_by__person", "answered_by__person")
    return rows.filter(pk=pk).first()


def questions_of(case: Case, user: Any) -> QuerySet[Question]:
    """The questions of a case that has passed its gate, as this person may read them, the last first."""
    rows = Question.objects.filter(**{_key(case): case.pk})
    if isinstance(case, CooperationRequest):
        rows = rows.filter(_of_sides(standing(user)))
    return with_heads(rows).order_by("-number")


def _key(case: Case) -> str:
    return "coop_request_id" if isinstance(case, CooperationRequest) else "operation_id"


def any_open(kind: str) -> Exists:
    """Whether questions are open on a case, as a flag its own query brings along; who may read them is asked later."""
    key = "operation_id" if kind == "operation" else "coop_request_id"
    return Exists(Question.objects.filter(OPEN, **{key: OuterRef("pk")}))


def open_on(case: Case, user: Any, part: str = "") -> list[Question]:
    """The open questions of a case (of one part of it) that this person may read, the most urgent first."""
    rows = questions_of(case, user).filter(OPEN)
    return list((rows.filter(part=part) if part else rows).order_by("due_on", "number"))


def history_of(question: Question, user: Any) -> list[AuditEvent]:
    """What the record says of one question, as this person may read it."""
    events = events_of(question.case, standing(user)).filter(step__in=ACTS)
    return list(events.filter(detail__data__question=question.pk))


@dataclass(frozen=True)
class Hand:
    """The seat in which somebody acts on a question; and the party on paper on whose behalf, if any."""

    organisation_id: int
    role: str
    on_behalf_of_id: int | None = None


def hand_of(question: Question, case: Case, who: Standing, *, asker: bool) -> Hand | None:
    """In which seat this person asks or is asked: the party's own, or the office that records for one on paper."""
    through = question.asker_through_id if asker else question.asked_through_id
    role = question.asker_role if asker else question.asked_role
    if (through, role) in who.posts:
        return Hand(through, role)
    office, recorder = recording_office(case, who), case.workflow.recorder
    if office is not None and recorder and through in on_paper(case):
        return Hand(office, recorder.role, through)
    return None


def is_asker(question: Question, who: Standing) -> bool:
    """Whether this person acts for the seat that asked."""
    return hand_of(question, question.case, who, asker=True) is not None


def is_asked(question: Question, who: Standing) -> bool:
    """Whether this person acts for the seat that is asked."""
    return hand_of(question, question.case, who, asker=False) is not None


def tasks_from(case: Case) -> Iterable[TaskSpec]:
    """What questions put on desks: to answer, to agree to more time, to read the answer. One SQL statement."""
    if case.state in CAME_TO_NOTHING:
        return
    waiting = Question.objects.filter(
        Q(answered_on__isnull=True) | Q(noted_on__isnull=True), withdrawn_on__isnull=True
    )
    for question in waiting.filter(**{_key(case): case.pk}):
        yield from _tasks_of(question, case)


def _tasks_of(question: Question, case: Case) -> Iterable[TaskSpec]:
    prefix = "internal-" if question.internal else ""
    asked, asker = (
        (question.asked_through_id, question.asked_role),
        (question.asker_through_id, question.asker_role),
    )
    wanted: list[tuple[str, tuple[int, str], Any]] = []
    if question.answered_on:
        wanted.append(("read-answer", asker, None))
    else:
        wanted.append(("answer-question", asked, question.due_on))
        if question.more_until:
            wanted.append(("settle-more-time", asker, None))
    for act, (organisation_id, role), day in wanted:
        if knows(case, organisation_id, role):
            yield TaskSpec(prefix + act, organisation_id=organisation_id, role=role, due=day, ref=question.pk)


def deadlines_from(case: Case) -> Iterable[DeadlineSpec]:
    """Until when each open question is to be answered. Of a request's the two sides alone learn. One SQL statement."""
    if case.state in CAME_TO_NOTHING:
        return
    for one in Question.objects.filter(OPEN, **{_key(case): case.pk}):
        asked, asker = (one.asked_through_id, one.asked_role), (one.asker_through_id, one.asker_role)
        known = [seat for seat in (asked, asker) if knows(case, *seat)]
        kept = one.internal or isinstance(case, CooperationRequest)
        sides = (one.asker_id, one.asker_through_id, one.asked_id, one.asked_through_id) if kept else ()
        if asked in known:
            also = [asker] if asker in known else []
            yield due(case, "answer-question", one.due_on, [asked], ref=one.pk, sides=sides, also=also)


def in_state(rows: QuerySet[Question], state: str) -> QuerySet[Question]:
    """Those open, answered or withdrawn."""
    return rows.filter(
        {
            "open": OPEN,
            "answered": Q(answered_on__isnull=False),
            "withdrawn": Q(withdrawn_on__isnull=False),
        }[state]
    )


def asked_one_another(gone: Any, kept: Any) -> list[str]:
    """Why two organisations are not one: one of them asked the other something."""
    if not isinstance(gone, Organisation):
        return []
    between = Q(pk__in=[])
    for one, other in ((gone, kept), (kept, gone)):
        between |= Q(asker=one, asked=other) | Q(asker_through=one, asked_through=other)
    told = _("One of them asked the other a question on a case: they are two.")
    return [told] if Question.objects.filter(between).exists() else []
