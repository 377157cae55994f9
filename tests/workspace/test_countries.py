"""The countries and one country: what stands there, by whom, in numbers that open."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from tests.factories import who
from tests.figures.made import an_operation, browser_of, opened
from tests.interchange.made import a_file, activity, amount

from taawun.interchange import actions
from taawun.interchange.iati.records import Share
from taawun.workspace.country import country_page

pytestmark = pytest.mark.usefixtures("world")
HERE = Share("country", "MM", percentage=Decimal(100))


def taken(*activities):
    actions.take_in(a_file(*activities), actor=who("jica-admin"))


def published(number, *shares, committed=(100,), year=2024):
    day = replace(activity().amounts[0]).starts_on.replace(year=year)
    money = tuple(amount(str(value), type="2", day=day) for value in committed)
    return activity(number, shares=(HERE, *shares), amounts=(*money, amount("7", day=day)), results=())


def parts_of(page):
    return {part.slug: part for part in page.context["parts"]}


def bars_of(part, place=0):
    return [(str(bar.label), bar.text) for bar in part.charts[place]["bars"]]


def test_a_country_shows_the_operations_one_may_see_there_by_state_and_nothing_of_elsewhere():
    for number, state in enumerate(["in_implementation", "in_implementation", "closed"]):
        an_operation(number, state=state)
    an_operation(9, country_id="country:LA")

    page = opened("desk", "/countries/MM/")
    part = parts_of(page)["operations"]

    assert (page.context["title"], page.context["region"]) == ("Myanmar", "South-eastern Asia")
    assert bars_of(part) == [("In implementation", "2"), ("Closed", "1")]
    assert [(number.text, number.left) for number in part.numbers] == [("3", "")]
    assert [one["title"] for one in part.latest] == ["Operation 2", "Operation 1", "Operation 0"]
    assert bars_of(parts_of(opened("la-officer", "/countries/MM/"))["operations"]) == []


def test_what_others_commit_there_is_shown_by_sector_and_year_and_counts_by_their_shares():
    sectors = Share("sector", "14020", "1", Decimal(60)), Share("sector", "11220", "1", Decimal(30))
    half = [replace(HERE, percentage=Decimal(50)), Share("country", "LA", percentage=Decimal(50))]
    shared = replace(published(2, *sectors, year=2023), shares=(*half, *sectors))
    taken(published(1, *sectors, committed=(100, 200)), shared)

    part = parts_of(opened("desk", "/countries/MM/"))["published"]

    assert [(number.text, str(number.label)) for number in part.numbers] == [
        ("2", "Published activities"),
        ("USD 350", "Commitments published"),
        ("USD 10.50", "Disbursements and expenditure published"),
    ]
    assert bars_of(part) == [("Water Supply & Sanitation", "USD 210"), ("Basic Education", "USD 105")]
    assert part.charts[0]["unshared"].startswith("Not shared out: USD 35.")
    assert bars_of(part, 1) == [("2023", "USD 50"), ("2024", "USD 300")]


def money_alone(number, *amounts):
    return activity(
        number,
        shares=(Share("country", "LA"),),
        amounts=tuple(replace(one, shares=(HERE,)) for one in amounts),
        results=(),
    )


def test_money_that_names_the_country_itself_is_told_though_no_activity_is_there_as_a_whole():
    taken(money_alone(1, amount("7", type="3")))

    part = parts_of(opened("desk", "/countries/MM/"))["published"]
    page = opened("desk", "/countries/?q=mm")

    assert [number.text for number in part.numbers] == ["0", "–", "USD 7"]
    assert "USD 7" in opened("desk", "/countries/MM/").content.decode().replace("\xa0", " ")
    assert [row[0][20:22] for row in rows(page)] == ["MM"]
    assert page.context["by_money_alone"] is True


def test_what_was_spent_is_told_in_its_own_currency_where_no_rate_leads_to_that_of_the_commitments():
    taken(money_alone(1, amount("100", "EUR", type="2"), amount("7", type="3")))

    part = parts_of(opened("desk", "/countries/MM/"))["published"]

    assert [number.text for number in part.numbers][1:] == ["EUR 100", "USD 7"]


def test_every_number_of_a_country_opens_as_the_same_number():
    an_operation(1)
    sectors = Share("sector", "14020", "1", Decimal(60)), Share("sector", "11220", "1", Decimal(40))
    taken(published(1, *sectors), published(2, *sectors, year=2023))
    browser = browser_of("desk")

    parts = browser.get("/countries/MM/").context["parts"]
    shown = [(one.address, one.text) for part in parts for one in part.numbers]
    shown += [(bar.url, bar.text) for part in parts for chart in part.charts for bar in chart["bars"]]

    assert len(shown) == 10
    assert [browser.get(address).context["number"] for address, _text in shown] == [text for _, text in shown]


def test_a_country_with_nothing_says_so_and_what_is_no_country_is_not_there():
    page = opened("desk", "/countries/NP/")

    assert [(part.charts and part.charts[0]["bars"]) or part.latest for part in page.context["parts"]] == [
        []
    ] * 3
    assert page.content.decode().count('class="empty"') == 3
    assert [opened("desk", f"/countries/{code}/").status_code for code in ("XX", "mm", "MMR", "M:")] == [
        404
    ] * 4


def test_the_name_of_a_sector_that_the_readers_language_lacks_says_that_it_is_english():
    sectors = Share("sector", "14020", "1", Decimal(100))
    taken(published(1, sectors))

    with override("ar"):
        parts = {part.slug: part for part in country_page(who("desk"), "country:MM")["parts"]}

    assert [(bar.label, bar.lang) for bar in parts["published"].charts[0]["bars"]] == [
        ("Water Supply & Sanitation", "en")
    ]


def test_a_country_is_printed_with_the_same_parts():
    an_operation(1)

    paper = opened("desk", "/countries/MM/paper/")

    assert bars_of(parts_of(paper)["operations"]) == [("In implementation", "1")]
    assert (paper.context["paper"]["title"], paper.context["back"]) == ("Myanmar", "/countries/MM/")


def statements(path):
    browser = browser_of("desk")
    browser.get(path)
    with CaptureQueriesContext(connection) as asked:
        browser.get(path)
    return len(asked)


def test_a_country_and_the_countries_ask_as_much_of_the_database_however_much_there_is():
    def more(first, many):
        for number in range(first, first + many):
            an_operation(number, country_id=["country:MM", "country:LA", "country:SN"][number % 3])
        taken(*(published(number, year=2000 + number) for number in range(first, first + many)))

    more(3, 1)
    few = [statements(path) for path in ("/countries/MM/", "/countries/", "/countries/MM/paper/")]
    more(4, 12)
    many = [statements(path) for path in ("/countries/MM/", "/countries/", "/countries/MM/paper/")]

    assert many == few
    assert [number <= 15 for number in many] == [True] * 3


def rows(page):
    return [[str(cell.html) for cell in row] for row in page.context["list"].rows]


def test_the_countries_stand_in_a_list_with_their_numbers_and_on_a_map_shaded_by_one_of_them():
    an_operation(1)
    an_operation(2)
    an_operation(3, country_id="country:CI")
    taken(published(1))

    page = opened("desk", "/countries/")
    other = opened("desk", "/countries/?map=published-activities&sort=-operations")

    assert rows(page) == [
        [
            '<a href="/countries/CI/">Côte d’Ivoire</a>',
            '<a href="/figures/operations/?country=country%3ACI">1</a>',
            "0",
            "0",
        ],
        [
            '<a href="/countries/MM/">Myanmar</a>',
            '<a href="/figures/operations/?country=country%3AMM">2</a>',
            "0",
            '<a href="/figures/published-activities/?country=country%3AMM">1</a>',
        ],
    ]
    assert [(key.step, key.text) for key in page.context["keys"]] == [(1, "1"), (3, "2")]
    assert 'href="/countries/MM/"><title>Myanmar: 2</title><path class="m-3"' in page.context["drawing"]
    assert "Myanmar: 1</title>" in other.context["drawing"]
    assert [row[0][20:22] for row in rows(other)] == ["MM", "CI"]


def test_the_countries_are_found_by_their_name_without_accents_and_by_their_letters():
    for number, code in enumerate(["CI", "MM", "SN"]):
        an_operation(number, country_id=f"country:{code}")

    found = [rows(opened("desk", f"/countries/?q={typed}")) for typed in ("cote", "mm", "nowhere")]

    assert [[row[0][20:22] for row in one] for one in found] == [["CI"], ["MM"], []]


def test_a_map_without_a_number_says_so_and_keeps_the_choice_of_the_others():
    an_operation(1)

    page = opened("desk", "/countries/?map=requests-received")

    assert (page.context["drawing"], page.context["by_money_alone"]) == ("", False)
    assert "None in any country" in page.content.decode()
    assert 'href="?map=operations"' in page.content.decode()


def test_where_nothing_may_be_seen_the_countries_are_empty_and_show_no_map():
    page = opened("desk", "/countries/")

    assert (rows(page), page.context["drawing"]) == ([], "")
    assert page.context["list"].empty_text == "Nothing that you may see is in any country yet."
