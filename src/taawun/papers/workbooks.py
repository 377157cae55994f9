"""Whether a workbook is a plain Excel one (.xlsx): no program, nothing fetched from elsewhere, nothing that swells.

Everything is found in the content: a workbook with macros that was renamed is found all the same.
"""

import re
from zipfile import ZipFile, ZipInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from taawun.papers import archives

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = (
    24 * 1024 * 1024
)  # a sheet of the longest batch, filled to the brim, unpacks to less than a tenth
MOST_PARTS = 300
MOST_CELLS = 150_000

# What a part's name or content gives away, and what is said of it.
PROGRAMS = re.compile(r"vbaproject|vbadata|macrosheets/|dialogsheets/|activex/|ctrlprops/", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"externallinks/|connections\.xml|querytables/|customdata/|webextensions/", re.IGNORECASE
)
INSIDE = re.compile(r"embeddings/|oleobject", re.IGNORECASE)
MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject|ms-excel\.(?:macrosheet|intlmacrosheet)", re.IGNORECASE)
CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
OTHER_ENCODING = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)

NOT_ONE = gettext_lazy("This is not an Excel workbook (.xlsx). Fill in the template and send that file.")
OLD = gettext_lazy(
    "This workbook is in the old Excel form (.xls), or locked with a password, so it cannot be read. "
    "Save it as an Excel workbook (.xlsx) without a password."
)
BINARY = gettext_lazy("This is a binary workbook (.xlsb). Save it as an Excel workbook (.xlsx).")
MACROS = gettext_lazy(
    "The workbook carries macros. Copy the values into the template, which has none, and send that."
)
LINKED = gettext_lazy(
    "The workbook draws on other files or on a data source. Break the links (Data, Edit links) and paste the values."
)
EMBEDDED = gettext_lazy("The workbook carries another file inside. Remove it and send the workbook again.")
DAMAGED = gettext_lazy("The workbook is damaged and cannot be read. Save it anew in Excel and send that.")
SWELLS = gettext_lazy(
    "The workbook unpacks to more than can be read. Copy the rows into a fresh template and send that."
)


WORDS = archives.Words(
    gettext_lazy("The workbook is %(size)s; at most %(limit)s can be read. Send fewer rows at a time."),
    OLD,
    NOT_ONE,
    DAMAGED,
)


def is_one(data: bytes) -> bool:
    """Whether the bytes are an Excel workbook of the present form, with or without macros."""
    return archives.holds(data, "xl/workbook.xml")


def check(data: bytes) -> None:
    """Raise `ValidationError` for what is no plain workbook, told as it is: programs, links, bombs, damage."""
    archives.check(data, MOST_BYTES, WORDS, _check_parts)


def _check_parts(archive: ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if "xl/workbook.bin" in names:
        raise ValidationError(BINARY, code="binary")
    if "xl/workbook.xml" not in names:
        raise ValidationError(NOT_ONE, code="kind")
    _refuse_swelling(parts)
    for told, pattern, code in (
        (MACROS, PROGRAMS, "macros"),
        (LINKED, ELSEWHERE, "links"),
        (EMBEDDED, INSIDE, "embedded"),
    ):
        if any(pattern.search(name) for name in names):
            raise ValidationError(told, code=code)
    if len(set(names)) != len(names) or any(part.flag_bits & 1 for part in parts):
        raise ValidationError(DAMAGED, code="damaged")
    _check_contents(archive, parts)


def _refuse_swelling(parts: list[ZipInfo]) -> None:
    """By the sizes the archive declares: no part yields more than it declared."""
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise ValidationError(SWELLS, code="swells")


def _check_contents(archive: ZipFile, parts: list[ZipInfo]) -> None:
    """Each part as it is read later: in UTF-8, declaring no entities, of a type without macros, with cells to count."""
    cells = 0
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        text = archive.read(part)
        if text.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in text[:8] or OTHER_ENCODING.match(text):
            raise ValidationError(DAMAGED, code="damaged")
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise ValidationError(DAMAGED, code="entities")
        if part.filename == "[Content_Types].xml" and MACRO_TYPE.search(text):
            raise ValidationError(MACROS, code="macros")
        cells += sum(1 for _found in CELL.finditer(text)) if "worksheets/" in part.filename else 0
    if cells > MOST_CELLS:
        raise ValidationError(SWELLS, code="swells")
