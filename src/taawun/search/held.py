"""The vectors a process holds to compare a question with: all of one model's, read as they are made."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import nlargest
from threading import Lock
from time import monotonic

from taawun.search.meaning import Embedder
from taawun.search.models import TextMeaning

READ_AT_ONCE = 50_000  # vectors one question reads at most: after a start the first few find some alone
READ_ANEW_EVERY = 3_600.0  # seconds after which those of texts that are gone are let go
NEAREST = 2_000  # texts that are put before the gates


@dataclass
class _Held:
    """The vectors one behind the other, the key of the text of each, and where each key stands."""

    model: str
    since: float
    keys: "array[int]" = field(default_factory=lambda: array("q"))
    places: dict[int, int] = field(default_factory=dict)
    vectors: bytearray = field(default_factory=bytearray)
    moved: int = 0

    def take(self, key: int, vector: bytes, moved: int) -> None:
        """Hold one, in place of that text's former one."""
        place = self.places.setdefault(key, len(self.keys))
        if place == len(self.keys):
            self.keys.append(key)
        self.vectors[place * len(vector) : (place + 1) * len(vector)] = vector
        self.moved = moved


_held: dict[str, _Held] = {}
_one_at_a_time = Lock()


def nearest(model: Embedder, query: str) -> list[int]:
    """The keys of the texts near enough to be offered, the nearest first: one SQL statement.

    Whose they are is not asked here: they go through the gates before anybody is told.
    """
    asked = model.of_query(query)
    with _one_at_a_time:
        held = _current(model)
        near = model.nearness(asked, held.vectors) if held.keys else ()
        enough = ((nearness, key) for nearness, key in _pairs(near, held) if nearness >= model.threshold)
        return [key for _nearness, key in nlargest(NEAREST, enough)]


def _pairs(near: Iterable[float], held: _Held) -> Iterable[tuple[float, int]]:
    return zip(near, held.keys, strict=True)


def _current(model: Embedder) -> _Held:
    held = _held.get("all")
    if not held or held.model != model.name or monotonic() - held.since > READ_ANEW_EVERY:
        held = _held["all"] = _Held(model.name, monotonic())
    rows = TextMeaning.objects.filter(model=model.name, moved__gt=held.moved).order_by("moved")
    for key, vector, moved in rows.values_list("text_id", "vector", "moved")[:READ_AT_ONCE]:
        if len(vector) == model.width:
            held.take(key, bytes(vector), moved)
    return held


def forget() -> None:
    """Let the next question read all vectors anew."""
    _held.clear()
