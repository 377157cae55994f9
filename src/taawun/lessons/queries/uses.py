"""What a lesson's page tells of operations: where it comes from, was seen, was cited, and with what result."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from taawun.cycle.queries import operations_visible_to
from taawun.lessons.models import Answer, Citation, Lesson, Result
from taawun.lessons.queries.analysis import Linked, linked_in
from taawun.lessons.queries.gate import UNPUBLISHED
from taawun.lessons.workflow import OPEN

CITATIONS_SHOWN = 50
TOLD_IN = ("evaluated", "closed")  # before, what an evaluator finds is theirs alone


@dataclass(frozen=True)
class Tally:
    """In how many operations a lesson was answered so, with this result ("" = not evaluated yet)."""

    answer: str
    result: str
    number: int

    @property
    def answer_label(self) -> Any:
        return Answer(self.answer).label

    @property
    def result_label(self) -> Any:
        return Result(self.result).label if self.result else ""


@dataclass(frozen=True)
class Uses:
    """`reachable`: the operation it comes from may be seen. `others` and `applied` count agreed operations alone."""

    reachable: bool
    linked: Linked
    seen: list[Citation]
    others: list[Tally] = field(default_factory=list)
    applied: int = 0


def uses_of(lesson: Lesson, user: Any) -> Uses:
    """Where a lesson comes from, was seen and was cited, as this person may know of it: four SQL statements.

    Of operations they may not see only numbers are told, once the lesson is everybody's: of those that were agreed
    (that they exist is published), and a result only when the evaluation was recorded (it is published then).
    """
    answered = Citation.objects.filter(lesson=lesson, operation__isnull=False).exclude(answer="")
    cited = list(
        answered.order_by("-answered_on", "-pk").values_list(
            "pk", "operation_id", "operation__state", "answer", "result"
        )
    )
    linked = list(lesson.occurrences.select_related("operation"))
    ids = {lesson.operation_id, *(row.operation_id for row in linked), *(row[1] for row in cited)}
    mine = set(operations_visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    shown = [pk for pk, operation_id, *_rest in cited if operation_id in mine][:CITATIONS_SHOWN]
    return Uses(
        reachable=lesson.operation_id in mine,
        linked=linked_in(lesson, linked, mine),
        seen=_in_order(shown),
        others=_others(lesson, [row for row in cited if row[1] not in mine]),
        applied=sum(1 for row in cited if row[3] == Answer.APPLIED and row[2] not in UNPUBLISHED),
    )


def _in_order(ids: list[int]) -> list[Citation]:
    rows = Citation.objects.filter(pk__in=ids).select_related("operation")
    held = {row.pk: without_findings(row) for row in rows}
    return [held[pk] for pk in ids if pk in held]


def without_findings(citation: Citation) -> Citation:
    """The citation as all may read it: whether it helped is told once the evaluation is recorded."""
    if citation.operation is not None and citation.operation.state not in TOLD_IN:
        citation.result = citation.outcome = ""
    return citation


def _others(lesson: Lesson, hidden: list[Any]) -> list[Tally]:
    if lesson.state not in OPEN:
        return []
    counted = Counter(
        (answer, result if state in TOLD_IN else "")
        for _pk, _operation_id, state, answer, result in hidden
        if state not in UNPUBLISHED
    )
    return [Tally(answer, result, number) for (answer, result), number in sorted(counted.items())]
