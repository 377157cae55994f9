"""Files larger than a scan: who may send them, by which page, and how they are kept without being held in memory."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File as Content
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from taawun.papers.inspection import cleaned_name, refuse_a_name_that_lies, told_for_what_it_is
from taawun.papers.models import FileKind

LARGE = (FileKind.XML,)
HEAD = 8192
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class _Door:
    may: Callable[[Any], bool]
    view: str


_doors: list[_Door] = []


def takes_large(view: str, may: Callable[[Any], bool]) -> None:
    """Let files up to the larger limit in by one page (the name of its address), from those who `may` send them."""
    _doors.append(_Door(may, view))


def limit_for(kinds: Iterable[str], user: Any) -> int:
    """How many bytes this person may send of these kinds of file."""
    if tuple(kinds) == LARGE and any(door.may(user) for door in _doors):
        return int(settings.MAX_XML_BYTES)
    return int(settings.MAX_UPLOAD_BYTES)


def limit_of(request: Any) -> int:
    """How many bytes of a file a request may carry: more at the pages that take large ones, from those who may."""
    match = getattr(request, "resolver_match", None)
    wide = any(match and match.view_name == door.view and door.may(request.user) for door in _doors)
    return int(settings.MAX_XML_BYTES if wide else settings.MAX_UPLOAD_BYTES)


def refuse_larger(size: int, limit: int) -> None:
    """Refuse before anything is read."""
    if size > limit:
        told = _(
            "The file is %(size)s; by the page at most %(limit)s can be taken. "
            "Larger ones are taken in on the machine itself."
        )
        raise ValidationError(
            told % {"size": filesizeformat(size), "limit": filesizeformat(limit)}, code="size"
        )


class Passing(Content):
    """A file on its way into the store: counted and hashed piece by piece as it passes, never held whole.

    What does not begin as such a file is refused (`ValidationError`) before anything is written.
    """

    def __init__(self, pieces: Iterable[bytes], name: str) -> None:
        super().__init__(None, name)
        coming = iter(pieces)
        first = next(coming, b"")
        _refuse_what_is_none(first[:HEAD])
        self._pieces = chain([first], coming)
        self._made = hashlib.sha256()
        self.passed = 0

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The pieces, as they come."""
        for piece in self._pieces:
            self._made.update(piece)
            self.passed += len(piece)
            yield piece

    @property
    def digest(self) -> str:
        """The fingerprint of what has passed."""
        return self._made.hexdigest()


def _refuse_what_is_none(head: bytes) -> None:
    """By its beginning it is XML, in whatever encoding; its reader judges the rest."""
    start = head
    for mark in MARKS:
        start = start.removeprefix(mark)
    if not start.replace(b"\0", b"").lstrip(b" \t\r\n").startswith(b"<"):
        raise ValidationError(told_for_what_it_is(head, LARGE), code="kind")


def passing(upload: Any) -> Passing:
    """What a form received, ready to be stored; its name without folders, with a true ending. Refuses a false name."""
    name = upload.name or ""
    refuse_a_name_that_lies(name, FileKind.XML)
    return Passing(upload.chunks(), cleaned_name(name, FileKind.XML))
