"""What is near in meaning to what was typed, put among what has its words: through the same gates, by places."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from taawun.foundation.ports import registry
from taawun.kernel.asking import Question
from taawun.kernel.fusion import fused
from taawun.search.finding import Found, is_code
from taawun.search.gates import seen_by
from taawun.search.held import nearest
from taawun.search.meaning import embedder
from taawun.search.ranking import Hit
from taawun.search.statement import narrowing
from taawun.search.vectors import query_of

log = logging.getLogger(__name__)

OFFERED = 10  # objects near in meaning that are put among the others
LOOKED_AT = 3 * OFFERED  # texts: an object may have one in each of several languages

Key = tuple[str, int]


@dataclass(frozen=True)
class Fused:
    """What is shown, in order; `close`: the objects among them that have not the words and are near in meaning."""

    hits: list[Hit]
    close: frozenset[Key] = frozenset()


def beside(user: Any, typed: str, chosen: Mapping[str, str], found: Found) -> Fused:
    """What was found by words, with what this person may see that is near to it in meaning: two SQL statements.

    Without a model: what was found by words, and no statement. So too where the very words are asked for: a phrase in
    quotation marks, a number.
    """
    model = embedder()
    if model is None or not _has_meaning(found.question):
        return Fused(found.hits)
    try:
        keys = nearest(model, typed)
    except (OSError, RuntimeError, ValueError):  # the engine's: whoever searches finds by words all the same
        log.exception("Search goes on without meaning for this question.")
        return Fused(found.hits)
    rows = _seen(user, model.name, keys, chosen, found.question)
    near: dict[Key, Hit] = {}
    worded: set[Key] = set()
    for pk, kind, object_id, day, has_words in rows:
        hit = Hit(pk, kind, object_id, 0.0, (), False, False, kind in registry.kinds, day)
        near.setdefault((kind, object_id), hit)
        if has_words:
            worded.add((kind, object_id))
    by_words = {(hit.kind, hit.object_id): hit for hit in found.hits}
    offered = list(near)[:OFFERED]
    order = fused(by_words, offered)
    return Fused(
        [by_words.get(key) or near[key] for key in order],
        frozenset(offered) - worded - by_words.keys(),
    )


def _has_meaning(question: Question) -> bool:
    return question.asks and not question.phrases and not any(map(is_code, question.sought))


def _seen(
    user: Any, model: str, keys: list[int], chosen: Mapping[str, str], question: Question
) -> list[tuple[Any, ...]]:
    """Of these texts those the person may see, in this order, each with whether its object has the words too."""
    seen = seen_by(user, chosen.get("kind", "")) if keys else None
    if seen is None:
        return []
    narrowed, values = narrowing(chosen)
    with connection.cursor() as cursor:
        cursor.execute(
            _STATEMENT.format(seen=seen[0], narrowed=narrowed),
            [keys, model, *values, *seen[1], query_of(question), *values, LOOKED_AT],
        )
        return list(cursor.fetchall())


# A vector of what a text said before is of no use: the text may be another's to read since.
_STATEMENT = """
WITH found AS MATERIALIZED (
  SELECT t.id, t.kind, t.object_id, t.day, near.place
  FROM unnest(%s::bigint[]) WITH ORDINALITY AS near(key, place)
  JOIN search_searchtext t ON t.id = near.key
  JOIN search_textmeaning m ON m.text_id = t.id AND m.model = %s AND m.digest = t.digest
  WHERE true{narrowed}),
{seen}
SELECT s.id, s.kind, s.object_id, s.day, EXISTS (
  SELECT 1 FROM search_searchtext o
  WHERE o.kind = s.kind AND o.object_id = s.object_id AND o.vector @@ %s::tsquery{narrowed})
FROM (SELECT * FROM seen ORDER BY place LIMIT %s) s ORDER BY s.place
"""
