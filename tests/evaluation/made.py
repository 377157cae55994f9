"""Operations that were completed, their evaluators and evaluations, for the tests of evaluation."""

from datetime import date
from typing import Any
from uuid import uuid4

from taawun.cycle.models import Operation
from taawun.directory.models import Person
from taawun.directory.roles import Role
from taawun.evaluation import actions, queries
from taawun.evaluation.actions import Findings
from taawun.evaluation.criteria import CRITERIA
from taawun.evaluation.models import Evaluation
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.steps import perform
from taawun.workspace.demo import cast
from tests.monitoring.made import a_running_operation, who

TODAY = date(2032, 7, 1)
RATED = ("relevance", "effectiveness-impact", "efficiency", "sustainability")


def on_the_day(day: date = TODAY) -> None:
    """The clock stands three years after the end."""
    clock.set_today(day)


def an_evaluator(organisation: str = "ex-evaluators") -> User:
    """A fresh person who evaluates for an organisation."""
    slug = f"evaluator-{uuid4().hex[:8]}"
    player = cast.Player(slug, organisation, Role.EVALUATOR, slug, slug, slug)
    return cast.join(player, cast.organisation(organisation))


def a_due_operation(state: str = "ex_post_due", **changes: Any) -> Operation:
    """The postal operation, completed in 2029; nobody is named to evaluate it."""
    return a_running_operation(state, completed_on=date(2029, 6, 8), ex_post_on=date(2032, 6, 8), **changes)


def name(operation: Operation, person: User | Person, **options: Any) -> Evaluation:
    """The desk names the evaluator."""
    held = person if isinstance(person, Person) else person.person
    return actions.name_evaluator(operation, person=held, actor=who("desk"), **options)


def findings(*levels: int | None, **changes: Any) -> Findings:
    """What a diligent evaluator writes, with these sub-ratings."""
    owner = cast.organisation("mm-post").pk
    values = {
        "evaluated_on": TODAY,
        "summary": "Mail is faster than before.",
        "evidence": {slug: f"On {slug}." for slug in CRITERIA},
        "levels": dict(zip(RATED, levels or (3, 3, 2, 3), strict=True)),
        "recommendations": (("Keep measuring delivery.", owner),),
    }
    return Findings(**(values | changes))


def an_evaluation(
    operation: Operation, *levels: int | None, by: User | None = None, **changes: Any
) -> Evaluation:
    """An evaluation written by its evaluator."""
    evaluator = by or an_evaluator()
    held = queries.evaluation_of(operation) or name(operation, evaluator)
    return actions.save_evaluation(
        held, findings(*levels, **changes), actor=evaluator, base_version=held.version
    )


def an_evaluated_operation(**changes: Any) -> Operation:
    """The evaluation is recorded; its one recommendation waits on the post."""
    operation = a_due_operation()
    evaluator = an_evaluator()
    an_evaluation(operation, by=evaluator, **changes)
    return perform(operation, "evaluate", actor=User.objects.get(pk=evaluator.pk))
