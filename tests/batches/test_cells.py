"""Any content of a cell gives an answer: a value or a reason, never a crash and never a guess."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, strategies as st

from taawun.batches.cells import Choices, Raw, Read, cleaned, read
from taawun.batches.definitions import Field, FieldKind
from taawun.batches.reasons import OF_CELLS, OF_SHEETS

DATE, TEXT = Field("d", "D", FieldKind.DATE), Field("t", "T", most=20)
WHOLE, DECIMAL = Field("n", "N", FieldKind.INTEGER, most=100), Field("m", "M", FieldKind.DECIMAL, most=10**9)
CHOICE = Field("c", "C", FieldKind.CHOICE)


def choices():
    made = Choices()
    for value, label in (("country:MM", "Myanmar"), ("country:LA", "Laos"), ("a:1", "Twin"), ("a:2", "Twin")):
        made.add(value, label)
    return made


anything = st.one_of(
    st.text(),
    st.integers(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.none(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
)


@given(
    value=anything,
    kind=st.sampled_from(["s", "n", "d", "b", "e", "f", ""]),
    each=st.sampled_from(list(FieldKind)),
)
def test_any_content_gives_a_value_or_a_reason(value, kind, each):
    field = Field("x", "X", each, most=50)

    got = read(field, Raw(value, kind), choices(), "Choices")

    assert got.stored is None or got.why is None
    if got.why:
        assert str({**OF_SHEETS, **OF_CELLS}[got.why[0]]) % got.why[1]
    if got.stored is not None:
        assert field.typed(got.stored) is not None
        assert "\x00" not in got.stored
        got.stored.encode("utf-8")


@given(st.text())
def test_what_is_kept_of_a_text_is_kept_again_unchanged(text):
    assert cleaned(cleaned(text)) == cleaned(text)
    cleaned(text).encode("utf-8")


@pytest.mark.parametrize(
    ("field", "value", "kind", "answer"),
    [
        (DATE, datetime.fromisoformat("2024-03-05"), "d", Read("2024-03-05")),
        (DATE, date(2024, 3, 5), "d", Read("2024-03-05")),
        (DATE, "05/03/2024", "s", Read(why=("date-as-text", {}))),
        (DATE, "2024-03-05", "s", Read(why=("date-as-text", {}))),
        (DATE, 45000, "n", Read(why=("number-not-date", {}))),
        (DATE, datetime.fromisoformat("2024-03-05T09:30"), "d", Read(why=("time-of-day", {}))),
        (DATE, time(9, 30), "d", Read(why=("time-of-day", {}))),
        (DATE, timedelta(days=2), "d", Read(why=("time-of-day", {}))),
        (DATE, datetime.fromisoformat("1900-01-31"), "d", Read(why=("date-out-of-range", {}))),
        (DATE, True, "b", Read(why=("wrong-kind", {}))),
        (DATE, "#REF!", "e", Read(why=("error-value", {"found": "#REF!"}))),
        (DATE, "=TODAY()", "f", Read(why=("formula", {}))),
        (TEXT, "  Two \n lines  ", "s", Read("Two lines")),
        (TEXT, 2019, "n", Read("2019")),
        (TEXT, 2019.1, "n", Read(why=("number-not-text", {}))),
        (TEXT, datetime.fromisoformat("2019-03-02"), "d", Read(why=("date-not-text", {}))),
        (TEXT, "x" * 21, "s", Read(why=("too-long", {"length": 21, "most": 20}))),
        (TEXT, "a\x00b", "s", Read(why=("signs", {}))),
        (TEXT, "a\ud800b", "s", Read(why=("signs", {}))),
        (TEXT, " \xa0 ", "s", Read()),
        (WHOLE, 7.0, "n", Read("7")),
        (WHOLE, 7.5, "n", Read(why=("not-whole", {}))),
        (WHOLE, 101, "n", Read(why=("too-large", {"most": 100}))),
        (WHOLE, -1, "n", Read(why=("negative", {}))),
        (WHOLE, "7", "s", Read(why=("number-as-text", {}))),
        (WHOLE, float("inf"), "n", Read(why=("wrong-kind", {}))),
        (DECIMAL, 1234.5, "n", Read("1234.5")),
        (DECIMAL, 1e6, "n", Read("1000000")),
        (CHOICE, "  myanmar ", "s", Read("country:MM")),
        (CHOICE, "mm", "s", Read("country:MM")),
        (CHOICE, "country:LA", "s", Read("country:LA")),
        (CHOICE, "Myanmr", "s", Read(why=("not-a-choice-but", {"near": "Myanmar"}))),
        (CHOICE, "Atlantis", "s", Read(why=("not-a-choice", {"sheet": "Choices"}))),
        (CHOICE, "Twin", "s", Read(why=("several", {"codes": "a:1, a:2"}))),
    ],
)
def test_a_cell_is_taken_for_what_it_is(field, value, kind, answer):
    assert read(field, Raw(value, kind), choices(), "Choices") == answer


def test_an_empty_cell_is_missing_only_where_a_value_is_needed():
    needed = Field("t", "T", required=True)

    assert read(TEXT, Raw()) == Read()
    assert read(needed, Raw()) == Read(why=("missing", {}))
    assert read(needed, Raw("   ", "s")) == Read(why=("missing", {}))
