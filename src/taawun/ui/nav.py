"""The main menu: each room registers its own entry, the menu is drawn for a path."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

Shown = Callable[[HttpRequest], bool]


@dataclass(frozen=True, order=True)
class Entry:
    order: int
    url_name: str
    label: Any
    prefix: str
    shown: Shown | None = None


@dataclass(frozen=True)
class Item:
    url: str
    label: Any
    current: bool


_entries: dict[str, Entry] = {}


def register(order: int, url_name: str, label: Any, prefix: str, shown: Shown | None = None) -> None:
    """Put an entry into the menu. `prefix` is the beginning of the addresses it stands for ("/requests/");
    `shown(request)`, when given, says to whom: it must not ask the database anything of its own.
    """
    _entries[url_name] = Entry(order, url_name, label, prefix, shown)


def items(request: HttpRequest) -> list[Item]:
    """The menu as it stands for this request, in order, the longest matching prefix being current."""
    entries = [e for e in sorted(_entries.values(), key=lambda e: e.order) if not e.shown or e.shown(request)]
    path = request.path
    current = max((e.prefix for e in entries if path.startswith(e.prefix)), key=len, default=None)
    return [
        Item(url, entry.label, entry.prefix == current)
        for entry in entries
        if (url := address_of(entry.url_name))
    ]


def address_of(url_name: str, *args: Any) -> str:
    """The address of a page, or nothing where the installation has no such page."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""


def country_address(code: str) -> str:
    """The page of a country ("country:KE"), for whoever shows its name; nothing where there is none."""
    letters = code.partition(":")[2]
    return address_of("country", letters) if letters else ""
