"""The list of lessons: gated, then filtered, sorted, exported."""

from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _, gettext_lazy

from taawun.foundation.requests import SignedRequest
from taawun.lessons.models import Lesson, Stage
from taawun.lessons.queries import lessons_visible_to
from taawun.lessons.workflow import LessonState
from taawun.reference.forms import code_choices
from taawun.reference.names import code_name
from taawun.ui.lists import Column, Filter, ListPage


def _countries() -> list[tuple[str, str]]:
    return code_choices("country")


def _sectors() -> list[tuple[str, str]]:
    return code_choices("sector")


def _country(row: Lesson) -> str:
    return code_name(row.country_id)


def _sector(row: Lesson) -> str:
    return code_name(row.sector_id) if row.sector_id else ""


COLUMNS = [
    Column("code", gettext_lazy("Number"), sort="code", css="text-nowrap"),
    Column("title", gettext_lazy("Title"), sort="title", head=True, link=True, lang="language"),
    Column("country", gettext_lazy("Country"), value=_country, sort="country_id"),
    Column("sector", gettext_lazy("Sector"), value=_sector, sort="sector_id"),
    Column("stage", gettext_lazy("Stage"), value="get_stage_display", sort="stage"),
    Column("state", gettext_lazy("State"), value="state_label", template="lessons/_state.html", sort="state"),
    Column("certified_on", gettext_lazy("Certified on"), sort="certified_on"),
]
FILTERS = [
    Filter("state", gettext_lazy("State"), LessonState.choices),
    Filter("stage", gettext_lazy("Stage"), Stage.choices),
    Filter("sector", gettext_lazy("Sector"), _sectors, apply="sector_id"),
    Filter("country", gettext_lazy("Country"), _countries, apply="country_id"),
]


def lessons_page(user: Any) -> ListPage:
    """The lessons this person may know of, as a list that pages and programs read."""
    return ListPage(
        lessons_visible_to(user),
        COLUMNS,
        filters=FILTERS,
        search_fields=["code", "title", "keywords", "situation", "countermeasure"],
        default_sort="-id",
        empty_text=_("No lesson yet: one is drafted on the page of the operation that taught it."),
        export_name="lessons",
    )


def lessons_list(request: SignedRequest) -> HttpResponseBase:
    """Every lesson the reader may know of."""
    page = lessons_page(request.user)
    lede = _(
        "What operations taught. A certified one is offered to similar requests and operations, with the reason."
    )
    return page.render(request, "ui/list.html", {"title": _("Lessons"), "lede": lede})
