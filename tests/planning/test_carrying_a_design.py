"""The design that a confirmed request opens, and that the signature freezes."""

from datetime import date
from decimal import Decimal

import pytest

from taawun.planning import actions
from taawun.planning.models import (
    Activity,
    DesignVersion,
    ExAnteTable,
    IndicatorDefinition,
    Input,
    Objective,
    PlanLine,
    Target,
)
from taawun.planning.queries import design_of, matrix_of
from tests.planning.made import ENDS, STARTS, a_carried_operation, a_context, a_request, an_operation

pytestmark = pytest.mark.usefixtures("world")


def test_the_request_opens_version_0_with_all_its_texts():
    operation = a_carried_operation()

    design = design_of(operation)
    assert (design.number, design.frozen_on) == (0, None)
    assert list(
        Objective.objects.filter(design=design).order_by("pk").values_list("level", "number", "text")
    ) == [
        ("goal", 1, "Citizens use quick and certain mail."),
        ("purpose", 1, "Delivery in the three regions is fast and reliable."),
        ("output", 1, "Sorting is organised"),
        ("output", 2, "Carriers are trained"),
    ]
    assert list(Activity.objects.values_list("output__number", "number", "text")) == [
        (1, 1, "Survey the sorting centres"),
        (1, 2, "Write the sorting manual"),
        (2, 1, "Train the instructors"),
    ]
    assert (
        ExAnteTable.objects.get(operation=operation).need_and_background
        == "Mail is late, misdelivered, lost or damaged."
    )


def test_the_purposes_indicator_comes_with_baseline_and_target_for_the_end_of_the_period():
    operation = a_carried_operation()

    definition = IndicatorDefinition.objects.get(operation=operation)
    target = Target.objects.get(definition=definition)
    assert (definition.code, definition.name, definition.unit, definition.kind) == (
        "P-1",
        "Letters delivered on time",
        "%",
        "ratio",
    )
    assert (target.baseline, target.baseline_on) == (Decimal("62.5"), date(2026, 3, 31))
    assert (target.target, target.target_on) == (Decimal(90), ENDS)
    assert target.objective.level == "purpose"


def test_each_input_goes_to_the_party_of_its_side():
    a_carried_operation()

    rows = Input.objects.order_by("pk").values_list(
        "party__organisation__slug", "party__part", "kind", "text", "amount", "currency_id"
    )
    assert list(rows) == [
        (
            "mm-post",
            "implementing",
            "counterpart",
            "Twelve counterparts",
            Decimal("45000000.50"),
            "currency:MMK",
        ),
        ("jica", "provider", "expert", "Expert in mail operations", Decimal(120000000), "currency:JPY"),
        ("jica", "provider", "training", "Courses in Japan", None, None),
    ]


def test_every_activity_gets_a_line_over_the_whole_period():
    a_carried_operation()

    assert list(
        PlanLine.objects.order_by("pk").values_list("kind", "activity__text", "planned_start", "planned_end")
    ) == [
        ("activity", "Survey the sorting centres", STARTS, ENDS),
        ("activity", "Write the sorting manual", STARTS, ENDS),
        ("activity", "Train the instructors", STARTS, ENDS),
    ]


def test_a_request_without_dates_and_indicator_opens_a_design_without_them():
    coop_request = a_request(
        starts_on=None, ends_on=None, indicator="", baseline=None, baseline_on=None, target=None
    )
    operation = an_operation(coop_request, starts_on=None, ends_on=None)

    actions.carry_design(coop_request, a_context())

    assert PlanLine.objects.count() == 0
    assert Target.objects.count() == 0
    assert [a.start for a in matrix_of(operation).activities] == [None, None, None]


def test_the_signature_freezes_the_open_version_on_the_day_of_the_act():
    operation = a_carried_operation(state="appraised")

    actions.freeze_design(operation, a_context(acted_on=date(2026, 5, 20)))

    assert DesignVersion.objects.get(operation=operation).frozen_on == date(2026, 5, 20)
