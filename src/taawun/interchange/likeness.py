"""How near a published activity is to a request, and why. Plain Python: facts in, scores and reasons out.

Every point comes from a reason that is shown. An activity states several sectors and countries, each told as itself
and what stands above it; the nearest one it shares with the request counts, once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import add
from pathlib import Path

from taawun.kernel import matching
from taawun.kernel.analysis import SMALL_ANYWHERE, analyse, folded
from taawun.kernel.matching import Match, Reason

THRESHOLD = 24
MOST = 5
# Points of the same sector, of its category, of the group that category is in (education, of its levels).
SECTOR_POINTS = (40, 26, 12)
# Points by the number of steps between two places over the nearest one above both; farther ones get the last.
COUNTRY_POINTS = (20, 12, 12, 4)
WORD_POINTS, WORDS_POINTS = 8, 24  # of each word in common, and of all of them at most
SHORTEST = 4  # letters of a word that tells something

REGIONS_FILE = Path(__file__).parent / "data" / "dac_regions.txt"
# The OECD's regions, each with the wider one it belongs to.
WIDER = {
    **{"88": "89", "189": "298", "289": "298", "389": "498", "489": "498", "380": "389"},
    **{"619": "689", "679": "689", "589": "798", "689": "798", "789": "798"},
    **{"1027": "289", "1028": "289", "1029": "289", "1030": "289", "1031": "389", "1032": "389"},
    **{"1033": "889", "1034": "889", "1035": "889"},
}
# What nearly every title of this field says, folded: such a word tells one from another in nothing.
EVERYWHERE = frozenset(
    [
        *(
            "project",
            "projects",
            "projet",
            "projets",
            "proyecto",
            "program",
            "programs",
            "programme",
            "programmes",
        ),
        *(
            "programa",
            "support",
            "appui",
            "apoyo",
            "development",
            "developpement",
            "desarrollo",
            "cooperation",
        ),
        *(
            "technical",
            "technique",
            "activity",
            "activities",
            "management",
            "gestion",
            "assistance",
            "example",
        ),
        *("exemple", "مشروع", "برنامج", "دعم", "تعاون"),
    ]
)


@dataclass(frozen=True)
class Asked:
    """What of a request is compared: its sector and country, each with what stands above it; its words."""

    sectors: tuple[str, ...] = ()
    places: tuple[tuple[str, ...], ...] = ()  # the country by each way of grouping countries
    words: Mapping[str, str] = field(default_factory=dict)  # term → as written


@dataclass(frozen=True)
class Told:
    """What of an activity is compared: every sector and place it states, with what stands above; its titles."""

    sectors: tuple[tuple[str, ...], ...] = ()
    places: tuple[tuple[str, ...], ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)  # by language


def nearest(
    asked: Asked, told: Mapping[int, Told], *, limit: int = MOST, threshold: int = THRESHOLD
) -> list[Match]:
    """The nearest, nearest first, the newer (higher key) before the older; none below the threshold."""
    found = ((key, reasons(asked, one)) for key, one in told.items())
    return matching.nearest(found, limit=limit, threshold=threshold)


def reasons(asked: Asked, told: Told) -> Iterator[Reason]:
    """Everything in common, in the order in which it is told."""
    sectors = ((asked.sectors, chain) for chain in told.sectors)
    yield from _nearest_code(sectors, "same-sector", "same-category", SECTOR_POINTS, max)
    places = ((mine, theirs) for mine in asked.places for theirs in told.places)
    yield from _nearest_code(places, "same-country", "same-region", COUNTRY_POINTS, add)
    common = common_words(asked.words, told.titles)
    if common:
        yield Reason("common-words", common, min(WORDS_POINTS, WORD_POINTS * len(common)))


def _nearest_code(
    pairs: Iterable[tuple[tuple[str, ...], tuple[str, ...]]],
    equal: str,
    near: str,
    points: Sequence[int],
    apart: Callable[[int, int], int],
) -> Iterator[Reason]:
    found = [one for mine, theirs in pairs if (one := _steps_between(mine, theirs, apart)) is not None]
    if found:
        steps, code = min(found)
        yield Reason(near if steps else equal, code, points[min(steps, len(points) - 1)])


def _steps_between(
    mine: tuple[str, ...], theirs: tuple[str, ...], apart: Callable[[int, int], int]
) -> tuple[int, str] | None:
    """The nearest code that both are, or are under, and how far `apart` they are by way of it."""
    shared = next((code for code in mine if code in theirs), None)
    return None if shared is None else (apart(mine.index(shared), theirs.index(shared)), shared)


def common_words(words: Mapping[str, str], titles: Mapping[str, str]) -> list[str]:
    """The words of the titles that the request has too, in whatever form, each once, as the titles write them."""
    found: dict[str, str] = {}
    for language, title in titles.items():
        for term, written in terms_of(title, language).items():
            if term in words:
                found.setdefault(words[term], written)
    return list(dict.fromkeys(found.values()))


@lru_cache(maxsize=4_000)
def terms_of(text: str, language: str = "") -> Mapping[str, str]:
    """The words of a text that can tell it from others: term → as written, in their order."""
    found: dict[str, str] = {}
    for word in analyse(text, language.partition("-")[0]):
        written = text[word.start : word.end]
        plain = folded(written)
        if len(plain) >= SHORTEST and not plain.isdigit() and plain not in SMALL_ANYWHERE | EVERYWHERE:
            for term in word.terms:
                found.setdefault(term, written)
    return found


@lru_cache(maxsize=1)
def regions_of_countries() -> Mapping[str, str]:
    """The OECD's region of each country it lists as a recipient: of BO, 489."""
    lines = REGIONS_FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    return {country: region for region, *countries in rows for country in countries}


def wider(region: str) -> tuple[str, ...]:
    """A region of the OECD's and those it belongs to, the nearest first."""
    chain = [region]
    while chain[-1] in WIDER:
        chain.append(WIDER[chain[-1]])
    return tuple(chain)
