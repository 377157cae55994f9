"""Sheets that say other than they show: each trap is told with its address, and nothing of the sheet counts."""

import re
from datetime import date, datetime
from io import BytesIO

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st
from openpyxl import Workbook, load_workbook

from taawun.batches.reading import read_workbook
from taawun.batches.template import write_template
from tests.batches import made
from tests.batches.made import SHEET, filled, row

pytestmark = pytest.mark.usefixtures("world")


def problems(data, definition=SHEET):
    return [(p.at, p.why[0]) for p in read_workbook(data, definition, made.scope()).problems]


def whys(data, definition=SHEET):
    reading = read_workbook(data, definition, made.scope())
    assert reading.problems == []
    return {
        line.number: {slug: [why[0] for why in held] for slug, held in line.why.items()}
        for line in reading.lines
    }


def values(data, definition=SHEET):
    reading = read_workbook(data, definition, made.scope())
    assert (reading.problems, [line.why for line in reading.lines]) == ([], [{} for _ in reading.lines])
    return [{slug: cell["value"] for slug, cell in line.cells.items()} for line in reading.lines]


SOUND = {
    "code": "OLD-1",
    "title": "Work number 1",
    "country": "country:MM",
    "starts_on": "2020-04-01",
    "sheets": None,
    "cost": None,
    "note": None,
}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("reader", ["en", "fr", "ar"])
def test_a_template_of_any_language_is_read_by_a_reader_of_any_other(language, reader):
    data = filled([row(1)], language=language)

    with override(reader):
        assert values(data) == [SOUND]


def test_a_workbook_saved_by_excel_is_read_the_same():
    data = made.as_excel_saves(filled([row(1, note="first\nsecond")]))

    assert b"<v>0</v>" in made.part(data, "xl/worksheets/sheet1.xml")
    assert values(data) == [{**SOUND, "note": "first\nsecond"}]


def test_the_template_alone_holds_no_row_and_says_that_the_example_was_left_out():
    reading = read_workbook(made.template(), SHEET, made.scope())

    assert [(p.at, p.why[0]) for p in reading.problems] == [("A3", "no-rows")]
    assert [(p.at, p.why[0]) for p in reading.notices] == [("3", "example")]


def test_the_example_may_stay():
    data = filled([row(1)], example=True)

    assert values(data) == [SOUND]


def test_an_example_that_was_written_over_is_refused_not_left_out():
    def write_over(sheet):
        sheet["C3"] = "A real title"

    assert problems(filled([row(1)], write_over, example=True)) == [("A3", "example-changed")]


def test_blank_rows_between_are_nothing():
    def blank(sheet):
        sheet.insert_rows(4, 3)

    assert [v["code"] for v in values(filled([row(1), row(2)], blank))] == ["OLD-1", "OLD-2"]


def set_cell(at, value):
    def twist(sheet):
        sheet[at] = value

    return twist


def hide_row(sheet):
    sheet.row_dimensions[4].hidden = True


def hide_column(sheet):
    sheet.column_dimensions["D"].hidden = True


def swap(sheet):
    sheet["C2"], sheet["D2"] = sheet["D2"].value, sheet["C2"].value


def shift(sheet):
    sheet.insert_cols(3)


@pytest.mark.parametrize(
    ("twist", "told"),
    [
        (hide_row, [("4", "hidden-row")]),
        (hide_column, [("D1", "hidden-column")]),
        (lambda sheet: sheet.merge_cells("C3:D3"), [("C3:D3", "merged")]),
        (set_cell("J4", "by the way"), [("J4", "beyond")]),
        (set_cell("J2", "Remarks"), [("J2", "beyond")]),
        (set_cell("J4", "=SUM(H3:H4)"), [("J4", "formula")]),
        (set_cell("A4", "done"), [("A4", "mark-column")]),
        (set_cell("C2", "Titel"), [("C2", "heading-renamed")]),
        (set_cell("C2", None), [("C2", "heading-missing")]),
        (swap, [("C2", "heading-shifted"), ("D2", "heading-shifted")]),
        (set_cell("A1", "My list"), [("", "no-mark")]),
        (set_cell("A1", "=A2"), [("", "no-mark")]),
        (set_cell("A1", "TAAWUN take-over en 1-0123456789ab"), [("A1", "other-sheet")]),
        (set_cell("A1", "TAAWUN test-work en 1-0123456789ab"), [("A1", "stale")]),
        (set_cell("A1", "TAAWUN test-work xx 1-0123456789ab"), [("A1", "language")]),
    ],
)
def test_a_sheet_that_says_other_than_it_shows_is_refused_with_the_place(twist, told):
    def after(sheet):
        if twist is not None:
            twist(sheet)

    found = problems(filled([row(1), row(2)], after))

    assert found[: len(told)] == told


def test_a_merged_area_as_large_as_the_sheet_is_told_and_not_unfolded():
    data = filled([row(1)])
    text = made.part(data, "xl/worksheets/sheet1.xml")
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'

    huge = made.repacked(data, xl__worksheets__sheet1_dot_xml=text.replace(b"</sheetData>", merged))

    assert problems(huge) == [("A1:XFD1048576", "merged")]


def test_a_column_put_between_shifts_all_that_follow():
    found = problems(filled([row(1)], shift))

    assert found == [
        *((f"{letter}2", "heading-shifted") for letter in "CDEFGH"),
        ("I2", "beyond"),
    ]


