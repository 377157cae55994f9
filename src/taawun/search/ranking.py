"""The order of what was found: the best few hundred of the database's rough order, weighed anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log, log1p

TITLE, PHRASE, CODE, CASE, RECENT = 3.0, 2.0, 6.0, 1.5, 1.0
HALF_AFTER = 4.0  # years after which a text counts half as recent


@dataclass(frozen=True)
class Hit:
    """A text found. `in_title`: for each word asked, whether title or code has it; `as_phrase`: all in order."""

    pk: int
    kind: str
    object_id: int
    rank: float
    in_title: tuple[bool, ...]
    as_phrase: bool
    is_code: bool
    is_case: bool
    day: date | None


def best_first(hits: Iterable[Hit], rarity: Sequence[float], today: date) -> list[Hit]:
    """The hits in the order they are shown, one for each object.

    What counts: the words in the title, a rare word more than a common one; all words one after another; the very
    code; a case before what hangs on one; the database's own rank; a little, how recent it is. Then the newest first.
    """
    ranked = sorted(hits, key=lambda hit: (-score(hit, rarity, today), -_ordinal(hit.day), -hit.pk))
    seen: dict[tuple[str, int], Hit] = {}
    for hit in ranked:
        seen.setdefault((hit.kind, hit.object_id), hit)
    return list(seen.values())


def score(hit: Hit, rarity: Sequence[float], today: date) -> float:
    """How well a hit answers; only the order of two scores means something."""
    whole = sum(rarity) or 1.0
    title = sum(weight for weight, there in zip(rarity, hit.in_title, strict=True) if there) / whole
    points = TITLE * title + PHRASE * hit.as_phrase + CODE * hit.is_code + CASE * hit.is_case
    return points + log1p(10 * hit.rank) + RECENT * _recency(hit.day, today)


def rarities(documents: Sequence[int], of: int) -> list[float]:
    """How much each word tells, from the number of texts it stands in and the number of all texts."""
    return [log(1 + of / (1 + number)) for number in documents]


def _recency(day: date | None, today: date) -> float:
    if day is None:
        return 0.0
    years = max(0.0, (today - day).days / 365.25)
    return HALF_AFTER / (HALF_AFTER + years)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0
