"""The words texts are written with, and the known ones nearest to a word nobody wrote."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection

from taawun.kernel.analysis import LONGEST, SMALL_ANYWHERE, folded, pieces
from taawun.search.models import Term

SHORTEST = 3  # letters of a word that is counted
MOST_LETTERS = 30  # of a word that is tried again: a longer one has hundreds of thousands of neighbours
MOST_NEAR = 5


def words_in(text: str) -> set[str]:
    """The words of a text that are counted: folded, no numbers, no signs, none that say nothing."""
    found = {folded(piece.written)[:LONGEST] for piece in pieces(text) if not piece.is_signs}
    return {word for word in found if len(word) >= SHORTEST and word.isalpha() and word not in SMALL_ANYWHERE}


def count(changes: Counter[str]) -> None:
    """Add to (or take from) the number of texts each word stands in: one SQL statement, in the order of the words."""
    moved = sorted((word, number) for word, number in changes.items() if number)
    if not moved:
        return
    added = [(word, number, sorted(slips(word))) for word, number in moved]
    with connection.cursor() as cursor:
        for start in range(0, len(added), 5000):
            rows = added[start : start + 5000]
            values = ", ".join(["(%s, %s, %s)"] * len(rows))
            cursor.execute(
                f"INSERT INTO search_term (term, documents, near) VALUES {values} "  # noqa: S608 (placeholders)
                "ON CONFLICT (term) DO UPDATE SET documents = search_term.documents + excluded.documents",
                [value for row in rows for value in row],
            )


def slips(word: str) -> set[str]:
    """A word, and what it becomes when any one letter is left out."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


def nearest(words: Iterable[str]) -> dict[str, list[str]]:
    """For each word the known ones one slip away (two for a long word), the nearest and most written first.

    One SQL statement. A slip is a letter too few, too many, another one, or two that changed places. What is begun and
    not ended ("infra") finds what begins with it.
    """
    asked = {
        word: slips(word) | _twice(word)
        for word in map(folded, words)
        if SHORTEST <= len(word) <= MOST_LETTERS
    }
    if not asked:
        return {}
    every = sorted(set().union(*asked.values()))
    known = list(Term.objects.filter(near__overlap=every, documents__gt=0).values_list("term", "documents"))
    begun = {word: _beginning(word) for word in asked if len(word) > SHORTEST}
    return {word: _best(word, [*known, *begun.get(word, ())]) for word in asked}


def _twice(word: str) -> set[str]:
    return {two for one in slips(word) for two in slips(one)} if len(word) >= 8 else set()


def _beginning(word: str) -> list[tuple[str, int]]:
    rows = Term.objects.filter(term__startswith=word, documents__gt=0).order_by("-documents")
    return list(rows.values_list("term", "documents")[:MOST_NEAR])


def _best(word: str, known: Iterable[tuple[str, int]]) -> list[str]:
    allowed = 2 if len(word) >= 8 else 1
    ranked = []
    for term, documents in set(known):
        far = 1 if term.startswith(word) else distance(word, term)
        if term != word and far <= allowed:
            ranked.append((far, term[0] != word[0], -documents, term))
    return [term for *_order, term in sorted(ranked)[:MOST_NEAR]]


def distance(one: str, other: str) -> int:
    """How many slips lie between two words: letters too few, too many, another, or two that changed places."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, opposite in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
