"""The list of documents a person made."""

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _, gettext_lazy

from taawun.foundation.requests import SignedRequest
from taawun.papers.documents import made_by
from taawun.papers.kinds import KINDS, named
from taawun.ui.lists import Column, Filter, ListPage

COLUMNS = [
    Column("number", gettext_lazy("Number"), head=True, link=True, sort="number"),
    Column("kind", gettext_lazy("Kind"), value=lambda row: named(row.paper)),
    Column("case_code", gettext_lazy("Case"), sort="case_code"),
    Column("language", gettext_lazy("Languages"), value=lambda row: row.get_languages()),
    Column("made_at", gettext_lazy("Made on"), sort="made_at"),
]


def documents_list(request: SignedRequest) -> HttpResponseBase:
    """What this person made, latest first, to find again, export and print."""
    page = ListPage(
        made_by(request.user),
        COLUMNS,
        filters=[Filter("paper", gettext_lazy("Kind"), list(KINDS.items()))],
        search_fields=["number", "case_code"],
        default_sort="-id",
        empty_text=_("You made no document yet: open a paper to print and choose PDF or Word."),
        export_name="documents",
    )
    lede = _("Documents you made of papers, as they were then.")
    return page.render(request, "ui/list.html", {"title": _("My documents"), "lede": lede})
