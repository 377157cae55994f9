"""A file to be taken in: read as often as needed, always from its beginning, and known by its digest."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from django.core.files.storage import default_storage

from taawun.foundation import clock
from taawun.interchange.iati import reading
from taawun.interchange.iati.records import Header, Read
from taawun.papers.models import File

CHUNK = 1024 * 1024


class Source(Protocol):
    """What is read twice: once to compare, once to write."""

    @property
    def name(self) -> str:
        """What the file is called."""

    @property
    def size(self) -> int:
        """In bytes."""

    @property
    def digest(self) -> str:
        """The fingerprint of its bytes."""

    def header(self) -> Header:
        """What the file says of itself."""

    def read(self) -> Iterator[Read]:
        """One activity after the other."""


@dataclass(frozen=True)
class FileSource:
    """A file on this machine. Its digest is of the bytes: the same file under another name is the same."""

    path: Path
    name: str
    size: int
    digest: str
    today: date

    def header(self) -> Header:
        """What the file says of itself."""
        return reading.header(self.path)

    def read(self) -> Iterator[Read]:
        """One activity after the other, in constant memory."""
        return reading.read(self.path, today=self.today)


def file_source(path: Path, name: str = "") -> FileSource:
    """A file, its bytes read once for the digest. `OSError` where it cannot be read."""
    made = hashlib.sha256()
    with path.open("rb") as content:
        while chunk := content.read(CHUNK):
            made.update(chunk)
    return FileSource(path, (name or path.name)[:200], path.stat().st_size, made.hexdigest(), clock.today())


@dataclass(frozen=True)
class StoredSource:
    """A file that was sent by the page, wherever files are kept."""

    stored_name: str
    name: str
    size: int
    digest: str
    today: date

    def header(self) -> Header:
        """What the file says of itself."""
        with default_storage.open(self.stored_name) as content:
            return reading.header(cast(BinaryIO, content))

    def read(self) -> Iterator[Read]:
        """One activity after the other, in constant memory."""
        with default_storage.open(self.stored_name) as content:
            yield from reading.read(cast(BinaryIO, content), today=self.today)


def stored_source(file: File) -> StoredSource:
    """A kept file; its digest was taken when it came."""
    return StoredSource(file.stored_name, file.original_name, file.size, file.sha256, clock.today())
