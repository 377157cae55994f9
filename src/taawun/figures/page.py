"""The page of a figure: the number, how it is made, its rows."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from taawun.figures import showing
from taawun.figures.asking import Asked, asked_by, form_of
from taawun.figures.counting import Asking, Figure, Grouped
from taawun.figures.definitions import Amount, Definition, Quantity
from taawun.figures.queries import rated_currencies
from taawun.figures.rows import AMOUNT, CURRENCY, OF, WEIGHT
from taawun.foundation import clock
from taawun.foundation.requests import SignedRequest
from taawun.kernel.money import Money
from taawun.kernel.tallies import rounded
from taawun.ui.lists import Column, ListPage

PRINTED = 1000  # rows on one printed page: more are narrowed first


def page_of(request: SignedRequest, definition: Definition) -> HttpResponseBase:
    """A figure with its rows, or their export: at most eight SQL statements beside those that say who reads."""
    shown = _Shown(request, definition)
    if request.GET.get("export") == "csv":
        return shown.list_page().export(request)
    return render(request, "figures/figure.html", shown.context(request))


def paper_of(request: SignedRequest, definition: Definition) -> HttpResponseBase:
    """The same to print on A4, with as many rows as one paper may hold."""
    shown = _Shown(request, definition, PRINTED)
    context = shown.context(request)
    paper = {"language": get_language() or "en", "title": definition.label, "date": clock.today()}
    return render(request, "figures/figure_paper.html", context | {"paper": paper, "back": shown.address})


class _Shown:
    """A question, its answer and the rows, read once."""

    def __init__(self, request: HttpRequest, definition: Definition, page_size: int = 25) -> None:
        self.definition, self.page_size = definition, page_size
        self.asked: Asked = asked_by(definition, request.user, request.GET)
        self.asking: Asking = self.asked.asking
        self.grouped: Grouped | None = self.asking.grouped(self.asked.by) if self.asked.by else None
        self.figure: Figure = self.grouped.whole if self.grouped else self.asking.figure()

    @property
    def address(self) -> str:
        """Where this is read again, with its currency and day said."""
        return self.asking.address(self.asking.filters, by=self.asked.by, show=self.asked.show)

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """All that the page tells."""
        figure, definition = self.figure, self.definition
        listing = self.list_page().listing(request)
        query = self.address.partition("?")[2]
        paper = reverse("figures:figure-paper", args=[definition.slug])
        return {
            "figure": figure,
            "definition": definition,
            "number": showing.number_of(figure),
            "unit": showing.unit_of(figure),
            "why_none": showing.why_none(figure),
            "facts": showing.facts_of(figure),
            "narrowed": self._narrowed(),
            "left": [(one, self._left_address(one.slug)) for one in figure.left],
            "unrated": showing.unrated_of(figure),
            "rates": [(rate, showing.rate_text(rate), showing.time_of(rate.of)) for rate in figure.rates],
            "form": form_of(self.asked, self._currencies()) if definition.dimensions else None,
            "shown_reason": self._reason(),
            "counted_address": self.asking.address(self.asking.filters, by=self.asked.by),
            "own_address": request.build_absolute_uri(self.address),
            "paper_address": f"{paper}?{query}" if query else paper,
            "list": replace(listing, choices=[], narrowed=bool(self.asking.filters)),
            "crumbs": [(reverse("figures:figures"), _("Figures")), ("", definition.label)],
            **self._groups(),
        }

    def _groups(self) -> dict[str, Any]:
        if self.grouped is None:
            return {}
        one = len(self.grouped.by) == 1
        first = self.grouped if one else self.asking.by_the_first(self.grouped)
        told = showing.bars_of(first) | ({} if one else showing.cross_of(self.grouped))
        return told | {"unshared": showing.unshared_text(self.grouped), "is_grouped": True}

    def _narrowed(self) -> list[tuple[Any, Any]]:
        """The filters in words."""
        told = {one.slug: one.label for one in self.definition.dimensions}
        return [
            (
                told[name],
                next((label for option, label in self.asked.options[name] if option == value), value),
            )
            for name, value in self.asking.filters.items()
        ]

    def _left_address(self, slug: str) -> str:
        return self.asking.address(self.asking.filters, by=self.asked.by, show=slug)

    def _reason(self) -> Any:
        """Why the rows shown are left out; nothing where they are those that count."""
        return next(
            (one.sentence for one in self.figure.left if one.slug == self.asked.show), self.asked.show
        )

    def _currencies(self) -> list[str]:
        if not self.definition.is_money:
            return []
        met = {code for code, _of in self.figure.unrated} | {self.asking.currency}
        return sorted((met | set(rated_currencies())) - {""})

    def list_page(self) -> ListPage:
        """The rows that count, or those left out for the reason asked for."""
        rows = showing.rows_shown(self.asking.rows(), self.figure, self.asked.show)
        return ListPage(
            rows,
            [*self.definition.columns, *self._counting_columns()],
            filters=self.asked.filters(),
            dressed=self.definition.dressed,
            default_sort=self.definition.order,
            empty_text=_("No row."),
            export_name=self.definition.slug,
            page_size=self.page_size,
        )

    def _counting_columns(self) -> list[Column]:
        """How each row counts: its own number, and what that is in the figure's currency and share."""
        counts = self.definition.counts
        if isinstance(counts, Quantity):
            return [Column("counts", _("Counts as"), value=self._quantity, css="n")]
        if not isinstance(counts, Amount):
            return []
        return [
            Column("its-amount", _("Amount"), value=_own, css="n", sort=AMOUNT),
            Column("counts", _("Counts as"), value=self._worth, css="n"),
        ]

    def _quantity(self, row: Any) -> Decimal:
        return rounded(self._share(row) * Fraction(getattr(row, AMOUNT) or 0), self.figure.digits)

    def _worth(self, row: Any) -> Money | None:
        own = _own(row)
        if own is None or not self.figure.currency:
            return None
        of = getattr(row, OF, self.figure.day)
        exchange = self.asking.table.exchange(own.currency, self.figure.currency, of)
        if exchange is None:
            return None
        worth = Fraction(own.amount) * exchange.factor * self._share(row)
        return Money(rounded(worth, self.figure.digits), self.figure.currency)

    def _share(self, row: Any) -> Fraction:
        shared = [one for one in self.definition.dimensions if one.shares and one.slug in self.asking.filters]
        return Fraction(getattr(row, WEIGHT)) / 100 ** len(shared)


def _own(row: Any) -> Money | None:
    amount, code = getattr(row, AMOUNT), getattr(row, CURRENCY)
    return Money(amount, code.partition(":")[2]) if amount is not None and code else None
