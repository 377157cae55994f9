"""A workbook taken apart: cells with their kinds, and everything that makes a sheet say other than it shows.

The library's parser streams a sheet row by row; merged ranges and links are listed, never unfolded into cells, so that
a small file stays small. What the archive itself may hold was checked before (`papers.workbooks`).
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

from taawun.batches.cells import Raw

MOST_TABS = 30
MARK = re.compile(r"\s*TAAWUN\s+([a-z0-9-]{1,60})\s+([a-z-]{2,10})\s+(\d{1,4})-([0-9a-f]{12})\s*")


class Unreadable(Exception):
    """The workbook could not be taken apart."""


@dataclass
class Sheet:
    """One sheet: cells by (row, column), and what is hidden or merged."""

    name: str
    is_hidden: bool
    cells: dict[tuple[int, int], Raw] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    @property
    def mark(self) -> re.Match[str] | None:
        """The mark of a template in its first cell: definition, language, version, columns."""
        first = self.cells.get((1, 1))
        return MARK.fullmatch(first.shown) if first and first.kind == "s" else None

    def rows(self) -> dict[int, dict[int, Raw]]:
        """What stands in each row, by column; rows without anything are not there."""
        rows: dict[int, dict[int, Raw]] = {}
        for (row, column), raw in sorted(self.cells.items()):
            rows.setdefault(row, {})[column] = raw
        return rows

    def hides(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def at(row: int, column: int) -> str:
    """The address of a cell as people read it: C5."""
    return f"{get_column_letter(column)}{row}"


def take_apart(data: bytes) -> list[Sheet]:
    """The sheets of a workbook that was checked. Raises `Unreadable` for whatever the library stumbles over."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out: colours, pictures, extensions
            return list(_sheets(data))
    except (
        Exception
    ) as error:  # a file made by hand can set off anything; the reader is told, whatever it was
        raise Unreadable from error


def _sheets(data: bytes) -> Iterator[Sheet]:
    book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    try:
        for tab in book.worksheets[:MOST_TABS]:
            if isinstance(tab, ReadOnlyWorksheet):
                yield _sheet(tab)
    finally:
        book.close()


def _sheet(tab: Any) -> Sheet:
    sheet = Sheet(tab.title, tab.sheet_state != "visible")
    with tab._get_source() as source:
        parser = WorkSheetParser(
            source,
            tab._shared_strings,
            epoch=tab.parent.epoch,
            date_formats=tab.parent._date_formats,
            timedelta_formats=tab.parent._timedelta_formats,
        )
        for _number, cells in parser.parse():
            for cell in cells:
                raw = Raw(cell["value"], cell["data_type"] if cell["value"] is not None else "")
                if not raw.is_empty:
                    sheet.cells[cell["row"], cell["column"]] = raw
    merged = parser.merged_cells.mergeCell if parser.merged_cells else ()
    sheet.merged = [str(each.ref) for each in merged]
    sheet.hidden_rows = {
        int(row) for row, held in parser.row_dimensions.items() if _is_on(held.get("hidden"))
    }
    sheet.hidden_columns = [
        (int(held["min"]), int(held["max"]))
        for held in parser.column_dimensions.values()
        if _is_on(held.get("hidden"))
    ]
    return sheet


def _is_on(value: Any) -> bool:
    return str(value).lower() in ("1", "true")
