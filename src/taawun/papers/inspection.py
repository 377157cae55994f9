"""What a file really is: found in its bytes, never in its name. Refusals are sentences for the person who sent it."""

import re
import unicodedata
from dataclasses import dataclass

import filetype
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _, gettext_lazy

from taawun.papers import pdf, pictures, worddocs, workbooks
from taawun.papers.models import FileKind
from taawun.ui import words

MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XML: "application/xml",
}
KINDS = {media_type: kind for kind, media_type in MEDIA_TYPES.items() if kind != FileKind.XML}
EXTENSIONS = {
    FileKind.PDF: ("pdf",),
    FileKind.PNG: ("png",),
    FileKind.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    FileKind.XLSX: ("xlsx",),
    FileKind.DOCX: ("docx",),
    FileKind.XML: ("xml",),
}
OFFICE = {FileKind.XLSX: workbooks.check, FileKind.DOCX: worddocs.check}
SCANS = (FileKind.PDF, FileKind.PNG, FileKind.JPEG)
NAME_LENGTH = 120

# Kinds people send instead, so that the refusal can name them.
OTHERS = {
    "html": gettext_lazy("By its content this is a web page: send %(wanted)s."),
    "svg": gettext_lazy("By its content this is an SVG drawing: send %(wanted)s."),
    "script": gettext_lazy("By its content this is a program: send %(wanted)s."),
    "archive": gettext_lazy("By its content this is an archive or an office document: send %(wanted)s."),
    "": gettext_lazy("This is not a file that can be taken here: send %(wanted)s."),
}


@dataclass(frozen=True)
class Inspected:
    """A file that passed: its kind, the bytes to keep, a name that tells the truth; whether it told a place."""

    kind: str
    data: bytes
    name: str
    location_removed: bool = False


def inspect(data: bytes, name: str, *, allowed: tuple[str, ...] = SCANS) -> Inspected:
    """Check a file by its content and clean what it carries unseen; raise `ValidationError` saying what is wrong."""
    if not data:
        raise ValidationError(_("The file is empty."), code="empty")
    if len(allowed) == 1 and allowed[0] in OFFICE:
        OFFICE[FileKind(allowed[0])](data)  # says more of what is none than its kind
    kind, located = _kind_of(data), False
    if kind not in allowed:
        raise ValidationError(told_for_what_it_is(data, allowed), code="kind")
    refuse_a_name_that_lies(name, kind)
    if kind in OFFICE:
        OFFICE[FileKind(kind)](data)
    elif kind == FileKind.PDF:
        pdf.check(data)
    else:
        data, located = pictures.cleaned(data, kind)
    return Inspected(kind, data, cleaned_name(name, kind), located)


def refuse_too_large(size: int, limit: int) -> None:
    """Refuse before anything is read into memory."""
    if size > limit:
        raise ValidationError(
            _("The file is %(size)s; at most %(limit)s can be taken. Scan it again at a lower resolution.")
            % {"size": filesizeformat(size), "limit": filesizeformat(limit)},
            code="size",
        )


def _kind_of(data: bytes) -> str | None:
    if workbooks.is_one(data):
        return FileKind.XLSX
    if worddocs.is_one(data):
        return FileKind.DOCX
    found = filetype.guess(data[:8192])
    return KINDS.get(found.mime) if found else None


def told_for_what_it_is(data: bytes, allowed: tuple[str, ...]) -> str:
    """The refusal of a file that is of none of the kinds asked for, with what it is instead where that can be told."""
    return str(OTHERS[_other_kind(data)]) % {"wanted": named(allowed)}


def _other_kind(data: bytes) -> str:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\x00").lower()
    if start.startswith(b"pk\x03\x04") or start.startswith(b"\xd0\xcf\x11\xe0"):
        return "archive"
    if b"<svg" in start:
        return "svg"
    if start.startswith(b"<!doctype html") or b"<html" in start or b"<script" in start:
        return "html"
    return "script" if start.startswith((b"#!", b"mz", b"\x7felf", b"<?php")) else ""


def named(kinds: tuple[str, ...]) -> str:
    """The kinds as a reader's list: PDF, PNG or JPEG."""
    names = [str(FileKind(kind).label) for kind in kinds]
    if len(names) == 1:
        return names[0]
    return _("%(first)s or %(last)s") % {"first": words.listed(names[:-1]), "last": names[-1]}


def refuse_a_name_that_lies(name: str, kind: str) -> None:
    """Refuse a file whose name has the ending of another kind."""
    ending = _ending(tidy(name))[1:].lower()
    if ending and ending not in EXTENSIONS[FileKind(kind)]:
        raise ValidationError(
            _("The name ends in “.%(ending)s”, but the content is %(kind)s. Is it the right file?")
            % {"ending": ending, "kind": FileKind(kind).label},
            code="name",
        )


def cleaned_name(name: str, kind: str) -> str:
    """The sender's name for it, readable in every script, without folders or invisible signs, with a true ending."""
    text = tidy(name)
    ending = _ending(text)
    stem = (text[: -len(ending)] if ending else text).strip(" .") or _("scan")
    return f"{stem[:NAME_LENGTH]}.{EXTENSIONS[FileKind(kind)][0]}"


def _ending(name: str) -> str:
    """What tells the kind in a name; the 2016 of “letter 12.03.2016” does not."""
    found = re.search(r"\.[A-Za-z][A-Za-z0-9]{0,7}$", name)
    return found[0] if found else ""


def tidy(name: str) -> str:
    """A bare file name: no folder, no control sign, none that turns the direction of reading."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(
        " " if unicodedata.category(c)[0] in "CZ" else c for c in unicodedata.normalize("NFC", bare)
    )
    return " ".join("".join("_" if c in '<>:"|?*' else c for c in seen).split())
