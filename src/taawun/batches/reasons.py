"""What can be wrong with a sheet, a row or a cell, as sentences in the reader's language."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from taawun.batches.definitions import Definition, Why

# Of the sheet as a whole: nothing of it is read.
OF_SHEETS: dict[str, Any] = {
    "unreadable": _(
        "The sheet cannot be read: it was damaged or written by a program that does not keep to the form."
    ),
    "no-mark": _("The first cell of no sheet holds the mark of a template. Copy the rows into the template."),
    "two-marks": _("Two sheets of the workbook bear the mark of a template. Keep one."),
    "other-sheet": _("This is the template of another list: “%(slug)s”."),
    "stale": _(
        "The sheet was made for an earlier form of this list. Download the template anew and copy the rows."
    ),
    "language": _("The template's language “%(language)s” is not known here."),
    "hidden-sheet": _("The sheet is hidden: show it, so that everybody sees what is applied."),
    "heading-shifted": _(
        "The heading “%(wanted)s” belongs here; it stands in %(found)s. Columns are not moved."
    ),
    "heading-missing": _("The heading “%(wanted)s” belongs here and is missing."),
    "heading-renamed": _("The heading “%(wanted)s” belongs here; it reads “%(found)s”."),
    "merged": _("Cells are merged: split them, and fill each one."),
    "hidden-row": _("The row is hidden: show it, or delete it."),
    "hidden-column": _("The column is hidden: show it."),
    "beyond": _("Nothing is read of this column: clear the cell."),
    "formula": _("A formula stands here: paste its value instead."),
    "too-many": _("The sheet has %(rows)s rows; at most %(most)s are taken at once. Send them in parts."),
    "no-rows": _("The sheet holds no row below its headings."),
    "mark-column": _("The first column is for the mark of the example alone: clear the cell."),
    "example-changed": _(
        "The row is marked as the example, but says something else: clear the mark if it is to be applied, "
        "or delete the row."
    ),
}
# Said beside, without harm.
NOTICES: dict[str, Any] = {
    "example": _("The example was left out."),
    "other-tab": _("Nothing is read of the sheet “%(name)s”."),
}
# Of a cell or a row.
OF_CELLS: dict[str, Any] = {
    "missing": _("It is empty: a value is needed."),
    "error-value": _("An error of the spreadsheet stands here (%(found)s)."),
    "wrong-kind": _("A value of another kind stands here."),
    "too-long": _("The text has %(length)s signs; at most %(most)s are kept."),
    "signs": _("The text holds signs that cannot be kept. Type it anew."),
    "date-not-text": _("The spreadsheet made a date of it. Format the cell as text and type it again."),
    "number-not-text": _("The spreadsheet made a number of it. Format the cell as text and type it again."),
    "date-as-text": _(
        "This is text, not a date, and can be read in two ways. Format the cell as a date and type it."
    ),
    "number-not-date": _("This is a number, not a date. Format the cell as a date."),
    "time-of-day": _("It holds a time of day: enter the date alone."),
    "date-out-of-range": _("The year of this date cannot be right."),
    "number-as-text": _("This is text, not a number. Format the cell as a number and type it."),
    "not-whole": _("A whole number is needed."),
    "negative": _("The number is below zero."),
    "too-large": _("The number is larger than %(most)s."),
    "not-a-choice": _("It is not among the choices of this column (sheet “%(sheet)s”)."),
    "not-a-choice-but": _("It is not among the choices of this column. Is “%(near)s” meant?"),
    "several": _("More than one choice is called so: use its code, “%(codes)s”."),
    "twice": _("Row %(row)s of this sheet says the same: each is entered once."),
    "stale-row": _(
        "The record was changed after this sheet was made: download it anew and make the change again."
    ),
    "gone": _("There is no such record, or you may not change it."),
}


def texts_of(definition: Definition | None) -> dict[str, Any]:
    """Every sentence that may stand in a batch of this definition."""
    return {**OF_SHEETS, **NOTICES, **OF_CELLS, **(definition.texts if definition else {})}


def tell(definition: Definition | None, why: Why | list[Any]) -> str:
    """A code with what it names, as a sentence. A field it names (`field`) is told by its label.

    A code of another release of the program is told as it is.
    """
    code, named = why
    text = texts_of(definition).get(code)
    if definition and "field" in named:
        labels = {each.slug: str(each.label) for each in definition.fields}
        named = {**named, "field": labels.get(named["field"], named["field"])}
    return str(text) % named if text else str(code)
