"""Where lessons were cited, and with what result."""

from django.db.models import Count

from taawun.cycle.models import Operation
from taawun.lessons.models import Answer, Citation
from taawun.lessons.queries.gate import UNPUBLISHED


def citations_of(operation: Operation) -> list[Citation]:
    """The lessons offered to an operation with their answers, most relevant first: one SQL statement."""
    return list(Citation.objects.filter(operation=operation).select_related("lesson"))


def answers_of(operation: Operation) -> list[Citation]:
    """The answers given, for the ex-ante evaluation table and for the evaluation: one SQL statement."""
    return [citation for citation in citations_of(operation) if citation.answer]


def applied_counts(lesson_ids: list[int]) -> dict[int, int]:
    """How many operations applied each lesson, counting those whose ex-ante table is out: they were agreed."""
    applied = Citation.objects.filter(lesson_id__in=lesson_ids, answer=Answer.APPLIED)
    counted = (
        applied.exclude(operation__state__in=UNPUBLISHED)
        .order_by()
        .values("lesson_id")
        .annotate(n=Count("pk"))
    )
    return {row["lesson_id"]: row["n"] for row in counted} if lesson_ids else {}
