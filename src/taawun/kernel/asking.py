"""What somebody typed into the search field, as a question; and where a text answers it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from taawun.kernel.analysis import LONGEST, SMALL_ANYWHERE, Piece, Word, folded, pieces

MOST_ASKED = 24  # words of a question; what follows them is not asked
QUOTED = re.compile('["“”«„]([^"“”«»„]*)["“”»]')


@dataclass(frozen=True)
class Sought:
    """A word somebody typed. Each way is one term, or several that follow one another; any of them will do.

    `place`: where it stands among the words of its question. `begins`: a single sign, which need only begin a pair.
    """

    written: str
    place: int
    ways: frozenset[tuple[str, ...]]
    begins: bool = False


@dataclass(frozen=True)
class Question:
    """What somebody typed: every word must be found; those of a phrase in quotation marks, in its order."""

    words: tuple[Sought, ...] = ()
    phrases: tuple[tuple[Sought, ...], ...] = ()

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words or self.phrases)

    @property
    def sought(self) -> tuple[Sought, ...]:
        """Every word of it, those of the phrases too."""
        return (*self.words, *(word for phrase in self.phrases for word in phrase))


def asked(query: str) -> Question:
    """What somebody typed, in whatever language: each word with its stems in all of them.

    Small words (of, la, في) are asked only where there is nothing else. A code is sought whole and by its parts.
    """
    quoted = [_words(match.group(1)) for match in QUOTED.finditer(query)]
    words = _words(QUOTED.sub(" ", query))
    if any(quoted) or any(not _is_small(word) for word in words):
        words = [word for word in words if not _is_small(word)]
    phrases = [tuple(word for word in phrase if not _is_small(word)) or tuple(phrase) for phrase in quoted]
    return Question(tuple(words[:MOST_ASKED]), tuple(phrase[:MOST_ASKED] for phrase in phrases if phrase)[:3])


def _words(query: str) -> list[Sought]:
    found, place = [], 0
    for _run, run in groupby(pieces(query), key=lambda piece: piece.run):
        together = list(run)
        word = _sought(query, together, place)
        place += len(together)
        if word.ways:
            found.append(word)
    return found


def _sought(query: str, together: list[Piece], place: int) -> Sought:
    """What is written together: one word, the parts of a code, a run of signs."""
    written = query[together[0].start : together[-1].end]
    if together[0].is_signs or len(together) > 1:
        parts = tuple(
            piece.written if piece.is_signs else folded(piece.written)[:LONGEST] for piece in together
        )
        parts = tuple(part for part in parts if part)  # a mark by itself folds to nothing
        ways = {way for way in (parts, (together[0].code,)) if any(way)}
        return Sought(written, place, frozenset(ways), together[0].is_signs and len(written) == 1)
    terms = set() if together[0].is_letter else {folded(together[0].written)[:LONGEST], *together[0].terms()}
    return Sought(written, place, frozenset((term,) for term in terms if term))


def _is_small(word: Sought) -> bool:
    return folded(word.written) in SMALL_ANYWHERE


def found_in(words: list[Word], sought: Iterable[Sought]) -> list[tuple[int, int]]:
    """Where the words of a question stand in a text: (from, to), in order, none within another."""
    by_term: dict[str, list[int]] = {}
    for word in words:
        for term in word.terms:
            by_term.setdefault(term, []).append(word.place)
    hits = sorted({place for each in sought for place in _places(each, by_term, words)})
    return list(_joined((words[place].start, words[place].end) for place in hits))


def _places(sought: Sought, by_term: dict[str, list[int]], words: list[Word]) -> Iterator[int]:
    for way in sought.ways:
        starts = _begun(way[0], by_term) if sought.begins else by_term.get(way[0], ())
        for start in starts:
            if _follows(way, start, words):
                yield from range(start, start + len(way))


def _begun(sign: str, by_term: dict[str, list[int]]) -> list[int]:
    return [place for term, places in by_term.items() if term.startswith(sign) for place in places]


def _follows(way: tuple[str, ...], start: int, words: list[Word]) -> bool:
    return len(words) >= start + len(way) and all(
        term in words[start + n].terms for n, term in enumerate(way) if n
    )


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that touch (pairs of signs, parts of a code) are one."""
    held: tuple[int, int] | None = None
    for start, end in spans:
        if held and start <= held[1] + 1 and start > held[0]:
            held = (held[0], max(end, held[1]))
        else:
            if held:
                yield held
            held = (start, end)
    if held:
        yield held


def answered(words: list[Word], question: Question) -> bool:
    """Whether a text has every word of a question, and its phrases in their order."""
    return all(found_in(words, [word]) for word in question.words) and all(
        _has_phrase(words, phrase) for phrase in question.phrases
    )


def _has_phrase(words: list[Word], phrase: tuple[Sought, ...]) -> bool:
    by_term: dict[str, list[int]] = {}
    for word in words:
        for term in word.terms:
            by_term.setdefault(term, []).append(word.place)
    starts = [set(_places(word, by_term, words)) for word in phrase]
    first = phrase[0].place
    return any(
        all(place - first + word.place in places for word, places in zip(phrase, starts, strict=True))
        for place in starts[0]
    )
