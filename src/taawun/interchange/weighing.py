"""What counts where: the shares an activity or an amount states, as the percentages by which figures count it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from taawun.interchange.iati.records import Activity, Amount, Share
from taawun.interchange.linking import listed_share
from taawun.interchange.models.amounts import Source
from taawun.interchange.models.counted import By
from taawun.interchange.rows import fitting
from taawun.reference.names import ancestors

HUNDRED = Decimal(100)
_MAIN = ("", "1")  # the vocabulary of the standard: the OECD's sectors of five digits, its regions
_CATEGORIES = "2"  # the same sectors by three digits


@dataclass(frozen=True, slots=True)
class Weight:
    """So many percent of an activity or an amount belong to a code; to one that no list of ours has, to None."""

    by: By
    code: str | None
    percent: Decimal


def states_place(shares: Iterable[Share]) -> bool:
    """Whether a country or a region is named, in whatever vocabulary."""
    return any(share.kind in ("country", "region") for share in shares)


def states_sector(shares: Iterable[Share]) -> bool:
    """Whether a sector of the OECD's list is named, by five digits or by three."""
    return any(share.kind == "sector" and share.vocabulary in (*_MAIN, _CATEGORIES) for share in shares)


def weights(shares: Iterable[Share]) -> list[Weight]:
    """By which percentages whoever states these shares counts for countries, regions, sectors and their categories.

    One that stands alone counts whole where it says no percentage; beside others it counts for nothing then. Sectors
    of five digits hold before those of three; other vocabularies are not counted. A code stands once.
    """
    held = list(shares)
    sums: dict[tuple[By, str | None], Decimal] = {}
    for weight in (*_places(held), *_sectors(held)):
        key = weight.by, weight.code
        sums[key] = sums.get(key, Decimal(0)) + weight.percent
    found = ((key, fitting(percent, 20, 10)) for key, percent in sums.items())
    return [Weight(*key, percent or Decimal(0)) for key, percent in found]


def said_by(amount: Amount, activity: Activity, worked_out: list[Share]) -> tuple[str, str]:
    """Who says for which places an amount counts, and who for which sectors; "" where nobody does."""
    by = ((Source.OWN, amount.shares), (Source.REPORTED, activity.shares), (Source.DERIVED, worked_out))
    place = next((source for source, shares in by if states_place(shares)), "")
    return place, next((source for source, shares in by if states_sector(shares)), "")


def _places(shares: list[Share]) -> Iterator[Weight]:
    places = [one for one in shares if one.kind in ("country", "region")]
    # The same regions by another vocabulary stand for these, not beside them.
    beside = [one for one in places if one.kind == "country" or one.vocabulary in _MAIN]
    for one in places:
        if one.kind == "country":
            yield Weight(By.COUNTRY, listed_share(one), _percent(one, places))
        elif one.vocabulary in _MAIN:
            yield Weight(By.REGION, listed_share(one), _percent(one, beside))


def _sectors(shares: list[Share]) -> Iterator[Weight]:
    named = [one for one in shares if one.kind == "sector"]
    digits = [one for one in named if one.vocabulary in _MAIN]
    for one in digits:
        code, percent = listed_share(one), _percent(one, digits)
        yield Weight(By.SECTOR, code, percent)
        yield Weight(By.CATEGORY, _category(code), percent)
    categories = [] if digits else [one for one in named if one.vocabulary == _CATEGORIES]
    for one in categories:
        yield Weight(By.CATEGORY, listed_share(one), _percent(one, categories))


def _percent(share: Share, beside: list[Share]) -> Decimal:
    if share.percentage is not None:
        return share.percentage
    return HUNDRED if len(beside) == 1 else Decimal(0)


def _category(sector: str | None) -> str | None:
    above = ancestors(sector) if sector else []
    return next((code for code in above if code.startswith("sector-category:")), None)
