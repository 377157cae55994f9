"""What others commit and spend, counted: by hand, and so that every part of an amount is somewhere once."""

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import import_module

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings, strategies as st

from taawun.figures.counting import figure, grouped
from taawun.interchange import actions
from taawun.interchange.iati.records import Share
from taawun.interchange.models import CountedShare, PublishedAmount
from taawun.interchange.weighing import weights
from tests.factories import who
from tests.figures.made import a_rate, opened
from tests.interchange.made import a_file, activity, amount

migration = import_module("taawun.interchange.migrations.0002_what_counts_where")
STATEMENTS = [one.sql for one in migration.Migration.operations if hasattr(one, "sql")]
COMMITTED, SPENT = "published-commitments", "published-disbursements"


def country(code, percent=None):
    return Share("country", code, percentage=None if percent is None else Decimal(percent))


def sector(code, percent=None, vocabulary="1"):
    return Share(
        "sector", code, vocabulary=vocabulary, percentage=None if percent is None else Decimal(percent)
    )


def committed(value, *shares, **more):
    return amount(str(value), **{"type": "2", "shares": shares} | more)


def taken(*activities):
    """Activities that say nothing but what is given, numbered from 1."""
    made = [
        activity(number, **{"shares": (), "amounts": (), "results": ()} | more)
        for number, more in enumerate(activities, 1)
    ]
    actions.take_in(a_file(*made), actor=who("jica-admin"))


def cells(slug, *by, **filters):
    made = grouped(slug, filters, who("desk"), by, currency="USD")
    told = {cell.values: cell.figure.exact for cell in made.cells}
    return told | {"not shared out": made.unshared, "whole": made.whole.exact}


@pytest.mark.usefixtures("world")
def test_an_amount_counts_by_the_shares_of_its_activity_where_it_names_no_country():
    taken({"shares": (country("MM", 60), country("KH", 40)), "amounts": (committed(1000),)})

    assert cells(COMMITTED, "country") == {
        ("country:MM",): 600,
        ("country:KH",): 400,
        "not shared out": 0,
        "whole": 1000,
    }


@pytest.mark.usefixtures("world")
def test_an_amount_that_names_a_country_itself_counts_there_and_not_by_its_activity():
    own = committed(500, country("LA"))
    taken({"shares": (country("MM", 60), country("KH", 40)), "amounts": (committed(1000), own)})

    assert cells(COMMITTED, "country") == {
        ("country:MM",): 600,
        ("country:KH",): 400,
        ("country:LA",): 500,
        "not shared out": 0,
        "whole": 1500,
    }
    assert cells(COMMITTED, "country-stated-by") == {
        ("own",): 500,
        ("reported",): 1000,
        "not shared out": 0,
        "whole": 1500,
    }


@pytest.mark.usefixtures("world")
def test_an_amount_that_names_a_region_itself_counts_for_no_country_of_its_activity():
    own = committed(500, Share("region", "789", vocabulary="1"))
    taken({"shares": (country("MM", 100),), "amounts": (own,)})

    assert cells(COMMITTED, "country") == {(None,): 500, "not shared out": 0, "whole": 500}
    assert cells(COMMITTED, "region") == {("dac-region:789",): 500, "not shared out": 0, "whole": 500}


@pytest.mark.usefixtures("world")
def test_a_share_without_a_percentage_counts_whole_alone_and_for_nothing_beside_others():
    taken(
        {"shares": (country("MM"),), "amounts": (committed(100),)},
        {"shares": (country("KH", 70), country("LA")), "amounts": (committed(200),)},
    )

    assert cells(COMMITTED, "country") == {
        ("country:MM",): 100,
        ("country:KH",): 140,
        ("country:LA",): 0,
        "not shared out": 60,
        "whole": 300,
    }


@pytest.mark.usefixtures("world")
def test_what_was_worked_out_from_transactions_is_told_from_what_is_reported():
    named = amount("300", type="3", shares=(country("MM"),))
    taken({"amounts": (named, amount("50", kind="budget", type="1"))})

    held = PublishedAmount.objects.order_by("kind").values_list("kind", "place_from", "sector_from")

    assert list(held) == [("budget", "derived", ""), ("transaction", "own", "")]


@pytest.mark.usefixtures("world")
def test_sectors_count_by_five_digits_with_their_category_or_by_category_where_only_that_is_said():
    five = (sector("14020", 50), sector("14031", 25), sector("11220", 25), sector("110", 100, "2"))
    taken(
        {"shares": five, "amounts": (committed(400),)},
        {"shares": (sector("140", vocabulary="2"), sector("Z", vocabulary="99")), "amounts": (committed(8),)},
    )

    assert cells(COMMITTED, "category") == {
        ("sector-category:140",): 308,
        ("sector-category:112",): 100,
        "not shared out": 0,
        "whole": 408,
    }
    assert cells(COMMITTED, "sector") == {
        ("sector:14020",): 200,
        ("sector:14031",): 100,
        ("sector:11220",): 100,
        (None,): 8,
        "not shared out": 0,
        "whole": 408,
    }


