"""The texts of ex-post evaluations, as search finds them: open to all parties once recorded, to nobody before."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from taawun.cycle.queries import operations_among
from taawun.cycle.texts import under_its_operation
from taawun.evaluation.models import Evaluation
from taawun.evaluation.queries import READABLE_IN
from taawun.foundation.readable import Cases, Readable, joined


def evaluations_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[Evaluation]:
    """The evaluations that are recorded, of the operations this person may know of.

    Its evaluator reads what is being written on its own page alone.
    """
    return Evaluation.objects.filter(
        operation_id__in=operations_among(user, cases), operation__state__in=READABLE_IN
    )


def of_evaluations(rows: QuerySet[Evaluation]) -> Iterable[Readable]:
    """Summary, evidence, recommendations and what the parties answered, under the title of the operation."""
    recorded = rows.filter(operation__state__in=READABLE_IN).select_related("operation")
    for each in recorded.prefetch_related("ratings", "recommendations"):
        evidence = [rating.evidence for rating in each.ratings.all()]
        told = [text for one in each.recommendations.all() for text in (one.text, one.response)]
        address = reverse("evaluation:evaluation", args=[each.operation_id])
        body = joined(each.summary, *evidence, each.judgement_reason, *told)
        yield under_its_operation(each, address, body, each.evaluated_on)
