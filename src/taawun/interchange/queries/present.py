"""What is among the published activities, for the choices above their list."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef

from taawun.foundation import clock
from taawun.interchange.models import (
    AmountKind,
    By,
    CountedShare,
    PublishedActivity,
    PublishedAmount,
    PublishedShare,
)
from taawun.interchange.queries.gates import amounts_visible_to, published_visible_to
from taawun.reference.models import Code

FARTHEST = 80  # years shown before and after today at most: files hold days that cannot be


def codes_present(list_slug: str) -> set[str]:
    """The codes of a list to which an activity belongs as a whole: one look into the index for each code."""
    shares = PublishedShare.objects.filter(listed=OuterRef("pk"), amount__isnull=True)
    return set(Code.objects.filter(Exists(shares), code_list=list_slug).values_list("pk", flat=True))


def codes_counted(codes: Iterable[str]) -> set[str]:
    """Those of these codes for which an activity or an amount counts: one SQL statement, by the indexes."""
    shares = CountedShare.objects.filter(code=OuterRef("pk"))
    whole, own = Exists(shares.filter(amount__isnull=True)), Exists(shares.filter(amount__isnull=False))
    return set(Code.objects.filter(whole | own, pk__in=codes).values_list("pk", flat=True))


def years_present() -> list[int]:
    """The years from the first start to the last end, the latest first: one SQL statement."""
    found = PublishedActivity.objects.aggregate(
        first=Min("starts_on"), last=Max("ends_on"), begun=Max("starts_on")
    )
    if found["first"] is None:
        return []
    today = clock.today().year
    last = max(day.year for day in (found["last"], found["begun"]) if day)
    first = max(found["first"].year, today - FARTHEST)
    return list(range(min(last, today + FARTHEST), first - 1, -1))


def years_of_amounts() -> list[tuple[int, str]]:
    """The years amounts are of, the latest first, as choices: one SQL statement, by the index."""
    found = PublishedAmount.objects.aggregate(first=Min("year"), last=Max("year"))
    if found["first"] is None:
        return []
    today = clock.today().year
    first, last = max(found["first"], today - FARTHEST), min(found["last"], today + FARTHEST)
    return [(year, str(year)) for year in range(last, first - 1, -1)]


def countries_of_money(user: Any) -> set[str]:
    """The countries that a published commitment, disbursement or expenditure itself names: one SQL statement."""
    money = amounts_visible_to(user).filter(kind=AmountKind.TRANSACTION, type__in=["2", "3", "4"])
    rows = money.filter(counted__by=By.COUNTRY, counted__code__isnull=False)
    return set(rows.order_by().values_list("counted__code", flat=True).distinct())


def latest_published(user: Any, code: str, most: int) -> list[PublishedActivity]:
    """The activities of a country (or sector) that came in last, with their publishers: one SQL statement."""
    whole = CountedShare.objects.filter(code=code, amount__isnull=True).values("activity")
    rows = published_visible_to(user).filter(pk__in=whole).select_related("feed").order_by("-pk")
    return list(rows[:most])
