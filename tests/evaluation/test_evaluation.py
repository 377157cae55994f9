"""What recording an evaluation asks, how it is rated, and who answers what it recommends."""

import pytest
from django.core.exceptions import PermissionDenied

from taawun.cycle.models import ProviderSettings, TeamMember
from taawun.evaluation import actions, queries
from taawun.evaluation.models import CriterionRating, Evaluation, Recommendation
from taawun.foundation import editing
from taawun.foundation.models import AuditEvent, Task, User
from taawun.foundation.ports import registry
from taawun.foundation.steps import Refused, perform
from taawun.workspace.demo.cast import organisation
from tests.evaluation.made import (
    TODAY,
    a_due_operation,
    an_evaluated_operation,
    an_evaluation,
    an_evaluator,
    findings,
    name,
    on_the_day,
)
from tests.monitoring.made import who

pytestmark = pytest.mark.usefixtures("world")

CONFIRMED = {
    (3, 3, 3, 3): "A",
    (3, 3, 3, 2): "A",
    (3, 3, 2, 3): "A",
    (3, 3, 2, 2): "B",
    (3, 2, 2, 3): "B",
    (3, 1, 2, 2): "D",
    (2, 1, 2, 1): "D",
}


@pytest.fixture(autouse=True)
def _day(world):
    on_the_day()


def obstacles(operation, slug="evaluation-complete"):
    return [str(obstacle) for obstacle in registry.requirements[slug].check(operation)]


@pytest.mark.parametrize(("levels", "grade"), CONFIRMED.items())
def test_each_confirmed_combination_is_computed(levels, grade):
    evaluation = an_evaluation(a_due_operation(), *levels)

    assert (evaluation.overall, evaluation.computed, evaluation.judgement_reason) == (grade, True, "")


def test_an_unknown_combination_asks_for_a_judgement_with_its_reasons():
    operation = a_due_operation()
    evaluator = an_evaluator()

    silent = an_evaluation(operation, 3, 2, 3, 2, by=evaluator)
    told = obstacles(operation)
    with pytest.raises(Refused) as refusal:
        an_evaluation(operation, 3, 2, 3, 2, by=evaluator, overall="B")
    judged = an_evaluation(
        operation, 3, 2, 3, 2, by=evaluator, overall="B", judgement_reason="As the office saw it."
    )

    assert (silent.overall, silent.computed) == ("", False)
    assert told == [
        "“JICA, three-level sub-ratings” holds no overall rating for these sub-ratings: give your own with its reasons."
    ]
    assert [str(o) for o in refusal.value.obstacles] == ["Give the reasons for the overall rating."]
    assert (judged.overall, judged.computed, judged.judgement_reason) == ("B", False, "As the office saw it.")
    assert obstacles(operation) == []


def test_departing_from_the_rule_set_needs_reasons():
    operation = a_due_operation()
    evaluator = an_evaluator()

    with pytest.raises(Refused):
        an_evaluation(operation, 3, 3, 3, 3, by=evaluator, overall="B")
    judged = an_evaluation(
        operation, 3, 3, 3, 3, by=evaluator, overall="B", judgement_reason="Late benefits."
    )
    back = an_evaluation(operation, 3, 3, 3, 3, by=evaluator)

    assert (judged.overall, judged.computed) == ("B", False)
    assert (back.overall, back.computed, back.judgement_reason) == ("A", True, "")


def test_nothing_can_be_recorded_while_nobody_is_named():
    assert obstacles(a_due_operation()) == ["No evaluator is named."]


