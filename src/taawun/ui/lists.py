"""The one list of the house: search, filter, sort, page, export, with an address that can be shared.

    COLUMNS = [Column("number", _("Number"), sort="number", head=True, link=True), …]

    return ListPage(
        requests_visible_to(user), COLUMNS, filters=…, search_fields=["title"] (or search=…), default_sort="-number",
        empty_text=_("No request yet."), export_name="requests",
    ).render(request, "cycle/requests.html")

The template extends ui/list.html. At most two SQL statements: a capped count and the page.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.text import slugify
from django.utils.translation import get_language, override

from taawun.ui import clock
from taawun.ui.asked import Asked, address, clean, page_number
from taawun.ui.columns import Column, Filter, cell, export_text, harmless
from taawun.ui.listing import Choice, Heading, Listing, capped_count, count_line, last_page, window

PAGE_SIZE = 25
MOST_WORDS = 8
Search = Callable[[QuerySet[Any], str], QuerySet[Any]]  # the rows in which what was typed is found

__all__ = ["Column", "Filter", "ListPage", "Listing"]


class ListPage:
    """A queryset that already went through its gate, and how to show it.

    `dressed` adds what only the rows shown need (joins, annotations), so that counting does not work it out.
    """

    def __init__(
        self,
        queryset: QuerySet[Any],
        columns: Sequence[Column],
        filters: Sequence[Filter] = (),
        search_fields: Sequence[str] = (),
        default_sort: str = "",
        empty_text: Any = "",
        export_name: str = "",
        page_size: int = PAGE_SIZE,
        search: Search | None = None,
        dressed: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None,
    ) -> None:
        self.queryset = queryset
        self.columns = columns
        self.filters = filters
        self.search = search or (partial(_containing, search_fields) if search_fields else None)
        self.default_sort = default_sort
        self.empty_text = empty_text
        self.export_name = export_name
        self.dressed = dressed or (lambda rows: rows)
        self.page_size = page_size

    def render(
        self, request: HttpRequest, template: str = "ui/list.html", extra: dict[str, Any] | None = None
    ) -> HttpResponse | StreamingHttpResponse:
        """The page, or the export when the address asks for it."""
        if self.export_name and request.GET.get("export") == "csv":
            return self.export(request)
        return render(request, template, {**(extra or {}), "list": self.listing(request)})

    def listing(self, request: HttpRequest) -> Listing:
        """The list alone, for a page that shows it among other things (include ui/_list.html)."""
        options = {f.name: f.options() for f in self.filters}
        asked = self._asked(request.GET, options)
        found = self._narrowed(asked)
        rows, count, asked.page = self._page(found, asked)
        return self._shown(request, asked, options, rows, count)

    def found(self, request: HttpRequest) -> QuerySet[Any]:
        """Every row of the filter that the address asks for, in its order, for an act on all of them."""
        return self._narrowed(self._asked(request.GET, {f.name: f.options() for f in self.filters}))

    def export(self, request: HttpRequest) -> StreamingHttpResponse:
        """Every row of the filter as CSV, streamed; what a spreadsheet would run as a formula cannot run."""
        asked = self._asked(request.GET, {f.name: f.options() for f in self.filters})
        lines = self._csv(self._narrowed(asked), get_language() or "en")
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        name = f"{slugify(self.export_name) or 'list'}-{clock.today():%Y-%m-%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    # ── Reading the address ──

    def _asked(self, params: QueryDict, options: dict[str, list[tuple[str, Any]]]) -> Asked:
        asked = Asked(q=clean(params.get("q", "")) if self.search else "")
        for name, known in options.items():
            value = params.get(name, "")
            if value and value in {option for option, _label in known}:
                asked.chosen[name] = value
            elif value:
                asked.left_out = True
        asked.sort = self._sort(params.get("sort", ""))
        asked.page = page_number(params.get("page", ""))
        return asked

    def _sort(self, wanted: str) -> str:
        sortable = {c.name for c in self.columns if c.sort}
        return wanted if wanted.removeprefix("-") in sortable else self.default_sort

    # ── Asking the database ──

    def _narrowed(self, asked: Asked) -> QuerySet[Any]:
        queryset = self.queryset
        for each in self.filters:
            if each.name in asked.chosen:
                queryset = each.narrow(queryset, asked.chosen[each.name])
        if self.search and asked.q:
            queryset = self.search(queryset, asked.q)
        return queryset.order_by(*self._order(asked.sort)) if asked.sort else queryset

    def _order(self, sort: str) -> list[str]:
        column = next((c for c in self.columns if c.name == sort.removeprefix("-")), None)
        names = column.order() if column else [sort.removeprefix("-")]
        if sort.startswith("-"):
            names = [n.removeprefix("-") if n.startswith("-") else f"-{n}" for n in names]
        return [*names, "pk"]  # the key last: no row is shown on two pages

    def _page(self, found: QuerySet[Any], asked: Asked) -> tuple[list[Any], int, int]:
        """The rows of the page, how many there are (one more than COUNTED: more), the page really shown."""
        if asked.page == 1:
            rows = list(self.dressed(found)[: self.page_size + 1])
            if len(rows) <= self.page_size:
                return rows, len(rows), 1
            return rows[: self.page_size], capped_count(found), 1
        count = capped_count(found)
        page = min(asked.page, last_page(count, self.page_size))
        start = (page - 1) * self.page_size
        return list(self.dressed(found)[start : start + self.page_size]), count, page

    # ── Showing ──

    def _shown(
        self,
        request: HttpRequest,
        asked: Asked,
        options: dict[str, list[tuple[str, Any]]],
        rows: list[Any],
        count: int,
    ) -> Listing:
        def link(**changes: Any) -> str:
            return address(request.path, asked, self.default_sort, changes)

        last = last_page(count, self.page_size)
        return Listing(
            headings=[self._heading(c, asked, link) for c in self.columns],
            rows=[[cell(c, row) for c in self.columns] for row in rows],
            choices=[
                Choice(
                    f.name,
                    f.label,
                    [(v, label, asked.chosen.get(f.name) == v) for v, label in options[f.name]],
                )
                for f in self.filters
            ],
            searchable=self.search is not None,
            q=asked.q,
            sort=asked.sort if asked.sort != self.default_sort else "",
            narrowed=asked.narrowed,
            left_out=asked.left_out,
            count_line=count_line(count),
            empty_text=self.empty_text,
            page=asked.page,
            pages=[(n, link(page=n) if n else "") for n in window(asked.page, last)] if last > 1 else [],
            earlier=link(page=asked.page - 1) if asked.page > 1 else "",
            later=link(page=asked.page + 1) if asked.page < last else "",
            clear_url=request.path,
            export_url=link(export="csv") if self.export_name else "",
        )

    def _heading(self, column: Column, asked: Asked, link: Callable[..., str]) -> Heading:
        if not column.sort:
            return Heading(column.label, column.css, "", "")
        direction = {column.name: "ascending", f"-{column.name}": "descending"}.get(asked.sort, "")
        wanted = f"-{column.name}" if direction == "ascending" else column.name
        return Heading(column.label, column.css, link(sort=wanted), direction)

    # ── Exporting ──

    def _csv(self, found: QuerySet[Any], language: str) -> Iterator[str]:
        """Line by line; the byte order mark first, so that spreadsheets read the accents."""
        with override(language):
            comma = formats.get_format("DECIMAL_SEPARATOR") == ","
            writer = csv.writer(_Echo(), delimiter=";" if comma else ",")
            yield "\ufeff" + writer.writerow([harmless(str(c.label)) for c in self.columns])
        for row in self.dressed(found).iterator(chunk_size=500):
            with override(language):
                yield writer.writerow([export_text(c, row) for c in self.columns])


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _containing(fields: Sequence[str], queryset: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Each word typed stands somewhere in one of the columns. Reads every row: for lists of hundreds."""
    for word in typed.split()[:MOST_WORDS]:
        queryset = queryset.filter(reduce(or_, (Q(**{f"{f}__icontains": word}) for f in fields)))
    return queryset
