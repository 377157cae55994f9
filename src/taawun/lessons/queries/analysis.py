"""Analysis across operations: where else the same was seen, and which drafts resemble a lesson."""

from dataclasses import dataclass
from typing import Any

from taawun.cycle.models import Operation
from taawun.cycle.queries import operations_visible_to
from taawun.lessons import matching, reasons
from taawun.lessons.models import Lesson, Occurrence
from taawun.lessons.queries.gate import UNPUBLISHED, lessons_visible_to
from taawun.lessons.queries.offers import facts_of_lesson
from taawun.lessons.workflow import INSIDE, OPEN, LessonState

READ = 200  # drafts compared for one page, the newest first
PROPOSED = 10


@dataclass(frozen=True)
class Linked:
    """Where else the same was seen: the operations a reader may see, and how many others there are."""

    seen: list[Occurrence]
    others: int = 0


def linked_to(lesson: Lesson, user: Any) -> Linked:
    """The operations linked to a lesson as this person may know of them: two SQL statements."""
    rows = list(lesson.occurrences.select_related("operation"))
    return linked_in(lesson, rows, _visible({row.operation_id for row in rows}, user))


def linked_in(lesson: Lesson, rows: list[Occurrence], mine: set[int]) -> Linked:
    """The same, of rows read already and the ids of the operations that may be seen.

    The others are counted only once the lesson is everybody's, and only those whose agreement is out: that such an
    operation exists is no side's secret, and which one it is a number does not tell.
    """
    hidden = [row for row in rows if row.operation_id not in mine]
    told = lesson.state in OPEN
    others = sum(1 for row in hidden if told and row.operation.state not in UNPUBLISHED)
    return Linked([row for row in rows if row.operation_id in mine], others)


def others_linked(lesson: Lesson, user: Any) -> list[Occurrence]:
    """The operations linked that this person may not see: what they save leaves these as they are."""
    rows = list(lesson.occurrences.all())
    mine = _visible({row.operation_id for row in rows}, user)
    return [row for row in rows if row.operation_id not in mine]


def _visible(ids: set[int], user: Any) -> set[int]:
    return set(operations_visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))


def operations_by_code(codes: set[str], user: Any) -> dict[str, Operation]:
    """The operations of these numbers that this person may see: one SQL statement."""
    rows = operations_visible_to(user).filter(code__in=codes) if codes else Operation.objects.none()
    return {operation.code: operation for operation in rows}


@dataclass(frozen=True)
class Proposal:
    """An operation that taught much the same: its draft, and what both have in common."""

    lesson: Lesson
    why: list[str]

    @property
    def operation(self) -> Operation:
        return self.lesson.operation


def proposals_for(lesson: Lesson, user: Any) -> list[Proposal]:
    """Other operations of the provider whose drafts resemble a lesson, nearest first; each operation once.

    Reads the newest drafts this person may see, in one SQL statement; those already linked are left out.
    """
    linked = lesson.occurrences.values_list("operation_id", flat=True)
    rows = (
        lessons_visible_to(user)
        .filter(provider_id=lesson.provider_id, state__in=INSIDE, operation__in=operations_visible_to(user))
        .exclude(state=LessonState.JOINED)
        .exclude(operation_id=lesson.operation_id)
        .exclude(operation_id__in=linked)
    )
    drafts = {row.pk: row for row in rows.select_related("operation").order_by("-pk")[:READ]}
    facts = {pk: facts_of_lesson(row) for pk, row in drafts.items()}
    found = matching.best(facts_of_lesson(lesson), facts, limit=READ)
    nearest: dict[int, Proposal] = {}
    for match in found:
        draft = drafts[match.key]
        why = reasons.sentences(reason.kept() for reason in match.reasons)
        nearest.setdefault(draft.operation_id, Proposal(draft, why))
    return list(nearest.values())[:PROPOSED]
