"""Clauses in several languages stay in step, and none is lost."""

from hypothesis import given, strategies as st

from taawun.kernel.clause_lists import fresh_key, moved, place_for

KEYS = list("abcdef")
KEYED = st.lists(st.sampled_from(KEYS), unique=True)
LISTS = st.fixed_dictionaries({"en": KEYED, "fr": KEYED, "ar": KEYED})
SIDES = st.sampled_from([-1, 1])


def same(key: str) -> str:
    return key


def step(lists, place, by):
    return moved(lists, "en", place, by, same)


@given(LISTS, st.integers(-2, 8), SIDES)
def test_no_clause_is_lost_or_doubled_by_moving(lists, place, by):
    found = step(lists, place, by)

    assert {code: sorted(one) for code, one in found.items()} == {
        code: sorted(one) for code, one in lists.items()
    }


@given(LISTS, st.integers(0, 5))
def test_down_and_up_again_is_where_it_was(lists, place):
    there = step(lists, place, 1)

    back = step(there, place + 1, -1)["en"] if there is not lists else there["en"]

    assert back == lists["en"]


@given(KEYED, st.integers(0, 5), SIDES)
def test_languages_in_one_order_stay_in_one_order(keys, place, by):
    found = step({"en": keys, "fr": list(keys)}, place, by)

    assert found["fr"] == found["en"]


@given(LISTS, st.integers(0, 5), SIDES)
def test_the_other_languages_agree_on_the_two_that_changed_places(lists, place, by):
    found = step(lists, place, by)

    if found is not lists:
        row, neighbour = lists["en"][place], lists["en"][place + by]
        for one in (found["fr"], found["ar"]):
            if row in one and neighbour in one:
                assert (one.index(row) - one.index(neighbour)) * by > 0


@given(KEYED.filter(bool), KEYED, st.data())
def test_a_clause_that_is_put_in_follows_the_one_it_follows_elsewhere(other, rows, data):
    key = data.draw(st.sampled_from(other))
    rows = [one for one in rows if one != key]

    place = place_for(key, rows, [other])

    before = [one for one in other[: other.index(key)] if one in rows]
    assert rows[:place][-1:] == before[-1:]


def test_a_clause_nobody_else_has_goes_to_the_end():
    assert place_for("z", ["a", "b"], [["c"]]) == 2


@given(st.sets(st.sampled_from(["clause-1", "clause-2", "clause-3", "a"])))
def test_a_new_key_is_nobodys(keys):
    assert fresh_key(keys) not in keys
