"""Where upper rooms tell what a person does by name on their cases, and hand it to a successor.

Each room registers a source in its `ports.py`. What is personal (an evaluation) stays, and the summary says so.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol

from taawun.directory.models import Handover, Person


@dataclass(frozen=True)
class Held:
    """One function a person has on a case. `row` is the source's own number; `stays`: it is personal."""

    source: str
    what: str
    kind: str
    subject_id: int
    organisation_id: int
    row: int
    stays: bool = False

    def told(self) -> dict[str, Any]:
        """As the summary keeps it."""
        return asdict(self)


class Source(Protocol):
    """What one room knows of functions held by name."""

    def label(self, what: str) -> Any:
        """The function in the reader's language."""

    def held_by(self, person_id: int) -> Iterable[Held]:
        """Everything the person has there today, or will have."""

    def obstacles(self, held: list[Held], to: Person) -> Iterable[str]:
        """Why this successor cannot take these, in the reader's language."""

    def move(self, held: list[Held], handover: Handover, *, day: date) -> None:
        """End each of them on the day and begin it for the successor, on locked cases. Recording is the caller's."""


_sources: dict[str, Source] = {}
_personal_drafts: set[tuple[str, str]] = set()


def hands_over(slug: str, source: Source) -> None:
    """Register what a room hands over."""
    if slug in _sources:
        raise ValueError(f"“{slug}” hands over already.")
    _sources[slug] = source


def personal_draft(kind: str, part: str) -> None:
    """Drafts of this part are of a personal function: they go to no successor."""
    _personal_drafts.add((kind, part))


def is_personal(kind: str, part: str) -> bool:
    """Whether a draft stays with its writer."""
    return (kind, part) in _personal_drafts


def sources() -> dict[str, Source]:
    """Every source by its slug, in the order they registered."""
    return _sources


def label_of(source: str, what: str) -> Any:
    """A function in the reader's language; the slug where the room is gone."""
    held = _sources.get(source)
    return held.label(what) if held else what
