"""Two hundred thousand texts to search: the words of each as rare as words are, written straight into the index."""

import random
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from django.db import connection

from taawun.foundation.readable import SEARCHABLE
from taawun.kernel.analysis import terms_of
from taawun.reference.models import Code
from taawun.search import words
from taawun.search.writing import store_rows

TEXTS, LONG, VOCABULARY = 200_000, 65, 30_000
SYLLABLES = ("ba", "co", "di", "fe", "ga", "li", "mo", "nu", "pa", "ri", "so", "ta", "ve", "zo", "man", "ter")
COUNTRIES = ("country:MM", "country:LA", "country:SN", "country:KH", "country:NP", "country:BD", "country:MA")


def build(texts: int = TEXTS) -> dict[str, int]:
    """A text for each thing the large installation holds, in two languages, until there are enough of them."""
    draw = random.Random(26)
    vocabulary = [word(n) for n in range(VOCABULARY)]
    terms = {one: sorted(terms_of(one, "fr")) for one in vocabulary}
    weights = [1 / (n + 10) for n in range(VOCABULARY)]
    sectors = list(
        Code.objects.filter(pk__startswith="sector:").order_by("pk").values_list("pk", flat=True)[:40]
    )
    keys = [(language, kind, pk) for language in ("fr", "en") for kind in SEARCHABLE for pk in _keys(kind)]
    held: Counter[str] = Counter()
    rows = []
    for n, key in enumerate(keys[:texts]):
        text = draw.choices(vocabulary, weights, k=LONG)
        rows.append(_row(n, key, text, terms) | {"sector": sectors[n % len(sectors)]})
        held.update(set(text))
        if len(rows) == 2000:
            store_rows(rows)
            rows = []
    store_rows(rows)
    words.count(held)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_searchtext")
        cursor.execute("VACUUM ANALYZE search_term")
    return {"texts": len(keys[:texts])}


def word(n: int) -> str:
    """The n-th word of the vocabulary: made of syllables, each number another word."""
    made, rest = SYLLABLES[n % 16], n // 16
    while rest:
        made, rest = made + SYLLABLES[rest % 16], rest // 16
    return f"{made}ra"


def _keys(kind: str) -> list[int]:
    return list(SEARCHABLE[kind].model._default_manager.order_by("pk").values_list("pk", flat=True))


def _row(n: int, key: tuple[str, str, int], text: list[str], terms: dict[str, list[str]]) -> dict[str, Any]:
    language, kind, pk = key
    places: dict[str, list[str]] = defaultdict(list)
    for place, one in enumerate(text, start=1):
        for term in terms[one]:
            places[term].append(f"{place}A" if place <= 5 else str(place))
    day = date(2010, 1, 1) + timedelta(days=n * 7919 % 6000)
    return {
        "kind": kind,
        "object_id": pk,
        "language": language,
        "address": "/",
        "code": f"MM-{day.year}-PRJ-{n}",
        "title": " ".join(text[:5]),
        "body": " ".join(text[5:]),
        "names": "[]",
        "country": COUNTRIES[n % 7],
        "modality": "",
        "state": "",
        "day": day,
        "year": day.year,
        "alone": False,
        "vector": " ".join(f"'{term}':{','.join(at)}" for term, at in places.items()),
        "digest": "-",
        "added_at": f"{day}T00:00Z",
    }
