"""One country: the operations and requests one may see there, what others publish about it; each number opens."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext as _, ngettext

from taawun.cycle.queries import operations_visible_to
from taawun.figures import showing
from taawun.figures.counting import Asking, Figure, Grouped, asking
from taawun.foundation import clock
from taawun.interchange.queries import latest_published
from taawun.reference.names import ancestors, code_name, entry
from taawun.ui import words, worldmap

LATEST = 8
Link = tuple[str, Any]


@dataclass(frozen=True)
class Number:
    """A number that opens: its address, the number as people read it, what it is of, what it leaves out."""

    address: str
    text: str
    label: Any
    left: str = ""


@dataclass(frozen=True)
class Part:
    """A heading with numbers, the same by group as bars, what stands newest, and where all of it is."""

    slug: str
    title: Any
    numbers: list[Number]
    charts: list[dict[str, Any]] = field(default_factory=list)
    latest: list[dict[str, Any]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    nothing: Any = ""
    lede: Any = ""
    held: bool = False  # there is something, though no bar and no line shows it


def country_named(letters: str) -> str | None:
    """The code of a country by its two letters; None where the list has no such country."""
    code = f"country:{letters}"
    return code if len(letters) == 2 and letters.isalpha() and entry(code) else None


def country_page(user: Any, code: str) -> dict[str, Any]:
    """What the page of a country shows: at most thirteen SQL statements of its own, however much there is."""
    name, letters = code_name(code), code.partition(":")[2]
    return {
        "code": code,
        "title": name,
        "region": words.listed(code_name(one) for one in ancestors(code)[:1]),
        "parts": [_operations(user, code), _requests(user, code), _published(user, code)],
        "drawing": _drawing(letters, name),
        "paper_address": reverse("country-paper", args=[letters]),
        "crumbs": [(reverse("countries"), _("Countries")), ("", name)],
    }


def country_paper(user: Any, code: str) -> dict[str, Any]:
    """The same on A4."""
    page = country_page(user, code)
    paper = {"language": get_language() or "en", "title": page["title"], "date": clock.today()}
    return page | {"paper": paper, "back": reverse("country", args=[code.partition(":")[2]])}


def _drawing(letters: str, name: str) -> Any:
    """The country among its neighbours; nothing where the map does not hold it."""
    if not worldmap.knows(letters):
        return ""
    shades = {letters: worldmap.Shade(worldmap.STEPS, name)}
    return worldmap.draw(shades, _("Map: %(country)s") % {"country": name}, focus=letters)


# ── Our own ──


def _operations(user: Any, code: str) -> Part:
    made = _asked("operations", user, code).grouped(["state"])
    newest = operations_visible_to(user, {"country_id": code}).order_by("-pk")
    return Part(
        "operations",
        _("Operations"),
        [_number(made.whole)],
        [_chart(made, _("By state"))],
        [
            {
                "address": one.get_absolute_url(),
                "title": one.title,
                "language": one.language,
                "detail": words.parted(
                    [one.code, str(one.state_label), words.period(one.opened_on, one.ends_on)]
                ),
            }
            for one in (newest[:LATEST] if made.cells else [])
        ],
        [(_narrowed("cycle:operations", code), _("All operations here"))],
        _("No operation here that you may see."),
        _("Those you may see; somebody else may be shown others."),
    )


def _requests(user: Any, code: str) -> Part:
    made = _asked("requests-received", user, code).grouped(["state"])
    return Part(
        "requests",
        _("Requests received"),
        [_number(made.whole)],
        [_chart(made, _("By state"))],
        links=[(_narrowed("cycle:requests", code), _("All requests from here"))],
        nothing=_("No request from here has reached the provider that you may see."),
    )


# ── What others do ──


def _published(user: Any, code: str) -> Part:
    activities = _asked("published-activities", user, code).figure()
    committed = _asked("published-commitments", user, code)
    by_year = committed.grouped(["year"])
    spent = _spent(user, code, committed.currency)
    if not (activities.rows or by_year.cells or spent.rows or spent.left):
        return _of_others([_number(activities)])
    return _of_others(
        [_number(activities), _number(by_year.whole), _number(spent)],
        charts=_charts(committed, by_year) if by_year.cells else [],
        latest=[_line(one) for one in latest_published(user, code, LATEST)],
        links=[
            (_narrowed("interchange:published", code), _("All published activities here")),
            *([_table(committed)] if by_year.cells else []),
        ],
        held=True,
    )


def _spent(user: Any, code: str, currency: str) -> Figure:
    """In the currency of the commitments; in its own where no rate leads there, so that a sum that exists is told."""
    spent = _asked("published-disbursements", user, code, currency).figure()
    if spent.value is None and spent.unrated:
        return _asked("published-disbursements", user, code).figure()
    return spent


def _table(committed: Asking) -> Link:
    address = committed.address(committed.filters, by=["category", "year"])
    return address, _("Commitments by sector and year, in one table")


def _charts(committed: Asking, by_year: Grouped) -> list[dict[str, Any]]:
    by_category = committed.grouped(["category"], whole=by_year.whole)
    return [_chart(by_category, _("Commitments by sector")), _chart(by_year, _("Commitments by year"))]


def _of_others(numbers: list[Number], **more: Any) -> Part:
    return Part(
        "published",
        _("What others publish"),
        numbers,
        nothing=_("Nothing that others publish about this country is held."),
        lede=_("What others say of their own work here, as they say it; it is no work of this installation."),
        **more,
    )


def _line(one: Any) -> dict[str, Any]:
    return {
        "address": one.get_absolute_url(),
        "title": one.title,
        "language": one.title_language,
        "detail": words.parted([str(one.feed), words.period(one.starts_on, one.ends_on)]),
    }


# ── Numbers ──


def _asked(slug: str, user: Any, code: str, currency: str = "") -> Asking:
    return asking(slug, user, {"country": code}, currency)


def _number(figure: Figure) -> Number:
    out = figure.left_out
    left = ngettext("%(count)s row left out", "%(count)s rows left out", out) % {"count": words.figure(out)}
    return Number(figure.address, showing.number_of(figure), figure.definition.label, left if out else "")


def _chart(made: Grouped, title: Any) -> dict[str, Any]:
    """Its bars, under a heading; what the shares leave to nobody is told."""
    return {"heading": title, "unshared": showing.unshared_text(made), **showing.bars_of(made)}


def _narrowed(url_name: str, code: str) -> str:
    return f"{reverse(url_name)}?country={code}"
