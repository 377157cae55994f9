"""Workbooks that are more than a workbook: each is refused for what it is, found in its content."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from taawun.papers import workbooks
from taawun.papers.inspection import inspect
from taawun.papers.models import FileKind
from tests.papers import made


def sound() -> bytes:
    book, out = Workbook(), BytesIO()
    book.active["A1"] = "Title"
    book.save(out)
    return out.getvalue()


def with_part(name: str, content: bytes = b"x", data: bytes | None = None) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data or sound())) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
        if name not in old.namelist():
            new.writestr(name, content)
    return out.getvalue()


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refused(data: bytes, name: str = "work.xlsx") -> str:
    with pytest.raises(ValidationError) as caught:
        inspect(data, name, allowed=(FileKind.XLSX,))
    return caught.value.error_list[0].code


def test_an_honest_workbook_is_taken_as_it_is():
    data = sound()

    seen = inspect(data, "Travaux en cours.xlsx", allowed=(FileKind.XLSX,))

    assert (seen.kind, seen.data, seen.name) == ("xlsx", data, "Travaux en cours.xlsx")


MACRO_TYPES = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (with_part("xl/vbaProject.bin"), "macros"),
        (with_part("XL/VBAPROJECT.BIN"), "macros"),
        (with_part("xl/macrosheets/sheet1.xml"), "macros"),
        (with_part("[Content_Types].xml", MACRO_TYPES), "macros"),
        (with_part("xl/activeX/activeX1.xml"), "macros"),
        (with_part("xl/externalLinks/externalLink1.xml"), "links"),
        (with_part("xl/connections.xml"), "links"),
        (with_part("xl/queryTables/queryTable1.xml"), "links"),
        (with_part("xl/embeddings/oleObject1.bin"), "embedded"),
        (with_part("xl/workbook.bin"), "binary"),
        (locked(), "old"),
        (made.archive(), "kind"),
        (made.pdf(), "kind"),
        (b"Title;Country", "kind"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (sound()[:-40], "damaged"),
        (with_part(SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), "entities"),
        (with_part(SHEET, "<worksheet/>".encode("utf-16")), "damaged"),
        (with_part(SHEET, b'<?xml version="1.0" encoding="utf-7"?><worksheet/>'), "damaged"),
        (with_part("xl/media/image1.png", bytes(workbooks.MOST_UNPACKED)), "swells"),
        (with_part(SHEET, b"<worksheet>" + b'<c r="A1"/>' * 150_001 + b"</worksheet>"), "swells"),
        (b"PK\x03\x04" + bytes(workbooks.MOST_BYTES), "size"),
    ],
)
def test_what_is_no_plain_workbook_is_refused_for_what_it_is(data, code):
    assert refused(data) == code


def test_a_workbook_with_macros_is_found_under_any_name():
    data = with_part("xl/vbaProject.bin")

    assert [refused(data, name) for name in ("work.xlsm", "work.xlsx", "work")] == ["macros"] * 3


def test_a_name_that_says_other_than_the_content_is_refused():
    assert refused(sound(), "work.pdf") == "name"


def test_a_workbook_is_no_scan():
    with pytest.raises(ValidationError) as caught:
        inspect(sound(), "scan.xlsx")

    assert caught.value.messages == [
        "By its content this is an archive or an office document: send PDF, PNG or JPEG."
    ]
