"""What is worked out of an activity before it is kept: sums by currency, numbers that fit, what differs."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from taawun.interchange import comparing, rows
from taawun.interchange.texts import best, others
from tests.interchange.made import activity, amount

VALUES = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
AMOUNTS = st.lists(
    st.builds(
        lambda value, currency, kind: amount(str(value), currency, type=kind),
        VALUES,
        st.sampled_from(["USD", "EUR", ""]),
        st.sampled_from(["2", "3", "4"]),
    ),
    max_size=12,
)


@settings(deadline=None)  # a busy machine is no failure
@given(AMOUNTS)
def test_sums_hold_every_amount_once_and_no_two_currencies_together(amounts):
    sums = rows.sums_of(activity(1, amounts=tuple(amounts)))

    for key, by_currency in sums.items():
        for currency, total in by_currency.items():
            mine = [
                one.value for one in amounts if (f"transaction:{one.type}", one.currency) == (key, currency)
            ]
            assert Decimal(total) == sum(mine)
            assert mine != []
    assert sum(len(by) for by in sums.values()) == len({(one.type, one.currency) for one in amounts})


@settings(deadline=None)  # a busy machine is no failure
@given(AMOUNTS, AMOUNTS)
def test_what_differs_is_empty_exactly_where_sums_and_their_number_are_the_same(before, after):
    old, new = activity(1, amounts=tuple(before)), activity(1, amounts=tuple(after))
    days = {name: getattr(old, name) for name in comparing.DAYS}
    held = days | {
        "titles": old.titles,
        "status": old.status,
        "sums": rows.sums_of(old),
        "parts": rows.parts_of(old),
    }

    fields = {change["field"] for change in comparing.changes_of(new, held)}

    def numbers(one):
        return {
            (key, currency): Decimal(value)
            for key, by in rows.sums_of(one).items()
            for currency, value in by.items()
        }

    assert ("sum" in fields) == (numbers(old) != numbers(new))
    assert ("parts" in fields) == (len(before) != len(after))
    assert fields <= {"sum", "parts"}


@settings(deadline=None)  # a busy machine is no failure
@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_that_is_kept_is_one_the_column_holds(number):
    kept = rows.fitting(number)

    assert kept == (number if abs(number) < Decimal(10) ** 24 else None)


ZONELESS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 (as files write them)
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
)


@settings(deadline=None)  # a busy machine is no failure
@given(ZONELESS, st.integers(-14, 14))
def test_a_moment_is_the_same_however_its_zone_is_written(moment, hours):
    zone = f"{'-' if hours < 0 else '+'}{abs(hours):02}:00"
    there = (moment + timedelta(hours=hours)).isoformat() + zone

    assert rows.moment(there) == moment.replace(tzinfo=UTC)
    assert rows.moment(moment.isoformat()) == rows.moment(moment.isoformat() + "Z")


@pytest.mark.parametrize(
    "written", ["", "yesterday", "2024-13-01", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-05:00"]
)
def test_what_is_no_moment_is_none(written):
    assert rows.moment(written) is None


@pytest.mark.parametrize(
    ("words", "language", "shown"),
    [
        ({"en": "Water", "fr": "Eau"}, "fr", ("Eau", "fr")),
        ({"en": "Water", "fr": "Eau"}, "ar", ("Water", "en")),
        ({"": "Agua"}, "ar", ("Agua", "")),
        ({"es": "Agua", "fr": ""}, "fr", ("Agua", "es")),
        ({}, "fr", ("", "")),
    ],
)
def test_a_text_is_shown_in_the_readers_language_else_in_english_else_as_there_is(words, language, shown):
    assert best(words, language) == shown


def test_the_other_languages_are_those_not_shown():
    assert [text.language for text in others({"en": "Water", "fr": "Eau", "ar": ""})] == ["fr"]