def test_everything_missing_is_told_at_once():
    operation = a_due_operation()
    name(operation, an_evaluator())

    assert obstacles(operation) == [
        "There is no evidence on the criterion “Relevance”.",
        "There is no evidence on the criterion “Coherence”.",
        "There is no evidence on the criterion “Effectiveness”.",
        "There is no evidence on the criterion “Efficiency”.",
        "There is no evidence on the criterion “Impact”.",
        "There is no evidence on the criterion “Sustainability”.",
        "The summary is not written.",
        "The date of the evaluation is not given.",
        "There is no recommendation.",
        "“Relevance” has no sub-rating.",
        "“Effectiveness and impact” has no sub-rating.",
        "“Efficiency” has no sub-rating.",
        "“Sustainability” has no sub-rating.",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"summary": " "}, "The summary is not written."),
        ({"evaluated_on": None}, "The date of the evaluation is not given."),
        ({"recommendations": ()}, "There is no recommendation."),
    ],
)
def test_one_thing_missing_is_one_obstacle(change, told):
    operation = a_due_operation()

    an_evaluation(operation, **change)

    assert obstacles(operation) == [told]


def test_a_full_evaluation_lacks_nothing_and_is_recorded():
    operation = a_due_operation()
    evaluator = an_evaluator()
    an_evaluation(operation, by=evaluator)

    done = perform(operation, "evaluate", actor=User.objects.get(pk=evaluator.pk))

    assert obstacles(operation) == []
    assert done.state == "evaluated"


def test_a_tie_found_after_the_naming_stands_against_the_evaluation():
    operation = a_due_operation()
    evaluator = an_evaluator()
    an_evaluation(operation, by=evaluator)

    TeamMember.objects.create(
        operation=operation,
        person=evaluator.person,
        organisation=organisation("jica"),
        function="expert",
        held_from=TODAY,
    )

    assert obstacles(operation) == [f"{evaluator.person.name} held a post on this operation: Expert."]


def test_without_a_scheme_no_rating_is_asked():
    ProviderSettings.objects.update(rating_rules="")
    operation = a_due_operation()

    evaluation = an_evaluation(operation, levels={})

    assert obstacles(operation) == []
    assert (evaluation.overall, evaluation.computed) == ("", False)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"levels": {"relevance": 4}}, "A sub-rating is not one of the rule set."),
        ({"levels": {"beauty": 3}}, "A criterion is not one of this evaluation."),
        ({"evidence": {"beauty": "Yes."}}, "A criterion is not one of this evaluation."),
        (
            {"overall": "Z", "judgement_reason": "So I see it."},
            "The overall rating is not one of the rule set.",
        ),
    ],
)
def test_what_the_rule_set_does_not_hold_is_refused(change, told):
    operation = a_due_operation()

    with pytest.raises(Refused) as refusal:
        an_evaluation(operation, **change)

    assert [str(o) for o in refusal.value.obstacles] == [told]
    assert not CriterionRating.objects.exists()


def test_a_recommendation_to_an_organisation_that_takes_no_part_is_refused():
    operation = a_due_operation()

    with pytest.raises(Refused) as refusal:
        an_evaluation(operation, recommendations=(("Do.", organisation("la-post").pk),))

    assert [str(o) for o in refusal.value.obstacles] == [
        "A recommendation is addressed to an organisation that takes no part."
    ]


@pytest.mark.parametrize("slug", ["desk", "mm-office", "post-officer", "evaluator"])
def test_the_named_evaluator_alone_writes(slug):
    operation = a_due_operation()
    evaluation = name(operation, an_evaluator())

    with pytest.raises(PermissionDenied):
        actions.save_evaluation(evaluation, findings(), actor=who(slug), base_version=1)


@pytest.mark.parametrize(
    ("state", "told"),
    [("completed", PermissionDenied), ("evaluated", editing.Frozen), ("closed", editing.Frozen)],
)
def test_the_evaluation_is_written_while_it_is_due_alone(state, told):
    operation = a_due_operation()
    evaluator = an_evaluator()
    evaluation = name(operation, evaluator)
    type(operation).objects.update(state=state)

    with pytest.raises(told):
        actions.save_evaluation(evaluation, findings(), actor=evaluator, base_version=1)


