"""A filled-in template read against its definition: what each row says, and everything that stands in the way.

Nothing is guessed and nothing is left out in silence: a column that moved, a hidden row, a formula whose last value is
kept are told with their address, and the sheet is not applied.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override

from taawun.batches import template
from taawun.batches.cells import Choices, Raw, Read, folded, read, same_key
from taawun.batches.definitions import Definition, Field, Scope, Why
from taawun.batches.workbooks import Sheet, Unreadable, at, take_apart

MOST_TOLD = 60  # of the same sort: whoever merged a thousand cells knows by then

Found = dict[int, Raw]


@dataclass(frozen=True)
class Problem:
    """Something wrong with the sheet itself, and where."""

    at: str
    why: Why


@dataclass
class ReadLine:
    """A row as it was read: each field's address, what stands there, what it means, what is wrong."""

    number: int
    cells: dict[str, dict[str, Any]]
    version: int | None = None
    why: dict[str, list[Why]] = field(default_factory=dict)

    @property
    def key_of(self) -> dict[str, str | None]:
        return {slug: cell["value"] for slug, cell in self.cells.items()}


@dataclass
class Reading:
    """What a workbook says: problems of the sheet (then nothing is applied), notices without harm, the rows."""

    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    lines: list[ReadLine] = field(default_factory=list)

    def tell(self, code: str, where: str = "", /, **named: Any) -> None:
        """Note a problem of the sheet; of one sort no more than can be read."""
        if Counter(p.why[0] for p in self.problems)[code] < MOST_TOLD:
            self.problems.append(Problem(where, (code, named)))


def read_workbook(data: bytes, definition: Definition, scope: Scope) -> Reading:
    """Read the bytes of a workbook that was checked. Any content gives an answer; none raises."""
    reading = Reading()
    try:
        sheets = take_apart(data)
    except Unreadable:
        reading.tell("unreadable")
        return reading
    marked = [sheet for sheet in sheets if sheet.mark]
    if len(marked) != 1:
        reading.tell("two-marks" if marked else "no-mark")
        return reading
    language = _language(marked[0], definition, reading)
    if not reading.problems:
        with override(language):
            known = template.tab_names(definition)
        for other in sheets:
            if other is not marked[0] and other.name not in known and other.cells:
                reading.notices.append(Problem("", ("other-tab", {"name": other.name[:60]})))
        _read_sheet(marked[0], definition, scope, language, reading)
    return reading


def _language(sheet: Sheet, definition: Definition, reading: Reading) -> str:
    """The language of the headings; notes what makes the sheet another one than this definition's."""
    assert sheet.mark  # noqa: S101  # chosen for it
    slug, language, version, columns = sheet.mark.groups()
    if slug != definition.slug:
        reading.tell("other-sheet", "A1", slug=slug)
    elif language not in dict(settings.LANGUAGES):
        reading.tell("language", "A1", language=language)
    elif (version, columns) != (str(definition.version), definition.fingerprint(language)):
        reading.tell("stale", "A1")
    elif sheet.is_hidden:
        reading.tell("hidden-sheet", "A1")
    return language


def _read_sheet(sheet: Sheet, definition: Definition, scope: Scope, language: str, reading: Reading) -> None:
    rows, last = sheet.rows(), template.last_column(definition)
    with override(language):
        headings = template.headings(definition)
        example = template.example_shown(definition, scope)
    _check_headings(rows.get(template.HEADINGS, {}), headings, reading)
    _tell_merged_and_hidden(sheet, rows, last, reading)
    body = {number: row for number, row in rows.items() if number >= template.FIRST_ROW}
    _tell_beyond(body, last, reading)
    body = {number: row for number, row in body.items() if _is_data(number, row, example, reading)}
    if len(body) > definition.most_rows:
        reading.tell("too-many", rows=len(body), most=definition.most_rows)
    elif not body and not reading.problems:
        reading.tell("no-rows", at(template.FIRST_ROW, 1))
    if any(p.why[0].startswith("heading") or p.why[0] == "too-many" for p in reading.problems):
        return  # whose column a value stands in is not known
    _read_lines(body, definition, scope, reading)


