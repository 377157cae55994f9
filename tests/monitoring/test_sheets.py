"""Monitoring sheets: both sides write them, both stand by them, and a change takes that back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from taawun.cycle.models import Operation
from taawun.foundation import editing
from taawun.foundation.audit import timeline
from taawun.foundation.models import AuditEvent, Task
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused
from taawun.monitoring import actions, queries
from taawun.monitoring.models import IndicatorValue, Sheet, SheetConfirmation
from tests.monitoring.made import (
    PARTNER,
    PERIOD,
    PROVIDER,
    a_complete_sheet,
    a_running_operation,
    a_sheet,
    add_values,
    confirm,
    figures,
    indicators,
    on_the_day,
    who,
)
from tests.planning.made import a_complete_operation

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def _day(world):
    on_the_day()


def waiting(operation):
    rows = Task.objects.filter(kind="operation", subject_id=operation.pk, act="monitoring-sheet")
    return sorted(rows.values_list("role", "due", "ref"))


def test_each_side_reports_its_own_values_in_one_sheet():
    operation = a_running_operation()

    sheet = a_sheet(operation, PROVIDER, (1, 70))
    add_values(sheet, PARTNER, 1, 60)

    held = IndicatorValue.objects.filter(sheet=sheet).values_list("organisation__slug", "value")
    assert sorted(held) == [("jica", 1), ("jica", 70), ("mm-post", 1), ("mm-post", 60)]


def test_a_percentage_keeps_both_its_numbers():
    operation = a_running_operation()
    definition = indicators(operation)[1]
    type(definition).objects.filter(pk=definition.pk).update(kind="ratio")

    sheet = a_sheet(operation, values=())
    actions.save_sheet(
        sheet,
        values={},
        figures={definition.pk: actions.Figure(numerator=180, denominator=200)},
        as_of=date(2026, 12, 1),
        actor=who(PROVIDER),
        base_version=1,
    )

    value = IndicatorValue.objects.get()
    assert (value.value, value.numerator, value.denominator) == (90, 180, 200)


def test_a_sheet_is_in_when_every_signing_party_confirmed_it_and_the_first_marks_the_operation():
    operation = a_running_operation()
    sheet = a_sheet(operation)

    confirm(sheet, PARTNER)
    halfway = queries.state_of(operation, sheet)
    monitored_halfway = Operation.objects.get(pk=operation.pk).monitored_since
    confirm(sheet, PROVIDER)

    assert [party.organisation.slug for party in halfway.open] == ["jica"]
    assert monitored_halfway is None
    assert queries.state_of(operation, sheet).complete
    assert Operation.objects.get(pk=operation.pk).monitored_since == date(2026, 12, 15)


def test_a_change_voids_the_confirmations_and_keeps_them_known():
    operation = a_running_operation()
    sheet = a_sheet(operation)
    confirm(sheet, PARTNER)

    add_values(sheet, PROVIDER, 1, 71, 2, 3)

    assert len(queries.state_of(operation, sheet).open) == 2
    assert SheetConfirmation.objects.filter(sheet=sheet, voided_at__isnull=False).count() == 1


def test_saving_what_is_held_already_changes_nothing():
    operation = a_running_operation()
    sheet = a_sheet(operation)
    confirm(sheet, PARTNER)

    same = add_values(sheet, PROVIDER, 1, 70, 2, 3, progress="Two experts are at work.")

    assert same.version == 1
    assert len(queries.state_of(operation, sheet).open) == 1


def test_an_emptied_value_is_removed_for_ones_own_side_alone():
    operation = a_running_operation()
    sheet = a_sheet(operation, PROVIDER, (1, 70))
    add_values(sheet, PARTNER, 1, 60)

    add_values(sheet, PROVIDER, None, 70)

    assert sorted(IndicatorValue.objects.values_list("organisation__slug", "value")) == [
        ("jica", 70),
        ("mm-post", 1),
        ("mm-post", 60),
    ]


def test_nobody_confirms_a_sheet_that_changed_since_they_read_it():
    sheet = a_sheet(a_running_operation())
    add_values(sheet, PARTNER, 9)

    with pytest.raises(Refused) as refusal:
        actions.confirm_sheet(sheet, actor=who(PROVIDER), version=1)

    assert [str(o) for o in refusal.value.obstacles] == [
        "The sheet was changed since you opened it: read it again before you confirm it."
    ]
    assert not SheetConfirmation.objects.exists()


def test_a_side_confirms_once():
    sheet = a_sheet(a_running_operation())
    confirm(sheet, PARTNER)

    with pytest.raises(Refused) as refusal:
        confirm(sheet, PARTNER)

    assert [str(o) for o in refusal.value.obstacles] == ["Your side has confirmed this sheet already."]


@pytest.mark.parametrize("slug", ["desk", "mm-coordinator", "la-officer", "evaluator"])
def test_who_holds_no_seat_of_the_table_neither_opens_nor_confirms(slug):
    operation = a_running_operation()
    sheet = a_sheet(operation)

    with pytest.raises(PermissionDenied):
        a_sheet(operation, slug, period_from=date(2027, 1, 1), period_to=date(2027, 6, 30))
    with pytest.raises(PermissionDenied):
        confirm(sheet, slug)

    assert Sheet.objects.count() == 1


def test_two_sheets_never_cover_the_same_days():
    operation = a_running_operation()
    a_sheet(operation)

    with pytest.raises(Refused) as refusal:
        a_sheet(operation, period_from=PERIOD["period_to"], period_to=date(2027, 6, 8))

    assert [str(o) for o in refusal.value.obstacles] == [
        "Monitoring sheet 1 covers a part of this period already."
    ]


def test_the_next_sheet_begins_the_day_after_the_last():
    operation = a_running_operation()
    first = queries.next_period(operation)
    a_sheet(operation)

    assert first == (date(2026, 6, 9), date(2026, 12, 8))
    assert queries.next_period(operation) == (date(2026, 12, 9), date(2027, 6, 8))


def test_an_indicator_of_another_operation_is_refused_and_nothing_is_written():
    other = a_complete_operation()
    operation = a_running_operation()

    with pytest.raises(Refused) as refusal:
        actions.open_sheet(
            operation,
            values={**PERIOD, "progress": "Begun."},
            figures={indicators(other)[0].pk: actions.Figure(value=1)},
            as_of=date(2026, 12, 1),
            actor=who(PROVIDER),
        )

    assert [str(o) for o in refusal.value.obstacles] == [
        "One of the indicators does not belong to this operation."
    ]
    assert not Sheet.objects.exists()
    assert not IndicatorValue.objects.exists()


def test_half_a_percentage_and_a_percentage_of_none_are_refused():
    operation = a_running_operation()
    definition = indicators(operation)[0]
    type(definition).objects.filter(pk=definition.pk).update(kind="ratio")
    sheet = a_sheet(operation, values=())

    for figure in (actions.Figure(numerator=1), actions.Figure(numerator=0, denominator=0)):
        with pytest.raises(Refused):
            actions.save_sheet(
                sheet,
                values={},
                figures={definition.pk: figure},
                as_of=date(2026, 12, 1),
                actor=who(PROVIDER),
                base_version=1,
            )

    assert not IndicatorValue.objects.exists()


def test_values_of_a_day_to_come_are_refused():
    operation = a_running_operation()

    with pytest.raises(Refused) as refusal:
        actions.open_sheet(
            operation,
            values={**PERIOD, "progress": "Begun."},
            figures=figures(operation, 1),
            as_of=date(2026, 12, 16),
            actor=who(PROVIDER),
        )

    assert [str(o) for o in refusal.value.obstacles] == [
        "The day the values were measured on lies in the future."
    ]


def test_the_second_of_two_editors_of_one_version_gets_both():
    sheet = a_sheet(a_running_operation())
    add_values(sheet, PARTNER, 5)

    with pytest.raises(editing.Conflict) as conflict:
        actions.save_sheet(
            sheet,
            values={"progress": "Mine."},
            figures={},
            as_of=date(2026, 12, 1),
            actor=who(PROVIDER),
            base_version=1,
        )

    assert (conflict.value.theirs, conflict.value.mine) == (
        {"progress": "Two experts are at work."},
        {"progress": "Mine."},
    )


@pytest.mark.parametrize("state", ["planning", "agreed", "completed", "evaluated"])
def test_a_sheet_is_written_during_implementation_and_review_alone(state):
    operation = a_running_operation(state)

    with pytest.raises(editing.Frozen):
        a_sheet(operation)


def test_the_sheet_waits_on_each_signing_party_until_it_confirms():
    operation = a_running_operation()
    before = waiting(operation)
    sheet = a_sheet(operation)
    confirm(sheet, PARTNER)
    between = waiting(operation)
    confirm(sheet, PROVIDER)

    assert before == [("country-office", date(2026, 12, 9), 1), ("line-officer", date(2026, 12, 9), 1)]
    assert between == [("country-office", date(2026, 12, 9), 1)]
    assert waiting(operation) == [
        ("country-office", date(2027, 6, 8), 2),
        ("line-officer", date(2027, 6, 8), 2),
    ]


def test_no_sheet_is_awaited_that_would_fall_due_after_the_end():
    operation = a_running_operation(ends_on=date(2027, 3, 31))

    a_complete_sheet(operation)

    assert waiting(operation) == []


def test_each_act_leaves_one_entry():
    operation = a_running_operation()
    a_complete_sheet(operation)

    entries = timeline(operation, standing(who(PARTNER)))
    mine = AuditEvent.objects.filter(kind="operation", subject_id=operation.pk, step__startswith="sheet")

    assert list(mine.order_by("id").values_list("step", "role")) == [
        ("sheet-opened", "country-office"),
        ("sheet-edited", "line-officer"),
        ("sheet-confirmed", "line-officer"),
        ("sheet-confirmed", "country-office"),
    ]
    assert str(entries[0].title) == "Monitoring sheet confirmed"