def test_the_second_of_two_saves_of_one_version_gets_both():
    operation = a_due_operation()
    evaluator = an_evaluator()
    evaluation = an_evaluation(operation, by=evaluator)

    with pytest.raises(editing.Conflict) as conflict:
        actions.save_evaluation(evaluation, findings(summary="Mine."), actor=evaluator, base_version=1)

    assert (conflict.value.theirs["summary"], conflict.value.mine["summary"]) == (
        "Mail is faster than before.",
        "Mine.",
    )


def test_each_recommendation_waits_on_its_owner_and_is_told_until_answered():
    operation = an_evaluated_operation()
    one = Recommendation.objects.get()
    waiting = Task.objects.filter(kind="operation", subject_id=operation.pk, act="recommendation-response")
    before = list(waiting.values_list("role", "organisation_id", "ref"))
    told = obstacles(operation, "recommendations-answered")

    actions.answer_recommendation(
        one, response="We measure it weekly.", actor=who("post-officer"), base_version=1
    )

    assert before == [("line-officer", one.owner_id, one.pk)]
    assert told == ["Recommendation 1 is not answered: Keep measuring delivery."]
    assert not waiting.exists()
    assert obstacles(operation, "recommendations-answered") == []
    assert AuditEvent.objects.get(step="recommendation-answered").organisation_id == one.owner_id
    assert perform(operation, "close", actor=who("desk")).state == "closed"


@pytest.mark.parametrize("slug", ["desk", "mm-office", "la-officer"])
def test_nobody_answers_for_another(slug):
    an_evaluated_operation()

    with pytest.raises(PermissionDenied):
        actions.answer_recommendation(
            Recommendation.objects.get(), response="Yes.", actor=who(slug), base_version=1
        )

    assert Recommendation.objects.get().response == ""


def test_the_providers_office_and_desk_answer_for_the_provider():
    an_evaluated_operation(recommendations=(("Follow up.", organisation("jica").pk),))
    one = Recommendation.objects.get()
    waiting = Task.objects.filter(act="recommendation-response")
    before = list(waiting.values_list("role", "organisation_id"))

    answered = actions.answer_recommendation(one, response="Planned.", actor=who("mm-office"), base_version=1)
    changed = actions.answer_recommendation(
        answered, response="Planned for 2033.", actor=who("desk"), base_version=answered.version
    )

    assert before == [("country-office", organisation("jica-mm").pk)]
    assert (changed.response, changed.responded_by) == ("Planned for 2033.", who("desk"))


def test_an_answer_is_given_while_the_operation_is_evaluated_alone():
    operation = an_evaluated_operation()
    type(operation).objects.update(state="closed")

    with pytest.raises(editing.Frozen):
        actions.answer_recommendation(
            Recommendation.objects.get(), response="Late.", actor=who("post-officer"), base_version=1
        )


def test_the_operation_is_not_closed_while_a_recommendation_waits():
    operation = an_evaluated_operation()

    with pytest.raises(Refused) as refusal:
        perform(operation, "close", actor=who("desk"))

    assert [str(o) for o in refusal.value.obstacles] == [
        "Recommendation 1 is not answered: Keep measuring delivery."
    ]


def test_the_findings_are_the_evaluators_alone_until_they_are_recorded():
    operation = a_due_operation()
    evaluator = an_evaluator()
    an_evaluation(operation, by=evaluator)
    readers = ["desk", "post-officer"]

    before = [queries.may_read(operation, who(slug)) for slug in readers]
    own = queries.may_read(type(operation).objects.get(pk=operation.pk), User.objects.get(pk=evaluator.pk))
    done = perform(operation, "evaluate", actor=User.objects.get(pk=evaluator.pk))

    assert (before, own) == ([False, False], True)
    assert [queries.may_read(done, who(slug)) for slug in readers] == [True, True]
    assert Evaluation.objects.count() == 1
