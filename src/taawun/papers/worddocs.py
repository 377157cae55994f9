"""Whether a Word document is a plain one (.docx): no program, nothing fetched from elsewhere, nothing that swells.

Everything is found in the content. Each part is read by a parser that keeps nothing: what declares entities, is
nested without end or draws on another file is refused before anything else reads it.
"""

import re
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from taawun.papers import archives
from taawun.papers.worddoc_media import check_media

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_TEXT = 20 * 1024 * 1024  # of the parts that are read; a thousand pages of agreement have a quarter of it
MOST_PARTS = 500
MOST_DEPTH = 250
MAIN = "word/document.xml"

PROGRAMS = re.compile(r"vbaproject|vbadata|activex/|customizations\.xml", re.IGNORECASE)
INSIDE = re.compile(r"embeddings/|oleobject|afchunk", re.IGNORECASE)
MACRO_TYPE = re.compile(r"macroEnabled|vbaProject", re.IGNORECASE)
INSIDE_TYPE = re.compile(r"/(?:oleObject|package|aFChunk|control)$", re.IGNORECASE)
PROGRAM_TYPE = re.compile(r"/(?:vbaProject|wordVbaData|keyMapCustomizations)$", re.IGNORECASE)
LINK = re.compile(r"(?:https?|mailto|tel|ftps?):|#", re.IGNORECASE)
# Fields by which a document draws on another file or starts a program; the longer ones also with fields in between.
CUT_UP = re.compile(r"INCLUDETEXT|INCLUDEPICTURE|DDEAUTO", re.IGNORECASE)
FETCHING = re.compile(
    r"^\s*(?:DDE|DDEAUTO|LINK|IMPORT|DATABASE|RD|INCLUDE|INCLUDETEXT|INCLUDEPICTURE)\b",
    re.IGNORECASE | re.MULTILINE,
)

NOT_ONE = gettext_lazy("This is not a Word document (.docx). Save it in Word as .docx and send that.")
OLD = gettext_lazy(
    "This document is in the old Word form (.doc), or locked with a password, so it cannot be read. "
    "Save it as a Word document (.docx) without a password."
)
MACROS = gettext_lazy("The document carries macros. Save it as a Word document without macros (.docx).")
LINKED = gettext_lazy(
    "The document draws on other files. Break the links (File, Info, Edit links to files), "
    "insert the pictures themselves, and send it again."
)
EMBEDDED = gettext_lazy("The document carries another file inside. Remove it and send the document again.")
DAMAGED = gettext_lazy("The document is damaged and cannot be read. Save it anew in Word and send that.")
SWELLS = gettext_lazy(
    "The document unpacks to more than can be read. Make its pictures smaller and send it again."
)


WORDS = archives.Words(
    gettext_lazy("The document is %(size)s; at most %(limit)s can be read. Make its pictures smaller."),
    OLD,
    NOT_ONE,
    DAMAGED,
)


def is_one(data: bytes) -> bool:
    """Whether the bytes are a Word document of the present form, with or without macros."""
    return archives.holds(data, MAIN)


def check(data: bytes) -> None:
    """Raise `ValidationError` for what is no plain document, told as it is: programs, links, bombs, damage."""
    archives.check(data, MOST_BYTES, WORDS, _check_parts)


def _check_parts(archive: ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if MAIN not in names:
        raise ValidationError(NOT_ONE, code="kind")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise ValidationError(SWELLS, code="swells")
    for told, pattern, code in ((MACROS, PROGRAMS, "macros"), (EMBEDDED, INSIDE, "embedded")):
        if any(pattern.search(name) for name in names):
            raise ValidationError(told, code=code)
    if _is_odd(parts):
        raise ValidationError(DAMAGED, code="damaged")
    read = [part for part in parts if part.filename.lower().endswith((".xml", ".rels", ".vml"))]
    if sum(part.file_size for part in read) > MOST_TEXT:
        raise ValidationError(SWELLS, code="swells")
    for part in read:
        _Reader(part.filename).read(archives.part_of(archive, part))
    check_media(archive)


def _is_odd(parts: list[ZipInfo]) -> bool:
    """Two parts of one name (readers differ in which they take), a locked part, a name that leads elsewhere."""
    names = [part.filename.lower().replace("\\", "/") for part in parts]
    leads_away = any(name.startswith("/") or ".." in name.split("/") for name in names)
    return len(set(names)) != len(names) or leads_away or any(part.flag_bits & 1 for part in parts)


class _Reader:
    """Reads one part from end to end and keeps nothing but the fields of it."""

    def __init__(self, name: str) -> None:
        self.name, self.depth, self.in_field = name.lower(), 0, False
        self.fields: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def read(self, data: bytes) -> None:
        self.parser.Parse(data, True)
        told = "".join(self.fields)  # each field on a line of its own, however it was cut
        if FETCHING.search(told) or CUT_UP.search(told.replace("\n", "")):
            raise ValidationError(LINKED, code="links")

    def _doctype(self, *_told: object) -> None:
        raise ValidationError(DAMAGED, code="entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise ValidationError(DAMAGED, code="damaged")
        local = name.rpartition(":")[2]
        given = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if self.name.endswith(".rels") and local == "Relationship":
            _check_relation(given)
        elif self.name == "[content_types].xml" and MACRO_TYPE.search(given.get("ContentType", "")):
            raise ValidationError(MACROS, code="macros")
        elif local in ("OLEObject", "altChunk", "control"):
            raise ValidationError(EMBEDDED, code="embedded")
        elif local == "fldChar" and given.get("fldCharType") in ("begin", "end"):
            self.fields.append("\n")
        elif local == "fldSimple":
            self.fields.append(f"\n{given.get('instr', '')}\n")
        self.in_field = local in ("instrText", "delInstrText")

    def _end(self, _name: str) -> None:
        self.depth -= 1
        self.in_field = False

    def _text(self, text: str) -> None:
        if self.in_field:
            self.fields.append(text.replace("\n", " "))


def _check_relation(given: dict[str, str]) -> None:
    """A link that a reader may follow is left; whatever a program would fetch by itself is refused."""
    kind, target = given.get("Type", ""), given.get("Target", "")
    if PROGRAM_TYPE.search(kind):
        raise ValidationError(MACROS, code="macros")
    external = given.get("TargetMode", "").strip().lower() == "external"
    if external and not (kind.endswith("/hyperlink") and LINK.match(target)):
        raise ValidationError(LINKED, code="links")
    if INSIDE_TYPE.search(kind):
        raise ValidationError(EMBEDDED, code="embedded")
    if not external and ("://" in target or target.startswith(("//", "\\\\"))):
        raise ValidationError(LINKED, code="links")
