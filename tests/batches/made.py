"""A sheet of the tests' own, its filled-in templates, and workbooks that say other than they show."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.base import ContentFile
from django.utils.translation import override
from openpyxl import load_workbook

from taawun.batches.actions import preview_batch
from taawun.batches.definitions import (
    Definition,
    Done,
    Existing,
    Field,
    FieldKind,
    Judgement,
    Line,
    Made,
    Scope,
)
from taawun.batches.models import Batch
from taawun.batches.template import FIRST_ROW, put, write_template
from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.papers.actions import hold
from taawun.papers.models import FileKind
from taawun.workspace.demo.cast import organisation, user

COUNTRIES = {"country:MM": "Myanmar", "country:LA": "Laos", "country:SN": "Senegal"}


def judge(scope: Scope, lines: list[Line]) -> list[Judgement]:
    codes = [line.values["code"] for line in lines]
    held = {o.code: o for o in Operation.objects.filter(code__in=codes, provider=scope.organisation)}
    return [_judged(line, held.get(line.values["code"])) for line in lines]


def _judged(line: Line, held: Operation | None) -> Judgement:
    if held is None:
        return Judgement("added")
    before = {"title": held.title, "starts_on": held.starts_on and held.starts_on.isoformat()}
    subject = ("operation", held.pk)
    if held.state == "closed":
        return Judgement("conflicting", subject, held.version, before, {"title": [("is-closed", {})]})
    same = held.title == line.values["title"] and held.starts_on == line.values["starts_on"]
    return Judgement("unchanged" if same else "changed", subject, held.version, before)


def apply(scope: Scope, lines: list[Line], batch: Batch) -> list[Done]:
    return [_applied(scope, line) for line in lines]


def _applied(scope: Scope, line: Line) -> Done:
    values = {name: line.values[name] for name in ("title", "starts_on")}
    held = Operation.objects.filter(code=line.values["code"]).first()
    if held is None:
        held = Operation.objects.create(
            **values,
            code=line.values["code"],
            country_id=line.values["country"],
            modality_id="modality:technical-cooperation-project",
            provider=scope.organisation,
            country_office=scope.organisation,
            state="planning",
            state_since=clock.now(),
        )
    else:
        Operation.objects.filter(pk=held.pk).update(**values, version=held.version + 1)
    return Done("operation", held.pk, record(held, "people-named", actor=scope.user))


def undo(scope: Scope, made: list[Made], batch: Batch) -> None:
    for each in made:
        held = Operation.objects.get(pk=each.subject_id)
        record(held, "people-named", actor=scope.user, detail={"reason": "undone"})
        if each.verdict == "added":
            held.delete()
        else:
            values = {name: each.before[name] for name in ("title", "starts_on")}
            Operation.objects.filter(pk=held.pk).update(**values, version=held.version - 1)


def existing(scope: Scope) -> Iterable[Existing]:
    for held in Operation.objects.filter(provider=scope.organisation).order_by("pk"):
        values = {
            "code": held.code,
            "title": held.title,
            "country": held.country_id,
            "starts_on": held.starts_on,
        }
        yield Existing(values, held.version)


FIELDS = (
    Field("code", "Code", required=True, most=40, example="OLD-1"),
    Field("title", "Title", required=True, example="Water for Bago"),
    Field(
        "country",
        "Country",
        FieldKind.CHOICE,
        required=True,
        choices=lambda scope: COUNTRIES.items(),
        example="country:MM",
    ),
    Field("starts_on", "Begins", FieldKind.DATE, example=date(2020, 4, 1)),
    Field("sheets", "Sheets so far", FieldKind.INTEGER, most=1000),
    Field("cost", "Cost", FieldKind.DECIMAL, most=10**9),
    Field("note", "Note", FieldKind.LONG_TEXT, most=2000),
)
WORK = {
    "label": "Work of the tests",
    "lede": "For the tests alone.",
    "fields": FIELDS,
    "key": ("code",),
    "roles": ("desk",),
    "judge": judge,
    "apply": apply,
    "undo": undo,
    "texts": {"is-closed": "The operation is closed."},
}
SHEET = Definition("test-work", **WORK)
CHANGES = Definition("test-changes", **WORK | {"existing": existing})


def scope(house: str = "jica", person: str = "desk") -> Scope:
    return Scope(organisation(house), user(person))


def row(number: int = 1, **more: Any) -> dict[str, Any]:
    """A sound row."""
    return {
        "code": f"OLD-{number}",
        "title": f"Work number {number}",
        "country": "Myanmar",
        "starts_on": date(2020, 4, 1),
    } | more


def template(definition: Definition = SHEET, language: str = "en", house: str = "jica") -> bytes:
    with override(language):
        return write_template(definition, scope(house))


def filled(
    rows: Iterable[dict[str, Any]],
    twist: Callable[[Any], None] | None = None,
    *,
    definition: Definition = SHEET,
    language: str = "en",
    example: bool = False,
) -> bytes:
    """The template with these rows in it; `twist(sheet)` does to it what people do to sheets."""
    book = load_workbook(BytesIO(template(definition, language)))
    sheet = book.worksheets[0]
    if not example and not definition.existing:
        sheet.delete_rows(FIRST_ROW)
    first = sheet.max_row + 1 if example else FIRST_ROW
    for number, values in enumerate(rows, start=first):
        for column, each in enumerate(definition.fields, start=2):
            put(sheet.cell(number, column), values.get(each.slug))
    if twist:
        twist(sheet)
    return saved(book)


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The workbook with parts replaced or added; a name in the archive is written with __ for / and _dot_ for a dot."""
    names = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, names.pop(name, old.read(name)))
        for name, content in names.items():
            new.writestr(name, content)
    return out.getvalue()


TEXT_CELL = re.compile(rb'<c r="(\w+)"([^>]*?) t="inlineStr"><is><t[^>]*>(.*?)</t></is></c>', re.DOTALL)
STRINGS = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'spreadsheetml.sharedStrings+xml"/></Types>'
)


def as_excel_saves(data: bytes) -> bytes:
    """The workbook with its texts in a table of their own, as Excel keeps them."""
    texts: list[bytes] = []

    def move(cell: re.Match[bytes]) -> bytes:
        texts.append(cell[3])
        return b'<c r="%s"%s t="s"><v>%d</v></c>' % (cell[1], cell[2], len(texts) - 1)

    sheet = TEXT_CELL.sub(move, part(data, "xl/worksheets/sheet1.xml"))
    table = b"".join(b'<si><t xml:space="preserve">%s</t></si>' % text for text in texts)
    namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return repacked(
        data,
        xl__worksheets__sheet1_dot_xml=sheet,
        xl__sharedStrings_dot_xml=b'<sst xmlns="%s">%s</sst>' % (namespace, table),
        **{"[Content_Types]_dot_xml": part(data, "[Content_Types].xml").replace(b"</Types>", STRINGS)},
    )


def part(data: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def a_batch(
    data: bytes,
    *,
    definition: Definition = SHEET,
    house: str = "jica",
    person: str = "desk",
    name: str = "work.xlsx",
) -> Batch:
    """A preview, as its sender makes it."""
    actor = user(person)
    file = hold(ContentFile(data, name=name), actor=actor, allowed=(FileKind.XLSX,))
    return preview_batch(definition, organisation(house), file, actor=actor)


def verdicts(batch: Batch) -> dict[str, str]:
    return dict(batch.rows.order_by("number").values_list("key", "verdict"))
