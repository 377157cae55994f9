"""Two orders made one by places."""

from itertools import pairwise

from hypothesis import given, strategies as st

from taawun.kernel.fusion import K, fused

ORDERS = st.lists(st.lists(st.integers(0, 30), unique=True, max_size=20), max_size=3)


@given(ORDERS)
def test_everything_stands_there_once_by_the_sum_of_what_its_places_count(orders):
    points = {
        thing: sum(1 / (K + order.index(thing) + 1) for order in orders if thing in order)
        for order in orders
        for thing in order
    }

    shown = fused(*orders)

    assert sorted(shown) == sorted(points)
    assert [points[thing] for thing in shown] == sorted(points.values(), reverse=True)


@given(st.lists(st.integers(), unique=True))
def test_one_order_alone_stays_as_it_is(order):
    assert fused(order) == fused(order, []) == fused([], order) == order


@given(st.lists(st.integers(), unique=True), st.lists(st.integers(), unique=True))
def test_what_stands_before_another_in_both_orders_stands_before_it(one, other):
    shown = fused(one, other)
    both = [thing for thing in shown if thing in one and thing in other]

    for earlier, later in pairwise(both):
        assert one.index(earlier) < one.index(later) or other.index(earlier) < other.index(later)


def test_to_stand_in_both_counts_for_more_than_the_first_place_in_one():
    assert fused(["words", "a", "both"], ["meaning", "b", "both"])[0] == "both"


def test_at_the_same_place_the_first_order_comes_first():
    assert fused(["a", "b"], ["c", "d"]) == ["a", "c", "b", "d"]
