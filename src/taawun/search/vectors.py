"""Words and questions in the database's own writing: tsvector and tsquery, made without its dictionaries."""

from collections import defaultdict
from collections.abc import Iterable

from taawun.kernel.analysis import Word
from taawun.kernel.asking import Question, Sought

LAST_PLACE = 16_383  # the database keeps no place beyond it
MOST_PLACES = 255  # nor more than these of one term


def vector_of(title: list[Word], body: list[Word], beside: Iterable[str] = ()) -> str:
    """A text as a tsvector: the title's terms with weight A, the body's behind them, others without a place."""
    places: dict[str, list[str]] = defaultdict(list)
    for word in title:
        for term in word.terms:
            places[term].append(f"{min(word.place + 1, LAST_PLACE)}A")
    after = len(title) + 5
    for word in body:
        if word.place + after <= LAST_PLACE:
            for term in word.terms:
                places[term].append(str(word.place + after))
    for term in beside:
        places.setdefault(term, [])
    return " ".join(_lexeme(term, at[:MOST_PLACES]) for term, at in places.items())


def _lexeme(term: str, at: list[str]) -> str:
    return f"{_quoted(term)}:{','.join(at)}" if at else _quoted(term)


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def query_of(question: Question) -> str:
    """A question as a tsquery: every word and every phrase of it."""
    return " & ".join([*map(word_query, question.words), *map(phrase_query, question.phrases)])


def word_query(word: Sought, weight: str = "") -> str:
    """One word, by any of its ways; of a weight, "A" for the title alone."""
    begins = "*" if word.begins else ""
    mark = f":{begins}{weight}" if begins or weight else ""
    ways = (" <-> ".join(_quoted(term) + mark for term in way) for way in sorted(word.ways))
    return "(" + " | ".join(f"({way})" for way in ways) + ")"


def phrase_query(words: Iterable[Sought]) -> str:
    """Words one after another, as far apart as they stand in the question."""
    told, last = "", 0
    for word in words:
        gap = word.place - last
        told += f" <{gap}> {word_query(word)}" if told else word_query(word)
        last = word.place + max(map(len, word.ways)) - 1
    return told
