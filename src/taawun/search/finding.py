"""Finding: what a person may see of what answers a question, counted by facets, the best first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from taawun.foundation import clock
from taawun.foundation.ports import registry
from taawun.kernel.analysis import folded
from taawun.kernel.asking import Question, Sought, asked
from taawun.search import ranking
from taawun.search.gates import Sql, seen_by
from taawun.search.models import SearchText, Term
from taawun.search.ranking import Hit
from taawun.search.vectors import phrase_query, query_of, word_query
from taawun.search.words import nearest

BEST = 200  # so many are weighed, and can be paged through (the statement below says it too)
FACETS = ("kind", "country", "sector", "year", "language", "state")
MOST_CORRECTED = 4


@dataclass(frozen=True)
class Found:
    """What answers a question: how many objects, how many by the values of each facet, the best of them in order.

    `instead`: where nothing had the words as typed, by word, the known ones that were looked for in its place.
    """

    question: Question
    total: int = 0
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    instead: dict[str, list[str]] = field(default_factory=dict)


def find(user: Any, query: str, chosen: Mapping[str, str]) -> Found:
    """Everything this person may see that answers `query` within the facets chosen.

    Words nobody wrote in anything they may see are tried with the nearest known ones. Three SQL statements beside the
    gates' own; a few more where a word is tried again.
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
    return Found(again.question, again.total, again.facets, again.hits, instead) if again.total else found


def corrections(question: Question) -> dict[str, list[str]]:
    """For the words of a question, the nearest known ones."""
    words = [word.written for word in question.sought if not _is_code(word)][:MOST_CORRECTED]
    return {word: near for word in words if (near := nearest([word]).get(folded(word), []))}


def _written_for(user: Any, instead: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The known words that stand in something this person may see: one SQL statement for all of them.

    A word that only others wrote is not offered beside one of the reader's own: that would tell it.
    """
    near = sorted({one for words in instead.values() for one in words})
    seen = seen_by(user) if near else None
    if seen is None:
        return {}
    queries = [query_of(asked(one)) or "''" for one in near]
    asks = " OR ".join(["vector @@ %s::tsquery"] * len(near))
    told = ", ".join(["bool_or(vector @@ %s::tsquery)"] * len(near))
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH found AS MATERIALIZED (SELECT kind, object_id, vector FROM search_searchtext "  # noqa: S608 (ours)
            f"WHERE {asks}), {seen[0]} SELECT {told} FROM seen",
            [*queries, *seen[1], *queries],
        )
        held = {one for one, is_held in zip(near, cursor.fetchone(), strict=True) if is_held}
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


def _is_code(word: Sought) -> bool:
    return any(sign.isdigit() for sign in word.written) or any(len(way) > 1 for way in word.ways)


def _answers(user: Any, question: Question, chosen: Mapping[str, str]) -> Found:
    seen = seen_by(user, kind=chosen.get("kind", ""))
    if seen is None:
        return Found(question)
    rows = _ask(question, chosen, seen)
    facets = _facets(row for row in rows if row[0])
    total = dict(facets.pop("total")).get("", 0)
    weights = ranking.rarities(*_documents(question)) if total else []
    hits = ranking.best_first((_hit(row) for row in rows if not row[0]), weights, clock.today())
    return Found(question, total, facets, hits)


def _ask(question: Question, chosen: Mapping[str, str], seen: Sql) -> list[tuple[Any, ...]]:
    """One statement: what is found, of that what may be seen, of that the counts and the best of the rough order."""
    narrowed = [name for name in FACETS if chosen.get(name)]
    query, titles, phrase = (
        query_of(question),
        _titles(question),
        phrase_query(question.words or question.phrases[0]),
    )
    statement = _STATEMENT.format(
        narrowed="".join(f" AND {name}::text = %s" for name in narrowed),
        seen=seen[0],
        titles=", ".join(["t.vector @@ %s::tsquery"] * len(titles)),
    )
    params = [query, *(chosen[name] for name in narrowed), *seen[1], query]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, *titles, phrase, _as_code(question)])
        return cursor.fetchall()


# Of more than five thousand texts the newest are weighed: a word so common tells none of them from another.
# What is counted comes as (facet, value, number), what is found as ("", kind, key of the object, …).
_STATEMENT = """
WITH found AS MATERIALIZED (
  SELECT id, kind, object_id, alone, country, sector, year, language, state, day
  FROM search_searchtext WHERE vector @@ %s::tsquery{narrowed}),
{seen},
objects AS MATERIALIZED (
  SELECT kind, country, sector, year, state FROM seen WHERE alone
  UNION ALL
  (SELECT DISTINCT ON (kind, object_id) kind, country, sector, year, state FROM seen WHERE NOT alone)),
best AS (
  SELECT t.id, t.kind, t.object_id, t.day, t.code, t.vector, ts_rank(t.vector, %s::tsquery) AS rank
  FROM (SELECT id FROM seen ORDER BY day DESC NULLS LAST, id DESC LIMIT 5000) newest
  JOIN search_searchtext t USING (id) ORDER BY rank DESC, t.id DESC LIMIT 200)
SELECT CASE grouping(kind, country, sector, year, state)
    WHEN 31 THEN 'total' WHEN 15 THEN 'kind' WHEN 23 THEN 'country' WHEN 27 THEN 'sector'
    WHEN 29 THEN 'year' ELSE 'state' END,
  coalesce(kind, country, sector, year::text, state, ''), count(*),
  NULL::bigint, NULL::date, NULL::real, NULL::boolean[], NULL::boolean, NULL::boolean
  FROM objects GROUP BY GROUPING SETS ((), (kind), (country), (sector), (year), (state))
UNION ALL
SELECT 'language', language, count(*), NULL, NULL, NULL, NULL, NULL, NULL FROM seen GROUP BY language
UNION ALL
SELECT '', t.kind, t.object_id, t.id, t.day, t.rank, ARRAY[{titles}]::boolean[], t.vector @@ %s::tsquery,
  lower(t.code) = %s FROM best t
"""


def _titles(question: Question) -> list[str]:
    return [word_query(word, "A") for word in question.sought]


def _as_code(question: Question) -> str:
    """What was typed, where it is one word and may be a number."""
    sought = question.sought
    return sought[0].written.lower() if len(sought) == 1 and _is_code(sought[0]) else "-"


def _hit(row: tuple[Any, ...]) -> Hit:
    _facet, kind, object_id, pk, day, rank, in_title, as_phrase, is_code = row
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
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest(reltuples, 1)::bigint FROM pg_class WHERE relname = 'search_searchtext'"
        )
        texts = cursor.fetchone()[0]
    numbers = [max(0, known.get(word, 0)) for word in words]
    return numbers, max(texts, *numbers, 1)


def texts_of(hits: Sequence[Hit]) -> list[SearchText]:
    """The texts of some hits, in their order: one SQL statement."""
    rows = SearchText.objects.defer("vector").in_bulk([hit.pk for hit in hits])
    return [rows[hit.pk] for hit in hits if hit.pk in rows]
