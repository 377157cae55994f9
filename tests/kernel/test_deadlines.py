"""Working days, periods from a day, ladders of reminders."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from taawun.kernel.deadlines import (
    LadderError,
    WorkCalendar,
    due_on,
    ladder_of,
    next_reminder,
    reminder_due,
    reminders,
)

DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))
CALENDARS = st.builds(
    WorkCalendar,
    weekend=st.frozensets(st.integers(0, 6), max_size=6),
    free=st.frozensets(st.dates(date(2020, 1, 1), date(2020, 2, 28)), max_size=20),
    worked=st.frozensets(st.dates(date(2020, 1, 1), date(2020, 2, 28)), max_size=20),
)
NEAR = st.dates(date(2019, 12, 1), date(2020, 3, 31))
LADDERS = st.frozensets(st.integers(-365, 730), max_size=10)
MON = date(2026, 11, 30)


def test_five_working_days_after_a_friday_is_the_next_friday():
    assert WorkCalendar().add(date(2026, 11, 27), 5) == date(2026, 12, 4)


def test_a_holiday_is_not_counted_and_a_worked_saturday_is():
    calendar = WorkCalendar(free=frozenset({date(2026, 12, 1)}), worked=frozenset({date(2026, 12, 5)}))

    assert calendar.add(MON, 1) == date(2026, 12, 2)
    assert calendar.add(date(2026, 12, 4), 1) == date(2026, 12, 5)


def test_where_the_weekend_is_friday_and_saturday_sunday_is_a_working_day():
    assert WorkCalendar(weekend=frozenset({4, 5})).add(date(2026, 12, 3), 1) == date(2026, 12, 6)


def test_no_working_day_at_all_is_that_day_or_the_next_one_on_which_work_is_done():
    assert WorkCalendar().add(MON, 0) == MON
    assert WorkCalendar().add(date(2026, 11, 28), 0) == MON


def test_a_calendar_without_working_days_is_refused():
    with pytest.raises(ValueError, match="without working days"):
        WorkCalendar(weekend=frozenset(range(7))).add(MON, 1)


@given(CALENDARS, NEAR, st.integers(1, 40))
def test_the_day_that_is_found_is_worked_and_so_many_working_days_lie_between(calendar, day, count):
    found = calendar.add(day, count)

    assert calendar.works_on(found)
    assert calendar.between(day, found) == count


@given(CALENDARS, NEAR, st.integers(1, 40))
def test_going_back_as_many_working_days_leads_to_the_last_one_from_which_they_count(calendar, day, count):
    back = calendar.add(day, -count)

    assert calendar.works_on(back)
    assert calendar.between(back - timedelta(days=1), day - timedelta(days=1)) == count


@given(DAYS, st.integers(-300, 300))
def test_days_are_days(day, amount):
    assert (due_on(day, amount, "days") - day).days == amount


def test_months_and_years_end_with_the_month():
    assert due_on(date(2026, 8, 31), 6, "months") == date(2027, 2, 28)
    assert due_on(date(2028, 2, 29), -1, "years") == date(2027, 2, 28)


def test_a_unit_that_is_none_is_refused():
    with pytest.raises(ValueError, match="weeks"):
        due_on(MON, 1, "weeks")


def test_a_ladder_is_read_in_any_order_and_with_any_comma():
    assert ladder_of(" 1;30، 7  0 −7, 7") == (30, 7, 1, 0, -7)
    assert ladder_of("٣٠، ٧") == (30, 7)
    assert ladder_of("  ") == ()


@pytest.mark.parametrize(
    "text", ["soon", "1.5", "--7", "731", "-366", "99999", "1 2 3 4 5 6 7 8 9 10 11", "²"]
)
def test_a_ladder_that_cannot_be_climbed_is_refused(text):
    with pytest.raises(LadderError):
        ladder_of(text)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_ladder_or_refused(text):
    try:
        held = ladder_of(text)
    except LadderError:
        return
    assert list(held) == sorted(set(held), reverse=True)


@given(LADDERS)
def test_a_ladder_reads_back_as_it_is_written(ladder):
    assert set(ladder_of(", ".join(map(str, ladder)))) == ladder


@given(DAYS, LADDERS, DAYS, st.integers(0, 900))
def test_climbing_day_by_day_reminds_once_on_each_day_and_missing_some_reminds_of_the_last(
    due, ladder, since, days
):
    until = since + timedelta(days=days)
    told = []
    known = since
    for n in range(0, days + 1, 7):
        day = since + timedelta(days=n)
        found = reminder_due(due, ladder, known, day)
        if found:
            told.append(found)
            known = found + timedelta(days=1)

    wanted = [day for day in reminders(due, ladder) if since <= day <= until]
    assert sorted(set(told)) == told
    assert set(told) <= set(wanted)
    assert reminder_due(due, ladder, since, until) == (wanted[-1] if wanted else None)
    assert next_reminder(due, ladder, since) == next((d for d in reminders(due, ladder) if d >= since), None)
