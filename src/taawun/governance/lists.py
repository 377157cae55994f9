"""The running cases that go by other settings than those in force."""

from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.lists import country, state_mark
from taawun.directory.models import Organisation
from taawun.foundation.requests import SignedRequest
from taawun.governance import queries
from taawun.ui.lists import Column, ListPage


def version_of(case: Any) -> str:
    """The settings a case goes by."""
    return _("Version %(number)s") % {"number": case.settings.version} if case.settings else _("Defaults")


def to_move(case: Any) -> str:
    """Where a case is moved."""
    return reverse("governance:move", args=[case.kind, case.pk])


COLUMNS = [
    Column("code", gettext_lazy("Number"), sort="code", css="text-nowrap"),
    Column("title", gettext_lazy("Title"), sort="title", head=True, link=True, lang="language"),
    Column("country", gettext_lazy("Country"), value=country, sort="country_id"),
    Column("state", gettext_lazy("State"), value=state_mark, text="state_label", sort="state"),
    Column("settings", gettext_lazy("Settings"), value=version_of, sort="settings__version"),
]
MOVE = Column(
    "move", gettext_lazy("Present settings"), value=lambda case: _("See what changes"), link=to_move
)
FOUND = {"requests": queries.requests_behind, "operations": queries.operations_behind}
TITLES = {
    "requests": gettext_lazy("Running requests under other settings"),
    "operations": gettext_lazy("Running operations under other settings"),
}


def behind_list(
    request: SignedRequest, agency: Organisation, sort: str, context: dict[str, Any]
) -> HttpResponseBase:
    """The running requests, or operations, that keep other settings; the desk moves them one by one."""
    present = queries.in_force(queries.versions_of(agency))
    moves = agency.pk in queries.desks_of(request.user)
    page = ListPage(
        FOUND[sort](request.user, agency, present),
        [*COLUMNS, MOVE] if moves else COLUMNS,
        search_fields=["code", "title"],
        default_sort="-id",
        empty_text=_("None: every running case you may see goes by the settings in force."),
        export_name=f"{sort}-under-other-settings",
    )
    lede = _("A change of settings reaches no running case by itself: the desk moves them over, one by one.")
    return page.render(request, "ui/list.html", context | {"title": TITLES[sort], "lede": lede})
