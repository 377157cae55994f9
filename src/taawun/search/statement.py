"""The statement of a question: what is found, of that what may be seen, of that the counts and the best."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from taawun.kernel.asking import Question
from taawun.search import reach
from taawun.search.gates import Sql, listed_by, open_to_all, seen_beside, seen_by
from taawun.search.vectors import phrase_query, query_of, word_query

BEST = 200  # so many are weighed in Python, and can be paged through (the statement says it too)
FACETS = ("kind", "country", "sector", "year", "language", "state")
ENOUGH = 100  # texts seen among the newest found, so that the others need not be looked for
SOME = 500  # texts with a word that are looked at, where it is only asked whether one of them is seen
FEW_KEYS = 10_000  # so many objects a person may see are looked through one by one

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Answer:
    """What is counted, as (facet, value, number), and what is found, as (kind, key of the object, …).

    `is_all`: whether everything was looked at; else the numbers are of the newest alone.
    """

    counts: list[Row]
    best: list[Row]
    is_all: bool = True

    @property
    def total(self) -> int:
        """How many objects there are at least."""
        return next((number for facet, _value, number, *_rest in self.counts if facet == "total"), 0)

    @property
    def own(self) -> int:
        """How many of them are of kinds that are not open to all."""
        public = open_to_all()
        return sum(row[2] for row in self.counts if row[0] == "kind" and row[1] not in public)


@dataclass(frozen=True)
class _Asked:
    """A question with what it is narrowed by."""

    question: Question
    chosen: Mapping[str, str]

    @property
    def where(self) -> Sql:
        """The condition on a text."""
        sql, values = narrowing(self.chosen)
        return f"vector @@ %s::tsquery{sql}", [query_of(self.question), *values]


def narrowing(chosen: Mapping[str, str]) -> Sql:
    """The condition on a text, behind another, that it has the values chosen."""
    narrowed = [name for name in FACETS if chosen.get(name)]
    return "".join(f" AND {name}::text = %s" for name in narrowed), [chosen[name] for name in narrowed]


def answer(user: Any, question: Question, chosen: Mapping[str, str], as_code: str) -> Answer | None:
    """What a person may see of what answers a question; None where no gate lets them in at all.

    One or two SQL statements. Of a word so common that it tells none of the texts from another the newest thousands
    are looked at, unless the person sees few of those: then all they may see beside the newest of what is open to all,
    or else all that was found.
    """
    asked, kind = _Asked(question, chosen), chosen.get("kind", "")
    seen = seen_by(user, kind)
    if seen is None:
        return None
    where, params = asked.where
    since = reach.since(where, params, chosen.get("year", ""))
    if since is None:
        return _ask(asked, (_found(where), params), seen, as_code)
    held = _ask(asked, _newest((where, params), since), seen, as_code, is_all=False)
    if held.own >= ENOUGH:
        return held
    keys = listed_by(user, kind)
    if keys and _are_few(keys):
        is_all = held.total - held.own < ENOUGH
        public = [] if kind else open_to_all()
        few = _few(keys, (where, params), public, None if is_all else since)
        return _ask(asked, few, seen_beside(user, public), as_code, is_all=is_all)
    return held if held.total >= ENOUGH else _ask(asked, (_found(where), params), seen, as_code)


def _few(keys: Sql, where: Sql, public: list[str], since: date | None) -> Sql:
    """What a person who sees few objects may see of what is found, and of what is open to all that since a day."""
    condition = f"kind = ANY(%s) AND {where[0]}", [public, *where[1]]
    open_ones = _newest(condition, since) if since else (_found(condition[0]), condition[1])
    every = _AMONG.format(where=where[0], keys=keys[0], more="")
    return f"{every} UNION ALL ({open_ones[0]})", [*keys[1], *where[1], *open_ones[1]]


def _newest(where: Sql, since: date) -> Sql:
    """What is found among the texts since a day, and among those without one (organisations): no day hides these."""
    dated = _found(f"{where[0]} AND day >= %s", 3 * reach.WEIGHED)
    undated = _found(f"{where[0]} AND day IS NULL", reach.WEIGHED)
    return f"({dated}) UNION ALL ({undated})", [*where[1], since, *where[1]]


def seen_among(user: Any, queries: Mapping[str, str]) -> set[str]:
    """The names of those questions that something this person may see answers: one SQL statement, or three.

    Of the texts with a common word some hundreds are looked at; where nothing of them is seen, all texts of a person
    who sees few.
    """
    seen = seen_by(user) if queries else None
    if seen is None:
        return set()
    every = f"({_found('vector @@ %s::tsquery', SOME, ', vector')})"
    held = _held(queries, (" UNION ALL ".join([every] * len(queries)), list(queries.values())), seen)
    if held or reach.spread().texts <= reach.WEIGHED:
        return held
    keys = listed_by(user)
    if not keys or not _are_few(keys):
        return set()
    return _held(queries, (_AMONG.format(where="true", keys=keys[0], more=", vector"), keys[1]), PASSED)


def _held(queries: Mapping[str, str], found: Sql, seen: Sql) -> set[str]:
    told = ", ".join(["bool_or(vector @@ %s::tsquery)"] * len(queries))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH found AS MATERIALIZED ({found[0]}), {seen[0]} SELECT {told} FROM seen",  # noqa: S608
            [*found[1], *seen[1], *queries.values()],
        )
        return {name for name, is_held in zip(queries, cursor.fetchone(), strict=True) if is_held}


def _are_few(keys: Sql) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM ({keys[0]}) k LIMIT {FEW_KEYS + 1}) k", keys[1])  # noqa: S608
        return bool(cursor.fetchone()[0] <= FEW_KEYS)


def _ask(asked: _Asked, found: Sql, seen: Sql, as_code: str, *, is_all: bool = True) -> Answer:
    question = asked.question
    titles = [word_query(word, "A") for word in question.sought]
    phrase = phrase_query(question.words or question.phrases[0])
    statement = _STATEMENT.format(
        found=found[0], seen=seen[0], titles=", ".join(["t.vector @@ %s::tsquery"] * len(titles))
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*found[1], *seen[1], query_of(question), *titles, phrase, as_code])
        rows = cursor.fetchall()
    return Answer([row for row in rows if row[0]], [row[1:] for row in rows if not row[0]], is_all)


def _found(where: str, most: int = 0, more: str = "") -> str:
    return _FOUND.format(where=where, more=more) + (f" LIMIT {most}" if most else "")


PASSED: Sql = ("seen AS (SELECT * FROM found)", [])
_COLUMNS = "id, kind, object_id, alone, country, sector, year, language, state, day"
_FOUND = f"SELECT {_COLUMNS}{{more}} FROM search_searchtext WHERE {{where}}"  # noqa: S608 (our own names)
# By the keys that passed the gates, one by one, and not by the word: that would find a hundred thousand.
_AMONG = (
    f"SELECT {_COLUMNS}{{more}} FROM ({{keys}}) k(listed, key) CROSS JOIN LATERAL (SELECT * FROM search_searchtext t "  # noqa: S608
    "WHERE t.kind = k.listed AND t.object_id = k.key OFFSET 0) t WHERE {where}"
)
# Of what is seen the newest two thousand are weighed: a word in more texts tells none of them from another.
_STATEMENT = """
WITH found AS MATERIALIZED ({found}),
{seen},
objects AS MATERIALIZED (
  SELECT kind, country, sector, year, state FROM seen WHERE alone
  UNION ALL
  (SELECT DISTINCT ON (kind, object_id) kind, country, sector, year, state FROM seen WHERE NOT alone)),
best AS (
  SELECT t.id, t.kind, t.object_id, t.day, t.code, t.vector, ts_rank(t.vector, %s::tsquery) AS rank
  FROM (SELECT id FROM seen ORDER BY day DESC NULLS LAST, id DESC LIMIT 2000) newest
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
