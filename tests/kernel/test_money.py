"""Money and shares: exact, one currency at a time."""

from dataclasses import FrozenInstanceError
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from taawun.kernel.money import CurrencyMismatch, Money, Share, allot, missing, total, totals

cents = st.integers(-(10**14), 10**14).map(lambda number: Decimal(number).scaleb(-2))


@pytest.mark.parametrize("amount", [0.1, float("nan"), True, "12", None])
def test_an_amount_that_is_not_exact_is_refused(amount):
    with pytest.raises(TypeError):
        Money(amount, "EUR")


@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("Infinity")])
def test_an_amount_that_is_no_number_is_refused(amount):
    with pytest.raises(ValueError, match="count with"):
        Money(amount, "EUR")


@pytest.mark.parametrize("currency", ["eur", "EURO", "", "€", "EUR "])
def test_a_currency_that_is_no_code_is_refused(currency):
    with pytest.raises(ValueError, match="currency code"):
        Money(Decimal(1), currency)


def test_money_does_not_change():
    money = Money(Decimal(1), "EUR")

    with pytest.raises(FrozenInstanceError):
        money.amount = Decimal(2)


def test_two_currencies_are_neither_added_nor_compared():
    euros, yen = Money(Decimal(1), "EUR"), Money(Decimal(1), "JPY")

    for operation in (lambda: euros + yen, lambda: euros - yen, lambda: euros < yen, lambda: euros >= yen):
        with pytest.raises(CurrencyMismatch):
            operation()


def test_money_and_a_bare_number_are_not_added():
    with pytest.raises(TypeError):
        Money(Decimal(1), "EUR") + 1


@given(cents, cents, cents)
def test_addition_is_exact_in_any_order(first, second, third):
    a, b, c = (Money(amount, "MMK") for amount in (first, second, third))

    assert (a + b) + c == a + (c + b)
    assert (a + b) - b == a
    assert total([a, b, c], "MMK").amount == first + second + third


def test_nothing_to_add_is_zero_of_the_currency():
    assert total([], "JPY") == Money.zero("JPY")


def test_sums_of_several_currencies_stay_several():
    lines = [Money(Decimal(2), "USD"), Money(Decimal("1.5"), "EUR"), Money(Decimal(3), "USD")]

    assert totals(lines) == {"EUR": Money(Decimal("1.5"), "EUR"), "USD": Money(Decimal(5), "USD")}


def test_rounding_is_to_the_coin_of_the_currency():
    assert Money(Decimal("2.345"), "EUR").rounded() == Money(Decimal("2.34"), "EUR")
    assert Money(Decimal("2.5"), "JPY").rounded(0) == Money(Decimal(2), "JPY")


def test_money_reads_as_amount_and_code():
    assert str(Money(Decimal("1E+3"), "XOF")) == "1000 XOF"


@pytest.mark.parametrize("percent", [Decimal("-0.01"), Decimal("100.01")])
def test_a_share_beyond_the_whole_is_refused(percent):
    with pytest.raises(ValueError, match="between 0 and 100"):
        Share(percent)


def test_shares_tell_what_they_lack_to_a_hundred():
    assert missing([Share(Decimal(60)), Share(Decimal("15.5"))]) == Decimal("24.5")


def test_shares_that_do_not_make_a_hundred_allot_nothing():
    with pytest.raises(ValueError, match="hundred"):
        allot(Money(Decimal(9), "EUR"), [Share(Decimal(60)), Share(Decimal(30))])


def test_money_finer_than_its_coin_is_not_allotted():
    with pytest.raises(ValueError, match="coin"):
        allot(Money(Decimal("0.005"), "EUR"), [Share(Decimal(100))])


def test_the_coin_left_over_goes_to_the_largest_remainder():
    thirds = [Share(Decimal("33.3")), Share(Decimal("33.3")), Share(Decimal("33.4"))]

    parts = allot(Money(Decimal("1.00"), "EUR"), thirds)

    assert [part.amount for part in parts] == [Decimal("0.33"), Decimal("0.33"), Decimal("0.34")]


@given(cents, st.lists(st.integers(0, 10_000), max_size=6))
def test_what_is_allotted_adds_up_to_the_whole(amount, cuts):
    edges = [0, *sorted(cuts), 10_000]
    shares = [Share(Decimal(end - start) / 100) for start, end in pairwise(edges)]
    money = Money(amount, "TND")

    parts = allot(money, shares)

    assert total(parts, "TND") == money
    assert all(
        abs(part.amount - share.of(money).amount) < Decimal("0.01")
        for part, share in zip(parts, shares, strict=True)
    )
