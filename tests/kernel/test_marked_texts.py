"""A text that came back, cut by its marks, and what was accepted of it brought into the text."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, strategies as st

from taawun.kernel.clause_changes import Change, compare
from taawun.kernel.clauses import Clause, numbered
from taawun.kernel.marked_texts import MARK, cut_marked
from taawun.kernel.negotiating import Overtaken, merged, open_places
from taawun.kernel.wording import said, seen


@dataclass(frozen=True)
class Read:
    text: str
    marks: frozenset[str] = frozenset()
    heading: bool = False
    remarks: tuple[str, ...] = ()


OURS = numbered(
    [
        Clause("", "They agree.", "preamble"),
        Clause("Taxes", "None.", "taxes"),
        Clause("Period", "Three years.", "period"),
    ]
)
KEYS = {f"{MARK}{n}": one.key for n, one in enumerate(OURS, start=1)}
AROUND = ["Record of Discussions", "Document D01"]


def laid_out(clauses: list[Clause]) -> list[Read]:
    """Clauses as the paragraphs of a document, each under its mark, within what stands around them."""
    found = [Read(AROUND[0], heading=True)]
    places = {key: mark for mark, key in KEYS.items()}
    for clause in clauses:
        mark = frozenset({places[clause.key]} if clause.key in places else ())
        if clause.title:
            found.append(Read(f"{clause.number}. {clause.title}", mark, heading=True))
        found += [Read(text, mark) for text in clause.text.split("\n\n") if text]
    return [*found, Read(AROUND[1])]


def back(clauses: list[Clause]):
    return cut_marked(laid_out(clauses), KEYS, AROUND)


def test_what_came_back_unchanged_is_the_same():
    read = back(OURS)
    assert ([(one.title, one.text, one.key) for one in read.clauses], read.outside, read.marks_found) == (
        [("", "They agree.", "preamble"), ("Taxes", "None.", "taxes"), ("Period", "Three years.", "period")],
        [],
        3,
    )
    assert compare(OURS, read.clauses, read.outside).differs is False


def test_a_heading_inside_a_clause_begins_a_new_one():
    paragraphs = laid_out(OURS)
    mark = paragraphs[-2].marks
    paragraphs[-1:-1] = [Read("4. Secrecy", mark, heading=True), Read("Nobody tells.", mark)]
    read = cut_marked(paragraphs, KEYS, AROUND)
    assert [(one.key, one.title, one.text) for one in read.clauses][2:] == [
        ("period", "Period", "Three years."),
        ("", "Secrecy", "Nobody tells."),
    ]


def test_words_between_the_clauses_stand_outside():
    paragraphs = laid_out(OURS)
    paragraphs.insert(3, Read("By the way.", remarks=("Who wrote this?",)))
    assert cut_marked(paragraphs, KEYS, AROUND).outside == ["By the way.", "Who wrote this?"]


def test_a_mark_that_stands_twice_is_no_clause_twice():
    paragraphs = laid_out(OURS)
    paragraphs.insert(-1, replace(paragraphs[1]))
    read = cut_marked(paragraphs, KEYS, AROUND)
    assert ([one.key for one in read.clauses], read.outside) == (
        ["preamble", "taxes", "period"],
        ["They agree."],
    )


def test_a_clause_without_words_is_taken_out():
    read = back([OURS[0], OURS[2]])
    rows = compare(OURS, read.clauses, read.outside).rows
    assert [(row.change, row.clause.key) for row in rows if row.differs] == [(Change.MISSING, "taxes")]


def test_remarks_stand_with_their_clause():
    paragraphs = [replace(one, remarks=("Why?",)) if one.text == "None." else one for one in laid_out(OURS)]
    assert cut_marked(paragraphs, KEYS, AROUND).remarks == {1: ["Why?"]}


def test_an_accepted_clause_that_was_written_anew_is_not_written_over():
    comparison = compare(OURS, [OURS[0], replace(OURS[1], text="Some."), OURS[2]])
    current = [OURS[0], replace(OURS[1], text="Many."), OURS[2]]
    with pytest.raises(Overtaken) as refused:
        merged(current, comparison, [1])
    assert [one.key for one in refused.value.clauses] == ["taxes"]
    assert merged(current, comparison, []) == current


# ── Whatever they do to it ──

WORDS = st.text("abc \n–1.ب", max_size=30)
CLAUSE = st.builds(Clause, title=st.text("abc", max_size=6), text=WORDS)


@st.composite
def negotiations(draw):
    """A text of ours and what they made of it: changed, taken out, put in, in another order."""
    ours = numbered([replace(one, key=f"k{n}") for n, one in enumerate(draw(st.lists(CLAUSE, max_size=6)))])
    theirs = [
        draw(st.one_of(st.just(one), CLAUSE.map(lambda new, one=one: replace(new, key=one.key))))
        for one in ours
    ]
    theirs = draw(st.permutations(theirs))
    theirs = list(theirs)[: draw(st.integers(0, len(ours)))]
    for new in draw(st.lists(CLAUSE, max_size=3)):
        theirs.insert(draw(st.integers(0, len(theirs))), new)
    return ours, theirs


def words_of(clauses: list[Clause]) -> list[tuple[str, str]]:
    return [(seen(one.title), said(one.text)) for one in clauses]


@given(negotiations())
def test_all_accepted_is_their_text_and_none_accepted_is_ours(both):
    ours, theirs = both
    comparison = compare(ours, theirs)
    assert words_of(merged(ours, comparison, open_places(comparison))) == words_of(theirs)
    assert merged(ours, comparison, []) == ours


@given(negotiations(), st.data())
def test_what_is_not_accepted_stays_word_for_word(both, data):
    ours, theirs = both
    comparison = compare(ours, theirs)
    places = open_places(comparison)
    accepted = data.draw(st.lists(st.sampled_from(places), unique=True)) if places else []
    text = {one.key: one for one in merged(ours, comparison, accepted)}
    touched = {comparison.rows[n].ours.key for n in accepted if comparison.rows[n].ours}
    kept = [one for one in ours if one.key not in touched]
    assert [(text[one.key].title, text[one.key].text) for one in kept] == [
        (one.title, one.text) for one in kept
    ]
    assert len({one.key for one in text.values()}) == len(text)


@given(negotiations())
def test_the_marks_find_every_clause_again(both):
    ours, _theirs = both
    ours = [one for one in ours if one.title or one.text.strip()]
    keys = {f"{MARK}{n}": one.key for n, one in enumerate(ours, start=1)}
    paragraphs = []
    for mark, clause in zip(keys, ours, strict=True):
        if clause.title:
            paragraphs.append(Read(f"{clause.number}. {clause.title}", frozenset({mark}), heading=True))
        paragraphs += [Read(t, frozenset({mark})) for t in clause.text.split("\n\n") if t.strip()]
    read = cut_marked(paragraphs, keys)
    assert ([one.key for one in read.clauses], read.outside) == ([one.key for one in ours], [])
    assert words_of(read.clauses) == words_of(ours)
