"""Rows that belong to several codes, a percentage to each: what counts where, and what is left to nobody."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import transaction
from django.db.models import Case, Value, When
from hypothesis import HealthCheck, given, settings, strategies as st

from taawun.cycle.models import Component, Operation
from taawun.figures.counting import figure, grouped
from taawun.figures.definitions import Amount, Definition, Dimension, Shares, define, forget
from tests.factories import who
from tests.figures.made import a_rate, an_operation, opened

pytestmark = pytest.mark.usefixtures("world")
# The components of an operation stand for what will be shares: their ceiling is the percentage.
FORMS = ["expert", "training", "seminar"]
SHARED = Dimension(
    "shared",
    "Shared",
    choices=lambda question: [(f"modality:{name}", name) for name in FORMS],
    shares=Shares("components", "modality_id", "ceiling"),
)
HUNDREDS = Definition(
    "hundreds",
    "A hundred of each operation",
    says="For the tests alone.",
    unit="hundreds",
    rows=lambda user: Operation.objects.all(),
    columns=[],
    origin="Tests",
    dimensions=[SHARED, Dimension("state", "State", lambda question: [], "state")],
    counts=Amount(Value(Decimal(100)), Value("currency:USD")),
)


@pytest.fixture(autouse=True)
def hundreds():
    define(HUNDREDS)
    yield
    forget("hundreds")


def shared(number, *percents, **facts):
    operation = an_operation(number, **facts)
    for form, percent in zip(FORMS, percents, strict=False):
        Component.objects.create(
            operation=operation, modality_id=f"modality:{form}", title=form, ceiling=Decimal(percent)
        )
    return operation


def cells(made):
    return {cell.values: (cell.figure.exact, cell.figure.rows) for cell in made.cells}


def test_a_hundred_shared_forty_to_sixty_counts_forty_and_sixty_and_a_hundred_in_the_whole():
    shared(1, 40, 60)
    shared(2)

    made = grouped("hundreds", {}, who("desk"), ["shared"])

    assert cells(made) == {
        ("modality:expert",): (40, 1),
        ("modality:training",): (60, 1),
        (None,): (100, 1),
    }
    assert (made.whole.value, made.whole.rows, made.unshared) == (200, 2, 0)
    assert [
        figure("hundreds", {"shared": asked}, who("desk")).value for asked in ("modality:expert", "none")
    ] == [40, 100]


def test_what_shares_lack_to_a_hundred_is_told_as_not_shared_out():
    shared(1, 40, 50)

    made = grouped("hundreds", {}, who("desk"), ["shared"])
    page = opened("desk", "/figures/hundreds/?by=shared")

    assert made.unshared == 10
    assert page.context["unshared"] == (
        "Not shared out: USD 10. The shares that are stated do not make a hundred."
    )


def test_shares_go_with_another_dimension_and_another_currency():
    shared(1, 25, 75, state="closed")
    a_rate("JPY", "USD", "150")

    made = grouped("hundreds", {}, who("desk"), ["state", "shared"], currency="JPY")
    page = opened("desk", "/figures/hundreds/?shared=modality:expert&currency=JPY")

    assert cells(made) == {
        ("closed", "modality:expert"): (3750, 1),
        ("closed", "modality:training"): (11250, 1),
    }
    assert [row[-1].html for row in page.context["list"].rows] == ["JPY 3,750"]


def test_an_amount_in_no_known_currency_is_left_out_and_listed_there():
    # Where an operation has no sector, its hundred has no currency.
    currency = Case(When(sector_id__isnull=False, then=Value("currency:USD")))
    define(replace(HUNDREDS, slug="unknown", counts=Amount(Value(Decimal(100)), currency)))
    an_operation(1, sector_id="sector:22012")
    an_operation(2)

    try:
        made = figure("unknown", {}, who("desk"))
        counted, left = (
            opened("desk", f"/figures/unknown/?currency=USD{more}") for more in ("", "&show=no-rate")
        )
    finally:
        forget("unknown")

    assert (made.value, made.rows, list(made.unrated.values())) == (100, 1, [1])
    assert [len(page.context["list"].rows) for page in (counted, left)] == [1, 1]
    assert counted.context["unrated"][0].startswith("no currency known (")


thirds = st.lists(st.decimals("0.01", "33.33", places=2), max_size=3)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(thirds, min_size=1, max_size=4))
def test_the_cells_and_what_is_not_shared_out_make_the_whole_exactly(shares):
    with transaction.atomic():
        for number, percents in enumerate(shares):
            shared(number, *percents)

        made = grouped("hundreds", {}, who("desk"), ["shared"])
        parts = sum((cell.figure.exact for cell in made.cells), Fraction(0))
        lacking = sum((100 - sum(percents, Decimal(0)) for percents in shares if percents), Decimal(0))
        transaction.set_rollback(True)

    assert (parts + made.unshared, made.unshared) == (100 * len(shares), Fraction(lacking))