def _check_headings(row: Found, headings: list[str], reading: Reading) -> None:
    found = {folded(raw.shown): column for column, raw in reversed(row.items())}
    for column, wanted in enumerate(headings, start=1):
        here = row[column].shown if column in row else ""
        if folded(here) == folded(wanted):
            continue
        where, elsewhere = at(template.HEADINGS, column), found.get(folded(wanted))
        if elsewhere:
            there = at(template.HEADINGS, elsewhere)
            reading.tell("heading-shifted", where, wanted=wanted, found=there)
        elif here:
            reading.tell("heading-renamed", where, wanted=wanted, found=here[:60])
        else:
            reading.tell("heading-missing", where, wanted=wanted)
    for column, raw in row.items():
        if column > len(headings):
            reading.tell("formula" if raw.kind == "f" else "beyond", at(template.HEADINGS, column))


def _tell_merged_and_hidden(sheet: Sheet, rows: dict[int, Found], last: int, reading: Reading) -> None:
    for area in sheet.merged:
        reading.tell("merged", area)
    for row in sorted(sheet.hidden_rows & rows.keys()):
        reading.tell("hidden-row", str(row))
    for column in range(1, last + 1):
        if sheet.hides(column):
            reading.tell("hidden-column", at(1, column))


def _tell_beyond(body: dict[int, Found], last: int, reading: Reading) -> None:
    """What stands to the right of the last column: whoever put it there meant something by it."""
    for number, row in body.items():
        for column, raw in row.items():
            if column > last:
                reading.tell("formula" if raw.kind == "f" else "beyond", at(number, column))


def _is_data(number: int, row: Found, example: list[str], reading: Reading) -> bool:
    """Whether a row counts: not the example, which is told, and nothing else in the column of its mark."""
    mark = row.get(1)
    if mark is None:
        return True
    where = at(number, 1)
    if folded(mark.shown) != folded(example[0]) or mark.kind == "f":
        reading.tell("mark-column", where)
        return True
    said = [folded(row[column].shown) if column in row else "" for column in range(2, len(example) + 1)]
    if said == [folded(text) for text in example[1:]]:
        reading.notices.append(Problem(str(number), ("example", {})))
    else:
        reading.tell("example-changed", where)
    return False


def _read_lines(body: dict[int, Found], definition: Definition, scope: Scope, reading: Reading) -> None:
    choices = {f.slug: Choices.of(f, scope) for f in definition.fields if f.choices}
    tab = template.choices_name()
    for number, row in body.items():
        line = ReadLine(number, {})
        for column, each in enumerate(definition.fields, start=2):
            raw = row.get(column, Raw())
            got = read(each, raw, choices.get(each.slug), tab)
            _put(line, each, at(number, column), raw, got)
        if definition.existing:
            _read_version(line, row.get(template.last_column(definition), Raw()))
        reading.lines.append(line)
    _tell_twice(definition, reading.lines)


def _put(line: ReadLine, each: Field, where: str, raw: Raw, got: Read) -> None:
    line.cells[each.slug] = {"at": where, "raw": raw.shown, "value": got.stored}
    if got.why:
        line.why.setdefault(each.slug, []).append(got.why)


def _read_version(line: ReadLine, raw: Raw) -> None:
    """The version of the record the row was made from; without one the row cannot be told from a stale one."""
    held = raw.value
    if isinstance(held, int) and not isinstance(held, bool) and raw.kind == "n":
        line.version = held
    else:
        line.why.setdefault("", []).append(("stale-row", {}))


def _tell_twice(definition: Definition, lines: list[ReadLine]) -> None:
    """Two rows of one sheet about the same thing: the second is refused, and names the first."""
    first: dict[tuple[str, ...], int] = {}
    for line in lines:
        values = [line.cells[slug]["value"] for slug in definition.key]
        if not any(values):
            continue
        key = same_key(values)
        if key in first:
            line.why.setdefault(definition.key[0], []).append(("twice", {"row": first[key]}))
        else:
            first[key] = line.number


def language_now() -> str:
    """The reader's language, as templates name it."""
    return (get_language() or "en").split("-")[0]
