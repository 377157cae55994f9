"""Editing a part of a design: what changes, what keeps its identity, what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from taawun.cycle.models import Consent
from taawun.foundation.editing import Conflict, Frozen
from taawun.foundation.models import AuditEvent
from taawun.foundation.steps import Refused
from taawun.planning import actions
from taawun.planning.models import (
    Activity,
    Assumption,
    DesignVersion,
    IndicatorDefinition,
    Input,
    Objective,
    PlanLine,
    Risk,
    Target,
)
from taawun.planning.queries import budget_of, design_of, values_of
from tests.planning.made import (
    ENDS,
    STARTS,
    a_carried_operation,
    a_complete_operation,
    a_context,
    an_indicator,
    save,
    version_of,
    who,
)

pytestmark = pytest.mark.usefixtures("world")


def held(operation, part):
    return values_of(operation, design_of(operation), part)


def a_risk(text="Roads are cut off", **changes):
    return {
        "id": None,
        "text": text,
        "likelihood": "high",
        "countermeasure": "Store spares",
        "owner": None,
    } | changes


def test_an_edit_is_recorded_with_before_and_after_and_the_seat():
    operation = a_carried_operation()
    post = operation.party_rows[0].organisation_id

    save(
        operation,
        "objectives",
        {"goal": "Everybody posts letters.", "purpose": held(operation, "objectives")["purpose"]},
        by="post-officer",
    )

    event = AuditEvent.objects.filter(step="design-objectives").get()
    assert (event.actor, event.organisation_id, event.role) == (who("post-officer"), post, "line-officer")
    assert event.detail.data == {
        "version": 0,
        "changed": {"goal": ["Citizens use quick and certain mail.", "Everybody posts letters."]},
    }


def test_saving_what_stands_already_records_nothing_and_holds_nobody_up():
    operation = a_carried_operation()

    save(operation, "objectives", held(operation, "objectives"))

    assert AuditEvent.objects.filter(step="design-objectives").count() == 0
    assert version_of(operation, "objectives") == 1


@pytest.mark.parametrize("slug", ["desk", "mm-office", "post-officer"])
def test_desk_office_and_implementing_organisation_write_the_design(slug):
    operation = a_carried_operation()

    save(operation, "risks", {"risks": [a_risk()]}, by=slug)

    assert Risk.objects.count() == 1


@pytest.mark.parametrize("slug", ["mm-coordinator", "la-officer", "jica-approver", "evaluator"])
def test_nobody_else_writes_it(slug):
    operation = a_carried_operation()

    with pytest.raises(PermissionDenied):
        save(operation, "risks", {"risks": [a_risk()]}, by=slug)

    assert Risk.objects.count() == 0


@pytest.mark.parametrize("slug", ["mm-office", "post-officer"])
def test_only_the_desk_writes_the_judgement(slug):
    operation = a_carried_operation()

    with pytest.raises(PermissionDenied):
        save(operation, "ex-ante", held(operation, "ex-ante") | {"relevance": "High."}, by=slug)


# ── Frozen ──


@pytest.mark.parametrize(
    "part", ["objectives", "outputs", "indicators", "assumptions", "inputs", "risks", "plan"]
)
def test_a_frozen_design_refuses_every_edit(part):
    operation = a_complete_operation()
    actions.freeze_design(operation, a_context())

    with pytest.raises(Frozen):
        save(operation, part, held(operation, part))


@pytest.mark.parametrize("part", ["risks", "plan", "ex-ante"])
def test_what_was_appraised_is_no_longer_edited(part):
    operation = a_complete_operation(state="appraised")

    with pytest.raises(Frozen):
        save(operation, part, held(operation, part))


# ── Two at once ──


def test_who_saves_second_gets_both_versions_and_overwrites_nothing():
    operation = a_carried_operation()
    opened = version_of(operation, "risks")
    save(operation, "risks", {"risks": [a_risk("Roads are cut off")]}, by="mm-office", version=opened)

    with pytest.raises(Conflict) as conflict:
        save(
            operation,
            "risks",
            {"risks": [a_risk("Staff leave", likelihood="low")]},
            by="desk",
            version=opened,
        )

    assert conflict.value.current.version == opened + 1
    assert conflict.value.theirs == {"Risk 1": "Roads are cut off · High · Store spares", "Risk 2": ""}
    assert conflict.value.mine == {"Risk 1": "", "Risk 2": "Staff leave · Low · Store spares"}
    assert list(Risk.objects.values_list("text", flat=True)) == ["Roads are cut off"]


def test_after_seeing_both_the_second_saves_and_the_firsts_row_stays():
    operation = a_carried_operation()
    save(operation, "risks", {"risks": [a_risk("Roads are cut off")]}, by="mm-office")

    save(operation, "risks", {"risks": [a_risk("Staff leave")]}, by="desk")

    assert list(Risk.objects.values_list("text", flat=True)) == ["Roads are cut off", "Staff leave"]


def test_two_people_write_different_parts_at_the_same_time():
    operation = a_carried_operation()
    risks, goal = version_of(operation, "risks"), version_of(operation, "objectives")

    save(operation, "risks", {"risks": [a_risk()]}, by="mm-office", version=risks)
    save(
        operation,
        "objectives",
        {"goal": "Another goal.", "purpose": "Another purpose."},
        by="desk",
        version=goal,
    )

    assert Objective.objects.get(level="goal").text == "Another goal."
    assert DesignVersion.objects.get(operation=operation).version == 3


def test_two_people_who_type_the_very_same_do_not_conflict():
    operation = a_carried_operation()
    opened = version_of(operation, "objectives")
    values = {"goal": "The same goal.", "purpose": "The same purpose."}

    save(operation, "objectives", values, by="mm-office", version=opened)
    save(operation, "objectives", values, by="desk", version=opened)

    assert AuditEvent.objects.filter(step="design-objectives").count() == 1


# ── Rows ──


def test_a_row_of_another_operations_design_is_neither_changed_nor_deleted():
    other = a_carried_operation()
    save(other, "risks", {"risks": [a_risk()]})
    foreign = Risk.objects.get()
    operation = a_carried_operation()

    with pytest.raises(Refused, match="A row is no longer part of this design"):
        save(operation, "risks", {"risks": [a_risk("Taken over", id=foreign.pk)]})
    save(operation, "risks", {"risks": [{"id": foreign.pk, "delete": True}]})

    foreign.refresh_from_db()
    assert (foreign.text, foreign.design.operation) == ("Roads are cut off", other)


def test_a_party_of_another_operation_is_refused():
    other = a_carried_operation()
    operation = a_carried_operation()

    with pytest.raises(Refused, match="Choose a party of this operation"):
        save(operation, "risks", {"risks": [a_risk(owner=other.party_rows[0].pk)]})

    assert Risk.objects.count() == 0


def test_an_objective_of_another_operation_is_refused():
    other, operation = a_carried_operation(), a_carried_operation()

    with pytest.raises(Refused):
        save(operation, "indicators", {"indicators": [an_indicator(other, "goal", "Stolen")]})

    assert IndicatorDefinition.objects.filter(name="Stolen").count() == 0


def test_an_activity_moved_reworded_or_kept_keeps_its_dates_in_the_plan():
    operation = a_carried_operation()
    lines = dict(PlanLine.objects.values_list("activity__text", "pk"))
    first, second = held(operation, "outputs")["outputs"]

    save(
        operation,
        "outputs",
        {
            "outputs": [
                first | {"activities": "Write a shorter manual"},
                second
                | {"activities": "Survey the sorting centres\nTrain the instructors\nTrain the carriers"},
            ]
        },
    )

    now = dict(PlanLine.objects.values_list("pk", "activity__text"))
    assert now == {
        lines["Survey the sorting centres"]: "Survey the sorting centres",
        lines["Write the sorting manual"]: "Write a shorter manual",
        lines["Train the instructors"]: "Train the instructors",
    }
    assert list(Activity.objects.values_list("output__number", "number", "text")) == [
        (1, 1, "Write a shorter manual"),
        (2, 1, "Survey the sorting centres"),
        (2, 2, "Train the instructors"),
        (2, 3, "Train the carriers"),
    ]


def test_deleting_an_output_renumbers_the_others_and_their_indicators_which_keep_their_identity():
    operation = a_complete_operation()
    kept = IndicatorDefinition.objects.get(name="Carriers certified")
    first, second = held(operation, "outputs")["outputs"]

    save(operation, "outputs", {"outputs": [{"id": first["id"], "delete": True}, second]})

    kept_now = IndicatorDefinition.objects.get(pk=kept.pk)
    assert (kept.code, kept_now.code) == ("2-1", "1-1")
    assert list(Objective.objects.filter(level="output").values_list("number", "text")) == [
        (1, "Carriers are trained")
    ]
    assert sorted(IndicatorDefinition.objects.values_list("code", flat=True)) == ["1-1", "G-1", "P-1"]


def test_an_indicator_keeps_its_identity_when_it_is_reworded_and_moved():
    operation = a_complete_operation()
    rows = held(operation, "indicators")["indicators"]
    purpose = next(row for row in rows if row["name"] == "Letters delivered on time")
    before = Target.objects.get(pk=purpose["id"]).definition
    goal = Objective.objects.get(level="goal")

    save(
        operation, "indicators", {"indicators": [purpose | {"name": "Letters in time", "objective": goal.pk}]}
    )

    after = IndicatorDefinition.objects.get(pk=before.pk)
    assert (before.code, after.code, after.name) == ("P-1", "G-1", "Letters in time")
    assert IndicatorDefinition.objects.count() == 4


def test_a_target_left_without_date_is_for_the_end_of_the_operation_but_for_the_goal():
    operation = a_carried_operation()

    for level in ("goal", "output"):
        row = an_indicator(operation, level, level, target_on=None)
        save(operation, "indicators", {"indicators": [row]})

    assert dict(
        Target.objects.filter(definition__name__in=["goal", "output"]).values_list(
            "definition__name", "target_on"
        )
    ) == {
        "goal": None,
        "output": ENDS,
    }


def test_the_budget_is_summed_by_party_and_currency_never_across():
    operation = a_carried_operation()
    jica = operation.party_rows[2]
    common = {"id": None, "party": jica.pk, "kind": "equipment", "quantity": None, "unit": ""}
    rows = [
        common | {"text": "Vehicles", "amount": Decimal("250000.25"), "currency": "currency:USD"},
        common | {"text": "Scanners", "amount": Decimal("1000000"), "currency": "currency:JPY"},
    ]

    save(operation, "inputs", {"inputs": rows})

    told = {
        row.party.organisation.slug: [str(money) for money in row.totals]
        for row in budget_of(operation, design_of(operation))
    }
    assert told == {"mm-post": ["45000000.50 MMK"], "jica": ["121000000.00 JPY", "250000.25 USD"]}


# ── What was done ──


def test_actual_dates_are_recorded_while_the_frozen_plan_is_carried_out():
    operation = a_complete_operation(state="in_implementation")
    actions.freeze_design(operation, a_context())
    line = PlanLine.objects.order_by("pk").first()

    save(
        operation,
        "progress",
        {"done": [{"id": line.pk, "actual_start": date(2026, 7, 1), "actual_end": None}], "reached": []},
        by="post-officer",
    )

    line.refresh_from_db()
    assert (line.planned_start, line.actual_start, line.actual_end) == (STARTS, date(2026, 7, 1), None)


def test_a_change_of_what_was_done_voids_the_confirmations_already_given():
    operation = a_complete_operation(state="completion_review")
    line = PlanLine.objects.order_by("pk").first()
    given = Consent.objects.create(
        operation=operation,
        step="confirm-results",
        organisation=operation.party_rows[0].organisation,
        given_by=who("post-officer"),
        acted_on=ENDS,
    )

    save(
        operation,
        "progress",
        {"done": [{"id": line.pk, "actual_start": date(2026, 7, 1), "actual_end": None}], "reached": []},
    )

    given.refresh_from_db()
    assert given.voided_at is not None


# ── What the database itself refuses ──


def refused_by_the_database(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_database_holds_what_a_design_may_be():
    operation = a_complete_operation()
    design, party = design_of(operation), operation.party_rows[0]
    goal = Objective.objects.get(level="goal")
    cash = {"design": design, "party": party, "kind": "equipment", "text": "x"}
    line = {"design": design, "kind": "input", "label": "x", "planned_start": STARTS, "planned_end": ENDS}

    refused_by_the_database(
        lambda: Objective.objects.create(design=design, level="goal", number=2, text="Second")
    )
    refused_by_the_database(
        lambda: Objective.objects.create(design=design, level="purpose", number=2, text="Second")
    )
    refused_by_the_database(
        lambda: Input.objects.create(**cash, amount=Decimal(-1), currency_id="currency:JPY")
    )
    refused_by_the_database(lambda: Input.objects.create(**cash, amount=Decimal(1)))
    refused_by_the_database(lambda: PlanLine.objects.create(**line | {"planned_end": date(2026, 6, 8)}))
    refused_by_the_database(lambda: PlanLine.objects.create(**line, actual_end=ENDS))
    refused_by_the_database(lambda: PlanLine.objects.create(**line | {"label": ""}))
    refused_by_the_database(lambda: DesignVersion.objects.create(operation=operation, number=1))
    refused_by_the_database(
        lambda: IndicatorDefinition.objects.create(operation=operation, code="G-9", name="x", kind="scale")
    )
    refused_by_the_database(
        lambda: Target.objects.filter(objective=goal).update(baseline_on=date(2030, 1, 1))
    )
    refused_by_the_database(lambda: Assumption.objects.create(design=None, level="goal", text="x"))
