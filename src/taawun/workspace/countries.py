"""The countries where there is anything to see: a map shaded by a number that opens, and the list beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, IntegerField, QuerySet, Value
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from taawun.figures import showing
from taawun.figures.counting import Figure, Grouped, grouped
from taawun.foundation.requests import SignedRequest
from taawun.interchange.queries import countries_of_money
from taawun.reference.models import Code
from taawun.reference.names import code_name, sort_key
from taawun.ui import words, worldmap
from taawun.ui.lists import Column, Filter, ListPage

COUNTED = ("operations", "requests-received", "published-activities")
NAMES = {
    "operations": gettext_lazy("Operations"),
    "requests-received": gettext_lazy("Requests received"),
    "published-activities": gettext_lazy("Published activities"),
}
ON_MAP, PAGE = "map", 50
Figures = Mapping[str, Mapping[str, Figure]]  # by figure, by country


@dataclass(frozen=True)
class Key:
    """A shade of the map, and from which number to which it stands."""

    step: int
    text: str


def countries_page(request: SignedRequest) -> HttpResponseBase:
    """The map and the list, or its export: five SQL statements for the numbers, two for the list."""
    made = {slug: grouped(slug, {}, request.user, ["country"]) for slug in COUNTED}
    numbers = {slug: _by_country(one) for slug, one in made.items()}
    named = countries_of_money(request.user)
    page = _list(numbers, named)
    if request.GET.get("export") == "csv":
        return page.export(request)
    asked = request.GET.get(ON_MAP, "")
    shown = asked if asked in COUNTED else next((slug for slug in COUNTED if numbers[slug]), COUNTED[0])
    listing = replace(page.listing(request), choices=[], narrowed=bool(request.GET.get("q")))
    context = _head(made[shown], numbers[shown]) | {
        "list": listing,
        "is_mapped": any(numbers.values()),
        "by_money_alone": bool(named - numbers["published-activities"].keys()),
    }
    return render(request, "workspace/countries.html", context)


def _by_country(made: Grouped) -> dict[str, Figure]:
    """The numbers above zero of the countries that are named."""
    return {cell.values[0]: cell.figure for cell in made.cells if cell.values[0] and cell.figure.value}


# ── The map ──


def _head(made: Grouped, numbers: Mapping[str, Figure]) -> dict[str, Any]:
    slug = made.whole.definition.slug
    return {
        "title": _("Countries"),
        "lede": _(
            "Where the operations and requests are that you may see, and what others publish about their work."
        ),
        "drawing": _drawing(numbers, NAMES[slug]) if numbers else "",
        "keys": _keys(numbers),
        "whole": (made.whole.address, showing.number_of(made.whole), NAMES[slug]),
        "on_map": [(f"?{ON_MAP}={one}", NAMES[one], one == slug) for one in COUNTED],
        "not_on_map": words.listed(code_name(code) for code in numbers if not worldmap.knows(_letters(code))),
    }


def _drawing(numbers: Mapping[str, Figure], label: Any) -> Any:
    steps = worldmap.steps({_letters(code): figure.exact for code, figure in numbers.items()})
    shades = {
        _letters(code): worldmap.Shade(
            steps[_letters(code)],
            words.labelled(code_name(code), showing.number_of(figure)),
            reverse("country", args=[_letters(code)]),
        )
        for code, figure in numbers.items()
    }
    return worldmap.draw(shades, _("Map: %(what)s by country") % {"what": label})


def _keys(numbers: Mapping[str, Figure]) -> list[Key]:
    steps = worldmap.steps({code: figure.exact for code, figure in numbers.items()})
    held: dict[int, list[Any]] = {}
    for code, step in steps.items():
        held.setdefault(step, []).append(numbers[code].value)
    return [Key(step, _span(min(values), max(values))) for step, values in sorted(held.items())]


def _span(least: Any, most: Any) -> str:
    if least == most:
        return words.figure(most)
    return pgettext("numbers", "%(least)s to %(most)s") % {
        "least": words.figure(least),
        "most": words.figure(most),
    }


def _letters(code: str) -> str:
    return code.partition(":")[2]


# ── The list ──


def _list(numbers: Figures, named: set[str]) -> ListPage:
    """Every country with a number, and those that an amount alone names: their own page tells it."""
    found = named.union(*numbers.values())
    names = {code: code_name(code) for code in found}
    rows: QuerySet[Any] = Code.objects.filter(pk__in=found)
    rows = rows.annotate(by_name=_place(sorted(found, key=lambda code: sort_key(names[code]))))
    for number, slug in enumerate(COUNTED):
        held = numbers[slug]
        rows = rows.annotate(**{f"rank_{number}": _place(sorted(found, key=lambda code: _size(held, code)))})
    return ListPage(
        rows,
        _columns(numbers),
        filters=[Filter(ON_MAP, "", [(slug, "") for slug in COUNTED], apply=lambda rows, value: rows)],
        default_sort="country",
        empty_text=_("Nothing that you may see is in any country yet."),
        export_name="countries",
        page_size=PAGE,
        search=partial(_named, names),
    )


def _size(held: Mapping[str, Figure], code: str) -> tuple[Any, str]:
    return (held[code].exact if code in held else 0, code)


def _place(codes: list[str]) -> Func:
    """Where a code stands in this order."""
    order = Value(codes, output_field=ArrayField(CharField()))
    return Func(order, F("id"), function="array_position", output_field=IntegerField())


def _named(names: Mapping[str, str], rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those in whose name each word typed stands, whatever its accents; by their two letters too."""
    asked = sort_key(typed).split()
    kept = [
        code
        for code, name in names.items()
        if all(word in sort_key(name) for word in asked) or sort_key(typed).strip() == _letters(code).lower()
    ]
    return rows.filter(pk__in=kept)


def _columns(numbers: Figures) -> list[Column]:
    return [
        Column(
            "country",
            gettext_lazy("Country"),
            value=lambda row: code_name(row.pk),
            sort="by_name",
            head=True,
            link=lambda row: reverse("country", args=[row.code]),
        ),
        *(
            Column(
                slug,
                NAMES[slug],
                value=partial(_shown, numbers[slug]),
                text=partial(_counted, numbers[slug]),
                sort=f"rank_{number}",
                css="n",
            )
            for number, slug in enumerate(COUNTED)
        ),
    ]


def _shown(held: Mapping[str, Figure], row: Code) -> Any:
    figure = held.get(row.pk)
    return format_html('<a href="{}">{}</a>', figure.address, showing.number_of(figure)) if figure else 0


def _counted(held: Mapping[str, Figure], row: Code) -> Any:
    return held[row.pk].value if row.pk in held else 0
