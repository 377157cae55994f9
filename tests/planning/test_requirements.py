"""What the appraisal asks of a design: each missing thing is told for itself."""

from datetime import date

import pytest

from taawun.foundation.models import Task
from taawun.foundation.ports import registry
from taawun.foundation.tasks import sync_tasks
from taawun.planning.models import ExAnteTable, Input, Objective, PlanLine, Risk, Target
from taawun.planning.queries import forget
from tests.planning.made import a_carried_operation, a_complete_operation, an_operation

pytestmark = pytest.mark.usefixtures("world")

MINE = ("design-complete", "plan-complete", "risks-named", "budget-by-party", "ex-ante-written")


def obstacles(operation, slug):
    forget(operation)
    return [str(obstacle) for obstacle in registry.requirements[slug].check(operation)]


def test_a_complete_operation_lacks_nothing():
    operation = a_complete_operation()

    assert {slug: obstacles(operation, slug) for slug in MINE} == {slug: [] for slug in MINE}


def test_an_operation_without_a_design_lacks_everything():
    operation = an_operation()

    assert obstacles(operation, "design-complete") == [
        "The overall goal is not written.",
        "The project purpose is not written.",
        "There is no output.",
    ]
    assert obstacles(operation, "risks-named") == ["No risk is named."]
    assert obstacles(operation, "plan-complete") == []
    assert len(obstacles(operation, "budget-by-party")) == 2
    assert len(obstacles(operation, "ex-ante-written")) == 7


def test_what_the_request_could_not_say_is_missing_by_output_number():
    operation = a_carried_operation()

    assert obstacles(operation, "design-complete") == [
        "The overall goal has no indicator.",
        "Output 1 has no indicator.",
        "Output 2 has no indicator.",
    ]


@pytest.mark.parametrize("gone", ["baseline", "target"])
def test_an_indicator_without_baseline_or_target_does_not_count(gone):
    operation = a_complete_operation()

    Target.objects.filter(objective__level="output", objective__number=2).update(**{gone: None})
    Target.objects.filter(objective__level="purpose").update(**{gone: None})

    assert obstacles(operation, "design-complete") == [
        "No indicator of the project purpose has both a baseline and a target.",
        "No indicator of output 2 has both a baseline and a target.",
    ]


def test_an_output_without_activity_is_told():
    operation = a_complete_operation()

    Objective.objects.get(level="output", number=1).activities.all().delete()

    assert obstacles(operation, "design-complete") == ["Output 1 has no activity."]


def test_an_activity_without_dates_or_outside_the_period_is_told():
    operation = a_complete_operation()

    PlanLine.objects.filter(activity__text="Write the sorting manual").delete()
    PlanLine.objects.filter(activity__text="Train the instructors").update(planned_end=date(2029, 6, 9))

    assert obstacles(operation, "plan-complete") == [
        "Activity 1-2 has no planned dates.",
        "Activity 2-1 is planned outside the period of the operation (9 Jun 2026 – 8 Jun 2029).",
    ]


def test_a_risk_needs_a_countermeasure():
    operation = a_complete_operation()

    Risk.objects.update(countermeasure="")

    assert obstacles(operation, "risks-named") == ["No risk has a countermeasure."]


def test_each_signing_party_needs_an_amount_the_others_none():
    operation = a_complete_operation()

    Input.objects.filter(party__organisation__slug="mm-post").update(amount=None, currency=None)

    assert obstacles(operation, "budget-by-party") == [
        "No input with an amount and its currency is entered for Myanmar Post."
    ]


def test_each_empty_text_of_the_judgement_is_told():
    operation = a_complete_operation()

    ExAnteTable.objects.update(coherence="", conclusion="")

    assert obstacles(operation, "ex-ante-written") == [
        "The ex-ante evaluation says nothing yet on: coherence.",
        "The ex-ante evaluation says nothing yet on: conclusion.",
    ]


def test_every_obstacle_says_where_it_is_supplied_and_by_whom(client):
    operation = an_operation()

    told = [obstacle for slug in MINE for obstacle in registry.requirements[slug].check(operation)]

    assert [o for o in told if not (o.link and o.link_label and o.who)] == []
    assert {o.link.removeprefix(f"/operations/{operation.pk}/design/edit/") for o in told} == {
        "objectives/",
        "outputs/",
        "risks/",
        "inputs/",
        "ex-ante/",
    }


def test_the_five_questions_cost_one_statement_and_one_for_the_parties(django_assert_num_queries):
    operation = a_complete_operation()
    fresh = type(operation).objects.get(pk=operation.pk)

    with django_assert_num_queries(2):
        assert [o for slug in MINE for o in registry.requirements[slug].check(fresh)] == []


def test_an_incomplete_design_waits_on_the_partner_and_the_office_until_it_is_complete():
    operation = a_carried_operation()
    waiting = Task.objects.filter(kind="operation", subject_id=operation.pk, act="complete-design")

    assert {(t.organisation_id, t.role) for t in waiting} == {
        (operation.country_office_id, "country-office"),
        (operation.party_rows[0].organisation_id, "line-officer"),
    }

    complete = a_complete_operation()
    sync_tasks(complete)

    assert Task.objects.filter(subject_id=complete.pk, act="complete-design").count() == 0
