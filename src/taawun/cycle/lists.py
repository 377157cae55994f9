"""The lists of requests and operations: gated, then filtered, sorted, exported."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import OPERATION_WORDS, REQUEST_WORDS, CooperationRequest, Form, Operation
from taawun.cycle.parties import Framework, framework_label, with_framework
from taawun.cycle.queries import on_paper_for, operations_visible_to, requests_visible_to
from taawun.cycle.tones import tone_of
from taawun.cycle.workflow import OperationState, RequestState
from taawun.directory.queries import organisations_named
from taawun.directory.roles import Role
from taawun.foundation.requests import SignedRequest
from taawun.foundation.searching import said
from taawun.foundation.standing import standing
from taawun.reference.forms import code_choices
from taawun.reference.names import code_name
from taawun.ui.lists import Column, Filter, ListPage
from taawun.ui.nav import address_of
from taawun.ui.templatetags.ui import state


def countries() -> list[tuple[str, str]]:
    """Every country, in the reader's language."""
    return code_choices("country")


def country(row: CooperationRequest | Operation) -> str:
    """The partner country's name."""
    return code_name(row.country_id)


def state_mark(row: CooperationRequest | Operation) -> SafeString:
    """The state by word and icon."""
    return state(row.state_label, tone_of(row.state))


REQUEST_COLUMNS = [
    Column("code", gettext_lazy("Number"), sort="code", css="text-nowrap"),
    Column("title", gettext_lazy("Title"), sort="title", head=True, link=True, lang="language"),
    Column("country", gettext_lazy("Country"), value=country, sort="country_id"),
    Column("requesting", gettext_lazy("Requesting organisation"), value="requesting.name"),
    Column("rank", gettext_lazy("Rank"), sort="rank", css="n"),
    Column("state", gettext_lazy("State"), value=state_mark, text="state_label", sort="state"),
    Column("since", gettext_lazy("Since"), value="state_since", sort="state_since"),
]
REQUEST_FILTERS = [
    Filter("state", gettext_lazy("State"), RequestState.choices),
    Filter("country", gettext_lazy("Country"), countries, apply="country_id"),
]
OPERATION_COLUMNS = [
    Column("code", gettext_lazy("Number"), sort="code", css="text-nowrap"),
    Column("title", gettext_lazy("Title"), sort="title", head=True, link=True, lang="language"),
    Column("country", gettext_lazy("Country"), value=country, sort="country_id"),
    Column("provider", gettext_lazy("Provider"), value="provider.name"),
    Column("framework", gettext_lazy("Framework"), value=framework_label),
    Column("ends_on", gettext_lazy("Ends"), sort="ends_on"),
    Column("state", gettext_lazy("State"), value=state_mark, text="state_label", sort="state"),
    Column("since", gettext_lazy("Since"), value="state_since", sort="state_since"),
]
ENTERED = [("taken-over", gettext_lazy("Taken over")), ("here", gettext_lazy("Opened here"))]


def by_entry(rows: QuerySet[Operation], value: str) -> QuerySet[Operation]:
    """Those that were taken over, or those that opened here."""
    return rows.filter(taken_over_on__isnull=value == "here")


def by_framework(rows: QuerySet[Operation], value: str) -> QuerySet[Operation]:
    """Bilateral, triangular, regional: worked out from the parties."""
    return with_framework(rows).filter(Q(framework=value))


def shown(rows: QuerySet[Operation]) -> QuerySet[Operation]:
    """With what the columns show besides the operation's own."""
    return with_framework(rows.select_related("provider"))


OPERATION_FILTERS = [
    Filter("form", gettext_lazy("Form"), Form.choices),
    Filter("framework", gettext_lazy("Framework"), Framework.choices, apply=by_framework),
    Filter("state", gettext_lazy("State"), OperationState.choices),
    Filter("country", gettext_lazy("Country"), countries, apply="country_id"),
    Filter("entered", gettext_lazy("Entered"), ENTERED, apply=by_entry),
]


def requests_found(rows: QuerySet[CooperationRequest], typed: str) -> QuerySet[CooperationRequest]:
    """By words of number and title, or by the name of who asks. One SQL statement more, for the names."""
    found = Q(said(typed, *REQUEST_WORDS))
    bodies = organisations_named(typed)
    return rows.filter(found | Q(requesting__in=bodies) if bodies else found)


def operations_found(rows: QuerySet[Operation], typed: str) -> QuerySet[Operation]:
    """By words of number, title and the number in an old register."""
    return rows.filter(said(typed, *OPERATION_WORDS))


def requests_page(user: Any) -> ListPage:
    """The requests this person may know of, as a list that pages and programs read."""
    return ListPage(
        requests_visible_to(user).select_related("requesting"),
        REQUEST_COLUMNS,
        filters=REQUEST_FILTERS,
        search=requests_found,
        default_sort="-id",
        empty_text=_("No request yet."),
        export_name="requests",
    )


def operations_page(user: Any) -> ListPage:
    """The operations this person may know of, likewise."""
    return ListPage(
        operations_visible_to(user),
        OPERATION_COLUMNS,
        filters=OPERATION_FILTERS,
        search=operations_found,
        dressed=shown,
        default_sort="-id",
        empty_text=_("No operation yet: one opens when notes are exchanged on a request."),
        export_name="operations",
    )


def requests_list(request: SignedRequest) -> HttpResponseBase:
    """The list of requests, with the button to begin one where the reader may."""
    who = standing(request.user)
    may_begin = who.holding(Role.LINE_OFFICER) or on_paper_for(who)
    page = requests_page(request.user)
    acts = [(reverse("cycle:request-new"), _("Begin a request"))] if may_begin else []
    acts.append((reverse("cycle:many"), _("Papers for many cases")))
    return page.render(request, "ui/list.html", {"title": _("Requests"), "acts": acts})


def operations_list(request: SignedRequest) -> HttpResponseBase:
    """The list of operations."""
    page = operations_page(request.user)
    may_open = standing(request.user).holding(Role.DESK)
    doors = [
        ("cycle:operation-new", _("Open an operation without a request")),
        ("cycle:take-over", _("Take over running work")),
    ]
    acts = [(reverse(name), label) for name, label in doors] if may_open else []
    acts.append((reverse("cycle:many"), _("Papers for many cases")))
    acts.append((address_of("countries"), _("Countries")))
    return page.render(request, "ui/list.html", {"title": _("Operations"), "acts": acts})
