"""Shares worked out from transactions: exactly a hundred, or none and the reason."""

from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from taawun.interchange.findings import REASONS
from taawun.interchange.iati.derive import Derived, derived
from taawun.interchange.iati.records import Activity, Amount, Share

NO_SECTOR = Derived("sector", "1", reason="not-stated")
NO_PLACE = Derived("place", reason="not-stated")


def money(value, *shares, type="2", currency="EUR"):
    return Amount("transaction", Decimal(value), currency, None, type=type, shares=shares)


def country(code, percentage=None):
    return Share("country", code, percentage=percentage)


def an_activity(*amounts, shares=()):
    return Activity("A", "R", {}, "2.03", 1, b"", amounts=amounts, shares=shares)


def places(*amounts):
    place, sectors = derived(an_activity(*amounts))
    assert (place.kind, sectors) == ("place", NO_SECTOR)
    return place


def test_countries_share_what_was_promised_and_rounding_leaves_nothing_over():
    found = places(*(money(1, country(code)) for code in ("MA", "SN", "ML")))

    assert [(one.code, one.percentage) for one in found.shares] == [
        ("MA", Decimal("33.34")),
        ("SN", Decimal("33.33")),
        ("ML", Decimal("33.33")),
    ]
    assert (found.basis, found.currency, found.reason) == ("commitments", "EUR", "")


def test_the_rest_of_rounding_goes_where_most_was_lost():
    found = places(money(1, country("MA")), money(2, country("SN")))

    assert [one.percentage for one in found.shares] == [Decimal("33.33"), Decimal("66.67")]


def test_corrections_count_and_a_sum_that_is_not_above_zero_gets_no_share():
    found = places(
        money(100, country("MA")),
        money(-40, country("MA")),
        money(40, country("SN")),
        money(10, country("ML")),
        money(-10, country("ML")),
        money(-5, country("NE")),
    )

    assert [(one.code, one.percentage) for one in found.shares] == [("MA", Decimal(60)), ("SN", Decimal(40))]


def test_disbursements_serve_where_no_commitment_says_where():
    found = places(money(100), money(30, country("MA"), type="3"), money(10, country("SN"), type="3"))

    assert (found.basis, [one.percentage for one in found.shares]) == (
        "disbursements",
        [Decimal(75), Decimal(25)],
    )


def test_countries_and_the_main_regions_make_the_hundred_together():
    found = places(
        money(75, country("MA")),
        money(25, Share("region", "298"), Share("region", "X", vocabulary="99")),
    )

    assert [(one.kind, one.percentage) for one in found.shares] == [
        ("country", Decimal(75)),
        ("region", Decimal(25)),
    ]


def test_each_vocabulary_of_sectors_makes_a_hundred_of_its_own():
    dac, own = Share("sector", "14030"), Share("sector", "W", vocabulary="99")

    place, first, second = derived(
        an_activity(money(5, dac, own), money(5, Share("sector", "11120", "1"), own))
    )

    assert place == NO_PLACE
    assert (first.vocabulary, [(one.code, one.percentage) for one in first.shares]) == (
        "1",
        [("14030", Decimal(50)), ("11120", Decimal(50))],
    )
    assert (second.vocabulary, [one.percentage for one in second.shares]) == ("99", [Decimal(100)])


def test_what_is_reported_is_never_worked_out():
    paid = money(5, country("MA"), Share("sector", "14030"))

    assert derived(an_activity(paid, shares=(country("SN", Decimal(100)), Share("sector", "1")))) == ()
    assert [one.kind for one in derived(an_activity(paid, shares=(Share("region", "298"),)))] == ["sector"]
    assert [one.kind for one in derived(an_activity(paid, shares=(Share("sector", "1"),)))] == ["place"]


@pytest.mark.parametrize(
    ("amounts", "reason"),
    [
        ([], "not-stated"),
        ([money(5)], "not-stated"),
        ([money(5, country("MA"), type="4")], "no-basis"),
        ([money(5, country("MA")), money(5)], "not-every"),
        ([money(5, country("MA"), country("SN"))], "several-codes"),
        ([money(5, country("MA")), money(5, country("SN"), currency="USD")], "several-currencies"),
        ([money(5, country("MA"), currency="")], "no-currency"),
        ([money(-5, country("MA"))], "not-positive"),
        ([money(0, country("MA"))], "not-stated"),
    ],
)
def test_where_no_share_can_be_worked_out_the_reason_is_said(amounts, reason):
    assert places(*amounts) == Derived("place", reason=reason)
    assert reason in REASONS


def test_a_commitment_that_cannot_serve_leaves_it_to_the_disbursements():
    amounts = money(5, country("MA")), money(5), money(7, country("SN"), type="3")

    assert places(*amounts).basis == "disbursements"
    assert places(*amounts, money(1, type="3")) == Derived("place", reason="not-every")


VALUES = st.decimals(-(10**9), 10**9, places=2) | st.decimals(Decimal("-1e-9"), Decimal("1e15"), places=9)
PAID = st.builds(
    lambda value, code, type, currency: money(value, country(code), type=type, currency=currency),
    VALUES,
    st.sampled_from([f"C{n}" for n in range(12)]),
    st.sampled_from("23"),
    st.sampled_from(["EUR", "EUR", "EUR", "USD"]),
)


@given(st.lists(PAID, max_size=30))
@settings(max_examples=300, deadline=None)
def test_shares_make_exactly_a_hundred_or_there_are_none_and_a_reason(amounts):
    found = places(*amounts)

    assert bool(found.shares) != bool(found.reason)
    assert sum(one.percentage for one in found.shares) == (100 if found.shares else 0)
    assert [one for one in found.shares if not 0 <= one.percentage <= 100] == []
    type_ = {"commitments": "2", "disbursements": "3"}.get(found.basis)
    for share in found.shares:
        sums = dict.fromkeys((one.shares[0].code for one in amounts), 0)
        for one in amounts:
            if one.type == type_:
                sums[one.shares[0].code] += one.value
        whole = sum(total for total in sums.values() if total > 0)
        assert abs(share.percentage - sums[share.code] * 100 / whole) < Decimal("0.011")
