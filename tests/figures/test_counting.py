"""A figure: what counts, what is left out and why, whose rows they are, and how often the database is asked."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taawun.figures.counting import figure, grouped
from taawun.foundation import clock
from taawun.reference.names import code_name
from tests.factories import who
from tests.figures.made import a_rate, an_input, an_operation, body

pytestmark = pytest.mark.usefixtures("world")


def senegal(number, **facts):
    own = {"country_id": "country:SN", "provider": body("amci"), "country_office": body("amci-sn")}
    return an_operation(number, **(own | facts))


def cells(slug, user, by, **filters):
    made = grouped(slug, filters, who(user), by)
    return {cell.values: (cell.figure.value, cell.figure.rows) for cell in made.cells}


def test_operations_are_counted_and_narrowed_by_country_state_and_year():
    an_operation(1)
    an_operation(2, state="closed", opened_on=date(2025, 12, 31))
    an_operation(3, country_id="country:LA", country_office=body("jica-la"))

    found = [
        figure("operations", asked, who("desk")).value
        for asked in (
            {},
            {"country": "country:MM"},
            {"country": "country:MM", "state": "closed"},
            {"year": "2025"},
            {"sector": "none"},
            {"colour": "green"},
        )
    ]

    assert found == [3, 2, 1, 1, 3, 3]


def test_everybody_counts_what_they_may_see_and_nothing_else():
    for number in range(3):
        an_operation(number)
    senegal(10)

    found = {slug: figure("operations", {}, who(slug)).value for slug in ("desk", "mm-office", "la-office")}
    ours, theirs = found, figure("operations", {"country": "country:MM"}, who("amci-desk")).value

    assert ours == {"desk": 3, "mm-office": 3, "la-office": 0}
    assert (theirs, figure("operations", {}, who("amci-desk")).value) == (0, 1)


def test_by_sector_and_year_each_number_knows_its_address_and_what_is_not_stated_has_one():
    an_operation(1, sector_id="sector:22012")
    an_operation(2, sector_id="sector:22012", opened_on=date(2025, 1, 1))
    an_operation(3)

    made = grouped("operations", {"country": "country:MM"}, who("desk"), ["sector", "year"])
    told = {cell.values: (cell.figure.value, cell.figure.address) for cell in made.cells}

    base = "/figures/operations/?country=country%3AMM"
    assert told == {
        ("sector:22012", 2026): (1, f"{base}&sector=sector%3A22012&year=2026"),
        ("sector:22012", 2025): (1, f"{base}&sector=sector%3A22012&year=2025"),
        (None, 2026): (1, f"{base}&sector=none&year=2026"),
    }
    assert made.names == [{"sector:22012": "Postal services"}, {2026: 2026, 2025: 2025}]
    assert (made.whole.value, made.unshared) == (3, 0)
    assert {
        values: figure("operations", cell_filters(made, values), who("desk")).value for values in told
    } == {values: number for values, (number, _address) in told.items()}


def cell_filters(made, values):
    return next(cell.figure.filters for cell in made.cells if cell.values == values)


def test_money_in_one_currency_needs_no_rate_and_says_what_is_left_out():
    operation = an_operation(1)
    an_input(operation, 1200)
    an_input(operation, "0.50")
    an_input(operation, None)
    an_input(an_operation(2, state="cancelled"), 7)
    an_input(an_operation(3), 9, frozen=False)

    made = figure("planned-inputs", {}, who("desk"))

    assert (made.value, made.currency, made.rows, made.exact) == (1200, "JPY", 2, Fraction(2401, 2))
    assert {one.slug: one.rows for one in made.left} == {"cancelled": 1, "not-agreed": 1, "no-amount": 1}
    assert (made.rates, made.unrated) == ([], {})


def test_money_in_two_currencies_is_added_at_a_rate_and_otherwise_named():
    operation = an_operation(1)
    an_input(operation, 3000, "JPY")
    an_input(operation, 10, "USD")
    an_input(operation, 500, "MMK")
    a_rate("JPY", "USD", "150")

    in_yen = figure("planned-inputs", {}, who("desk"), currency="JPY")
    in_dollars = figure("planned-inputs", {}, who("desk"), currency="USD")
    today = clock.today()

    assert (in_yen.value, in_yen.rows, in_yen.unrated) == (4500, 2, {("MMK", today): 1})
    assert (in_dollars.value, [one.rate for one in in_dollars.rates]) == (Decimal("30.00"), [Decimal(150)])
    assert figure("planned-inputs", {}, who("desk"), currency="USD", day=date(2020, 1, 1)).value == 10


def test_without_any_rate_there_is_no_sum():
    an_input(an_operation(1), 500, "MMK")

    made = figure("planned-inputs", {}, who("desk"), currency="EUR")

    assert (made.value, made.rows, [one.slug for one in made.left]) == (None, 0, ["no-rate"])
    assert figure("planned-inputs", {"party": "999"}, who("desk"), currency="EUR").value is None


def test_groups_of_money_make_the_whole_exactly_and_are_rounded_once():
    operation = an_operation(1)
    for amount in ("10", "10", "5"):
        an_input(operation, amount, "USD")
    an_input(an_operation(2, country_id="country:LA"), "10", "USD")
    a_rate("USD", "EUR", "3")

    made = grouped("planned-inputs", {}, who("desk"), ["country"], currency="EUR")

    assert {cell.values[0]: cell.figure.value for cell in made.cells} == {
        "country:MM": Decimal("8.33"),
        "country:LA": Decimal("3.33"),
    }
    assert (made.whole.value, sum(cell.figure.exact for cell in made.cells)) == (
        Decimal("11.67"),
        made.whole.exact,
    )


@pytest.mark.parametrize("many", [1, 40])
def test_the_database_is_asked_as_often_for_many_rows_as_for_one(many):
    reader = who("desk")
    for number in range(many):
        an_input(an_operation(number, opened_on=date(2020 + number % 5, 1, 1)), 100, "JPY")
        an_input(an_operation(500 + number, country_id="country:LA"), 100, "USD")
    a_rate("JPY", "USD", "150")
    code_name("country:MM")  # the names of codes are known, as in any process after its first page
    figure("operations", {}, reader)  # who reads is known, as in a request
    clock.begin_request()

    asked = {}
    for slug, by in (("operations", ["sector", "year"]), ("planned-inputs", ["country"])):
        with CaptureQueriesContext(connection) as queries:
            grouped(slug, {}, reader, by, currency="JPY" if slug == "planned-inputs" else "")
        asked[slug] = len(queries)

    assert asked == {"operations": 1, "planned-inputs": 2}


def test_a_figure_nobody_defined_is_an_error_of_the_program():
    with pytest.raises(KeyError):
        figure("nothing", {}, who("desk"))
    with pytest.raises(KeyError):
        grouped("operations", {}, who("desk"), ["colour"])
