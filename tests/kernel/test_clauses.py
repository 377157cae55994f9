import pytest
from hypothesis import given, strategies as st

from taawun.kernel.clauses import Clause, cut, join, keyed, lines_of, numbered

AGREED = "1. Parties\n– Myanmar Post\n– JICA\n\n2. Duration\nFour years\n\nfrom the start\n\n3. Signatures"

# Texts made of what headings are made of, so that near misses are common.
PIECES = st.sampled_from(
    [
        *("1. Parties", "2. Durée", "3. النتائج", "1.", "2. ", "3.x", "–", "a", "12. b"),
        *("\n", "\n\n", "\r\n", " "),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))


def test_a_text_is_read_as_clauses_by_its_numbered_headings():
    assert cut(AGREED) == [
        Clause(number="1", title="Parties", text="– Myanmar Post\n– JICA"),
        Clause(number="2", title="Duration", text="Four years\n\nfrom the start"),
        Clause(number="3", title="Signatures"),
    ]


def test_what_stands_before_the_first_heading_is_a_clause_without_a_title():
    assert cut("The parties agree:\n\n1. Title\nText") == [
        Clause(text="The parties agree:"),
        Clause(number="1", title="Title", text="Text"),
    ]


def test_a_text_without_headings_is_one_clause():
    assert cut("The parties agree.\n\nOn everything.") == [
        Clause(text="The parties agree.\n\nOn everything.")
    ]
    assert cut("") == []


def test_a_list_inside_a_clause_is_no_heading():
    text = "1. Inputs\nAs follows:\n\n1. experts\n\n2. Duration\nFour years"

    assert [clause.title for clause in cut(text)] == ["Inputs", "Duration"]
    assert cut(text)[0].text == "As follows:\n\n1. experts"


def test_an_arabic_text_is_read_alike():
    assert [clause.title for clause in cut("1. الأطراف\nبريد ميانمار\n\n2. المدة\nأربع سنوات")] == [
        "الأطراف",
        "المدة",
    ]


@given(TEXTS)
def test_the_clauses_written_back_are_the_text(text):
    assert join(cut(text)) == lines_of(text)


@given(TEXTS)
def test_numbering_what_was_read_changes_nothing(text):
    assert numbered(cut(text)) == cut(text)


@given(TEXTS)
def test_every_clause_has_a_key_of_its_own(text):
    keys = [clause.key for clause in keyed(cut(text))]

    assert len(set(keys)) == len(keys)
    assert "" not in keys


def test_a_clause_without_a_key_takes_that_of_the_known_one_of_its_title():
    known = [Clause("Parties", key="parties"), Clause("Duration", key="duration")]

    found = keyed(
        [Clause("duration "), Clause("Own"), Clause("Parties", key="other"), Clause("Duration")], known
    )

    assert [clause.key for clause in found] == ["duration", "clause-1", "other", "clause-2"]


def test_a_new_clause_takes_no_key_that_was_another_s():
    known = [Clause("Taxes", key="clause-1")]

    assert [one.key for one in keyed([Clause("Staff")], known)] == ["clause-2"]


@pytest.mark.parametrize("order", [(1, 0, 2), (2, 1, 0)])
def test_clauses_are_numbered_in_their_order_whatever_they_were(order):
    moved = [cut(AGREED)[n] for n in order]

    assert [clause.number for clause in numbered(moved)] == ["1", "2", "3"]
