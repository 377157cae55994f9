"""What evaluation supplies: its tab, what recording and closing require, what waits on whom."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy

from taawun.cycle.deadlines import counted_from, due
from taawun.cycle.models import Operation
from taawun.cycle.queries import operations_visible_to
from taawun.directory.handing import personal_draft
from taawun.directory.references import moves, objects_to_merging, stays
from taawun.directory.roles import Role
from taawun.evaluation import independence, queries, showing, texts
from taawun.evaluation.judging import known
from taawun.evaluation.merging import binds
from taawun.evaluation.models import Evaluation
from taawun.foundation import ports
from taawun.foundation.deadline_rules import DeadlineSpec, deadline_rule, deadline_source
from taawun.foundation.ports import Obstacle, TaskSpec
from taawun.foundation.readable import searchable
from taawun.kernel import ratings
from taawun.lessons.models import Answer
from taawun.lessons.queries import answers_of

personal_draft("operation", "evaluation")  # its evaluator's alone: whoever follows them did not evaluate

ports.panel(
    "operation",
    "evaluation",
    label=gettext_lazy("Ex-post evaluation"),
    url_name="evaluation:evaluation",
    order=90,
    shown=lambda case, standing: case.state in queries.SHOWN_FROM_COMPLETED,
    workflow="operation",
)


@ports.file_gate("evaluation")
def readers_of_the_findings(user: Any, subject_id: int) -> bool:
    """A document of the ex-post summary is opened by whoever reads the findings now."""
    operation = operations_visible_to(user).filter(pk=subject_id).first()
    return bool(operation and queries.may_read(operation, user))


ports.gate_of_all("evaluation", queries.on_findings_read, of="operation", documents=True)

ports.service("rating-choices")(lambda: ratings.choices(known(), get_language() or "en"))

ports.act(
    "operation",
    "name-evaluator",
    label=gettext_lazy("Name the evaluator"),
    done=gettext_lazy("Evaluator named"),
    url=lambda pk, ref: reverse("evaluation:name-evaluator", args=[pk]),
)
ports.act(
    "operation",
    "evaluator-named",
    label=gettext_lazy("Name the evaluator"),
    done=gettext_lazy("Evaluator named"),
)
ports.act(
    "operation",
    "evaluation-edited",
    label=gettext_lazy("Write the evaluation"),
    done=gettext_lazy("Evaluation written"),
)
ports.act(
    "operation",
    "recommendation-response",
    label=gettext_lazy("Answer a recommendation"),
    done=gettext_lazy("Recommendation answered"),
    url=lambda pk, ref: reverse("evaluation:answer", args=[pk, ref]),
)
ports.act(
    "operation",
    "recommendation-answered",
    label=gettext_lazy("Answer a recommendation"),
    done=gettext_lazy("Recommendation answered"),
)

ANSWER = "recommendation-response"
deadline_rule(
    ANSWER,
    label=gettext_lazy("Answer to a recommendation"),
    from_what=gettext_lazy("after the evaluation is recorded"),
    ladder=(14, 3, 0, -7),
    amount=60,
    units=("days", "working-days", "months"),
    url=lambda pk, ref: reverse("evaluation:answer", args=[pk, ref]),
)

EVALUATOR = gettext_lazy("The named evaluator")
DESK = gettext_lazy("Desk officer")


@ports.requirement("evaluation-complete", label=gettext_lazy("The evaluation is complete"))
def evaluation_complete(case: Operation) -> Iterable[Obstacle]:
    """Evidence on each criterion, the ratings the rule set asks for, a summary, a recommendation, independence."""
    evaluation = queries.evaluation_of(case)
    if evaluation is None:
        link = reverse("evaluation:name-evaluator", args=[case.pk])
        yield Obstacle(_("No evaluator is named."), link, _("Name the evaluator"), DESK)
        return
    evaluation.operation = case
    link = reverse("evaluation:edit", args=[case.pk])
    for text in [*_missing_texts(evaluation), *_missing_ratings(evaluation)]:
        yield Obstacle(text, link, _("Complete the evaluation"), EVALUATOR)
    yield from _lessons_not_judged(case)
    for tie in independence.ties_of_evaluator(evaluation):
        yield Obstacle(
            tie, reverse("evaluation:name-evaluator", args=[case.pk]), _("Name another evaluator"), DESK
        )


def _lessons_not_judged(case: Operation) -> Iterable[Obstacle]:
    """A lesson that was applied is judged: whether it helped, or that it cannot be told."""
    for citation in answers_of(case):
        if citation.answer == Answer.APPLIED and not citation.result:
            text = _("It is not said whether the lesson “%(title)s”, which was applied, helped.") % {
                "title": citation.lesson.title
            }
            link = reverse("lessons:outcome", args=[case.pk, citation.pk])
            yield Obstacle(text, link, _("Say whether it helped"), EVALUATOR)


def _missing_texts(evaluation: Evaluation) -> Iterable[str]:
    for finding in showing.findings_of(evaluation):
        if finding.asked and not finding.evidence.strip():
            yield _("There is no evidence on the criterion “%(criterion)s”.") % {"criterion": finding.label}
    if not evaluation.summary.strip():
        yield _("The summary is not written.")
    if evaluation.evaluated_on is None:
        yield _("The date of the evaluation is not given.")
    if not evaluation.recommendations.all():
        yield _("There is no recommendation.")


def _missing_ratings(evaluation: Evaluation) -> Iterable[str]:
    rating = showing.rating_of(evaluation)
    if rating is None:
        return
    for one in rating.sub_ratings:
        if one.level is None:
            yield _("“%(criterion)s” has no sub-rating.") % {"criterion": one.label}
    if rating.silent and not rating.grade:
        yield _(
            "“%(rules)s” holds no overall rating for these sub-ratings: give your own with its reasons."
        ) % {"rules": rating.name}


@ports.requirement(
    "recommendations-answered", label=gettext_lazy("Every recommendation has an owner and a response")
)
def recommendations_answered(case: Operation) -> Iterable[Obstacle]:
    """One obstacle for each recommendation its owner has not answered."""
    for one in _unanswered(case):
        text = _("Recommendation %(number)s is not answered: %(text)s") % {
            "number": one.number,
            "text": one.text,
        }
        link = reverse("evaluation:answer", args=[case.pk, one.pk])
        yield Obstacle(text, link, _("Answer it"), one.owner.name)


def _unanswered(case: Operation) -> list[Any]:
    evaluation = queries.evaluation_of(case)
    return [r for r in evaluation.recommendations.all() if not r.response] if evaluation else []


@ports.task_source("operation", workflow="operation")
def evaluation_tasks(case: Operation) -> Iterable[TaskSpec]:
    """Before the evaluation: naming who makes it. After: each recommendation, on its owner."""
    if case.state in queries.NAMED_IN and not case.evaluator_ids:
        yield TaskSpec(
            "name-evaluator", organisation_id=case.provider_id, role=Role.DESK, due=case.ex_post_on
        )
    if case.state == "evaluated":
        owners = queries.owners_of(case)
        for one in _unanswered(case):
            party = owners[one.owner_id]
            yield TaskSpec(
                "recommendation-response",
                organisation_id=party.acts_through_id,
                role=party.acts_as,
                due=_answer_due(case, party),
                ref=one.pk,
            )


@deadline_source("operation", workflow="operation")
def answers_due(case: Operation) -> Iterable[DeadlineSpec]:
    """The answer to each recommendation, of its owner, from the day the evaluation was made."""
    if case.state == "evaluated":
        owners = queries.owners_of(case)
        for one in _unanswered(case):
            party = owners[one.owner_id]
            seat = (party.acts_through_id, str(party.acts_as))
            yield due(case, ANSWER, _answer_due(case, party), [seat], ref=one.pk)


def _answer_due(case: Operation, party: Any) -> date:
    return counted_from(case, ANSWER, case.state_since.date(), party.organisation.country_id)


moves("evaluation.Recommendation", "owner", what=gettext_lazy("Recommendation"))
stays("evaluation.Evaluation", "named_by")
stays("evaluation.Recommendation", "responded_by")
objects_to_merging(binds)

searchable(
    "evaluation",
    label=gettext_lazy("Ex-post evaluation"),
    model=Evaluation,
    visible_to=texts.evaluations_visible_to,
    by_cases=True,
    about={"operation": "operation_id"},
)(texts.of_evaluations)
