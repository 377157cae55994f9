"""What is counted of what others publish: activities, commitments, what was disbursed and spent."""

from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import ExtractYear, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.figures import years_of
from taawun.figures.definitions import (
    Amount,
    Definition,
    Dimension,
    Question,
    Reason,
    Shares,
    by_name,
    code_dimension,
    define,
)
from taawun.foundation import clock
from taawun.interchange import saying
from taawun.interchange.lists import COLUMNS, publisher, with_shares
from taawun.interchange.models import (
    AmountKind,
    By,
    CountedShare,
    Feed,
    PublishedAmount,
    Source,
)
from taawun.interchange.queries import (
    FARTHEST,
    amounts_visible_to,
    codes_counted,
    published_visible_to,
    years_of_amounts,
)
from taawun.reference.forms import code_choices
from taawun.reference.names import ancestors
from taawun.ui.lists import Column

ORIGIN = _("The files of publishers held in this installation")
LISTS = {
    By.COUNTRY: ("country", _("Country")),
    By.REGION: ("dac-region", _("Region")),
    By.SECTOR: ("sector", _("Sector")),
    By.CATEGORY: ("sector-category", _("Sector category")),
}
WHOLE = {By.COUNTRY: "place", By.REGION: "place", By.SECTOR: "sector", By.CATEGORY: "sector"}


def _of_activity(by: By) -> Shares:
    when = Q(counted__by=by, counted__amount__isnull=True)
    return Shares("counted", "code_id", "percent", when=when, among=_among, whole=WHOLE[by])


def _among(code: str) -> Q:
    return Q(pk__in=CountedShare.objects.filter(code=code, amount__isnull=True).values("activity"))


def _of_amount(by: By) -> Shares:
    """An amount that says itself where it belongs counts there, not by the shares of its activity."""
    activity = Q(activity__counted__by=by, activity__counted__amount__isnull=True)
    own = Q(**{f"{WHOLE[by]}_from": Source.OWN})
    return Shares(
        "activity__counted",
        "code_id",
        "percent",
        when=activity & ~own,
        nearer=Shares("counted", "code_id", "percent", when=Q(counted__by=by)),
        among=_amounts_among,
        whole=WHOLE[by],
    )


def _amounts_among(code: str) -> Q:
    return Q(activity__in=CountedShare.objects.filter(code=code).values("activity"))


def _by_code(by: By, shares: Shares) -> Dimension:
    code_list, label = LISTS[by]
    made = code_dimension(by.value, label, code_list, shares=shares)
    return replace(made, choices=_categories) if by == By.CATEGORY else made


def _categories(question: Question) -> list[tuple[str, str]]:
    """A group of categories only where something was stated of the group itself: what was stated of its parts counts
    for them alone.
    """
    offered = code_choices("sector-category", also=question.value or None)
    groups = {above for code, _name in offered for above in ancestors(code)}
    bare = groups - codes_counted(groups)
    return [(code, name) for code, name in offered if code not in bare]


def _publishers(question: Question) -> list[tuple[int, str]]:
    return list(publisher_names(None).items())


def publisher_names(values: Any) -> dict[Any, Any]:
    """The publishers whose rows were counted, or all."""
    feeds = Feed.objects.all() if values is None else Feed.objects.filter(pk__in=values)
    return by_name({feed.pk: str(feed) for feed in feeds})


def _sources(values: Any) -> dict[Any, Any]:
    return {value: label for value, label in Source.choices if value in values}


def _source_choices(question: Question) -> list[tuple[Any, Any]]:
    return list(Source.choices)


def _years(question: Question) -> list[tuple[int, str]]:
    return _with_asked(years_of_amounts(), question.value)


def _years_of_start(question: Question) -> list[tuple[int, str]]:
    today = clock.today().year
    near = [one for one in years_of("starts_on")(question) if abs(one[0] - today) <= FARTHEST]
    return _with_asked(near, question.value)


def _with_asked(met: list[tuple[int, str]], asked: str) -> list[tuple[int, str]]:
    """Those met; and the one asked for, though it be one that cannot be."""
    far = asked.isascii() and asked.isdigit() and len(asked) <= 4 and int(asked) not in dict(met)
    return [*met, (int(asked), asked)] if far else met


def _statuses(question: Question) -> list[tuple[str, str]]:
    """Those of the list; and the one asked for, where a file says it though the list does not know it."""
    listed = [(code.partition(":")[2], name) for code, name in code_choices("iati-activity-status")]
    asked = question.value
    if not asked or asked in dict(listed) or not question.rows.filter(status=asked).exists():
        return listed
    return [*listed, (asked, saying.coded("iati-activity-status", asked))]


