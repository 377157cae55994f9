"""The register as a list: gated, then filtered, searched, sorted, exported, printed."""

from functools import partial
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _, gettext_lazy, pgettext_lazy

from taawun.foundation import clock
from taawun.foundation.requests import SignedRequest
from taawun.foundation.standing import standing
from taawun.letters import queries
from taawun.letters.models import Direction, Letter
from taawun.reference.names import code_name
from taawun.ui import words
from taawun.ui.lists import Column, Filter, ListPage
from taawun.ui.templatetags.ui import state

PRINTED = 1000  # lines on one printed register: more are narrowed first


def _case(row: Letter) -> str:
    """The number of the case, for who may know of it."""
    case = queries.case_shown(row)
    return case.case_code() or case.case_title() if case else ""


def _case_link(row: Letter) -> str:
    case = queries.case_shown(row)
    return case.get_absolute_url() if case else ""


def _standing(row: Letter) -> SafeString | str:
    return state(_("Struck out"), "", "no") if row.struck_on else ""


def _struck(row: Letter) -> str:
    return row.struck_reason if row.struck_on else ""


def _language(row: Letter) -> str:
    return code_name(row.language_id) if row.language_id else ""


COLUMNS = [
    Column("code", gettext_lazy("No."), sort=("year", "entry"), css="text-nowrap", link=True),
    Column("direction", gettext_lazy("In or out"), value="get_direction_display", sort="direction"),
    Column("passed_on", gettext_lazy("Received or sent on"), sort="passed_on"),
    Column("number", gettext_lazy("Letter number"), sort="number"),
    Column("dated_on", gettext_lazy("Date of the letter"), sort="dated_on"),
    Column("sender", gettext_lazy("From")),
    Column("addressee", pgettext_lazy("addressee", "To")),
    Column("subject", gettext_lazy("Subject"), sort="subject", head=True, link=True, lang="text_language"),
    Column("case", gettext_lazy("Case"), value=_case, link=_case_link, css="text-nowrap"),
    Column("standing", gettext_lazy("Struck out"), value=_standing, text=_struck),
]
EXPORTED = [
    Column("register", gettext_lazy("Register of"), value="organisation.name"),
    *COLUMNS,
    Column("language", gettext_lazy("Language of the letter"), value=_language),
    Column("answers", gettext_lazy("Answers the letter"), value="answers.code"),
    Column("scan", gettext_lazy("Scan"), value="scan.original_name"),
]
SEARCHED = (
    "subject",
    "number",
    "correspondent_name",
    "correspondent__names",
    "correspondent__slug",
)


def register_page(user: Any, columns: list[Column], page_size: int = 25) -> ListPage:
    """The registers this person may read, with the filters their own letters give."""
    letters = queries.letters_visible_to(user)
    filters = [
        Filter("direction", gettext_lazy("In or out"), Direction.choices),
        Filter("year", gettext_lazy("Year"), partial(queries.years_of, letters)),
        Filter(
            "register",
            gettext_lazy("Register of"),
            partial(queries.registers_in, letters),
            apply="organisation_id",
        ),
        Filter(
            "case", gettext_lazy("Case"), partial(queries.cases_in, letters, user), apply=queries.about_code
        ),
    ]
    return ListPage(
        queries.with_heads(letters, user).select_related("answers"),
        columns,
        filters=filters,
        search_fields=SEARCHED,
        default_sort="-code",
        empty_text=_("No letter is registered yet."),
        export_name="letters",
        page_size=page_size,
    )


def letters_list(request: SignedRequest) -> HttpResponseBase:
    """The registers of the reader's side; the export holds more columns than the page."""
    exported = request.GET.get("export") == "csv"
    page = register_page(request.user, EXPORTED if exported else COLUMNS)
    keeps = [] if exported else queries.registers_of(standing(request.user))
    acts = [
        (
            reverse("letters:new", args=[body.pk]),
            _("Enter a letter")
            if len(keeps) == 1
            else _("Enter a letter: %(organisation)s") % {"organisation": body.name},
        )
        for body in keeps
    ]
    asked = request.GET.copy()
    asked.pop("page", None)
    acts.append(
        (reverse("letters:paper") + (f"?{asked.urlencode()}" if asked else ""), _("Print the register"))
    )
    lede = _("Letters in and out, numbered without gap for each organisation and year.")
    return page.render(request, "letters/letters.html", {"title": _("Letters"), "lede": lede, "acts": acts})


def register_paper(request: SignedRequest) -> HttpResponseBase:
    """The register as it is filtered, to print on A4 in the reader's language."""
    columns = [column for column in COLUMNS if column.name != "standing"]
    listing = register_page(request.user, columns, page_size=PRINTED).listing(request)
    chosen = [
        words.listed(str(label) for _value, label, is_chosen in choice.options if is_chosen)
        for choice in listing.choices
    ]
    context = {
        "paper": {
            "language": get_language() or "en",
            "title": _("Register of letters"),
            "date": clock.today(),
        },
        "letterhead": [body.name for body in queries.registers_of(standing(request.user))],
        "chosen": words.listed([*filter(None, chosen), *([listing.q] if listing.q else [])]),
        "list": listing,
        "back": reverse("letters:letters"),
    }
    return render(request, "letters/register_paper.html", context)
