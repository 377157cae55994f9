"""Adding up: the groups make the whole, in whatever currencies, and what cannot be added is named."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, strategies as st

from taawun.kernel.rates import Rate, RateTable
from taawun.kernel.tallies import Sum, Tally, by_cell, most_met, rounded, sum_up

TABLE = RateTable([Rate("USD", "EUR", Decimal("1.0842"), 2024), Rate("JPY", "EUR", Decimal("163.85"), 2024)])
MONEY = st.builds(
    Tally,
    cell=st.tuples(st.sampled_from(["KE", "MM", None])),
    why=st.sampled_from(["", "", "", "cancelled"]),
    rows=st.integers(1, 50),
    amount=st.decimals("-1e9", "1e9", places=2).map(Fraction),
    currency=st.sampled_from(["EUR", "USD", "JPY", "XOF"]),
    of=st.sampled_from([2024, 2023, None]),
)


@given(st.lists(MONEY), st.sampled_from(["EUR", "USD", "JPY"]))
def test_the_cells_add_up_to_the_whole_exactly(tallies, to):
    whole, cells = sum_up(tallies, TABLE, to), by_cell(tallies, TABLE, to).values()

    assert sum((one.exact for one in cells), Fraction(0)) == whole.exact
    assert sum(one.rows for one in cells) == whole.rows
    assert sum((one.left for one in cells), Counter()) == whole.left


@given(st.lists(MONEY), st.sampled_from(["EUR", "USD", "XOF"]))
def test_every_row_counts_or_is_left_out_for_one_reason(tallies, to):
    made = sum_up(tallies, TABLE, to)

    assert made.rows + made.left.total() == sum(one.rows for one in tallies)
    assert sum(made.unrated.values()) == made.left["no-rate"]


def test_an_amount_without_a_rate_is_left_out_and_named():
    tallies = [
        Tally((), "", 2, Fraction(200), "EUR", 2024),
        Tally((), "", 3, Fraction(108420, 1000), "USD", 2024),
        Tally((), "", 4, Fraction(7), "USD", 2023),
        Tally((), "", 1, Fraction(1), "XOF", 2024),
    ]

    made = sum_up(tallies, TABLE, "EUR")

    assert (made.exact, made.rows, dict(made.left)) == (300, 5, {"no-rate": 5})
    assert made.unrated == {("USD", 2023): 4, ("XOF", 2024): 1}
    assert [(one.currency, one.per, one.of) for one in made.rates] == [("USD", "EUR", 2024)]


def test_the_currency_met_most_counts_rows_that_count():
    tallies = [
        Tally((), "", 2, Fraction(1), "USD"),
        Tally((), "", 2, Fraction(1), "EUR"),
        Tally((), "cancelled", 9, Fraction(1), "JPY"),
    ]

    assert [most_met(tallies), most_met([])] == ["EUR", ""]


def test_nothing_added_is_zero_of_no_row():
    assert sum_up([], TABLE, "EUR") == Sum()


def test_a_number_is_rounded_as_a_bank_does():
    halves = [rounded(Fraction(number, 1000), 2) for number in (125, 135, -125, -135)]

    assert halves == [Decimal("0.12"), Decimal("0.14"), Decimal("-0.12"), Decimal("-0.14")]
    assert str(rounded(Fraction(7), 0)) == "7"
