"""Periods as agreements count them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from taawun.kernel.periods import FiscalYear, Period, add_months, add_years

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
spans = st.tuples(days, st.integers(0, 5000)).map(
    lambda pair: Period(pair[0], pair[0] + timedelta(days=pair[1]))
)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2017, 1, 31), 1, date(2017, 2, 28)),
        (date(2016, 12, 31), -10, date(2016, 2, 29)),
        (date(2016, 3, 31), -3, date(2015, 12, 31)),
        (date(2016, 6, 9), 36, date(2019, 6, 9)),
        (date(2016, 11, 30), 1, date(2016, 12, 30)),
    ],
)
def test_months_are_added_and_kept_within_the_month(day, months, expected):
    assert add_months(day, months) == expected


def test_a_leap_day_plus_a_year_is_the_28th():
    assert add_years(date(2016, 2, 29), 1) == date(2017, 2, 28)
    assert add_years(date(2016, 2, 29), 4) == date(2020, 2, 29)


def test_the_myanmar_postal_project_lasted_thirty_six_months():
    period = Period(date(2016, 6, 9), date(2019, 6, 8))

    assert (period.months, period.whole_months, period.days) == (36, 36, 1095)


@pytest.mark.parametrize(
    ("end", "whole", "begun"),
    [
        (date(2020, 1, 1), 0, 1),
        (date(2020, 1, 30), 0, 1),
        (date(2020, 1, 31), 1, 1),
        (date(2020, 2, 1), 1, 2),
        (date(2020, 12, 31), 12, 12),
    ],
)
def test_months_are_counted_completed_and_begun(end, whole, begun):
    period = Period(date(2020, 1, 1), end)

    assert (period.whole_months, period.months) == (whole, begun)


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="comes before"):
        Period(date(2020, 1, 2), date(2020, 1, 1))


@pytest.mark.parametrize("moment", [datetime(2020, 1, 1, tzinfo=UTC), "2020-01-01", None])
def test_what_is_no_date_is_refused(moment):
    with pytest.raises(TypeError):
        Period(moment, date(2020, 1, 1))


def test_no_months_make_no_period():
    with pytest.raises(ValueError, match="a month at least"):
        Period.of_months(date(2020, 1, 1), 0)


@given(days, st.integers(1, 240))
def test_a_period_of_so_many_months_counts_them(start, months):
    period = Period.of_months(start, months)

    assert (period.months, period.whole_months) == (months, months)


@given(spans)
def test_one_day_more_never_counts_fewer_months(period):
    longer = Period(period.start, period.end + timedelta(days=1))

    assert longer.months - period.months in {0, 1}
    assert 0 <= period.months - period.whole_months <= 1


@given(spans, spans)
def test_the_overlap_holds_exactly_the_days_of_both(first, second):
    shared = first.overlap(second)

    assert shared == second.overlap(first)
    for day in (first.start, first.end, second.start, second.end):
        assert (shared is not None and day in shared) == (day in first and day in second)
    if shared is not None:
        assert first.covers(shared)
        assert second.covers(shared)


def test_one_shared_day_is_an_overlap_and_the_next_day_is_none():
    january = Period(date(2020, 1, 1), date(2020, 1, 31))

    assert january.overlap(Period(date(2020, 1, 31), date(2020, 3, 1))) == Period(
        date(2020, 1, 31), date(2020, 1, 31)
    )
    assert january.overlap(Period(date(2020, 2, 1), date(2020, 3, 1))) is None


@pytest.mark.parametrize(
    ("day", "start_month", "year"),
    [
        (date(2017, 3, 31), 4, 2016),
        (date(2017, 4, 1), 4, 2017),
        (date(2017, 12, 31), 1, 2017),
        (date(2017, 6, 30), 7, 2016),
    ],
)
def test_a_day_falls_in_the_fiscal_year_its_provider_counts(day, start_month, year):
    assert FiscalYear.of(day, start_month).year == year


@given(days, st.integers(1, 12))
def test_a_fiscal_year_holds_its_days_and_the_next_one_follows(day, start_month):
    year = FiscalYear.of(day, start_month)

    assert day in year.period
    assert year.period.months == 12
    assert year.next.period.start == year.period.end + timedelta(days=1)


def test_a_month_that_does_not_exist_starts_no_year():
    with pytest.raises(ValueError, match="not a month"):
        FiscalYear(2016, 13)


def test_a_period_names_the_fiscal_years_it_touches():
    period = Period(date(2016, 6, 9), date(2019, 6, 8))

    assert [year.year for year in period.fiscal_years(4)] == [2016, 2017, 2018, 2019]