@pytest.mark.usefixtures("world")
def test_sectors_and_their_categories_share_out_the_same_and_are_not_asked_for_together():
    taken({"shares": (sector("14020", 50), sector("11220", 50)), "amounts": (committed(8),)})

    page = opened(
        "desk", f"/figures/{COMMITTED}/?sector=sector:14020&category=sector-category:140&by=category"
    )

    assert (page.context["figure"].value, page.context["form"]["groups"][0]["options"][0][0]) == (
        4,
        "country",
    )
    assert (page.context["list"].left_out, "is_grouped" in page.context) == (True, False)


@pytest.mark.usefixtures("world")
def test_a_grouping_that_cannot_go_with_what_is_asked_is_not_offered_there_and_the_list_says_so():
    taken({"shares": (sector("14020", 50), sector("11220", 50)), "amounts": (committed(8),)})

    pages = [
        opened("desk", f"/figures/{COMMITTED}/?{asked}").context
        for asked in ("sector=sector:14020&by=category", "by=sector&and=category", "by=sector&and=year")
    ]

    assert [page["list"].left_out for page in pages] == [True, True, False]
    offered = [[name for name, _label, _chosen in one["options"]] for one in pages[0]["form"]["groups"]]
    assert ["category" in names for names in offered] == [False, True]


@pytest.mark.usefixtures("world")
def test_a_group_of_categories_is_offered_where_something_was_stated_of_the_group():
    def offered():
        selects = opened("desk", f"/figures/{COMMITTED}/").context["form"]["selects"]
        names = next(one for one in selects if one["name"] == "category")["options"]
        return {name for name, _label, _chosen in names} & {"sector-category:110", "sector-category:112"}

    taken({"shares": (sector("11220"),), "amounts": (committed(8),)})
    parts = offered()
    taken({}, {"amounts": (committed(8, sector("110", vocabulary="2")),)})

    assert (parts, offered()) == (
        {"sector-category:112"},
        {"sector-category:110", "sector-category:112"},
    )


@pytest.mark.usefixtures("world")
def test_a_region_named_in_two_vocabularies_counts_once_whole():
    twice = [Share("region", "789", vocabulary="1"), Share("region", "035", vocabulary="2")]

    assert [(one.by.value, one.code, one.percent) for one in weights(twice)] == [
        ("region", "dac-region:789", 100)
    ]


@pytest.mark.usefixtures("world")
def test_a_category_counts_an_activity_once_however_many_of_its_sectors_it_has():
    taken({"shares": (sector("14020", 50), sector("14031", 50))})

    made = grouped("published-activities", {}, who("desk"), ["category"])

    assert [(cell.values, cell.figure.value) for cell in made.cells] == [(("sector-category:140",), 1)]


@pytest.mark.usefixtures("world")
def test_amounts_count_in_their_year_at_its_average_rate():
    a_rate("EUR", "USD", "0.5", rate_of="year", day=date(2023, 1, 1))
    taken(
        {
            "amounts": (
                committed(10, currency="EUR", day=date(2023, 5, 1)),
                committed(7, day=date(2024, 5, 1)),
                committed(3, currency="EUR", day=date(2022, 5, 1)),
            )
        }
    )

    made = grouped(COMMITTED, {}, who("desk"), ["year"], currency="USD")

    assert {cell.values[0]: cell.figure.value for cell in made.cells} == {2023: 20, 2024: 7, 2022: None}
    assert [(one.slug, one.rows) for one in made.whole.left] == [("no-rate", 1)]


@pytest.mark.usefixtures("world")
def test_what_has_no_known_currency_or_no_date_is_left_out_and_opens():
    taken({"amounts": (committed(5), committed(6, currency="XQQ"), committed(7, day=None))})

    made = figure(COMMITTED, {}, who("desk"), currency="USD")
    left = [opened("desk", f"/figures/{COMMITTED}/?show={one.slug}").context["list"] for one in made.left]

    assert (made.value, [(one.slug, one.rows) for one in made.left]) == (
        5,
        [("no-currency", 1), ("no-date", 1)],
    )
    assert [len(listing.rows) for listing in left] == [1, 1]


@pytest.mark.usefixtures("world")
def test_disbursements_and_expenditure_count_together_and_nothing_else_with_them():
    taken({"amounts": tuple(amount(str(10**n), type=kind) for n, kind in enumerate("1234"))})

    assert figure(SPENT, {}, who("desk")).value == 1100


@pytest.mark.usefixtures("world")
def test_a_figure_of_a_country_opens_to_its_rows_each_with_what_of_it_counts():
    taken(
        {
            "shares": (country("MM", 60), country("KH", 40)),
            "amounts": (committed(1000), committed(5, country("LA"))),
        }
    )

    page = opened("desk", f"/figures/{COMMITTED}/?country=country:MM")

    assert [[str(cell.html) for cell in row[2:]] for row in page.context["list"].rows] == [
        ["Outgoing Commitment", "1 Mar 2024", "By its activity", "–", "USD 1,000", "USD 600"]
    ]


