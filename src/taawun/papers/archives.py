"""Office files are archives of parts: what every one of them is checked for before anything reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

BEGINS = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # Office before 2007, and every file locked with a password


@dataclass(frozen=True)
class Words:
    """What is said of a file that cannot be taken: too large (`size`, `limit`), of the old form, none, damaged."""

    too_large: Any
    old: Any
    not_one: Any
    damaged: Any


def holds(data: bytes, part: str) -> bool:
    """Whether the bytes are an archive with this part: what tells one office file from another."""
    if not data.startswith(BEGINS):
        return False
    try:
        with ZipFile(BytesIO(data)) as archive:
            return part in archive.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def part_of(archive: ZipFile, part: ZipInfo) -> bytes:
    """A part as it is; raises for one that is not of the size it says."""
    data = archive.read(part)
    if len(data) != part.file_size:
        raise BadZipFile(part.filename)
    return data


def check(data: bytes, most: int, words: Words, check_parts: Callable[[ZipFile], None]) -> None:
    """Raise `ValidationError` for what is no archive that can be read; `check_parts` says what its parts lack."""
    if len(data) > most:
        sizes = {"size": filesizeformat(len(data)), "limit": filesizeformat(most)}
        raise ValidationError(words.too_large % sizes, code="size")
    if data.startswith(OLD_OFFICE):
        raise ValidationError(words.old, code="old")
    if not data.startswith(BEGINS):
        raise ValidationError(words.not_one, code="kind")
    try:
        with ZipFile(BytesIO(data)) as archive:
            check_parts(archive)
    except ValidationError:
        raise
    except Exception as error:  # whatever an archive made by hand sets off: it is damaged, and said so
        raise ValidationError(words.damaged, code="damaged") from error
