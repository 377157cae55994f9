"""Whether two names are probably the same."""

import pytest
from hypothesis import given, strategies as st

from taawun.kernel.likeness import plain, plain_address


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José NÚÑEZ", "nunez, jose"),
        ("Embassy of Morocco in Senegal (example)", "EMBASSY of Morocco, in Senegal"),
        ("Straße", "STRASSE"),
        ("وزارة الصحّة", "وزاره الصحة"),
        ("إبراهيم", "ابراهيم"),
        ("ﬁnance", "finance"),
    ],
)
def test_names_written_alike_are_one(one, other):
    assert plain(one) == plain(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Ministry 1", "Ministry 2"), ("Ana", "Anna"), ("Bureau", "Bureaux")]
)
def test_no_spelling_is_guessed(one, other):
    assert plain(one) != plain(other)


@given(st.text(max_size=60))
def test_the_plain_form_of_a_plain_form_is_itself(name):
    assert plain(plain(name)) == plain(name)


@given(st.lists(st.text("abcé", min_size=1, max_size=6), max_size=5), st.randoms())
def test_the_order_of_the_words_does_not_matter(words, chance):
    turned = list(words)
    chance.shuffle(turned)

    assert plain(" ".join(turned)) == plain(" ".join(words))


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (" Desk+work@Example.org ", "desk@example.org"),
        ("desk@example.org", "desk@example.org"),
        ("", ""),
        ("@example.org", ""),
        ("desk", ""),
    ],
)
def test_an_address_without_case_and_without_what_follows_a_plus(address, wanted):
    assert plain_address(address) == wanted
