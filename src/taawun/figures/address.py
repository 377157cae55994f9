"""The address of a figure: every number that knows it can be opened from wherever it stands."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import QueryDict
from django.urls import reverse

BY, AND_BY, CURRENCY, DAY, SHOW = "by", "and", "currency", "day", "show"
RESERVED = (BY, AND_BY, CURRENCY, DAY, SHOW)


def figure_address(
    slug: str,
    filters: Mapping[str, str],
    *,
    by: Sequence[str] = (),
    currency: str = "",
    day: date | None = None,
    show: str = "",
) -> str:
    """Where a figure is opened: narrowed by these filters, grouped by at most two dimensions, in a currency by the
    rates of a day; `show`: the rows left out for this reason in place of those counted.
    """
    asked = QueryDict(mutable=True)
    asked.update({name: filters[name] for name in sorted(filters)})
    asked.update(dict(zip((BY, AND_BY), by, strict=False)))
    told = {CURRENCY: currency, DAY: day.isoformat() if day else "", SHOW: show}
    asked.update({name: value for name, value in told.items() if value})
    path = reverse("figures:figure", args=[slug])
    return f"{path}?{asked.urlencode()}" if asked else path
