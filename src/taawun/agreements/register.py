"""The register of agreements as a list: gated, then filtered, searched, sorted, exported, printed."""

from functools import partial
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _, gettext_lazy

from taawun.agreements.in_force import (
    STANDINGS,
    agreements_found,
    agreements_visible_to,
    expiring_within,
    providers_in,
    with_details,
    with_terms,
)
from taawun.agreements.models import InstrumentKind, Signature
from taawun.cycle.lists import countries
from taawun.foundation import clock
from taawun.foundation.requests import SignedRequest
from taawun.reference.names import code_name
from taawun.ui import words
from taawun.ui.lists import Column, Filter, ListPage
from taawun.ui.templatetags.ui import state

PRINTED = 1000  # lines on one printed register: more are narrowed first
NOTES = (InstrumentKind.NOTE_VERBALE, InstrumentKind.NOTE_VERBALE_REPLY)
TONES = {"written": "wait", "in-force": "ok", "soon": "wait", "overrun": "late", "no-end": "ok"}
EXPIRES = [
    ("3", gettext_lazy("within 3 months")),
    ("6", gettext_lazy("within 6 months")),
    ("12", gettext_lazy("within 12 months")),
]


def _case(row: Any) -> Any:
    return row.operation or row.coop_request


def number(row: Any) -> str:
    """Its own number; an amendment without one is told by its operation and its ordinal."""
    if row.kind == InstrumentKind.AMENDMENT and not row.number:
        return f"{row.operation.code}-A{row.amendment.number:02d}"
    return str(row.number or "")


def _title(row: Any) -> str:
    return str(_case(row).case_title())


def _language(row: Any) -> str:
    return str(_case(row).case_language())


def address(row: Any) -> str:
    """Where it is read: on the agreements of its operation, a note as it left, by whoever sees the request."""
    if row.operation_id:
        return reverse("agreements:agreements", args=[row.operation_id])
    if row.request_seen:
        return reverse("agreements:note-verbale-paper", args=[row.coop_request_id])
    return reverse("agreements:agreements", args=[row.coop_request.operation.pk])


def _parties(row: Any) -> str:
    if row.operation_id:
        bodies = [party.organisation for party in row.operation.parties.all()]
    else:
        bodies = [row.coop_request.provider, row.coop_request.requesting]
    return words.listed(body.name for body in dict.fromkeys(bodies))


def _languages(row: Any) -> str:
    """Its versions by their own names, the prevailing one first and said."""
    held = [version.language for version in row.versions.all()] or [row.prevailing_language]
    told = [words.own_name(code) for code in held if code and code != row.prevailing_language]
    if row.prevailing_language:
        name = words.own_name(row.prevailing_language)
        told.insert(0, _("%(language)s (prevailing)") % {"language": name} if told else name)
    return words.listed(told)


def _signatories(row: Any) -> list[str]:
    return [_signatory(one) for one in row.signatures.all()]


def _signatory(one: Signature) -> str:
    day = words.written(one.signed_on, "d MMM y") if one.signed_on else ""
    return words.listed(filter(None, [one.name, one.title, one.side.name, day]))


def _signed_by(row: Any) -> SafeString:
    return format_html_join("", '<div dir="auto">{}</div>', ((told,) for told in _signatories(row)))


def _signed_text(row: Any) -> str:
    return words.parted(_signatories(row))


def _scan(row: Any) -> SafeString | str:
    if row.scan is None:
        return _("missing") if row.stands not in ("written", "exchanged") else ""
    return format_html('<a href="{}">{}</a>', row.scan.get_absolute_url(), _("Open"))


def _scan_text(row: Any) -> str:
    return row.scan.original_name if row.scan else ""


def _in_force(row: Any) -> Any:
    """A letter from the day it left or came in, a signed paper from its date."""
    return row.dated_on if row.stands != "written" else None


def _expires(row: Any) -> Any:
    """The last day agreed, or why none is known."""
    if row.expires_on:
        return row.expires_on
    if row.stands == "written":
        return _("not signed yet")
    if row.kind in (InstrumentKind.RECORD_OF_DISCUSSIONS, InstrumentKind.AMENDMENT):
        return _("not known: the operation has no last day")
    return _("no end is written in it")


