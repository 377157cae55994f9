"""What the confirmation of results asks: a last value of every indicator, a report with every section."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from taawun.cycle.models import Consent
from taawun.foundation import clock, editing
from taawun.foundation.ports import registry
from taawun.foundation.steps import Refused, perform
from taawun.monitoring import actions, queries
from taawun.monitoring.models import SECTIONS, CompletionReport, IndicatorValue, InputActual
from tests.monitoring.made import (
    PARTNER,
    PROVIDER,
    a_report,
    a_running_operation,
    a_sheet,
    confirm,
    figures,
    last_values,
    on_the_day,
    who,
)

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def _day(world):
    on_the_day(date(2029, 6, 1))


def obstacles(operation, slug):
    return [str(obstacle) for obstacle in registry.requirements[slug].check(operation)]


def test_each_indicator_without_a_last_value_is_named():
    operation = a_running_operation("completion_review")

    last_values(operation, 9, None, 9, None)

    codes = [d.code for d in [t.definition for t in queries.targets_of(operation)]]
    assert obstacles(operation, "last-values") == [
        f"Indicator {codes[1]} has no last value: Letters delivered on time",
        f"Indicator {codes[3]} has no last value: Carriers certified",
    ]
    found = list(registry.requirements["last-values"].check(operation))
    assert str(found[0].who) == "Country office or implementing organisation"
    assert found[0].link == f"/operations/{operation.pk}/monitoring/values/"


def test_values_of_either_side_complete_the_last_values():
    operation = a_running_operation("completion_review")

    last_values(operation, 9, 80, None, None, by=PROVIDER)
    last_values(operation, None, None, 9, 10, by=PARTNER)

    assert obstacles(operation, "last-values") == []


def test_a_value_of_years_ago_is_no_last_value():
    on_the_day(date(2026, 12, 15))
    operation = a_running_operation()
    a_sheet(operation)

    on_the_day(date(2029, 6, 1))

    assert len(obstacles(operation, "last-values")) == 4


def test_a_sheet_of_the_last_period_holds_last_values():
    operation = a_running_operation()
    actions.open_sheet(
        operation,
        values={
            "period_from": date(2028, 12, 9),
            "period_to": date(2029, 6, 8),
            "progress": "The last period.",
        },
        figures=figures(operation, 9, 80, 9, 10),
        as_of=date(2029, 5, 31),
        actor=who(PROVIDER),
    )

    assert obstacles(operation, "last-values") == []


def test_values_reported_again_for_a_day_replace_those_of_that_day():
    operation = a_running_operation("completion_review")

    last_values(operation, 9, 80)
    last_values(operation, 8, 80)

    assert sorted(IndicatorValue.objects.values_list("value", flat=True)) == [8, 80]


def test_a_missing_section_is_one_obstacle_each():
    operation = a_running_operation("completion_review")
    before = obstacles(operation, "completion-report-ready")

    a_report(operation, products=" ", impact="")

    assert len(before) == 1 + len(SECTIONS)
    assert obstacles(operation, "completion-report-ready") == [
        "The completion report lacks a section: products: courses, manuals, standards",
        "The completion report lacks a section: impact",
    ]


def test_planned_inputs_without_what_was_provided_are_named():
    operation = a_running_operation("completion_review")
    a_report(operation)

    InputActual.objects.filter(planned__text="Courses in Japan").delete()

    assert obstacles(operation, "completion-report-ready") == [
        "Say what was provided of each planned input: Courses in Japan"
    ]


def test_a_full_report_is_ready():
    operation = a_running_operation("completion_review")

    a_report(operation)

    assert obstacles(operation, "completion-report-ready") == []


def test_the_parties_confirm_the_results_one_after_the_other():
    operation = a_running_operation("completion_review")
    last_values(operation, 9, 80, 9, 10)
    a_report(operation)

    halfway = perform(operation, "confirm-results", actor=who(PARTNER))
    done = perform(operation, "confirm-results", actor=who(PROVIDER))

    assert (halfway.state, done.state) == ("completion_review", "completed")


@pytest.mark.parametrize("change", [lambda o: last_values(o, 7), lambda o: a_report(o, impact="Another.")])
def test_a_change_of_values_or_report_voids_the_consents_given(change):
    operation = a_running_operation("completion_review")
    last_values(operation, 9, 80, 9, 10)
    a_report(operation)
    perform(operation, "confirm-results", actor=who(PARTNER))

    change(operation)

    assert [consent.voided_at is None for consent in Consent.objects.all()] == [False]


def test_the_results_are_not_confirmed_while_anything_is_missing():
    operation = a_running_operation("completion_review")

    with pytest.raises(Refused) as refusal:
        perform(operation, "confirm-results", actor=who(PARTNER))

    assert len(refusal.value.obstacles) == 4 + 1 + len(SECTIONS)


@pytest.mark.parametrize("state", ["in_implementation", "completed"])
def test_the_report_is_written_in_completion_review_alone(state):
    with pytest.raises(editing.Frozen):
        a_report(a_running_operation(state))

    assert not CompletionReport.objects.exists()


def test_an_input_of_another_operation_is_refused():
    other = a_running_operation("completion_review")
    operation = a_running_operation("completion_review")
    foreign = queries.input_lines(other)[0].planned.pk

    with pytest.raises(Refused) as refusal:
        actions.save_completion_report(
            operation,
            values={},
            provided={foreign: actions.Provided("Mine")},
            actor=who(PROVIDER),
            base_version=0,
        )

    assert [str(o) for o in refusal.value.obstacles] == [
        "One of the inputs does not belong to the design of this operation."
    ]
    assert not InputActual.objects.exists()


def test_the_second_of_two_writers_of_the_report_gets_both():
    operation = a_running_operation("completion_review")
    a_report(operation)

    with pytest.raises(editing.Conflict) as conflict:
        actions.save_completion_report(
            operation, values={"impact": "Mine."}, provided={}, actor=who(PARTNER), base_version=0
        )

    assert (conflict.value.theirs, conflict.value.mine) == ({"impact": "On impact."}, {"impact": "Mine."})


@pytest.mark.parametrize("slug", ["desk", "la-officer", "evaluator"])
def test_who_holds_no_seat_of_the_table_writes_nothing(slug):
    operation = a_running_operation("completion_review")

    with pytest.raises(PermissionDenied):
        actions.save_completion_report(operation, values={}, provided={}, actor=who(slug), base_version=0)
    with pytest.raises(PermissionDenied):
        actions.report_values(operation, figures={}, as_of=clock.today(), actor=who(slug), base_version=0)


def test_a_sheet_changed_in_completion_review_voids_consents_too():
    operation = a_running_operation("completion_review")
    last_values(operation, 9, 80, 9, 10)
    a_report(operation)
    perform(operation, "confirm-results", actor=who(PARTNER))

    sheet = a_sheet(operation, period_from=date(2028, 12, 9), period_to=date(2029, 6, 8))
    confirm(sheet, PARTNER)

    assert [consent.voided_at is None for consent in Consent.objects.all()] == [False]
