"""The papers that steps register by themselves: what each is called, and where it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Source:
    """`url(letter)`: the address of the paper itself."""

    label: Any
    url: Callable[[Any], str]


_sources: dict[str, Source] = {}


def source(slug: str, label: Any, url: Callable[[Any], str]) -> None:
    """A room names a paper its steps send or receive; once."""
    if slug in _sources:
        raise ValueError(f"“{slug}” is named already.")
    _sources[slug] = Source(label, url)


def source_of(letter: Any) -> Source | None:
    """What kind of paper a step registered here."""
    return _sources.get(letter.made_by)
