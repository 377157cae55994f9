"""Indicator arithmetic: how far from the baseline towards the target."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, strategies as st

from taawun.kernel.measures import (
    Better,
    Number,
    Ratio,
    Scale,
    Standing,
    StandingSlug,
    achievement,
    elapsed,
    measure,
    progress,
    standing,
)

numbers = st.integers(-(10**6), 10**6).map(lambda number: Number(Decimal(number)))
parts = st.integers(0, 100).map(lambda number: Decimal(number) / 100)


def n(number) -> Number:
    return Number(Decimal(number))


def test_a_percentage_keeps_both_its_numbers():
    on_time = Ratio(Decimal(180), Decimal(200))

    assert (on_time.numerator, on_time.denominator, on_time.comparable) == (180, 200, 90)


def test_a_share_of_nothing_is_no_percentage():
    assert Ratio(Decimal(0), Decimal(0)).comparable is None


def test_a_denominator_below_zero_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        Ratio(Decimal(1), Decimal(-1))


@pytest.mark.parametrize(("step", "steps"), [(0, 5), (6, 5), (1, 1)])
def test_a_step_off_its_scale_is_refused(step, steps):
    with pytest.raises(ValueError, match="not a step"):
        Scale(step, steps)


def test_a_float_is_no_measure():
    with pytest.raises(TypeError):
        Number(0.5)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"kind": "number", "value": Decimal(3)}, Number(Decimal(3))),
        ({"kind": "number"}, None),
        ({"kind": "ratio", "numerator": 1, "denominator": 4}, Ratio(Decimal(1), Decimal(4))),
        ({"kind": "ratio"}, None),
        ({"kind": "scale", "value": Decimal(2), "steps": 4}, Scale(2, 4)),
        ({"kind": "scale", "steps": 4}, None),
    ],
)
def test_a_row_gives_its_measure_or_none(columns, expected):
    assert measure(**columns) == expected


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "ratio", "numerator": 1},
        {"kind": "ratio", "denominator": 1},
        {"kind": "scale", "value": Decimal(2)},
        {"kind": "scale", "value": Decimal("2.5"), "steps": 4},
        {"kind": "weight", "value": Decimal(2)},
    ],
)
def test_half_a_measure_is_refused(columns):
    with pytest.raises(ValueError):
        measure(**columns)


@pytest.mark.parametrize(
    ("baseline", "target", "value", "expected"),
    [
        (60, 90, 75, "0.5"),
        (60, 90, 99, "1.3"),
        (60, 90, 45, "-0.5"),
        (10, 2, 4, "0.75"),
        (10, 2, 12, "-0.25"),
        (-4, 4, 0, "0.5"),
    ],
)
def test_progress_is_the_part_of_the_way_covered_up_or_down(baseline, target, value, expected):
    assert progress(n(baseline), n(target), n(value)) == Decimal(expected)


def test_progress_of_a_ratio_compares_percentages_of_different_wholes():
    way = progress(
        Ratio(Decimal(120), Decimal(200)), Ratio(Decimal(90), Decimal(100)), Ratio(Decimal(300), Decimal(400))
    )

    assert way == Decimal("0.5")


@pytest.mark.parametrize(
    ("baseline", "target", "value"),
    [
        (None, n(9), n(5)),
        (n(9), n(9), n(5)),
        (n(1), n(9), None),
        (Ratio(Decimal(0), Decimal(0)), Ratio(Decimal(9), Decimal(10)), Ratio(Decimal(5), Decimal(10))),
    ],
)
def test_there_is_no_progress_without_a_way_to_go(baseline, target, value):
    assert progress(baseline, target, value) is None


def test_measures_of_different_kinds_are_not_compared():
    for other in (Ratio(Decimal(1), Decimal(2)), Scale(1, 3)):
        with pytest.raises(ValueError, match="measured alike"):
            progress(n(1), n(2), other)
    with pytest.raises(ValueError, match="measured alike"):
        standing(Scale(1, 3), Scale(3, 3), Scale(2, 4), gone=Decimal(1))


@given(numbers, numbers, numbers)
def test_progress_is_the_same_seen_in_a_mirror(baseline, target, value):
    assume(baseline != target)

    assert progress(baseline, target, value) == progress(
        n(-baseline.value), n(-target.value), n(-value.value)
    )


@pytest.mark.parametrize(
    ("baseline", "target", "value", "good", "expected"),
    [
        (n(60), n(90), n(84), None, 80),
        (n(10), n(2), n(4), None, 75),
        (n(60), n(90), n(50), None, Decimal(-1000) / 30),
        (None, n(100), n(90), None, 90),
        (None, n(100), n(120), None, 120),
        (None, n(100), n(125), Better.DOWN, 80),
        (None, n(100), n(70), Better.DOWN, 100),
        (n(95), n(95), n(76), None, 80),
        (n(95), n(95), n(95), None, 100),
        (n(5), n(5), n(10), Better.DOWN, 50),
        (None, n(0), n(3), Better.DOWN, 0),
        (None, n(0), n(0), Better.DOWN, 100),
        (None, n(0), n(-3), None, None),
        (None, n(-5), n(0), Better.DOWN, None),
        (None, n(-5), n(-4), None, 100),
        (None, n(5), None, None, None),
    ],
)
def test_achievement_is_the_percentage_of_the_plan(baseline, target, value, good, expected):
    assert achievement(baseline, target, value, good=good) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2015, 1, 1), 0),
        (date(2016, 1, 1), 0),
        (date(2018, 1, 1), Decimal(731) / Decimal(1461)),
        (date(2020, 1, 1), 1),
        (date(2022, 1, 1), 1),
    ],
)
def test_the_time_gone_runs_from_none_to_all(on, expected):
    assert elapsed(date(2016, 1, 1), date(2020, 1, 1), on) == expected


def test_a_due_day_that_is_the_first_day_is_gone():
    assert elapsed(date(2016, 1, 1), date(2016, 1, 1), date(2016, 1, 1)) == 1


@pytest.mark.parametrize(
    ("baseline", "target", "value", "gone", "expected"),
    [
        (60, 90, 90, "0.5", Standing(StandingSlug.REACHED, Decimal(90), Decimal(90))),
        (60, 90, 75, "0.5", Standing(StandingSlug.ON_COURSE, Decimal(75), Decimal(75))),
        (60, 90, 70, "0.5", Standing(StandingSlug.BEHIND, Decimal(70), Decimal(75), Decimal(5))),
        (60, 90, 89, "1", Standing(StandingSlug.BEHIND, Decimal(89), Decimal(90), Decimal(1))),
        (60, 90, 60, "0", Standing(StandingSlug.ON_COURSE, Decimal(60), Decimal(60))),
        (10, 2, 2, "0.5", Standing(StandingSlug.REACHED, Decimal(2), Decimal(2))),
        (10, 2, 1, "0.5", Standing(StandingSlug.REACHED, Decimal(1), Decimal(2))),
        (10, 2, 5, "0.5", Standing(StandingSlug.ON_COURSE, Decimal(5), Decimal(6))),
        (10, 2, 7, "0.5", Standing(StandingSlug.BEHIND, Decimal(7), Decimal(6), Decimal(1))),
    ],
)
def test_an_indicator_stands_where_the_line_says(baseline, target, value, gone, expected):
    assert standing(n(baseline), n(target), n(value), gone=Decimal(gone)) == expected


@pytest.mark.parametrize("value", [None, Ratio(Decimal(0), Decimal(0))])
def test_without_a_value_it_stands_nowhere(value):
    target = Ratio(Decimal(9), Decimal(10))

    assert standing(None, target, value, gone=Decimal(1)) == Standing(StandingSlug.NO_VALUE)


def test_without_a_baseline_the_target_itself_is_expected():
    assert standing(None, n(9), n(5), gone=Decimal("0.1")) == Standing(
        StandingSlug.BEHIND, Decimal(5), Decimal(9), Decimal(4)
    )


def test_a_level_to_be_held_is_reached_or_lost():
    assert standing(n(9), n(9), n(9), gone=Decimal("0.5")).slug == "reached"
    assert standing(n(9), n(9), n(8), gone=Decimal("0.5")) == Standing(
        StandingSlug.BEHIND, Decimal(8), Decimal(9), Decimal(1)
    )
    assert standing(n(9), n(9), n(8), gone=Decimal("0.5"), good=Better.DOWN).slug == "reached"
    assert standing(n(9), n(9), n(10), gone=Decimal("0.5"), good=Better.DOWN).behind_by == 1


def test_the_way_to_the_target_outweighs_what_was_said_to_be_good():
    assert standing(n(10), n(2), n(7), gone=Decimal(1), good=Better.UP).slug == "behind"


@given(numbers, numbers, numbers, parts)
def test_standing_agrees_with_progress(baseline, target, value, gone):
    assume(baseline != target)

    where = standing(baseline, target, value, gone=gone)

    way = progress(baseline, target, value)
    assert (where.slug == "reached") == (way >= 1)
    assert (where.slug == "behind") == (where.behind_by is not None and where.behind_by > 0)
    if where.slug == "on-course":
        assert way >= gone - Decimal("1e-20")
