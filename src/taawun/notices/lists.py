"""The list of one's notices."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.foundation.digests import what
from taawun.foundation.models import Notice
from taawun.foundation.notices import notices_visible_to
from taawun.foundation.ports import registry
from taawun.ui.lists import Column, Filter, ListPage

STATES = [("unread", pgettext_lazy("notices", "Unread")), ("read", pgettext_lazy("notices", "Read"))]


def address_of(notice: Notice) -> str:
    """The case a notice tells of."""
    kind = registry.kinds.get(notice.kind)
    return reverse(kind.url_name, args=[notice.subject_id]) if kind else ""


COLUMNS = [
    Column("what", _("What"), value=what, template="notices/_what.html", head=True),
    Column("case", _("Case"), value=address_of, template="notices/_case.html", text="code"),
    Column("when", _("When"), value="made_at", sort="made_at"),
    Column("due", _("Due"), sort="due"),
    Column("state", _("State"), value="read_at", template="notices/_state.html"),
]
FILTERS = [
    Filter("state", _("State"), STATES, lambda rows, value: rows.filter(read_at__isnull=value == "unread")),
    Filter("topic", pgettext_lazy("notices", "Kind"), Notice.Topic.choices, "topic"),
]


def list_of(user: Any) -> ListPage:
    """Unread first, the newest first: three SQL statements."""
    is_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    rows = notices_visible_to(user).annotate(is_read=is_read).order_by("is_read", "-made_at", "-pk")
    return ListPage(
        rows,
        COLUMNS,
        FILTERS,
        search_fields=("code", "title"),
        empty_text=_("Nothing was told to you yet. What waits on you, and what concerns you, is told here."),
    )
