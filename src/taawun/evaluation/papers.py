"""The paper of an evaluation: the ex-post summary, in the language of the operation's texts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, override

from taawun.cycle.models import Operation
from taawun.evaluation import showing
from taawun.evaluation.models import Evaluation, EvaluationType
from taawun.lessons.queries import answers_of
from taawun.ui import words


def summary_paper(operation: Operation, evaluation: Evaluation, language: str) -> dict[str, Any]:
    """The summary that is published: what was evaluated, by whom, what was found, how it is rated."""
    with override(language):
        return {
            "operation": operation,
            "evaluation": evaluation,
            "is_example": operation.is_example,
            "paper": {
                "language": language,
                "title": _title(evaluation),
                "number": operation.code,
                "date": evaluation.evaluated_on,
            },
            "letterhead": [p.organisation.name for p in operation.party_rows if p.signs],
            "parties": [
                (_("Operation"), operation.title, words.period(operation.starts_on, operation.ends_on)),
                *((str(p.get_part_display()), p.organisation.name, "") for p in operation.party_rows),
            ],
            "findings": showing.findings_of(evaluation),
            "cited": answers_of(operation),
            "rating": showing.rating_of(evaluation),
            "independence": showing.independence_of(evaluation),
            "recommendations": list(evaluation.recommendations.all()),
            "back": reverse("evaluation:evaluation", args=[operation.pk]),
        }


def _title(evaluation: Evaluation) -> str:
    """An internal evaluation is called so in its title, with the office that made it."""
    if evaluation.type == EvaluationType.INTERNAL:
        office = {"office": evaluation.evaluator.organisation.name}
        return _("Internal ex-post evaluation by %(office)s: summary") % office
    return _("Ex-post evaluation: summary")
