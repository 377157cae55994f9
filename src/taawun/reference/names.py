"""The names of codes, known to the process: pages full of countries and sectors ask the database once, ever.

Lists change when a new version of the program is set up, or when an administrator brings one up to date. In the process
that does it, `forget` makes the change seen at once; each other process asks now and then whether any list changed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from time import monotonic
from typing import Any, NamedTuple

from django.db.models import Max
from django.utils.translation import get_language

from taawun.reference.models import Code, CodeList, Order

FALLBACK = "en"
ASKED_EVERY = 20.0  # seconds, after which a process asks whether a list was changed by another


@dataclass(frozen=True, slots=True)
class Entry:
    """A code as a page needs it."""

    id: str
    names: Mapping[str, str]
    parent_id: str | None
    valid_from: date | None
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(eq=False, slots=True, weakref_slot=True)
class Listing:
    """One list, its entries in the order of the file."""

    by_name: bool = True
    entries: dict[str, Entry] = field(default_factory=dict)


class Name(NamedTuple):
    """A name, and the language it is in: English where the reader's has none."""

    text: str
    language: str


_known: dict[str, Listing] = {}
_asked: dict[str, Any] = {}  # "at": when the database was asked last; "stamp": what it said


def forget() -> None:
    """Let the next question ask the database again."""
    _known.clear()


def known() -> Mapping[str, Listing]:
    """Every list by its slug: one SQL statement for a process's first question, then a small one now and then."""
    if _known and monotonic() - _asked.get("at", 0.0) < ASKED_EVERY:
        return _known
    _asked["at"] = monotonic()
    if not _known or _stamp() != _asked.get("stamp"):
        held, _asked["stamp"] = _read()
        _known.clear()
        _known.update(held)
    return _known


def _stamp() -> datetime | None:
    """When any list was changed last."""
    return CodeList.objects.aggregate(last=Max("changed_at"))["last"]


def _read() -> tuple[dict[str, Listing], datetime | None]:
    rows = Code.objects.order_by("code_list", "position", "pk").values_list(
        "code_list__changed_at",
        *("code_list", "code_list__order", "id", "names", "parent", "valid_from", "valid_to"),
    )
    lists: dict[str, Listing] = {}
    changed = set()
    for changed_at, slug, order, *columns in rows:
        made = Entry(*columns)
        lists.setdefault(slug, Listing(order == Order.BY_NAME)).entries[made.id] = made
        changed.add(changed_at)
    return lists, max((at for at in changed if at), default=None)


def entry(code_id: str) -> Entry | None:
    """What is known of a code; None for one that is in no list."""
    list_slug = code_id.partition(":")[0]
    if found := known().get(list_slug, Listing()).entries.get(code_id):
        return found
    if not Code.objects.filter(pk=code_id).exists():
        return None
    forget()  # Another process has loaded it since this one asked.
    return known().get(list_slug, Listing()).entries.get(code_id)


def name_of(code_id: str, language: str | None = None) -> Name:
    """A code's name in a language (the reader's where none is given), or else in English, saying which.

    A code that is in no list is named by its id.
    """
    language = language or get_language() or FALLBACK
    found = entry(code_id) if code_id else None
    if found is None:
        return Name(code_id or "", language)
    if text := found.names.get(language):
        return Name(text, language)
    return Name(found.names[FALLBACK], FALLBACK)


def code_name(code_id: str, language: str | None = None) -> str:
    """A code's name as text: in mails, in option lists, in attributes."""
    return name_of(code_id, language).text


def ancestors(code_id: str) -> list[str]:
    """The codes above a code, nearest first: of Myanmar, South-eastern Asia and Asia."""
    return list(_above(code_id))


def _above(code_id: str) -> Iterator[str]:
    seen = {code_id}
    found = entry(code_id)
    while found is not None and found.parent_id is not None and found.parent_id not in seen:
        seen.add(found.parent_id)
        yield found.parent_id
        found = entry(found.parent_id)


def sort_key(text: str) -> str:
    """Where a name stands in the alphabet: é beside e, Ç beside c, أ beside ا, whatever the case."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
