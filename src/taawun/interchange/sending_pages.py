"""How a file that was sent is put before the reader: how far it is, what it says, or why it was refused."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from taawun.foundation.ports import registry
from taawun.interchange import queries, saying
from taawun.interchange.iati.records import Finding
from taawun.interchange.models import Arrival, Sending, Stage
from taawun.ui import words
from taawun.ui.lists import Column, Filter, ListPage
from taawun.ui.templatetags.ui import state

ARRIVALS = {Arrival.WAITING: "wait", Arrival.READ: "ok", Arrival.REFUSED: "no"}
PAUSE = 10  # seconds after which a page without script renews itself


def _above() -> list[tuple[str, str]]:
    return [
        (reverse("interchange:published"), _("Published activities")),
        (reverse("interchange:loads"), _("Loads")),
    ]


def new_page() -> dict[str, Any]:
    """Around the form."""
    return {"title": _("Send a file"), "crumbs": [*_above(), ("", _("Send a file"))]}


def sending_page(sending: Sending, user: Any, *, still: bool) -> dict[str, Any]:
    """What became of a file. `still`: its reader does not want the page to renew itself."""
    waits = sending.stage == Arrival.WAITING
    names = registry.services["names-of-users"]({sending.made_by_id})
    return {
        "sending": sending,
        "title": sending.name,
        "stage_mark": arrival_mark(sending),
        "sender": names.get(sending.made_by_id, ""),
        "waits": waits and sending.is_under_way,
        "is_left": waits and not sending.is_under_way and sending.file_id is not None,
        "read_so_far": words.figure(sending.read_count),
        "counted": saying.counted(sending.load.counts) if sending.load else [],
        "is_open": bool(sending.load and sending.load.stage == Stage.READ),
        "refusals": [_refusal(one) for one in sending.refusals],
        "is_ones_own": sending.made_by_id == user.pk,
        "pause": PAUSE if waits and sending.is_under_way and not still else 0,
        "still": still,
        "crumbs": [*_above(), (reverse("interchange:sendings"), _("Files sent")), ("", sending.name)],
    }


def _refusal(one: dict[str, Any]) -> dict[str, Any]:
    finding = Finding(one["slug"], one["line"], one["identifier"], one["values"], fatal=True)
    return {"line": one["line"], "identifier": one["identifier"], "text": saying.told_of(finding)}


def refused(found: Any, obstacles: Sequence[Any]) -> dict[str, Any]:
    """Around the reasons why an act was refused."""
    return {
        "heading": _("Nothing was applied or changed"),
        "obstacles": obstacles,
        "back": found.get_absolute_url(),
        "back_label": _("Back to the file") if isinstance(found, Sending) else _("Back to the load"),
    }


def arrival_mark(sending: Sending) -> SafeString:
    """What became of a file that was sent, by word and icon."""
    return state(sending.get_stage_display(), ARRIVALS[Arrival(sending.stage)])


def sendings_list(user: Any) -> tuple[ListPage, dict[str, Any]]:
    """The files that were sent by the page, for whoever may load."""
    page = ListPage(
        queries.sendings_visible_to(user),
        [
            Column("name", gettext_lazy("File"), head=True, link=True),
            Column(
                "stage", gettext_lazy("State"), value=arrival_mark, text="get_stage_display", sort="stage"
            ),
            Column("made_at", gettext_lazy("Sent on"), sort="made_at"),
        ],
        filters=[Filter("stage", gettext_lazy("State"), Arrival.choices)],
        default_sort="-id",
        empty_text=_("No file was sent yet, or you are not an administrator of an agency."),
        export_name="files-sent",
    )
    crumbs = [*_above(), ("", _("Files sent"))]
    lede = _("Each is read first; what it would change is shown, and applied only when somebody says so.")
    acts = [(reverse("interchange:send"), _("Send a file"))] if queries.may_load(user) else []
    return page, {"title": _("Files sent"), "lede": lede, "crumbs": crumbs, "acts": acts}
