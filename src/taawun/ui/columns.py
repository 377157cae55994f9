"""Columns and filters of a list, and how a value reads in a cell and in an export."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.template.loader import get_template
from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from taawun.ui import words

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")

Choices = Sequence[tuple[Any, Any]] | Callable[[], Iterable[tuple[Any, Any]]]
Reader = str | Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """One column.

    * `value`: a path of attributes ("country.name", methods are called) or a function; else the name.
    * `template`: draws the cell from `row` and `value` (without the request).
    * `sort`: fields of the queryset to order by; none means it cannot be sorted.
    * `head`: names the row. `link`: True for the row's own address, or a function of the row.
    * `lang`: path to the language of the cell's text. `text`: what the export writes, if not the value.
    """

    name: str
    label: Any
    value: Reader = ""
    template: str = ""
    sort: str | Sequence[str] = ()
    css: str = ""
    head: bool = False
    link: bool | Callable[[Any], str] = False
    lang: str = ""
    text: Reader | None = None

    def read(self, row: Any) -> Any:
        return read(row, self.value or self.name)

    def order(self) -> list[str]:
        return [self.sort] if isinstance(self.sort, str) else list(self.sort)


@dataclass(frozen=True)
class Filter:
    """One choice above the list. `apply`: a lookup ("country__code") or a function (queryset, value)."""

    name: str
    label: Any
    choices: Choices
    apply: str | Callable[[QuerySet[Any], str], QuerySet[Any]] = ""

    def options(self) -> list[tuple[str, Any]]:
        choices = self.choices() if callable(self.choices) else self.choices
        return [(str(value), label) for value, label in choices]

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if callable(self.apply):
            return self.apply(queryset, value)
        return queryset.filter(**{self.apply or self.name: value})


@dataclass(frozen=True)
class Cell:
    html: Any
    css: str
    label: Any
    head: bool
    lang: str


def read(row: Any, reader: Reader) -> Any:
    if callable(reader):
        return reader(row)
    value = row
    for name in reader.split("."):
        value = value.get(name) if isinstance(value, dict) else getattr(value, name, None)
        value = value() if callable(value) else value
    return value


def cell(column: Column, row: Any) -> Cell:
    value = column.read(row)
    if column.template:
        html: Any = get_template(column.template).render({"row": row, "value": value})
    else:
        html = shown(value)
    if column.link:
        address = column.link(row) if callable(column.link) else row.get_absolute_url()
        html = format_html('<a href="{}">{}</a>', address, html) if address else html
    lang = str(read(row, column.lang) or "") if column.lang else ""
    css = column.css or ("text-nowrap" if isinstance(value, date) else "")
    return Cell(html, css, column.label, column.head, lang)


def shown(value: Any) -> str | SafeString:
    """A value as people read it in a cell."""
    if value is None or value == "":
        return words.NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return words.moment(value)
    if isinstance(value, date):
        return words.written(value, "d MMM y")
    if isinstance(value, int | Decimal):
        return words.figure(value)
    if hasattr(value, "amount") and hasattr(value, "currency"):
        return words.money(value)
    return conditional_escape(value)


def export_text(column: Column, row: Any) -> str:
    value = read(row, column.text) if column.text is not None else column.read(row)
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return formats.number_format(value, use_l10n=True, force_grouping=False)
    return harmless(str(value))


def harmless(text: str) -> str:
    """Text a spreadsheet will not run: what begins like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
