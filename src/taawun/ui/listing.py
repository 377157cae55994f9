"""A list as its template shows it: headings, choices, pages, how many were found."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _, ngettext

from taawun.ui import words
from taawun.ui.columns import Cell

SELECTED = mark_safe(" selected")
COUNTED = 1000  # beyond this many, a list says "more than": nobody pages so far, and counting costs


@dataclass(frozen=True)
class Heading:
    label: Any
    css: str
    url: str
    direction: str


@dataclass(frozen=True)
class Choice:
    name: str
    label: Any
    options: list[tuple[str, Any, bool]]

    @property
    def drawn(self) -> SafeString:
        """The options in HTML: two hundred countries, drawn once a language and choice."""
        return _drawn_options(tuple((value, str(label), chosen) for value, label, chosen in self.options))


@lru_cache(maxsize=64)
def _drawn_options(options: tuple[tuple[str, str, bool], ...]) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if chosen else "", label) for value, label, chosen in options),
    )


@dataclass(frozen=True)
class Listing:
    """A list as its template shows it."""

    headings: list[Heading]
    rows: list[list[Cell]]
    choices: list[Choice]
    searchable: bool
    q: str
    sort: str
    narrowed: bool
    left_out: bool
    count_line: str
    empty_text: Any
    page: int
    pages: list[tuple[int | None, str]]
    earlier: str
    later: str
    clear_url: str
    export_url: str


def capped_count(found: QuerySet[Any]) -> int:
    """Of keys alone: what a row shows besides is not worked out for rows that are only counted."""
    return found.order_by().values("pk")[: COUNTED + 1].count()


def last_page(count: int, size: int) -> int:
    """The number of the last page that can be opened."""
    return max(1, -(-min(count, COUNTED) // size))


def window(page: int, last: int) -> list[int | None]:
    """Page numbers worth showing: the ends and the neighbours; None stands for a gap."""
    near = sorted({1, last, *range(max(1, page - 1), min(last, page + 1) + 1)})
    shown: list[int | None] = []
    for before, number in zip([0, *near], near, strict=False):
        shown += [None, number] if number - before > 1 else [number]
    return shown


def count_line(count: int) -> str:
    """How many were found, in words."""
    if count > COUNTED:
        return _("More than %(count)s found: narrow the list to see the others.") % {
            "count": words.figure(COUNTED)
        }
    return ngettext("%(count)s found", "%(count)s found", count) % {"count": words.figure(count)}
