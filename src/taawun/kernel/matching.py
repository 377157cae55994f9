"""What is near to what, and why: reasons that carry points, and the nearest of many. What is compared is others’."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reason:
    """One thing in common: a slug that becomes a sentence, the code or words in it, and what it weighs."""

    slug: str
    value: Any
    points: int

    def kept(self) -> dict[str, Any]:
        """As stored with what was offered or cited."""
        return {"slug": self.slug, "value": self.value}


@dataclass(frozen=True)
class Match:
    """One that is near enough: its key, and every reason for it."""

    key: int
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        return sum(reason.points for reason in self.reasons)


def nearest(found: Iterable[tuple[int, Iterable[Reason]]], *, limit: int, threshold: int) -> list[Match]:
    """The nearest, nearest first, the newer (higher key) before the older; none below the threshold."""
    matches = (Match(key, tuple(reasons)) for key, reasons in found)
    near = [match for match in matches if match.reasons and match.score >= threshold]
    return sorted(near, key=lambda match: (-match.score, -match.key))[: max(limit, 0)]
