"""Finding: what a person may see of what answers a question, counted by facets, the best first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from taawun.foundation import clock
from taawun.foundation.ports import registry
from taawun.kernel.analysis import folded
from taawun.kernel.asking import Question, Sought, asked
from taawun.search import ranking
from taawun.search.models import SearchText, Term
from taawun.search.ranking import Hit
from taawun.search.reach import spread
from taawun.search.statement import FACETS, answer, seen_among
from taawun.search.vectors import query_of
from taawun.search.words import nearest

MOST_CORRECTED = 4


@dataclass(frozen=True)
class Found:
    """What answers a question: how many objects, how many by the values of each facet, the best of them in order.

    `is_all`: whether everything was counted; else there are at least so many, and these are the newest.
    `instead`: where nothing had the words as typed, by word, the known ones that were looked for in its place.
    """

    question: Question
    total: int = 0
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    instead: dict[str, list[str]] = field(default_factory=dict)
    is_all: bool = True


def find(user: Any, query: str, chosen: Mapping[str, str]) -> Found:
    """Everything this person may see that answers `query` within the facets chosen.

    Words nobody wrote in anything they may see are tried with the nearest known ones. Three or four SQL statements;
    a few more where a word is tried again, or where one is common and the person sees little.
    """
    question = asked(query)
    if not question.asks:
        return Found(question)
    found = _answers(user, question, chosen)
    if found.total or chosen:
        return found
    instead = _written_for(user, corrections(question))
    if not instead:
        return found
    again = _answers(user, _with(question, instead), chosen)
    return replace(again, instead=instead) if again.total else found


def corrections(question: Question) -> dict[str, list[str]]:
    """For the words of a question, the nearest known ones."""
    words = [word.written for word in question.sought if not is_code(word)][:MOST_CORRECTED]
    return {word: near for word in words if (near := nearest([word]).get(folded(word), []))}


def _written_for(user: Any, instead: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The known words that stand in something this person may see: one SQL statement for all of them, or two.

    A word that only others wrote is not offered beside one of the reader's own: that would tell it.
    """
    near = sorted({one for words in instead.values() for one in words})
    held = seen_among(user, {one: query_of(asked(one)) or "''" for one in near})
    kept = {word: [one for one in words if one in held] for word, words in instead.items()}
    return {word: words for word, words in kept.items() if words}


def _with(question: Question, instead: Mapping[str, list[str]]) -> Question:
    def corrected(word: Sought) -> Sought:
        ways = {
            way for near in instead.get(word.written, ()) for one in asked(near).sought for way in one.ways
        }
        return Sought(word.written, word.place, word.ways | ways, word.begins)

    phrases = tuple(tuple(map(corrected, phrase)) for phrase in question.phrases)
    return Question(tuple(map(corrected, question.words)), phrases)


def is_code(word: Sought) -> bool:
    """Whether it may be a number or a code, which means nothing but itself."""
    return any(sign.isdigit() for sign in word.written) or any(len(way) > 1 for way in word.ways)


def _answers(user: Any, question: Question, chosen: Mapping[str, str]) -> Found:
    told = answer(user, question, chosen, _as_code(question))
    if told is None:
        return Found(question)
    facets = _facets(told.counts)
    del facets["total"]
    weights = ranking.rarities(*_documents(question)) if told.total else []
    hits = ranking.best_first(map(_hit, told.best), weights, clock.today())
    return Found(question, told.total, facets, hits, is_all=told.is_all)


def _as_code(question: Question) -> str:
    """What was typed, where it is one word and may be a number."""
    sought = question.sought
    return sought[0].written.lower() if len(sought) == 1 and is_code(sought[0]) else "-"


def _hit(row: tuple[Any, ...]) -> Hit:
    kind, object_id, pk, day, rank, in_title, as_phrase, is_code = row
    return Hit(pk, kind, object_id, rank, tuple(in_title), as_phrase, is_code, kind in registry.kinds, day)


def _facets(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[str, int]]]:
    """By facet the values there are, the most frequent first."""
    told: dict[str, list[tuple[str, int]]] = {name: [] for name in ("total", *FACETS)}
    for facet, value, number, *_rest in sorted(rows, key=lambda row: (-row[2], row[1])):
        if value or facet == "total":
            told[facet].append((value, number))
    return told


def _documents(question: Question) -> tuple[list[int], int]:
    """In how many texts each word asked stands, and how many texts there are, roughly."""
    words = [folded(word.written) for word in question.sought]
    known = dict(Term.objects.filter(term__in=words).values_list("term", "documents"))
    numbers = [max(0, known.get(word, 0)) for word in words]
    return numbers, max(spread().texts, *numbers, 1)


def texts_of(hits: Sequence[Hit]) -> list[SearchText]:
    """The texts of some hits, in their order: one SQL statement."""
    rows = SearchText.objects.defer("vector").in_bulk([hit.pk for hit in hits])
    return [rows[hit.pk] for hit in hits if hit.pk in rows]
