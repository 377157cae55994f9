"""How near a lesson is to a request or an operation, and why. Plain Python: facts in, scores and reasons out.

Every point comes from a reason that is shown. The weights are a table: a sector in common tells most, then a
country, then the words; a modality in common tells little, for most operations share it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from taawun.kernel.matching import Match, Reason, nearest
from taawun.lessons.words import terms

THRESHOLD = 24
MOST = 5

# Points by the number of steps between two codes over the nearest one above both; farther ones get the last.
SECTOR_POINTS = (40, 32, 26, 26, 18)
COUNTRY_POINTS = (20, 12, 12, 5)
MODALITY_POINTS = 6
TEXT_POINTS = 20
HEADING_WORD_POINTS = 2
HEADING_POINTS = 10
ALIKE = 0.35  # two texts this alike (cosine of their words) get all the points of the text
WORDS_SHOWN = 6


@dataclass(frozen=True)
class Facts:
    """What is compared. `sectors` and `countries`: the code itself, then those above it, nearest first."""

    sectors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    modality: str = ""
    heading: str = ""
    body: str = ""


def best(
    wanted: Facts, candidates: Mapping[int, Facts], *, limit: int = MOST, threshold: int = THRESHOLD
) -> list[Match]:
    """The nearest candidates, nearest first, the newer (higher key) before the older; none below the threshold."""
    found = ((key, reasons(wanted, facts)) for key, facts in candidates.items())
    return nearest(found, limit=limit, threshold=threshold)


def reasons(wanted: Facts, held: Facts) -> Iterable[Reason]:
    """Everything in common, in the order in which it is told."""
    yield from _codes(wanted.sectors, held.sectors, "same-sector", "same-category", SECTOR_POINTS)
    yield from _codes(wanted.countries, held.countries, "same-country", "same-region", COUNTRY_POINTS)
    if wanted.modality and wanted.modality == held.modality:
        yield Reason("same-modality", wanted.modality, MODALITY_POINTS)
    yield from _words(wanted, held)


def _codes(
    wanted: tuple[str, ...], held: tuple[str, ...], equal: str, near: str, points: tuple[int, ...]
) -> Iterable[Reason]:
    shared = next((code for code in wanted if code in held), None)
    if shared is not None:
        steps = wanted.index(shared) + held.index(shared)
        yield Reason(near if steps else equal, shared, points[min(steps, len(points) - 1)])


def _words(wanted: Facts, held: Facts) -> Iterable[Reason]:
    ours, theirs = _all_terms(wanted), _all_terms(held)
    common = [stem for stem in theirs if stem in ours]
    if not common:
        return
    alike = len(common) / sqrt(len(ours) * len(theirs))
    our_heading, their_heading = terms(wanted.heading), terms(held.heading)
    headline = [stem for stem in common if stem in our_heading and stem in their_heading]
    points = int(TEXT_POINTS * min(1.0, alike / ALIKE)) + min(
        HEADING_POINTS, HEADING_WORD_POINTS * len(headline)
    )
    if points:
        shown = [*headline, *(stem for stem in common if stem not in headline)][:WORDS_SHOWN]
        yield Reason("common-words", [theirs[stem] for stem in shown], points)


def _all_terms(facts: Facts) -> dict[str, str]:
    return terms(f"{facts.heading}\n{facts.body}")
