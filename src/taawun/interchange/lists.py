"""The lists of published activities and of loads: gated, then filtered, sorted, exported."""

from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from taawun.foundation.searching import said
from taawun.interchange import saying
from taawun.interchange.models import (
    Feed,
    Load,
    LoadEntry,
    PublishedActivity,
    PublishedShare,
    Stage,
    Verdict,
)
from taawun.interchange.models.activities import ACTIVITY_WORDS
from taawun.interchange.queries import (
    codes_present,
    loads_visible_to,
    may_load,
    published_visible_to,
    years_present,
)
from taawun.interchange.texts import best
from taawun.reference.forms import code_choices
from taawun.reference.names import code_name
from taawun.ui import words
from taawun.ui.lists import Column, Filter, ListPage
from taawun.ui.nav import address_of
from taawun.ui.templatetags.ui import state

COMMITTED, SPENT = ("transaction:2",), ("transaction:3", "transaction:4")


class Total(NamedTuple):
    """Money as a file gives it: its currency may be none of ours."""

    amount: Decimal
    currency: str


def sums(row: PublishedActivity, kinds: tuple[str, ...]) -> str:
    """What the amounts of these kinds come to, currency by currency."""
    totals: dict[str, Decimal] = {}
    for kind in kinds:
        for currency, value in row.sums.get(kind, {}).items():
            totals[currency] = totals.get(currency, Decimal(0)) + Decimal(value)
    return words.parted(words.money(Total(total, currency)) for currency, total in sorted(totals.items()))


def committed(row: PublishedActivity) -> str:
    """Its outgoing commitments."""
    return sums(row, COMMITTED) or words.NOTHING


def spent(row: PublishedActivity) -> str:
    """Its disbursements and expenditures."""
    return sums(row, SPENT) or words.NOTHING


NAMED = 3  # of the countries or sectors of one activity, in a row of the list


def _names(row: PublishedActivity, kind: str) -> list[str]:
    shares = [share for share in row.whole_shares if share.kind == kind]  # type: ignore[attr-defined]
    told = [code_name(s.listed_id) if s.listed_id else best(s.names).text or s.code for s in shares]
    return list(dict.fromkeys(told))


def _few(row: PublishedActivity, kind: str) -> str:
    """The first of them, and how many others there are."""
    names = _names(row, kind)
    if len(names) <= NAMED + 1:
        return words.listed(names) or words.NOTHING
    told = {"names": words.listed(names[:NAMED]), "count": len(names) - NAMED}
    return _("%(names)s and %(count)s others") % told


def _all(row: PublishedActivity, kind: str) -> str:
    return words.parted(_names(row, kind))


def publisher(row: PublishedActivity) -> str:
    """Who reports it."""
    return best(row.reporting_names).text or row.reporting_ref or str(row.feed)


COLUMNS = [
    Column("title", gettext_lazy("Title"), head=True, link=True, lang="title_language"),
    Column("publisher", gettext_lazy("Publisher"), value=publisher),
    Column(
        "country",
        gettext_lazy("Country"),
        value=lambda row: _few(row, "country"),
        text=lambda row: _all(row, "country"),
    ),
    Column(
        "sector",
        gettext_lazy("Sector"),
        value=lambda row: _few(row, "sector"),
        text=lambda row: _all(row, "sector"),
    ),
    Column(
        "period",
        gettext_lazy("Period"),
        value=lambda row: words.period(row.starts_on, row.ends_on),
        sort="starts_on",
    ),
    Column("committed", gettext_lazy("Committed"), value=committed),
    Column("spent", gettext_lazy("Disbursed and spent"), value=spent),
    Column(
        "status", gettext_lazy("Status"), value=lambda row: saying.coded("iati-activity-status", row.status)
    ),
]


def _by_code(rows: QuerySet[PublishedActivity], code: str) -> QuerySet[PublishedActivity]:
    whole = PublishedShare.objects.filter(listed=code, amount__isnull=True)
    return rows.filter(pk__in=whole.values("activity"))


def _by_year(rows: QuerySet[PublishedActivity], year: str) -> QuerySet[PublishedActivity]:
    """Those whose period touches a year; one without an end goes on."""
    open_ended = Q(ends_on__isnull=True) | Q(ends_on__gte=f"{year}-01-01")
    return rows.filter(open_ended, starts_on__lte=f"{year}-12-31")


def _present(list_slug: str) -> list[tuple[str, str]]:
    held = codes_present(list_slug)
    return [choice for choice in code_choices(list_slug) if choice[0] in held]


