"""Patterns of case numbers: each case gets a number of its own, whatever the pattern."""

import pytest
from hypothesis import assume, given, strategies as st

from taawun.kernel.numbering import LONGEST, Pattern, PatternError

PARTS = st.one_of(st.sampled_from(["CC", "YYYY", "YY"]), st.from_regex(r"[A-Z]{1,6}", fullmatch=True))


@st.composite
def patterns(draw):
    """A pattern as an administrator might write it."""
    parts = [p for p in draw(st.lists(PARTS, max_size=3)) if set(p) != {"N"}]
    parts.insert(draw(st.integers(0, len(parts))), "SORT")
    marks = draw(st.lists(st.sampled_from("-/."), min_size=len(parts), max_size=len(parts)))
    text = "".join(part + mark for part, mark in zip(parts, marks, strict=True))
    text += "N" * draw(st.integers(3, 6))
    assume(len(text) <= LONGEST)
    return Pattern.parse(text)


CASES = st.tuples(
    st.sampled_from(["MM", "LA", "SN"]), st.integers(2010, 2040), st.sampled_from(["REQ", "PRJ"])
)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("CC-YYYY-SORT-NNNN", "MM-2027-REQ-0012"),
        ("SORT/YY.NNN", "REQ/27.012"),
        ("AMCI-SORT-CC-YYYY-NNNNNN", "AMCI-REQ-MM-2027-000012"),
    ],
)
def test_a_number_is_written_as_the_pattern_says(pattern, number):
    read = Pattern.parse(pattern)

    assert read.number(read.series(country="MM", year=2027, sort="REQ"), 12) == number


@pytest.mark.parametrize(
    "text",
    [
        *("", "NNNN", "CC-YYYY-NNNN", "SORT", "SORT-NN", "SORT-NNNNNNN", "NNNN-SORT", "SORT-NNNN-CC"),
        *(
            "SORT-NNN-NNN",
            "sort-NNNN",
            "SORT--NNNN",
            "SORT-1-NNNN",
            "SORT NNNN",
            "SORT-É-NNNN",
            "SORT-NNNN\n",
        ),
        "ABCDEFGH-ABCDEFGH-SORT-CC-NNNNN",
    ],
)
def test_what_would_not_number_every_case_is_refused(text):
    with pytest.raises(PatternError):
        Pattern.parse(text)


@given(patterns(), patterns(), CASES, CASES, st.integers(1, 99999), st.integers(1, 99999))
def test_two_cases_never_get_the_same_number(one, other, case, another, count, further):
    def numbered(pattern, of, n):
        series = pattern.series(country=of[0], year=of[1], sort=of[2])
        return (series, n), pattern.number(series, n)

    (counted, number), (counted_too, number_too) = (
        numbered(one, case, count),
        numbered(other, another, further),
    )

    assert counted == counted_too or number != number_too


@given(st.text(alphabet="CYNSORT-/. 1é", max_size=35))
def test_whatever_is_written_is_a_pattern_or_refused(text):
    try:
        pattern = Pattern.parse(text)
    except PatternError:
        return

    number = pattern.number(pattern.series(country="MM", year=2027, sort="PRJ"), 1)
    assert len(number) <= 40
