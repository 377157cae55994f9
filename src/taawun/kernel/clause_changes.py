"""Two texts of one agreement, clause by clause: same, changed, missing, new, moved, and what stands outside them.

Ours is what went out, theirs what came back (or an earlier version and a later one). A clause is found again by its
key, else by its title, else by its words. Whatever theirs says stands somewhere in the answer, and so does all of ours.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from taawun.kernel.clauses import Clause
from taawun.kernel.wording import Span, likeness, said, seen, word_by_word

ALIKE = 0.6  # two clauses share most of their words: one was made of the other

MOST_PAIRS = 10_000  # beyond this many to weigh against each other, no clause is sought by its words


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    NEW = "new"


@dataclass(frozen=True)
class Row:
    """What became of a clause: as we have it, as they have it (either may be absent), whether it changed its place."""

    change: Change
    ours: Clause | None
    theirs: Clause | None
    moved: bool = False

    @property
    def clause(self) -> Clause:
        """Theirs, or ours where they have none."""
        return self.theirs or self.ours or Clause()

    @property
    def title(self) -> list[Span]:
        """The title, word by word."""
        return word_by_word(self.ours.title if self.ours else "", self.theirs.title if self.theirs else "")

    @property
    def text(self) -> list[Span]:
        """The body, word by word."""
        return word_by_word(self.ours.text if self.ours else "", self.theirs.text if self.theirs else "")

    @property
    def differs(self) -> bool:
        """Whether anything of it changed, its place included."""
        return self.moved or self.change != Change.SAME


@dataclass(frozen=True)
class Comparison:
    """Every clause of both texts, in the order of theirs, and what stands outside: nobody agreed to that."""

    rows: list[Row]
    outside: list[str] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether the two texts differ in anything."""
        return bool(self.outside) or any(row.differs for row in self.rows)

    def count(self, change: Change) -> int:
        """How many clauses this happened to."""
        return sum(row.change == change for row in self.rows)


def compare(ours: Sequence[Clause], theirs: Sequence[Clause], outside: Iterable[str] = ()) -> Comparison:
    """Compare two texts clause by clause. `outside`: what came back between and around the clauses."""
    pairs = _pairs(ours, theirs)
    back = {mine: other for other, mine in pairs.items()}
    stay = set(_in_order([pairs[n] for n in sorted(pairs)]))
    rows = [_row(ours, clause, pairs.get(n), stay) for n, clause in enumerate(theirs)]
    return Comparison(
        list(_with_missing(rows, ours, pairs, back)), [one for one in map(str.strip, outside) if seen(one)]
    )


def _row(ours: Sequence[Clause], theirs: Clause, at: int | None, stay: set[int]) -> Row:
    if at is None:
        return Row(Change.NEW, None, theirs)
    mine = ours[at]
    same = seen(mine.title) == seen(theirs.title) and said(mine.text) == said(theirs.text)
    return Row(Change.SAME if same else Change.CHANGED, mine, theirs, moved=at not in stay)


def _with_missing(
    rows: list[Row], ours: Sequence[Clause], pairs: dict[int, int], back: dict[int, int]
) -> Iterator[Row]:
    """A clause that is missing stands after the one it followed with us."""
    after: dict[int, list[Row]] = {}
    place = -1
    for n, clause in enumerate(ours):
        if n in back:
            place = back[n]
        else:
            after.setdefault(place, []).append(Row(Change.MISSING, clause, None))
    yield from after.get(-1, [])
    for n, row in enumerate(rows):
        yield row
        yield from after.get(n, [])


# ── Which is which ──


def _pairs(ours: Sequence[Clause], theirs: Sequence[Clause]) -> dict[int, int]:
    """Place with them -> place with us, each once: by key, by the whole, by title, by most of the words."""
    pairs: dict[int, int] = {}
    for told in (lambda one: one.key, _whole, lambda one: seen(one.title).casefold()):
        _pair_by(told, ours, theirs, pairs)
    _pair_alike(ours, theirs, pairs)
    return pairs


def _whole(clause: Clause) -> str:
    return f"{seen(clause.title)}\n{seen(clause.text)}".strip()


def _pair_by(
    told: Callable[[Clause], str], ours: Sequence[Clause], theirs: Sequence[Clause], pairs: dict[int, int]
) -> None:
    free: dict[str, list[int]] = {}
    taken = set(pairs.values())
    for n, clause in enumerate(ours):
        if n not in taken and told(clause):
            free.setdefault(told(clause), []).append(n)
    for n, clause in enumerate(theirs):
        if n not in pairs and free.get(told(clause)):
            pairs[n] = free[told(clause)].pop(0)


def _pair_alike(ours: Sequence[Clause], theirs: Sequence[Clause], pairs: dict[int, int]) -> None:
    taken = set(pairs.values())
    left = [n for n in range(len(ours)) if n not in taken]
    if len(left) * (len(theirs) - len(pairs)) > MOST_PAIRS:
        return
    found = [
        (likeness(ours[m].text, theirs[n].text), -n, -m)
        for n in range(len(theirs))
        if n not in pairs
        for m in left
    ]
    for alike, n, m in sorted(found, reverse=True):
        if alike >= ALIKE and -n not in pairs and -m not in taken:
            pairs[-n] = -m
            taken.add(-m)


def _in_order(places: Sequence[int]) -> list[int]:
    """The longest row of places that rises: who stands in it has not moved."""
    ends: list[int] = []  # the least last place of a rising row of each length
    before: dict[int, int | None] = {}
    for place in places:
        length = bisect_left(ends, place)
        before[place] = ends[length - 1] if length else None
        ends[length : length + 1] = [place]
    found: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]
