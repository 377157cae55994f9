"""How code lists are shown: all of them, and one with its codes."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext as _, gettext_lazy, pgettext_lazy

from taawun.foundation import clock
from taawun.reference import names, queries
from taawun.reference.models import Code, CodeList
from taawun.reference.sheets import SYSTEMS, in_order
from taawun.reference.templatetags.codes import code_name
from taawun.ui import words
from taawun.ui.columns import Column, Filter
from taawun.ui.lists import ListPage
from taawun.ui.templatetags.ui import state

SYSTEM_NAMES = {
    "alpha-3": "ISO 3166 alpha-3",
    "numeric": gettext_lazy("ISO 3166 number"),
    "m49": "M49",
    "dac": gettext_lazy("OECD number"),
}


def list_name(code_list: CodeList) -> str:
    """What a list is called, in the reader's language."""
    held: dict[str, str] = code_list.names
    return held.get(get_language() or "en") or held["en"]


def to_list(code_list: CodeList) -> str:
    """Where a list is shown."""
    return reverse("governance:list", args=[code_list.slug])


# ── All lists ──

LISTS = [
    Column("name", gettext_lazy("List"), value=list_name, head=True, link=to_list),
    Column("total", gettext_lazy("Codes"), sort="total", css="n"),
    Column("withdrawn", pgettext_lazy("codes", "Withdrawn"), sort="withdrawn", css="n"),
    Column("origin", gettext_lazy("Origin"), lang="text_language"),
    Column("licence", gettext_lazy("Licence"), lang="text_language"),
    Column("version", gettext_lazy("Version"), lang="text_language"),
    Column("changed_at", gettext_lazy("Since"), value="changed_at.date", sort="changed_at"),
]


def lists_page() -> tuple[ListPage, dict[str, Any]]:
    """Every list: what it is, how many codes, where it is from, since when."""
    page = ListPage(
        queries.code_lists(),
        LISTS,
        default_sort="pk",
        empty_text=_("No code list was loaded yet."),
        page_size=100,
    )
    lede = _("What records are coded with: each list as its keeper publishes it, with origin and licence.")
    return page, {"title": _("Code lists"), "lede": lede}


# ── One list ──


def standing_of(code: Code) -> Any:
    """Whether a code can be chosen, by word and icon."""
    today = clock.today()
    if code.valid_to and code.valid_to < today:
        day = words.written(code.valid_to, "d MMM y")
        return state(_("Withdrawn; last day %(day)s") % {"day": day}, "no")
    if code.valid_from and code.valid_from > today:
        return state(_("From %(day)s") % {"day": words.written(code.valid_from, "d MMM y")}, "wait")
    if code.valid_to:
        return state(_("In use until %(day)s") % {"day": words.written(code.valid_to, "d MMM y")}, "wait")
    return state(_("In use"), "ok")


def _named(code: Code) -> Any:
    held = code_name(code.pk)
    if not code.successor_id:
        return held
    return format_html("{}<br>{}", held, _replaced_by(code.successor_id))


def _replaced_by(successor: str) -> Any:
    code = f"{successor.partition(':')[2]} {names.code_name(successor)}"
    return format_html('<span class="sm mute">{}</span>', _("replaced by %(code)s") % {"code": code})


def _above(code: Code) -> Any:
    if not code.parent_id:
        return ""
    number = code.parent_id.partition(":")[2]
    return format_html('<bdi dir="ltr">{}</bdi> {}', number, code_name(code.parent_id))


def _also(code: Code) -> Any:
    return words.parted(
        f"{SYSTEM_NAMES.get(system, system)}\N{NO-BREAK SPACE}{code.also[system]}"
        for system in in_order(code.also, SYSTEMS)
    )


CODES = [
    Column("code", gettext_lazy("Code"), sort="position", head=True, css="text-nowrap"),
    Column("name", gettext_lazy("Name"), value=_named),
    Column("parent", gettext_lazy("Under"), value=_above),
    Column("standing", gettext_lazy("State"), value=standing_of),
]
ALSO = Column("also", gettext_lazy("Elsewhere"), value=_also)


def codes_page(code_list: CodeList) -> tuple[ListPage, dict[str, Any]]:
    """One list: its codes, searched in every language; what it is and where it is from."""
    slug = code_list.slug
    page = ListPage(
        queries.codes_of(slug),
        _columns(slug),
        filters=code_filters(),
        search=lambda codes, typed: queries.found_by(codes, slug, typed),
        default_sort="code",
        empty_text=_("The list has no codes."),
        page_size=50,
    )
    title = list_name(code_list)
    return page, {
        "title": title,
        "code_list": code_list,
        "crumbs": [(reverse("governance:lists"), _("Code lists")), ("", title)],
    }


def code_filters() -> list[Filter]:
    """What the codes of a list are narrowed by."""
    return [Filter("state", gettext_lazy("State"), STATES, lambda codes, asked: _NARROWED[asked](codes))]


def _columns(slug: str) -> list[Column]:
    """Without a column in which no code of this list would have anything."""
    held = names.known().get(slug, names.Listing()).entries.values()
    shown = [column for column in CODES if column.name != "parent" or any(one.parent_id for one in held)]
    return [*shown, ALSO] if slug == "country" else shown


STATES = [("in-use", gettext_lazy("In use")), ("withdrawn", gettext_lazy("Withdrawn"))]
_NARROWED = {"in-use": queries.in_use, "withdrawn": queries.withdrawn}
