from dataclasses import replace
from itertools import permutations

from hypothesis import given, strategies as st

from taawun.kernel.clause_changes import Change, compare
from taawun.kernel.clauses import Clause
from taawun.kernel.wording import Piece, Span, likeness, seen, word_by_word

PARTIES = Clause("Parties", "Myanmar Post and JICA", "parties", "1")
DURATION = Clause("Duration", "The cooperation lasts four years from its signature", "duration", "2")
CHANGES = Clause("Changes", "A change is agreed in writing by the parties", "changes", "3")
OURS = [PARTIES, DURATION, CHANGES]

WORDS = st.text(alphabet="ab \n\u00a0\u200fأبée\u0301", max_size=40)
CLAUSES = st.builds(Clause, st.sampled_from(["", "A", "B", "C"]), WORDS, st.sampled_from(["", "a", "b"]))
TEXTS = st.lists(CLAUSES, max_size=6)


def told(ours, theirs, outside=()):
    return [(row.change.value, row.clause.title, row.moved) for row in compare(ours, theirs, outside).rows]


# ── Clause by clause ──


def test_a_text_beside_itself_differs_in_nothing():
    found = compare(OURS, OURS)

    assert (found.differs, [row.change for row in found.rows]) == (False, [Change.SAME] * 3)


def test_what_became_of_each_clause_is_told():
    theirs = [
        replace(DURATION, text="The cooperation lasts five years from its signature"),
        PARTIES,
        Clause("Taxes", "None are levied"),
    ]

    assert told(OURS, theirs) == [
        ("changed", "Duration", True),
        ("missing", "Changes", False),
        ("same", "Parties", False),
        ("new", "Taxes", False),
    ]


def test_a_clause_is_found_again_by_its_title_or_its_words_where_it_lost_its_key():
    renamed = replace(DURATION, title="Term", key="", number="9")

    found = compare(OURS, [replace(PARTIES, key="", text="Others"), renamed, replace(CHANGES, key="")])

    assert [(row.change.value, row.ours.key) for row in found.rows] == [
        ("changed", "parties"),
        ("changed", "duration"),
        ("same", "changes"),
    ]


def test_a_key_that_comes_back_twice_is_a_new_clause_the_second_time():
    other = replace(PARTIES, title="", text="Something quite different")

    assert told([PARTIES], [PARTIES, other]) == [("same", "Parties", False), ("new", "", False)]


def test_what_stands_outside_the_clauses_makes_a_difference_and_is_told_whole():
    found = compare(OURS, OURS, ["", " \u200f ", " The fee is 5% "])

    assert (found.differs, found.outside) == (True, ["The fee is 5%"])


def test_of_an_exchange_of_places_the_fewest_clauses_have_moved():
    many = [Clause(key=str(n), text=f"Text {n}") for n in range(6)]

    found = compare(many, [many[5], *many[:5]])

    assert [row.theirs.key for row in found.rows if row.moved] == ["5"]


def test_an_order_is_the_same_in_which_nothing_moved_and_in_no_other():
    many = [Clause(key=str(n), text=f"Text {n}") for n in range(4)]

    kept = [order for order in permutations(many) if not compare(many, order).differs]

    assert kept == [tuple(many)]


@given(TEXTS, TEXTS)
def test_every_clause_of_both_stands_in_the_answer_once(ours, theirs):
    rows = compare(ours, theirs).rows

    assert [row.theirs for row in rows if row.theirs] == theirs
    assert sorted(map(repr, (row.ours for row in rows if row.ours))) == sorted(map(repr, ours))


@given(TEXTS)
def test_nothing_differs_from_itself(clauses):
    assert not compare(clauses, clauses).differs


# ── Word by word ──


def test_one_word_is_changed_in_its_sentence():
    assert word_by_word("It lasts four years", "It lasts five years") == [
        Span(Piece.SAME, "It lasts "),
        Span(Piece.GONE, "four"),
        Span(Piece.NEW, "five"),
        Span(Piece.SAME, " years"),
    ]


def test_one_arabic_word_is_changed_in_its_sentence():
    assert word_by_word("مدة التعاون أربع سنوات", "مدة التعاون خمس سنوات") == [
        Span(Piece.SAME, "مدة التعاون "),
        Span(Piece.GONE, "أربع"),
        Span(Piece.NEW, "خمس"),
        Span(Piece.SAME, " سنوات"),
    ]


def test_marks_nobody_sees_and_other_spaces_change_nothing():
    assert word_by_word("مدة التعاون", "\u200fمدة\u00a0التعاون\u200e") == [Span(Piece.SAME, "مدة التعاون")]
    assert word_by_word("durée", "dure\u0301e") == [Span(Piece.SAME, "durée")]


def test_a_new_line_is_a_change():
    assert word_by_word("a b", "a\nb") == [
        Span(Piece.SAME, "a"),
        *(Span(Piece.GONE, " "), Span(Piece.NEW, "\n")),
        Span(Piece.SAME, "b"),
    ]


def test_words_changed_side_by_side_are_told_in_one_piece():
    assert [span.text for span in word_by_word("in four years", "in five months")] == [
        *("in ", "four years", "five months")
    ]


@given(WORDS, WORDS)
def test_both_wordings_can_be_read_from_the_spans(ours, theirs):
    spans = word_by_word(ours, theirs)

    assert "".join(span.text for span in spans if span.piece != Piece.NEW) == ours
    assert seen("".join(span.text for span in spans if span.piece != Piece.GONE)) == seen(theirs)


def test_a_text_too_long_to_weigh_word_by_word_is_compared_by_lines():
    ours = "".join(f"word {n}\n" for n in range(1200))

    spans = word_by_word(ours, ours.replace("word 700\n", "other\n"))

    assert [span.text for span in spans if span.piece != Piece.SAME] == ["word 700\n", "other\n"]


def test_two_texts_are_alike_by_the_words_they_share():
    assert (likeness("a b c d", "a b c e"), likeness("a", ""), likeness("", "")) == (0.75, 0.0, 1.0)
