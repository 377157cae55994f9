"""The design a published activity tells of: its own words and numbers, none made up, and what has no place listed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from taawun.interchange.drafting import Left, draft_of, fits
from taawun.interchange.iati.records import Baseline, Indicator, Period, Result, Value
from tests.interchange.made import activity

TODAY = date(2026, 11, 30)


def number(written):
    return Value(written, Decimal(written))


def an_indicator(measure="1", baseline="0", target="10", actual="7", **more):
    return replace(
        Indicator(
            measure,
            {"en": "Wells dug", "fr": "Puits creusés"},
            ascending=True,
            baselines=(Baseline(number(baseline), year="2023", on=date(2023, 12, 31)),),
            periods=(Period(date(2024, 1, 1), date(2024, 3, 31), (number(target),), (number(actual),)),),
        ),
        **more,
    )


def draft(*indicators, type_="1", language="en", **more):
    result = Result(type_, {"en": "Water for all", "fr": "De l’eau pour tous"}, indicators=indicators)
    told = activity(results=(result,), **{"updated_at": "2024-05-01T00:00:00Z"} | more)
    return draft_of(told, language=language, known_on=TODAY)


def only(made):
    [aim] = made.aims
    return aim


def test_objectives_stand_by_the_type_of_result_and_the_words_are_the_files():
    aims = {"2": {"en": "To bring water to every village."}}

    output, outcome = draft(an_indicator()), draft(an_indicator(), type_="2", language="fr")
    told, impact = draft(an_indicator(), type_="2", descriptions=aims), draft(an_indicator(), type_="3")

    assert (output.outputs, output.purpose, only(output).level) == (["Water for all"], "", "output")
    assert (outcome.purpose, only(outcome).level, only(outcome).name) == (
        "De l’eau pour tous",
        "purpose",
        "Puits creusés",
    )
    assert told.purpose == "To bring water to every village."
    assert (impact.goal, only(impact).level) == ("Water for all", "goal")
    assert output.not_said[:2] == ["goal", "purpose"]


def test_outputs_of_one_title_are_one_output_with_all_their_indicators():
    results = tuple(
        Result("1", {"en": title}, indicators=(an_indicator(),)) for title in ("Wells", "Pumps", "Wells")
    )

    made = draft_of(activity(results=results), language="en", known_on=TODAY)

    assert made.outputs == ["Wells", "Pumps"]
    assert [aim.number for aim in made.aims] == [1, 2, 1]


def test_a_value_stands_for_the_end_of_its_period_or_the_day_the_publisher_last_knew():
    running = Period(date(2024, 1, 1), date(2024, 12, 31), (number("10"),), (number("7"),))

    ended, open_ = only(draft(an_indicator())), only(draft(an_indicator(periods=(running,))))

    assert [(one.as_of, one.number) for one in ended.reached] == [(date(2024, 3, 31), Decimal(7))]
    assert [(one.as_of, one.ends_on) for one in open_.reached] == [(date(2024, 5, 1), date(2024, 12, 31))]


def test_the_target_is_that_of_the_last_period_and_the_earlier_ones_are_listed():
    first = Period(date(2024, 1, 1), date(2024, 12, 31), (number("10"),))
    last = Period(date(2025, 1, 1), date(2025, 12, 31), (number("25"),))

    made = draft(an_indicator(periods=(last, first)))

    assert (only(made).target, only(made).target_on) == (Decimal(25), date(2025, 12, 31))
    assert made.left == [Left("earlier-target", "Wells dug", "10 (2024-12-31)")]


PARTS = (Value("4", Decimal(4), (("sex", "f"),)), Value("3", Decimal(3), (("sex", "m"),)))
WORDS = Value("1,300.00")
QUARTER = (date(2024, 1, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("changes", "left", "target", "reached"),
    [
        ({"measure": "5"}, [("measure", "0 · 10 · 7")], None, []),
        ({"periods": (Period(*QUARTER, (WORDS,), (number("7"),)),)}, [("target-words", "1,300.00")], None, [7]),
        ({"periods": (Period(*QUARTER, (number("10"),), (Value("3 of 9"),)),)}, [("actual-words", "3 of 9")], 10, []),
        ({"periods": (Period(*QUARTER, (number("10"),), PARTS),)}, [("in-parts", "4 · 3")], 10, []),
        ({"periods": (Period(*QUARTER, (number("10"),), (number("7"), number("8"))),)}, [("several", "7 · 8")], 10, []),
        ({"periods": (Period(None, None, (number("10"),), (number("7"),)),)}, [("no-day", "7")], 10, []),
        ({"periods": (Period(*QUARTER, (number("10"),), (number("0.12345"),)),)}, [("too-long", "0.12345")], 10, []),
        ({"ascending": False}, [("direction", "10")], None, [7]),
        ({"titles": {}}, [("no-title", "")], None, None),
    ],
)  # fmt: skip
def test_what_is_no_number_for_the_whole_is_left_with_the_reason(changes, left, target, reached):
    made = draft(an_indicator(**changes))

    assert [(one.slug, one.written) for one in made.left] == left
    if reached is None:
        assert made.aims == []
    else:
        assert only(made).target == (None if target is None else Decimal(target))
        assert [one.number for one in only(made).reached] == [Decimal(n) for n in reached]


def test_two_values_that_would_stand_for_one_day_are_both_left():
    both = [Period(date(2024, 1, 1), date(2024 + n, 12, 31), (), (number(str(n)),)) for n in (1, 2)]

    made = draft(an_indicator(periods=tuple(both)))

    assert only(made).reached == ()
    assert [(one.slug, one.written) for one in made.left] == [("same-day", "1 · 2")]


def test_a_result_of_another_kind_is_left_with_its_indicators():
    made = draft(an_indicator(), type_="9")

    assert (made.outputs, made.aims) == ([], [])
    assert made.left == [Left("result-kind", "Water for all", "Wells dug")]


# ── Whatever a file writes ──

digits = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**16), max_value=10**16)
values = st.one_of(
    digits.map(lambda n: Value(f"{n:f}", n)),
    st.sampled_from(["", "Yes", "1,300.00"]).map(Value),
    digits.map(lambda n: Value(f"{n:f}", n, (("sex", "f"),))),
)
days = st.one_of(st.none(), st.dates(date(2015, 1, 1), date(2030, 1, 1)))
periods = st.builds(
    Period, days, days, st.lists(values, max_size=2).map(tuple), st.lists(values, max_size=2).map(tuple)
)
indicators = st.builds(
    Indicator,
    st.sampled_from(["", "1", "2", "3", "4", "5", "9"]),
    st.sampled_from([{}, {"en": "Wells"}, {"fr": "Puits " * 70}, {"": " \n"}]),
    ascending=st.sampled_from([None, True, False]),
    baselines=st.lists(st.builds(Baseline, values, on=days), max_size=2).map(tuple),
    periods=st.lists(periods, max_size=2).map(tuple),
)
results = st.builds(
    Result,
    st.sampled_from(["1", "2", "3", "9", ""]),
    st.sampled_from([{}, {"en": "Water"}, {"ar": "ماء"}]),
    indicators=st.lists(indicators, max_size=2).map(tuple),
)


@given(st.lists(results, max_size=2).map(tuple), st.sampled_from(["", "2024-05-01T00:00:00Z", "soon"]))
def test_every_number_of_a_draft_is_one_the_file_writes_and_the_columns_hold(told, updated):
    made = draft_of(activity(results=told, updated_at=updated), language="fr", known_on=TODAY)

    written = {
        value.number
        for result in told
        for one in result.indicators
        for value in (
            *(each.value for each in one.baselines),
            *(value for period in one.periods for value in (*period.targets, *period.actuals)),
        )
        if value.number is not None and not value.dimensions
    }
    for aim in made.aims:
        numbers = [aim.baseline, aim.target, *(one.number for one in aim.reached)]
        assert {one for one in numbers if one is not None} <= written
        assert all(fits(one) for one in numbers if one is not None)
        assert not (aim.baseline_on and aim.target_on and aim.target_on < aim.baseline_on)
        assert 0 < len(aim.name) <= 300
        as_of = [one.as_of for one in aim.reached]
        assert len(as_of) == len(set(as_of))
        assert all(day <= TODAY for day in as_of)