define(
    Definition(
        "published-activities",
        _("Published activities"),
        says=_(
            "What others publish about their own work, each activity counted once, and once for each country or sector "
            "to which it belongs as a whole. The year is the one in which it starts. What is published at two levels "
            "counts at both, a group of sector categories only where it was itself stated."
        ),
        unit=pgettext_lazy("unit", "activities"),
        rows=published_visible_to,
        columns=COLUMNS,
        origin=ORIGIN,
        dimensions=[
            *(_by_code(by, _of_activity(by)) for by in By),
            Dimension("publisher", _("Publisher"), _publishers, "feed_id", publisher_names),
            Dimension("year", _("Year"), _years_of_start, ExtractYear("starts_on")),
            Dimension(
                "status",
                _("Status"),
                _statuses,
                NullIf("status", Value("")),
                lambda values: {value: saying.coded("iati-activity-status", value) for value in values},
            ),
        ],
        dressed=with_shares,
        order="-id",
    )
)


def _activity_address(row: PublishedAmount) -> str:
    return reverse("interchange:activity", args=[row.activity_id])


def _day_of(row: PublishedAmount) -> Any:
    return row.starts_on or row.value_on


AMOUNT_COLUMNS = [
    Column(
        "activity",
        _("Activity"),
        value="activity.title",
        head=True,
        link=_activity_address,
        lang="activity.title_language",
    ),
    Column("publisher", _("Publisher"), value=lambda row: publisher(row.activity)),
    Column("type", _("Kind"), value=lambda row: saying.amount_label(row.kind, row.type)),
    Column(
        "on",
        pgettext_lazy("of an amount", "Date"),
        value=lambda row: row.starts_on or row.value_on,
        sort="starts_on",
    ),
    Column("place_from", _("Country stated by"), value="get_place_from_display"),
    Column("sector_from", _("Sector stated by"), value="get_sector_from_display"),
]
AMOUNT_DIMENSIONS = [
    *(_by_code(by, _of_amount(by)) for by in By),
    Dimension("publisher", _("Publisher"), _publishers, "activity__feed_id", publisher_names),
    Dimension("year", _("Year"), _years, "year"),
    Dimension(
        "country-stated-by",
        _("Country stated by"),
        _source_choices,
        NullIf("place_from", Value("")),
        _sources,
    ),
    Dimension(
        "sector-stated-by", _("Sector stated by"), _source_choices, NullIf("sector_from", Value("")), _sources
    ),
]
AMOUNT_REASONS = [
    Reason("no-amount", _("No amount is given."), Q(value__isnull=True)),
    Reason("no-currency", _("Its currency is not said, or none we know."), Q(listed_currency__isnull=True)),
    Reason("no-date", _("It has no date."), Q(year__isnull=True)),
]


def _dressed(rows: QuerySet[PublishedAmount]) -> QuerySet[PublishedAmount]:
    return rows.select_related("activity__feed")


def _money(slug: str, label: Any, says: Any, types: list[str]) -> Definition:
    """A sum of the transactions of some types."""

    def rows(user: Any) -> QuerySet[PublishedAmount]:
        return amounts_visible_to(user).filter(kind=AmountKind.TRANSACTION, type__in=types)

    return Definition(
        slug,
        label,
        says=says,
        unit=pgettext_lazy("unit", "transactions"),
        rows=rows,
        columns=AMOUNT_COLUMNS,
        origin=ORIGIN,
        dimensions=AMOUNT_DIMENSIONS,
        counts=Amount("value", "listed_currency_id", of="year"),
        reasons=AMOUNT_REASONS,
        dressed=_dressed,
        order="-id",
    )


define(
    _money(
        "published-commitments",
        _("Commitments published"),
        _(
            "The outgoing commitments that others publish, in the year of their date, converted at the average rate of "
            "that year. One that names countries or sectors itself counts there; any other by the shares of its "
            "activity, reported or worked out. A share without a percentage beside others counts for nothing. What is "
            "published at two levels counts at both, a group of sector categories only where it was itself stated. "
            "What two publishers say of the same money counts twice."
        ),
        ["2"],
    )
)
define(
    _money(
        "published-disbursements",
        _("Disbursements and expenditure published"),
        _(
            "The disbursements and expenditures that others publish, in the year of their date, converted at the "
            "average rate of that year. One that names countries or sectors itself counts there; any other by the "
            "shares of its activity, reported or worked out. A share without a percentage beside others counts for "
            "nothing. What is published at two levels counts at both, a group of sector categories only where it was "
            "itself stated. What two publishers say of the same money counts twice."
        ),
        ["3", "4"],
    )
)
