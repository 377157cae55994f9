"""The pages of figures: the number, its rows, what is left out, each linked; export and paper."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taawun.foundation import clock
from tests.figures.made import a_rate, an_input, an_operation, body, browser_of, opened

pytestmark = pytest.mark.usefixtures("world")


def text_of(page):
    return b"".join(page.streaming_content).decode() if page.streaming else page.content.decode()


def names_in(page):
    return [row[1].html.split(">")[1].split("<")[0] for row in page.context["list"].rows]


def test_the_page_tells_the_number_the_rows_and_the_address_to_come_back_to():
    an_operation(1)
    an_operation(2, state="closed")

    page = opened("desk", "/figures/operations/?country=country:MM&state=closed")

    assert (page.context["number"], page.context["unit"]) == ("1", "operations")
    assert names_in(page) == ["Operation 2"]
    assert [(str(label), str(value)) for label, value in page.context["narrowed"]] == [
        ("Country", "Myanmar"),
        ("State", "Closed"),
    ]
    assert page.context["own_address"] == (
        "http://testserver/figures/operations/?country=country%3AMM&state=closed"
    )
    assert "It counts what you may see" in page.content.decode()


def test_each_number_of_a_group_opens_its_own_rows():
    an_operation(1, sector_id="sector:22012")
    an_operation(2)
    page = opened("desk", "/figures/operations/?by=sector")
    links = {str(bar.label): (bar.text, bar.url) for bar in page.context["bars"]}

    opening = {label: opened("desk", url).context["number"] for label, (_text, url) in links.items()}

    assert opening == {label: text for label, (text, _url) in links.items()}
    assert opening == {"Postal services": "1", "not stated": "1"}


def test_two_dimensions_make_a_table_of_links():
    an_operation(1, sector_id="sector:22012")
    an_operation(2, sector_id="sector:22012", state="closed")

    page = opened("desk", "/figures/operations/?by=sector&and=state")

    assert [str(head) for head in page.context["cross_heads"]] == ["In implementation", "Closed"]
    assert [(bar.label, bar.text) for bar in page.context["bars"]] == [("Postal services", "2")]
    [(name, numbers)] = page.context["cross_rows"]
    assert (name, [html.split(">")[1].split("<")[0] for _head, html in numbers]) == (
        "Postal services",
        ["1", "1"],
    )


def test_years_stand_in_their_order_and_all_else_by_size():
    for number, year in enumerate((2024, 2026, 2025, 2026)):
        an_operation(number, opened_on=date(year, 1, 1))
    for number in range(3):
        an_operation(10 + number, country_id="country:LA", opened_on=date(2020, 1, 1))
    for number in range(2):
        an_operation(20 + number, country_id="country:KH", opened_on=date(2020, 1, 1))

    shown = {
        by: [str(bar.label) for bar in opened("desk", f"/figures/operations/?by={by}").context["bars"]]
        for by in ("year", "country", "sector")
    }

    assert shown == {
        "year": ["2020", "2024", "2025", "2026"],
        "country": ["Myanmar", "Laos", "Cambodia"],
        "sector": ["not stated"],
    }


def test_what_was_left_out_is_listed_by_its_reason_and_the_list_stays_there():
    operation = an_operation(1)
    an_input(operation, 3000, "JPY")
    an_input(operation, 500, "MMK")
    an_input(operation, None)
    page = opened("desk", "/figures/planned-inputs/?currency=JPY")

    shown = {
        one.slug: len(opened("desk", address).context["list"].rows) for one, address in page.context["left"]
    }

    assert shown == {"no-amount": 1, "no-rate": 1}
    assert page.context["unrated"] == [f"MMK ({clock.today():%-d %b %Y}): 1 row"]
    assert (page.context["number"], len(page.context["list"].rows)) == ("JPY 3,000", 1)
    left = opened("desk", "/figures/planned-inputs/?currency=JPY&show=no-amount")
    assert "show=no-amount" in left.context["list"].export_url
    assert "currency=JPY" in left.context["list"].export_url


def test_the_rows_say_what_each_amount_counts_as():
    operation = an_operation(1)
    an_input(operation, 3000, "JPY")
    an_input(operation, 10, "USD")
    a_rate("JPY", "USD", "150")

    page = opened("desk", "/figures/planned-inputs/?currency=USD")
    counts = [(row[4].html, row[5].html) for row in page.context["list"].rows]

    assert counts == [("USD 10", "USD 10"), ("JPY 3,000", "USD 20")]
    assert [text for _rate, text, _time in page.context["rates"]] == ["1 USD = 150 JPY"]


def test_without_a_sum_the_page_says_why():
    an_input(an_operation(1), 500, "MMK")

    without = opened("desk", "/figures/planned-inputs/?currency=EUR")
    nothing = opened("desk", "/figures/planned-inputs/?country=country:KE")

    assert [without.context["number"], without.context["why_none"]] == [
        "–",
        "No exchange rate leads to this currency: there is no sum.",
    ]
    assert nothing.context["why_none"] == "No row counts: there is nothing to add."


def test_what_an_address_asks_in_vain_is_left_out_and_said():
    an_operation(1)

    page = opened("desk", "/figures/operations/?country=country:QQ&by=colour&year=x&show=y")

    assert (page.status_code, page.context["number"]) == (200, "1")
    assert page.context["list"].left_out is True


@pytest.mark.parametrize(
    "query",
    [
        "?day=2026-13-45&currency=XXX",
        "?day=%00&currency=%00&party=%00",
        "?and=kind",
        "?currency=USD&day=0001-01-01",
    ],
)
def test_no_address_breaks_the_page(query):
    assert opened("desk", f"/figures/planned-inputs/{query}").status_code == 200


def test_the_export_holds_every_row_that_counts():
    operation = an_operation(1)
    an_input(operation, 3000, "JPY")
    an_input(operation, 10, "USD")
    a_rate("JPY", "USD", "150")

    told = text_of(opened("desk", "/figures/planned-inputs/?currency=USD&export=csv")).splitlines()

    assert [line.split(",")[-1] for line in told] == ["Counts as", "10.00 USD", "20.00 USD"]


def test_the_paper_has_the_number_and_its_rows():
    an_operation(1)

    paper = opened("desk", "/figures/operations/paper/?country=country:MM")

    assert (paper.context["number"], len(paper.context["list"].rows)) == ("1", 1)
    assert paper.templates[0].name == "figures/figure_paper.html"


def test_another_countrys_reader_opens_the_same_address_and_counts_their_own():
    an_operation(1)

    found = {slug: opened(slug, "/figures/operations/") for slug in ("mm-office", "la-office")}

    assert {slug: page.context["number"] for slug, page in found.items()} == {
        "mm-office": "1",
        "la-office": "0",
    }
    assert "Operation 1" not in found["la-office"].content.decode()


@pytest.mark.parametrize("many", [26, 60])
@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/figures/operations/?by=sector&and=year", 9),
        ("/figures/planned-inputs/?by=party&currency=JPY", 12),
        ("/figures/planned-inputs/?country=country:MM&currency=JPY", 11),
    ],
)
def test_a_page_asks_the_database_as_often_for_many_rows_as_for_one(many, path, asked):
    for number in range(many):
        an_input(an_operation(number), 100, "USD")
    an_input(an_operation(999), 100, "JPY")
    a_rate("JPY", "USD", "150")
    browser = browser_of("desk")
    browser.get(path)

    with CaptureQueriesContext(connection) as queries:
        browser.get(path)

    assert len(queries) == asked


def test_the_list_of_figures_says_what_each_counts():
    page = opened("desk", "/figures/")

    assert {one.slug for one in page.context["definitions"]} >= {"operations", "planned-inputs"}
    assert opened("desk", "/figures/nothing/").status_code == 404
    assert body("jica").names["en"] not in page.content.decode().split("<main")[1]