def test_a_hidden_sheet_and_a_second_one_with_a_mark_are_refused():
    def hide(sheet):
        sheet.parent.create_sheet("Front", 0)
        sheet.sheet_state = "hidden"

    def double(sheet):
        sheet.parent.copy_worksheet(sheet)

    assert problems(filled([row(1)], hide)) == [("A1", "hidden-sheet")]
    assert problems(filled([row(1)], double)) == [("", "two-marks")]


def test_another_sheet_beside_is_told_and_does_no_harm():
    def beside(sheet):
        sheet.parent.create_sheet("My notes")["A1"] = "call Bago"

    reading = read_workbook(filled([row(1)], beside), SHEET, made.scope())

    assert reading.problems == []
    assert [p.why for p in reading.notices] == [("other-tab", {"name": "My notes"})]


def test_more_rows_than_are_taken_at_once_are_refused_unread():
    reading = read_workbook(filled(row(n) for n in range(1, 1002)), SHEET, made.scope())

    assert [(p.at, p.why) for p in reading.problems] == [("", ("too-many", {"rows": 1001, "most": 1000}))]
    assert reading.lines == []


def test_a_formula_in_a_cell_is_refused_whatever_value_it_holds():
    data = filled([row(1, title="=1+1")], set_cell("C3", '="Water" & " supply"'))
    name = "xl/worksheets/sheet1.xml"
    kept = re.sub(rb"(</f>)<v\s*/?>(?:</v>)?", rb"\1<v>Water supply</v>", made.part(data, name))
    cached = made.repacked(data, xl__worksheets__sheet1_dot_xml=kept)

    assert b"<v>Water supply</v>" in made.part(cached, name)
    assert whys(cached) == {3: {"title": ["formula"]}}


def test_text_that_begins_like_a_formula_is_text():
    assert values(filled([row(1, title="=1+1")]))[0]["title"] == "=1+1"


def test_wrong_cells_are_told_cell_by_cell():
    data = filled(
        [
            row(1, starts_on="01/04/2020", country="Atlantis", sheets="seven"),
            row(2, title="", cost=-1),
            row(1, title="The same again"),
        ]
    )

    assert whys(data) == {
        3: {"starts_on": ["date-as-text"], "country": ["not-a-choice"], "sheets": ["number-as-text"]},
        4: {"title": ["missing"], "cost": ["negative"]},
        5: {"code": ["twice"]},
    }


def test_the_macintosh_count_of_days_is_read_as_the_same_day():
    def mac(sheet):
        sheet.parent.epoch = datetime.fromisoformat("1904-01-01")
        sheet["E3"] = date(2020, 4, 1)

    assert values(filled([row(1)], mac))[0]["starts_on"] == "2020-04-01"


def test_a_row_of_a_sheet_of_changes_needs_the_version_it_was_made_from():
    def no_version(sheet):
        sheet["I3"] = "one"

    data = filled([row(1)], no_version, definition=made.CHANGES)

    assert whys(data, made.CHANGES) == {3: {"": ["stale-row"]}}


CELL = st.one_of(
    st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=60),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(9999, 12, 31)),
    st.sampled_from(["#REF!", "=1/0", "_x0000_", "_xD800_", "=cmd|' /C calc'!A0", "\u202eabc", "𝕏" * 50]),
)


@hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(CELL, min_size=1, max_size=9), min_size=1, max_size=4))
def test_whatever_stands_in_the_cells_every_row_gets_a_verdict(cells):
    def write(sheet):
        for number, held in enumerate(cells, start=3):
            for column, value in enumerate(held, start=1):
                sheet.cell(number, column, value)

    reading = read_workbook(filled([], write), SHEET, made.scope())

    for line in reading.lines:
        assert set(line.cells) == {f.slug for f in SHEET.fields}
        assert all(
            line.why.get(slug) or cell["value"] is not None or not SHEET.fields[n].required
            for n, (slug, cell) in enumerate(line.cells.items())
        )


@pytest.fixture(scope="module")
def sound_workbook():
    return {}


PARTS = ["worksheets/sheet1.xml", "styles.xml", "workbook.xml", "sharedStrings.xml"]


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(PARTS), st.floats(0, 1), st.binary(max_size=12), st.integers(0, 40))
def test_a_workbook_that_was_damaged_anywhere_is_answered(sound_workbook, name, where, put_in, left_out):
    if not sound_workbook:
        sound_workbook["data"] = made.as_excel_saves(filled([row(1)]))
    text = made.part(sound_workbook["data"], f"xl/{name}")
    at = int(len(text) * where)
    damaged = text[:at] + put_in + text[at + left_out :]
    path = f"xl__{name}".replace("/", "__").replace(".", "_dot_")

    reading = read_workbook(made.repacked(sound_workbook["data"], **{path: damaged}), SHEET, made.scope())

    assert reading.problems or reading.lines


def test_a_workbook_that_is_no_template_is_told():
    book = Workbook()
    book.active["A1"] = "Title"

    assert problems(made.saved(book)) == [("", "no-mark")]


def test_the_template_holds_the_choices_in_the_readers_language():
    with override("fr"):
        book = load_workbook(BytesIO(write_template(SHEET, made.scope())))

    sheet, choices, _help = book.worksheets
    assert [cell.value for cell in choices["A"]] == ["Country", "Myanmar", "Laos", "Senegal"]
    assert sheet["A2"].value != "Example?"
    assert [str(v.sqref) for v in sheet.data_validations.dataValidation] == ["D3:D1003"]
