"""A code list that somebody sends: what is taken, what is refused with its line, and what it would change."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from taawun.reference.differences import changes
from taawun.reference.models import Code
from taawun.reference.reading import CODE, read_sheet
from taawun.reference.sheets import as_row, written

HEAD = "code,name_en,name_fr,name_ar,parent,valid_from,valid_to,successor"
TODAY = date(2026, 11, 30)


def sheet(*rows, head=HEAD, known=()):
    return read_sheet("\n".join([head, *rows]) + "\n", "fruit", known)


def wrong(*rows, **more):
    return [(one.line, one.code, one.why) for one in sheet(*rows, **more).wrong]


def code(slug, **fields):
    return Code(
        id=f"fruit:{slug}", code_list_id="fruit", code=slug, position=0, **{"names": {"en": slug}} | fields
    )


def becomes(present, *rows):
    read = sheet(*rows, known=["fruit:a", "tree:1"])
    assert read.wrong == []
    return [(one["code"], one["what"]) for one in changes(present, read.rows, TODAY)]


def test_rows_are_read_with_what_stands_in_their_cells():
    read = sheet("a, Apple ,Pomme,,tree:1,2020-01-01,,", "b,Pear,,,fruit:a,,,", known=["tree:1"])

    assert read.wrong == []
    assert list(read.rows) == ["a", "b"]
    assert (read.rows["a"]["name_en"], read.rows["a"]["parent"]) == ("Apple", "tree:1")


def test_a_file_of_a_french_spreadsheet_is_read_too():
    read = sheet("a;Apple;Pomme;;;;;", head="\ufeff" + HEAD.replace(",", ";"))

    assert read.wrong == []
    assert read.rows["a"]["name_fr"] == "Pomme"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",Apple,,,,,,", "code"),
        ("a b,Apple,,,,,,", "code"),
        ("=1+1,Apple,,,,,,", "code"),
        (f"{'a' * 49},Apple,,,,,,", "code"),
        ("a,,Pomme,,,,,", "no-english"),
        (f"a,{'x' * 1001},,,,,,", "too-long"),
        ('a,"=HYPERLINK(""x"")",,,,,,', "formula"),
        ("a,Apple\x07,,,,,,", "unprintable"),
        ("a,Apple,,,,2020-13-01,,", "day"),
        ("a,Apple,,,,1 May 2020,,", "day"),
        ("a,Apple,,,,2020-02-01,2020-01-01,", "days"),
        ("a,Apple,,,fruit:a,,,", "itself"),
        ("a,Apple,,,tree:9,,,", "nowhere"),
        ("a,Apple,,,,,,fruit:z", "nowhere"),
        ("a,Apple,,,,,,,more", "beyond"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_with_its_line(row, why):
    told = wrong("b,Pear,,,,,,", row)

    assert [(line, reason) for line, _code, reason in told] == [(3, why)]


def test_the_second_of_two_rows_of_one_code_is_refused():
    assert wrong("a,Apple,,,,,,", "a,Pear,,,,,,") == [(3, "a", "twice")]
    assert wrong("a,,,,,,,", "a,Pear,,,,,,") == [(2, "a", "no-english"), (3, "a", "twice")]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("code,name_en,parent,valid_from,valid_to", [(1, "", "column-missing")]),
        (HEAD + ",colour", [(1, "", "column-unknown")]),
        (HEAD + ",name_en", [(1, "", "column-twice")]),
        ("x", [(1, "", "column-missing")] * 6 + [(1, "", "column-unknown")]),
    ],
)
def test_a_file_with_other_columns_is_refused_whole(head, why):
    read = sheet("a,Apple,,,,,,", head=head)

    assert [(one.line, one.code, one.why) for one in read.wrong] == why
    assert read.rows == {}


def test_an_empty_list_is_refused_lest_everything_be_withdrawn():
    assert wrong() == [(1, "", "no-rows")]


@given(st.text(max_size=400))
def test_any_text_gives_an_answer(text):
    read = read_sheet(text, "fruit", set())

    assert read.wrong or read.rows
    assert all(CODE.fullmatch(one) for one in read.rows)


names = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)
slugs = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._\-]{0,9}", fullmatch=True)


@given(st.dictionaries(slugs, st.tuples(names, names), min_size=1, max_size=8))
def test_what_is_written_is_read_back_and_changes_nothing(held):
    codes = [code(slug, names={"en": en, "pt": pt}, also={"dac": "7"}) for slug, (en, pt) in held.items()]

    read = read_sheet(written(codes), "fruit", set())

    assert read.wrong == []
    assert changes(codes, read.rows, TODAY) == []


def test_each_code_is_told_what_becomes_of_it():
    present = [code("a"), code("b"), code("c", valid_to=date(2020, 1, 1)), code("d"), code("e"), code("f")]
    present += [code("g", valid_to=date(2020, 1, 1))]

    assert becomes(
        present,
        "a,a,,,,,,",
        "b,Pear,,,,,,",
        "c,c,,,,,,",
        "d,d,,,,,2025-01-01,",
        "f,f,,,tree:1,,,",
        "h,New,,,,,,",
    ) == [
        *[("b", "renamed"), ("c", "back"), ("d", "withdrawn"), ("f", "changed"), ("h", "added")],
        ("e", "withdrawn"),
    ]


def test_what_the_file_no_longer_holds_ends_today_or_on_the_day_it_was_to_begin():
    present = [code("a"), code("b"), code("c", valid_from=date(2030, 1, 1))]

    found = {one["code"]: one["after"] for one in changes(present, {"a": as_row(code("a"))}, TODAY)}

    assert {slug: row["valid_to"] for slug, row in found.items()} == {"b": "2026-11-30", "c": "2030-01-01"}
