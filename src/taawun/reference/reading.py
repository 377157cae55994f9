"""A code list that somebody sends as a CSV file: every row that can be taken, and every reason against the others."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from taawun.reference.sheets import ALSO, LINKS, NAME

MOST_ROWS, LONGEST_CODE, LONGEST_TEXT = 5000, 48, 1000
CODE = re.compile(r"[^\W_][\w.\-\[\]]*")
COLUMN = re.compile(rf"code|{NAME}[a-z]{{2,3}}|{ALSO}[a-z0-9-]{{1,20}}|{'|'.join(LINKS)}")
FORMULA_SIGNS = ("=", "+", "-", "@")

Row = dict[str, str]


@dataclass(frozen=True)
class Wrong:
    """Something that cannot be taken: in which line of the file, of which code, a slug and what its sentence names."""

    line: int
    code: str
    why: str
    named: dict[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """As it is kept."""
        return {"line": self.line, "code": self.code, "why": self.why, "named": self.named}


@dataclass
class Sheet:
    """What a file says: its rows by code in the order of the file, and what is wrong with it."""

    rows: dict[str, Row] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)


DAYS = ("valid_from", "valid_to")


def read_sheet(content: str, slug: str, known: Collection[str]) -> Sheet:
    """Read a file for one list. `known`: the ids of every code there is. Any text gives an answer; none raises."""
    sheet = Sheet()
    rows = _rows(content.removeprefix("\ufeff"), sheet)
    met: set[str] = set()
    for line, row in rows:
        if problems := [*_problems(row), *([("twice", {})] if row["code"] in met else [])]:
            sheet.wrong += [Wrong(line, row["code"][:LONGEST_CODE], why, named) for why, named in problems]
        else:
            sheet.rows[row["code"]] = row
        met.add(row["code"])
    here = {f"{slug}:{row['code']}" for _line, row in rows} | set(known)
    for line, row in rows:
        sheet.wrong += [Wrong(line, row["code"][:LONGEST_CODE], *told) for told in _links(row, slug, here)]
    return sheet


def _rows(content: str, sheet: Sheet) -> list[tuple[int, Row]]:
    """The rows with their lines; none where the columns are not those of a code list."""
    first = content.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter, restval="")
    try:
        columns = list(reader.fieldnames or ())
        found = [(reader.line_num, row) for row in reader] if _columns_fit(columns, sheet) else []
    except csv.Error:
        sheet.wrong.append(Wrong(reader.line_num, "", "unreadable"))
        return []
    if not sheet.wrong and not found:
        sheet.wrong.append(Wrong(1, "", "no-rows"))
    if len(found) > MOST_ROWS:
        sheet.wrong.append(Wrong(MOST_ROWS + 2, "", "too-many", {"most": MOST_ROWS}))
        return []
    return [(line, _clean(row)) for line, row in found if None in row or any(row.values())]


def _columns_fit(columns: list[str], sheet: Sheet) -> bool:
    for needed in ("code", f"{NAME}en", *LINKS):
        if needed not in columns:
            sheet.wrong.append(Wrong(1, "", "column-missing", {"column": needed}))
    for column in dict.fromkeys(columns):
        if not COLUMN.fullmatch(column or ""):
            sheet.wrong.append(Wrong(1, "", "column-unknown", {"column": (column or "")[:60]}))
        elif columns.count(column) > 1:
            sheet.wrong.append(Wrong(1, "", "column-twice", {"column": column}))
    return not sheet.wrong


def _clean(row: dict[Any, Any]) -> Row:
    """The cells without space around them; what stands beyond the last column under the empty name."""
    beyond = " ".join(row.pop(None, ()) or ())
    told = {column: text.strip() for column, text in row.items()} | ({"": beyond} if beyond else {})
    return told | {column: _day(told[column]) for column in DAYS if told.get(column)}


def _day(text: str) -> str:
    """A day in the one way days are kept (2031-05-06); as it is written where it is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return text


def _problems(row: Row) -> list[tuple[str, dict[str, Any]]]:
    told: list[tuple[str, dict[str, Any]]] = []
    if "" in row:
        told.append(("beyond", {}))
    if not CODE.fullmatch(row["code"]) or len(row["code"]) > LONGEST_CODE:
        told.append(("code", {"most": LONGEST_CODE}))
    if not row[f"{NAME}en"]:
        told.append(("no-english", {}))
    for column, text in row.items():
        if column.startswith((NAME, ALSO)):
            told += [(why, {"column": column}) for why in _text_problems(text)]
    return told + _day_problems(row)


def _text_problems(text: str) -> list[str]:
    if len(text) > LONGEST_TEXT:
        return ["too-long"]
    if text.startswith(FORMULA_SIGNS):
        return ["formula"]
    return ["unprintable"] if any(not letter.isprintable() and letter != "\xa0" for letter in text) else []


def _day_problems(row: Row) -> list[tuple[str, dict[str, Any]]]:
    days = []
    for column in DAYS:
        try:
            days += [date.fromisoformat(row[column])] if row[column] else []
        except ValueError:
            return [("day", {"column": column, "text": row[column][:20]})]
    return [("days", {})] if days != sorted(days) else []


def _links(row: Row, slug: str, here: set[str]) -> list[tuple[str, dict[str, Any]]]:
    """What a row points to exists, there or in the file, and is not the row itself."""
    told: list[tuple[str, dict[str, Any]]] = []
    for column in ("parent", "successor"):
        if row[column] == f"{slug}:{row['code']}":
            told.append(("itself", {"column": column}))
        elif row[column] and row[column] not in here:
            told.append(("nowhere", {"column": column, "id": row[column][:90]}))
    return told
