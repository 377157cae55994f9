"""The workbook people fill in: headings in their language, choices beside, one example, a mark against stale sheets."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import formats
from django.utils.translation import get_language_bidi, gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from taawun.batches.cells import Raw
from taawun.batches.definitions import Definition, Field, FieldKind, Scope

MARK_ROW, HEADINGS, FIRST_ROW = 1, 2, 3
NO_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
GREY, HEAD, EXAMPLE = Font(color="6B6B6B", size=9), Font(bold=True), Font(color="6B6B6B", italic=True)
BAND, NEEDED = PatternFill("solid", fgColor="EFEBDD"), PatternFill("solid", fgColor="DCE8E0")
WIDTHS = {FieldKind.LONG_TEXT: 50, FieldKind.TEXT: 26, FieldKind.CHOICE: 28}
FORMATS = {FieldKind.TEXT: "@", FieldKind.LONG_TEXT: "@", FieldKind.DATE: "yyyy-mm-dd", FieldKind.CHOICE: "@"}


def headings(definition: Definition) -> list[str]:
    """The headings in the reader's language: the column of the mark, the fields, the version of what is changed."""
    fields = [f"{each.label} *" if each.required else str(each.label) for each in definition.fields]
    return [_("Example?"), *fields, *([_("Version (do not change)")] if definition.existing else [])]


def last_column(definition: Definition) -> int:
    """The number of the last column that is read."""
    return 1 + len(definition.fields) + bool(definition.existing)


def choices_name() -> str:
    """What the sheet with the choices is called."""
    return _tab(_("Choices"))


def tab_names(definition: Definition) -> set[str]:
    """The sheets of a template in the reader's language."""
    return {_tab(str(definition.label)), choices_name(), _tab(_("How to fill it in"))}


def _tab(text: str) -> str:
    return text.translate(NO_TITLE).strip()[:31]


def example_of(definition: Definition, scope: Scope) -> list[Any]:
    """The example row, mark included, as it is written: choices by their labels."""
    return [_("Example"), *(_example(each, scope) for each in definition.fields)]


def _example(each: Field, scope: Scope) -> Any:
    value = each.example() if callable(each.example) else each.example
    if each.kind == FieldKind.CHOICE and each.choices:
        offered = list(each.choices(scope))
        label = next((label for choice, label in offered if choice == value), None)
        return str(label if label is not None else offered[0][1] if offered and value else "")
    return value if isinstance(value, int | Decimal | date) else str(value)


def example_shown(definition: Definition, scope: Scope) -> list[str]:
    """The example row as a reader finds it in the workbook."""
    return [Raw(value, "s").shown for value in example_of(definition, scope)]


def write_template(definition: Definition, scope: Scope) -> bytes:
    """The workbook in the reader's language, as bytes; filled with what is there, where that is changed."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  # a new workbook has one
    sheet.title = _tab(str(definition.label))
    sheet.sheet_view.rightToLeft = get_language_bidi()
    _write_head(sheet, definition)
    existing = list(definition.existing(scope)) if definition.existing else []
    for number, row in enumerate(existing, start=FIRST_ROW):
        _write_existing(sheet, number, definition, scope, row)
    if not definition.existing:
        _write_row(sheet, FIRST_ROW, example_of(definition, scope), EXAMPLE)
    _write_choices(book, sheet, definition, scope)
    _write_help(book, definition)
    sheet.freeze_panes = f"C{FIRST_ROW}"
    return saved(book)


def saved(book: Workbook) -> bytes:
    """A workbook as bytes."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_head(sheet: Any, definition: Definition) -> None:
    sheet.cell(MARK_ROW, 1, definition.mark()).font = GREY
    told = _("Do not change these two lines, or the order of the columns. Columns marked * must be filled.")
    sheet.cell(MARK_ROW, 3, told).font = GREY
    for column, text in enumerate(headings(definition), start=1):
        cell = sheet.cell(HEADINGS, column, text)
        cell.font, cell.fill = HEAD, NEEDED if text.endswith("*") else BAND
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 11
    for column, each in enumerate(definition.fields, start=2):
        held = sheet.column_dimensions[get_column_letter(column)]
        held.width = WIDTHS.get(each.kind, 14)
        held.number_format = FORMATS.get(each.kind, "General")


def _write_row(sheet: Any, number: int, values: list[Any], font: Font | None = None) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(number, column)
        put(cell, value)
        if font:
            cell.font = font


def put(cell: Any, value: Any) -> None:
    """Write a value; text stays text, whatever it begins with, and a date looks like one."""
    if value is None or value == "":
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type, cell.number_format = "s", "@"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _write_existing(sheet: Any, number: int, definition: Definition, scope: Scope, row: Any) -> None:
    values = [_shown(each, row.values.get(each.slug), scope) for each in definition.fields]
    _write_row(sheet, number, ["", *values, row.version])


def _shown(each: Field, value: Any, scope: Scope) -> Any:
    if each.kind == FieldKind.CHOICE and each.choices:
        return next((str(label) for choice, label in each.choices(scope) if choice == value), value)
    return value


def _write_choices(book: Workbook, sheet: Any, definition: Definition, scope: Scope) -> None:
    """One column of choices for each field that has them, and a list in the cell to choose from."""
    tab = book.create_sheet(choices_name())
    tab.sheet_view.rightToLeft = get_language_bidi()
    with_choices = [(n, f) for n, f in enumerate(definition.fields, start=2) if f.choices]
    for column, (place, each) in enumerate(with_choices, start=1):
        labels = [str(label) for _value, label in (each.choices(scope) if each.choices else ())]
        tab.cell(1, column, str(each.label)).font = HEAD
        tab.column_dimensions[get_column_letter(column)].width = 34
        for number, label in enumerate(labels, start=2):
            put(tab.cell(number, column), label)
        _offer(sheet, place, definition.most_rows, tab.title, column, len(labels))


def _offer(sheet: Any, place: int, rows: int, tab: str, column: int, count: int) -> None:
    letter, into = get_column_letter(column), get_column_letter(place)
    offered = DataValidation("list", formula1=f"'{tab}'!${letter}$2:${letter}${max(2, count + 1)}")
    offered.add(f"{into}{FIRST_ROW}:{into}{FIRST_ROW + rows}")
    sheet.add_data_validation(offered)


def _write_help(book: Workbook, definition: Definition) -> None:
    tab = book.create_sheet(_tab(_("How to fill it in")))
    tab.sheet_view.rightToLeft = get_language_bidi()
    put(tab.cell(1, 1), str(definition.lede))
    for column, text in enumerate((_("Column"), _("Needed"), _("What it takes"), _("Note")), start=1):
        tab.cell(3, column, text).font = HEAD
    for number, each in enumerate(definition.fields, start=4):
        told = [str(each.label), _("Yes") if each.required else _("No"), takes(each), str(each.help)]
        _write_row(tab, number, told)
    for letter, width in zip("ABCD", (30, 10, 44, 70), strict=True):
        tab.column_dimensions[letter].width = width


def takes(each: Field) -> str:
    """What may stand in a column, in words."""
    if each.kind == FieldKind.DATE:
        return _("A date, entered as a date")
    if each.kind == FieldKind.CHOICE:
        return _("One of the choices of the sheet “%(sheet)s”") % {"sheet": choices_name()}
    if each.kind == FieldKind.INTEGER:
        return _("A whole number")
    if each.kind == FieldKind.DECIMAL:
        return _("A number")
    return _("Text, at most %(most)s signs") % {"most": formats.number_format(each.most)}