FILTERS = [
    Filter("country", gettext_lazy("Country"), lambda: _present("country"), apply=_by_code),
    Filter("sector", gettext_lazy("Sector"), lambda: _present("sector"), apply=_by_code),
    Filter(
        "publisher",
        gettext_lazy("Publisher"),
        lambda: sorted(((feed.pk, str(feed)) for feed in Feed.objects.all()), key=lambda one: one[1]),
        apply="feed",
    ),
    Filter("year", gettext_lazy("Year"), lambda: [(year, year) for year in years_present()], apply=_by_year),
]


def with_shares(rows: QuerySet[PublishedActivity]) -> QuerySet[PublishedActivity]:
    """With the countries and sectors that the columns show, and the publisher."""
    whole = PublishedShare.objects.filter(amount__isnull=True, kind__in=["country", "sector"]).order_by("pk")
    return rows.select_related("feed").prefetch_related(Prefetch("shares", whole, to_attr="whole_shares"))


def published_list(user: Any) -> tuple[ListPage, dict[str, Any]]:
    """What others publish about their own work."""
    page = ListPage(
        published_visible_to(user),
        COLUMNS,
        filters=FILTERS,
        default_sort="-id",
        empty_text=_(
            "No published activity is held yet: an administrator of an agency loads files of publishers."
        ),
        export_name="published",
        search=lambda rows, typed: rows.filter(said(typed, *ACTIVITY_WORDS)),
        dressed=with_shares,
    )
    lede = _(
        "What others publish about their own work, as they say it. Amounts of different currencies are not added."
    )
    acts = [(reverse("interchange:loads"), _("Loads"))] if may_load(user) else []
    acts.append((address_of("countries"), _("Countries")))
    return page, {"title": _("Published activities"), "lede": lede, "acts": acts}


# ── Loads ──

TONES = {Stage.READ: "wait", Stage.APPLIED: "ok", Stage.UNDONE: "no", Stage.DISCARDED: ""}
VERDICTS = {
    Verdict.ADDED: ("ok", "ok"),
    Verdict.CHANGED: ("wait", "go"),
    Verdict.UNCHANGED: ("", "dot"),
    Verdict.HELD_BACK: ("late", "late"),
}


def stage_mark(load: Load) -> SafeString:
    """Where a load stands, by word and icon."""
    return state(load.get_stage_display(), TONES[Stage(load.stage)])


def loads_list(user: Any) -> tuple[ListPage, dict[str, Any]]:
    """The files that were loaded, for whoever may load."""
    page = ListPage(
        loads_visible_to(user),
        [
            Column("name", gettext_lazy("File"), head=True, link=True),
            Column("feed", gettext_lazy("Publisher")),
            Column(
                "counts",
                gettext_lazy("Activities"),
                value=lambda row: words.listed(saying.counted(row.counts)),
            ),
            Column("stage", gettext_lazy("State"), value=stage_mark, text="get_stage_display", sort="stage"),
            Column("made_at", gettext_lazy("Read on"), sort="made_at"),
        ],
        filters=[Filter("stage", gettext_lazy("State"), Stage.choices)],
        default_sort="-id",
        empty_text=_("No file was loaded yet, or you are not an administrator of an agency."),
        export_name="loads",
    )
    crumbs = [(reverse("interchange:published"), _("Published activities")), ("", _("Loads"))]
    lede = _("Files of publishers, each taken in as one and undone as one.")
    acts = []
    if may_load(user):
        acts = [
            (reverse("interchange:send"), _("Send a file")),
            (reverse("interchange:sendings"), _("Files sent")),
        ]
    return page, {"title": _("Loads"), "lede": lede, "crumbs": crumbs, "acts": acts}


def verdict_mark(entry: LoadEntry) -> SafeString:
    """What a load makes of an activity, by word and icon."""
    return state(entry.get_verdict_display(), *VERDICTS[Verdict(entry.verdict)])


def _told(entry: LoadEntry) -> str:
    if entry.verdict == Verdict.HELD_BACK:
        return saying.why_held_back(entry)
    if entry.verdict != Verdict.CHANGED:
        return words.NOTHING
    return words.parted(saying.differences(entry.changes))


def entries_page(load: Load) -> ListPage:
    """What a load makes of each activity, filtered by verdict, a page at a time."""
    return ListPage(
        LoadEntry.objects.filter(load=load),
        [
            Column("identifier", gettext_lazy("Identifier"), sort="identifier", head=True),
            Column("title", gettext_lazy("Title")),
            Column("verdict", gettext_lazy("Verdict"), value=verdict_mark, text="get_verdict_display"),
            Column("changes", gettext_lazy("What differs"), value=_told),
            Column("line", gettext_lazy("Line"), sort="line", css="n"),
        ],
        filters=[Filter("verdict", gettext_lazy("Verdict"), Verdict.choices)],
        default_sort="line",
        empty_text=_("Every activity of the file is as it is held."),
        export_name="load",
    )
