"""Opening a file that somebody sent: it comes out as UTF-8 in pieces, or is refused with the line of what is wrong."""

import codecs
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from taawun.interchange.iati.records import Finding

Source = str | os.PathLike[str] | BinaryIO

PIECE = 1 << 16  # bytes read at once
LONGEST_HEAD = 1 << 20  # bytes before the first element, its own tag included

_DECLARED = re.compile(rb"""^(<\?xml\s[^>]{0,200}?\bencoding\s*=\s*)(["'])([A-Za-z0-9._:-]+)\2""")
_PROLOG = re.compile(rb"(?:[ \t\r\n]+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_DOCTYPE = b"<!DOCTYPE"
# Encodings that turn bytes into letters and nothing else. Python knows others ("zip", "unicode_escape").
_KNOWN = re.compile(r"ascii|utf-8|utf-16(-[lb]e)?|iso8859-\d+|cp125\d|koi8-[ru]|mac-roman")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


class Unreadable(Exception):
    """The file cannot be read on: the finding says why and where."""

    def __init__(self, slug: str, line: int = 0, **values: Any) -> None:
        super().__init__(slug)
        self.finding = Finding(slug, line=line, values=values, fatal=True)


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """The file to read from: a path is opened and closed; a file object is read from where it stands and left open."""
    if isinstance(source, str | os.PathLike):
        with open(source, "rb") as file:
            yield file
    else:
        yield source


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """The file as UTF-8 in pieces of some 64 KB; the first one holds whatever stands before the first element.

    No line is added or lost, so that lines can be counted. Raises Unreadable: empty, no XML, a document type (it could
    define entities: never followed), bytes that are not of the encoding the file declares, a NUL.
    """
    coming = _as_utf8(file)
    head = b""
    for piece in coming:
        head += piece
        if _is_whole(head):
            break
    if not head.strip():
        raise Unreadable("empty")
    _refuse_a_document_type(head)
    yield head
    yield from coming


def _as_utf8(file: BinaryIO) -> Iterator[bytes]:
    """The file's bytes as UTF-8; the declaration says UTF-8 then, too."""
    head = _filled(file)
    encoding, head = _encoding_of(head)
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    piece = _declared_as_utf8(_decoded(decoder, head, encoding, line))
    while head:
        if b"\0" in piece:
            raise Unreadable("nul", line + piece[: piece.index(b"\0")].count(b"\n"))
        yield piece
        line += piece.count(b"\n")
        head = file.read(PIECE)
        piece = _decoded(decoder, head, encoding, line)
    if decoder.getstate()[0]:
        raise Unreadable("cut-short", line)


def _filled(file: BinaryIO) -> bytes:
    """A first piece that holds the declaration, however little the file gives at once."""
    head = b""
    while len(head) < PIECE and (more := file.read(PIECE - len(head))):
        head += more
    return head


def _encoding_of(head: bytes) -> tuple[str, bytes]:
    """By the mark at its beginning, else by its declaration, else UTF-8; and the piece without the mark."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Unreadable("encoding-unknown", 1, encoding="UTF-32")
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, head if b"<" in mark else head[len(mark) :]
    declared = _DECLARED.match(head)
    if not declared:
        return "utf-8", head
    name = declared[3].decode("ascii")
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        raise Unreadable("encoding-unknown", 1, encoding=name) from None
    if not _KNOWN.fullmatch(encoding):
        raise Unreadable("encoding-unknown", 1, encoding=name)
    if encoding.startswith("utf-16"):
        raise Unreadable("encoding-false", 1, encoding=name)  # its own declaration is written in single bytes
    return encoding, head


def _decoded(decoder: codecs.IncrementalDecoder, piece: bytes, encoding: str, line: int) -> bytes:
    try:
        return decoder.decode(piece).encode()
    except UnicodeDecodeError as error:
        right = error.object[: error.start].decode(encoding, "replace")
        raise Unreadable("encoding-false", line + right.count("\n"), encoding=encoding.upper()) from None
    except UnicodeEncodeError:
        raise Unreadable("encoding-false", line, encoding=encoding.upper()) from None


def _declared_as_utf8(head: bytes) -> bytes:
    return _DECLARED.sub(rb"\1\2utf-8\2", head, count=1)


def _is_whole(head: bytes) -> bool:
    """Whether what comes after the comments before the first element can be told."""
    after = head[_prolog(head) :]
    if len(head) > LONGEST_HEAD:
        return True
    return len(after) > len(_DOCTYPE) and not after.startswith((b"<!--", b"<?"))


def _refuse_a_document_type(head: bytes) -> None:
    begins = _prolog(head)
    line = 1 + head[:begins].count(b"\n")
    after = head[begins:]
    if after.upper().startswith(_DOCTYPE):
        is_page = re.match(rb"<!DOCTYPE\s+html", after, re.IGNORECASE)
        raise Unreadable("web-page" if is_page else "document-type", line)
    if after and not after.startswith(b"<"):
        raise Unreadable("not-xml", line)
    if len(head) > LONGEST_HEAD and after.startswith((b"<!--", b"<?")):
        raise Unreadable("too-large", line)


def _prolog(head: bytes) -> int:
    found = _PROLOG.match(head)
    return found.end() if found else 0
