"""Exchange rates: which published rate says what an amount is worth, and what is said where none does."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from taawun.kernel.rates import Rate, RateTable

MONDAY = date(2026, 11, 2)


def rate(currency, per, number, of):
    return Rate(currency, per, Decimal(number), of)


def worth(table, currency, to, of):
    found = table.exchange(currency, to, of)
    return found and (found.factor, [(one.currency, one.per) for one in found.rates])


def test_a_rate_serves_both_ways_and_the_same_currency_needs_none():
    table = RateTable([rate("USD", "EUR", "1.25", MONDAY)])

    assert worth(table, "USD", "EUR", MONDAY) == (Fraction(4, 5), [("USD", "EUR")])
    assert worth(table, "EUR", "USD", MONDAY) == (Fraction(5, 4), [("USD", "EUR")])
    assert worth(RateTable(), "EUR", "EUR", MONDAY) == (1, [])
    assert worth(table, "USD", "JPY", MONDAY) is None


def test_two_currencies_meet_by_way_of_a_third_on_the_same_day_only():
    held = [rate("USD", "EUR", "1.25", MONDAY), rate("JPY", "EUR", "150", MONDAY)]

    assert worth(RateTable(held), "JPY", "USD", MONDAY) == (
        Fraction(1, 120),
        [("JPY", "EUR"), ("USD", "EUR")],
    )
    later = [held[0], rate("JPY", "EUR", "150", date(2026, 11, 3))]
    assert worth(RateTable(later), "JPY", "USD", date(2026, 11, 3)) is None


@pytest.mark.parametrize(
    ("day", "used"),
    [
        (date(2026, 11, 1), None),
        (MONDAY, MONDAY),
        (date(2026, 11, 5), date(2026, 11, 4)),
        (date(2026, 11, 11), date(2026, 11, 4)),
        (date(2026, 11, 12), None),
    ],
)
def test_the_last_rate_holds_for_a_week_and_none_for_a_day_before_it(day, used):
    held = [rate("USD", "EUR", "1.25", one) for one in (MONDAY, date(2026, 11, 4))]

    found = RateTable(held).exchange("USD", "EUR", day)

    assert (found.rates[0].of if found else None) == used


def test_the_average_of_a_year_is_never_the_rate_of_a_day_nor_the_other_way_round():
    table = RateTable([rate("USD", "EUR", "1.25", 2026), rate("JPY", "EUR", "150", MONDAY)])

    assert worth(table, "USD", "EUR", 2026) == (Fraction(4, 5), [("USD", "EUR")])
    assert worth(table, "USD", "EUR", MONDAY) is None
    assert worth(table, "JPY", "EUR", 2026) is None


@pytest.mark.parametrize(
    ("currency", "per", "number"), [("USD", "USD", 1), ("USD", "EUR", 0), ("usd", "EUR", 1)]
)
def test_what_is_no_rate_is_refused(currency, per, number):
    with pytest.raises(ValueError, match=r"rate|currency codes"):
        Rate(currency, per, Decimal(number), MONDAY)


@given(st.decimals("0.0001", "9999", places=4), st.decimals("-99999", "99999", places=2))
def test_there_and_back_again_is_the_same_amount_exactly(number, amount):
    table = RateTable([rate("USD", "EUR", number, MONDAY)])

    there = table.exchange("USD", "EUR", MONDAY)
    back = table.exchange("EUR", "USD", MONDAY)

    assert Fraction(amount) * there.factor * back.factor == Fraction(amount)