def _stands(row: Any) -> SafeString:
    return state(dict(STANDINGS)[row.stands], TONES.get(row.stands, ""))


def _country(row: Any) -> str:
    return code_name(row.country_id)


COLUMNS = [
    Column("number", gettext_lazy("Number"), value=number, sort="number"),
    Column("kind", gettext_lazy("Agreement"), value="get_kind_display", sort="kind"),
    Column("title", gettext_lazy("Title"), value=_title, head=True, link=address, lang="text_language"),
    Column("parties", gettext_lazy("Parties"), value=_parties),
    Column("languages", gettext_lazy("Languages"), value=_languages),
    Column("place", gettext_lazy("Signed at")),
    Column("signed", gettext_lazy("Signed by"), value=_signed_by, text=_signed_text),
    Column("scan", gettext_lazy("Signed scan"), value=_scan, text=_scan_text),
    Column("since", gettext_lazy("In force from"), value=_in_force, sort="dated_on"),
    Column("expires", gettext_lazy("Expires on"), value=_expires, sort="expires_on"),
    Column("stands", gettext_lazy("State"), value=_stands, text=lambda row: dict(STANDINGS)[row.stands]),
]
EXPORTED = [
    *COLUMNS,
    Column("country", gettext_lazy("Country"), value=_country),
    Column("provider", gettext_lazy("Provider"), value=lambda row: _case(row).provider.name),
    Column("case", gettext_lazy("Case"), value=lambda row: _case(row).case_code()),
]


SHOWN = [column for column in COLUMNS if column.name != "place"]  # the page is narrower than the export


def register_filters(user: Any) -> list[Filter]:
    """What the register is narrowed by; the agencies are those of the cases this person sees."""
    return [
        Filter("kind", gettext_lazy("Agreement"), InstrumentKind.choices),
        Filter("stands", gettext_lazy("State"), STANDINGS),
        Filter("expires", gettext_lazy("Expires"), EXPIRES, apply=expiring_within),
        Filter("country", gettext_lazy("Country"), countries, apply="country_id"),
        Filter("provider", gettext_lazy("Provider"), partial(providers_in, user), apply="provider_id"),
    ]


def register_page(user: Any, columns: list[Column], page_size: int = 25) -> ListPage:
    """The agreements this person may know of: nine SQL statements at most, beside those that say who they are."""
    return ListPage(
        with_terms(agreements_visible_to(user)),
        columns,
        filters=register_filters(user),
        search=agreements_found,
        dressed=lambda rows: with_details(rows, user),
        default_sort="-id",
        empty_text=_("Nothing was exchanged or signed yet."),
        export_name="agreements",
        page_size=page_size,
    )


def register_list(request: SignedRequest) -> HttpResponseBase:
    """The register of agreements; the export holds more columns than the page."""
    exported = request.GET.get("export") == "csv"
    page = register_page(request.user, EXPORTED if exported else SHOWN)
    asked = request.GET.copy()
    asked.pop("page", None)
    query = f"?{asked.urlencode()}" if asked else ""
    extra = {
        "title": _("Agreements"),
        "lede": _("What the parties exchanged and signed: in which languages, by whom, until when."),
        "acts": [(reverse("agreements:register-paper") + query, _("Print the register"))],
    }
    return page.render(request, "ui/list.html", extra)


def register_paper(request: SignedRequest) -> HttpResponseBase:
    """The register as it is filtered, to print on A4 in the reader's language."""
    columns = [column for column in COLUMNS if column.name not in ("scan", "place")]
    listing = register_page(request.user, columns, page_size=PRINTED).listing(request)
    chosen = [
        words.listed(str(label) for _value, label, is_chosen in choice.options if is_chosen)
        for choice in listing.choices
    ]
    context = {
        "paper": {
            "language": get_language() or "en",
            "title": _("Register of agreements"),
            "date": clock.today(),
        },
        "chosen": words.listed([*filter(None, chosen), *([listing.q] if listing.q else [])]),
        "list": listing,
        "back": reverse("agreements:register"),
    }
    return render(request, "agreements/register_paper.html", context)