@pytest.mark.usefixtures("world")
def test_a_status_and_a_year_that_no_list_knows_open_as_the_number_they_say():
    strange = {"status": "9", "planned_start": date(9998, 1, 1)}
    taken(strange, {"status": "2", "planned_start": date(2024, 1, 1)})
    address = "/figures/published-activities/"

    opening = [opened("desk", f"{address}?{asked}").context for asked in ("status=9", "year=9998")]
    years = next(one for one in opening[0]["form"]["selects"] if one["name"] == "year")["options"]

    assert [(page["number"], page["list"].left_out) for page in opening] == [("1", False)] * 2
    assert opened("desk", f"{address}?status=8").context["number"] == "2"
    assert len(years) < 200


codes = st.sampled_from(["MM", "KH", "LA", "XX"])
percents = st.one_of(st.none(), st.decimals("0", "60", places=2))
places = st.lists(st.builds(country, codes, percents), max_size=3).map(tuple)
somewhere = places.filter(bool)  # what says no place has its shares worked out: that is tested by hand
values = st.builds(
    lambda value, shares, currency, day: committed(value, *shares, currency=currency, day=day),
    st.decimals("-1000", "1000", places=2),
    places,
    st.sampled_from(["USD", "USD", "USD", "EUR", "nothing"]),
    st.sampled_from([date(2023, 1, 1), date(2024, 1, 1), None]),
)


MIXED = country("MM", 70), country("KH"), country("MM", 10)


def by_hand(said):
    """What each country has in each year; None: a country that no list knows."""
    sums = Counter()
    for shares, amounts in said:
        for one in amounts:
            belongs = one.shares or shares
            for share in belongs if one.currency == "USD" and one.starts_on else ():
                whole = 100 if len(belongs) == 1 else 0
                percent = whole if share.percentage is None else share.percentage
                code = None if share.code == "XX" else f"country:{share.code}"
                sums[code, one.starts_on.year] += Fraction(one.value) * Fraction(percent) / 100
    return sums


def of_countries(sums):
    made = Counter()
    for (code, _year), value in sums.items():
        made[(code,)] += value
    return made


def not_zero(sums):
    return {cell: value for cell, value in sums.items() if value}


@pytest.mark.usefixtures("world")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([(MIXED, (committed(100), committed(50, country("LA"), country("XX", 30)), committed(7, day=None)))])
@given(st.lists(st.tuples(somewhere, st.lists(values, max_size=4).map(tuple)), min_size=1, max_size=3))
def test_each_cell_is_what_one_adds_up_by_hand_and_what_is_left_out_is_the_rest(said):
    with transaction.atomic():
        taken(*({"shares": shares, "amounts": amounts} for shares, amounts in said))

        made = grouped(COMMITTED, {}, who("desk"), ["country"], currency="USD")
        years = grouped(COMMITTED, {}, who("desk"), ["country", "year"], currency="USD")
        transaction.set_rollback(True)

    expected = by_hand(said)
    held = [one for _shares, amounts in said for one in amounts]
    counted = [one for one in held if one.currency == "USD" and one.starts_on]
    cells_of = [{cell.values: cell.figure.exact for cell in one.cells} for one in (made, years)]
    assert [not_zero(one) for one in cells_of] == [not_zero(of_countries(expected)), not_zero(expected)]
    assert made.whole.exact == years.whole.exact == sum(Fraction(one.value) for one in counted)
    assert (made.whole.rows, made.whole.left_out) == (len(counted), len(held) - len(counted))


def told():
    return set(CountedShare.objects.values_list("activity", "amount", "by", "code", "percent")), list(
        PublishedAmount.objects.order_by("pk").values_list("pk", "place_from", "sector_from")
    )


@pytest.mark.usefixtures("world")
def test_what_was_held_before_is_weighed_by_the_migration_as_what_is_taken_in():
    many = (country("MM", 60), country("KH"), Share("region", "789", vocabulary="1", percentage=Decimal(5)))
    taken(
        {"shares": (*many, sector("14020", 50), sector("14031")), "amounts": (committed(1, country("LA")),)},
        {"shares": (country("XX"), sector("140", vocabulary="2")), "amounts": (committed(1, sector("Q")),)},
        {
            "amounts": (
                committed(1, country("MM"), sector("11220")),
                committed(2, country("KH"), sector("Z", vocabulary="99")),
            )
        },
        {"amounts": (committed(3),)},
    )
    before = told()

    CountedShare.objects.all().delete()
    PublishedAmount.objects.update(place_from="", sector_from="")
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement)

    assert told() == before


@pytest.mark.usefixtures("world")
def test_a_code_named_twice_counts_once_with_both_percentages():
    twice = weights([sector("14020", 30), sector("14020", 20)])

    assert {(one.by.value, one.percent) for one in twice} == {("sector", 50), ("category", 50)}
