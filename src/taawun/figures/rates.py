"""The pages of exchange rates: their list, and one with its record."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.batches.queries import organisations_for
from taawun.directory.showing import history
from taawun.figures.models import CurrencyRate, RateOf
from taawun.figures.queries import rated_currencies, rates_visible_to
from taawun.figures.rate_sheet import RATES
from taawun.figures.showing import rate_text, time_of
from taawun.foundation.requests import SignedRequest
from taawun.foundation.standing import standing
from taawun.reference.names import code_name
from taawun.ui import words
from taawun.ui.lists import Column, Filter, ListPage


def _time(rate: CurrencyRate) -> str:
    return time_of(rate.time)


def _exported_time(rate: CurrencyRate) -> Any:
    return rate.time


COLUMNS = [
    Column("currency", gettext_lazy("Currency"), value="currency_code", sort=("currency", "per", "-day")),
    Column("per", gettext_lazy("For one"), value="per_code", sort=("per", "currency", "-day")),
    Column("rate", gettext_lazy("Rate"), sort="rate", css="n", head=True, link=True),
    Column("time", gettext_lazy("Day or year"), value=_time, text=_exported_time, sort="day"),
    Column("source", gettext_lazy("Source")),
    Column("source_on", gettext_lazy("Date of the source"), sort="source_on"),
    Column("licence", gettext_lazy("Licence")),
    Column("agency", gettext_lazy("Brought in by"), value="organisation.name"),
]


def _currencies() -> list[tuple[str, str]]:
    return [(code, f"{code} – {code_name(f'currency:{code}')}") for code in rated_currencies()]


def _of_currency(rows: QuerySet[CurrencyRate], code: str) -> QuerySet[CurrencyRate]:
    return rows.filter(Q(currency=f"currency:{code}") | Q(per=f"currency:{code}"))


FILTERS = [
    Filter("currency", gettext_lazy("Currency"), _currencies, apply=_of_currency),
    Filter("rate_of", gettext_lazy("Day or year"), RateOf.choices),
]


def rates_list(request: SignedRequest) -> HttpResponseBase:
    """Every rate held, with the door to bring in more for those who may: four SQL statements."""
    page = ListPage(
        rates_visible_to(request.user),
        COLUMNS,
        filters=FILTERS,
        search_fields=["source"],
        dressed=lambda rows: rows.select_related("organisation"),
        default_sort="-time",
        empty_text=_("No exchange rate yet: amounts in different currencies are not added."),
        export_name="exchange-rates",
    )
    may = organisations_for(RATES, standing(request.user))
    extra = {
        "title": _("Exchange rates"),
        "lede": _(
            "As their sources published them. Amounts in different currencies are added at these alone."
        ),
        "acts": [(reverse("batches:sheet", args=[RATES.slug]), _("Bring in rates by Excel"))] if may else [],
        "crumbs": crumbs(("", _("Exchange rates"))),
    }
    return page.render(request, "ui/list.html", extra)


def crumbs(*page: tuple[str, Any]) -> list[tuple[str, Any]]:
    """Under the figures."""
    return [(reverse("figures:figures"), _("Figures")), *page]


def rate_page(request: SignedRequest, rate: CurrencyRate) -> HttpResponseBase:
    """One rate: what it says, who says so, and what was done to it."""
    facts = [
        {"label": _("Day or year"), "value": time_of(rate.time)},
        {"label": _("Source"), "value": rate.source},
        {"label": _("Date of the source"), "value": words.written(rate.source_on, "d MMM y")},
        {"label": _("Licence"), "value": rate.licence or words.NOTHING},
        {"label": _("Brought in by"), "value": rate.organisation.name},
    ]
    context = {
        "rate": rate,
        "title": rate_text(rate.counted()),
        "facts": facts,
        "timeline": history(rate, request.user),  # type: ignore[arg-type]  # what has a kind and a number
        "crumbs": crumbs((reverse("figures:rates"), _("Exchange rates")), ("", str(rate))),
    }
    return render(request, "figures/rate.html", context)
