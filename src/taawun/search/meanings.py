"""Making the vectors of the model that is switched on, a few texts at a time, wherever the index lacks them.

What is to be made is read from the index itself: a text that has none, or one of another model, or of what it said
before. So a worker that is killed leaves nothing to be put right.
"""

import logging
from collections.abc import Sequence
from time import monotonic
from typing import Any

from django.db import connection, transaction

from taawun.foundation import clock
from taawun.search.meaning import Embedder, embedder
from taawun.search.models import Mark, SearchText, TextMeaning

log = logging.getLogger(__name__)

MARK = "meaning"
LETTERS = 700  # of a text that are compared: what it is about is said at its beginning
AT_ONCE = 4
LOOKED_UP = 64
A_TURN = 2.0  # seconds after which mail has its turn
MOST_TRIES = 3


def turn(seconds: float = A_TURN) -> bool:
    """Make vectors for about so long; whether some are left to make. Nothing where no model is switched on."""
    model = embedder()
    if model is None:
        return False
    until = monotonic() + seconds
    lacking = _lacking(model)
    while lacking:
        # What was begun once and not ended is made alone: one text that ends the process takes no other with it.
        number = 1 if lacking[0][1] else AT_ONCE
        some, lacking = lacking[:number], lacking[number:]
        _make(model, [key for key, _tries in some])
        if monotonic() >= until:
            break
    return bool(lacking) or bool(_lacking(model, 1))


def _lacking(model: Embedder, number: int = LOOKED_UP) -> list[tuple[int, int]]:
    """Texts to be made, as (key, how often begun): first those not begun, the newest before the older."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.id, coalesce(m.tries, 0) FROM search_searchtext t LEFT JOIN search_textmeaning m "
            "ON m.text_id = t.id AND m.model = %s AND m.digest = t.digest "
            "WHERE m.text_id IS NULL OR (m.vector = '' AND m.tries < %s) ORDER BY 2, 1 DESC LIMIT %s",
            [model.name, MOST_TRIES, number],
        )
        return list(cursor.fetchall())


def _make(model: Embedder, keys: list[int]) -> None:
    """Say that these are begun, make them, keep them: the model runs in no transaction."""
    with transaction.atomic():
        _begin(model, keys)
        texts = list(SearchText.objects.filter(pk__in=keys).only("digest", "title", "body"))
    vectors = _vectors(model, [f"{text.title}\n{text.body[:LETTERS]}"[:LETTERS].strip() for text in texts])
    with transaction.atomic():
        mark, _made = Mark.objects.select_for_update().get_or_create(name=MARK)
        for text, vector in zip(texts, vectors, strict=True):
            mark.last += 1
            # A text that changed meanwhile is made anew.
            TextMeaning.objects.filter(pk=text.pk, model=model.name, digest=text.digest).update(
                vector=vector, moved=mark.last, tries=0 if vector else MOST_TRIES
            )
        mark.moved_at = clock.now()
        mark.save()


def _begin(model: Embedder, keys: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_textmeaning AS m (text_id, model, digest, vector, tries, moved) "
            "SELECT id, %s, digest, '', 1, 0 FROM search_searchtext WHERE id = ANY(%s) "
            "ON CONFLICT (text_id) DO UPDATE SET model = excluded.model, digest = excluded.digest, vector = '', "
            "tries = CASE WHEN m.model = excluded.model AND m.digest = excluded.digest THEN m.tries + 1 ELSE 1 END",
            [model.name, keys],
        )


def _vectors(model: Embedder, texts: Sequence[str]) -> list[bytes]:
    """One for each text; nothing for what says nothing, and for what the model makes nothing of."""
    try:
        made = iter(model.of_passages([text for text in texts if text]))
        return [next(made) if text else b"" for text in texts]
    except Exception:
        if len(texts) == 1:
            log.exception("A text has no vector")
            return [b""]
        return [vector for text in texts for vector in _vectors(model, [text])]


def how_far() -> dict[str, Any]:
    """What an administrator asks: of how many texts the model on has vectors, and of how many it made none."""
    model = embedder()
    rows = TextMeaning.objects.filter(model=model.name) if model else TextMeaning.objects.none()
    return {"made": rows.exclude(vector=b"").count(), "in_vain": rows.filter(tries__gte=MOST_TRIES).count()}
