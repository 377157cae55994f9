"""Writing what search keeps: of some objects, as their rooms tell them now; what did not change stays untouched."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import translation
from psycopg.types.json import Jsonb

from taawun.foundation import clock
from taawun.foundation.readable import MOST_TEXT, Readable, Searchable
from taawun.kernel.analysis import analyse
from taawun.search.models import SearchText
from taawun.search.vectors import vector_of
from taawun.search.words import count, words_in

ANALYSIS = "2"  # another number, and every text is written anew
TOLD = ("address", "code", "title", "country", "sector", "modality", "state", "day")

KEYS = ("kind", "object_id", "language")


def write(kind: Searchable, objects: QuerySet[Any], ids: Iterable[int]) -> int:
    """Bring what is kept of some objects in line with them; how many texts changed.

    `ids` are all that were looked for: those that are gone are no longer found. One transaction, which holds off
    another writer of the same kind.
    """
    with transaction.atomic(), translation.override("en"):
        alone()
        fresh = {(one.object_id, one.language): one for one in map(_cut, kind.texts(objects))}
        held = {(row.object_id, row.language): row for row in _held(kind.slug, ids)}
        gone = [row for key, row in held.items() if key not in fresh]
        per_object = Counter(object_id for object_id, _language in fresh)
        changed = [
            (held.get(key), one)
            for key, one in fresh.items()
            if key not in held or held[key].digest != _digest(one, alone=per_object[key[0]] == 1)
        ]
        _store(kind.slug, changed, gone, per_object)
    return len(changed) + len(gone)


def alone() -> None:
    """Be the only one to write the index until the caller's transaction ends: the words of all kinds are counted
    together, and two writers who each wait for the other's words would end in neither.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('search'))")


def _held(slug: str, ids: Iterable[int]) -> QuerySet[SearchText]:
    return SearchText.objects.filter(kind=slug, object_id__in=list(ids)).defer("vector")


def _cut(one: Readable) -> Readable:
    if len(one.title) <= 400 and len(one.body) <= MOST_TEXT and "\0" not in one.title + one.body:
        return one
    values = {**one.__dict__, "title": one.title[:400].replace("\0", " ")}
    return Readable(**{**values, "body": one.body[:MOST_TEXT].replace("\0", " ")})


def _digest(one: Readable, *, alone: bool) -> str:
    told = [ANALYSIS, alone, one.language, one.body, one.names, *(getattr(one, name) for name in TOLD)]
    return sha256("\x1f".join(map(str, told)).encode()).hexdigest()


def _store(slug: str, changed: list[Any], gone: list[SearchText], per_object: Counter[int]) -> None:
    moved: Counter[str] = Counter()
    rows = []
    for before, one in changed:
        rows.append(_row(slug, before, one, alone=per_object[one.object_id] == 1))
        moved.update(words_in(f"{one.title}\n{one.text}"))
        moved.subtract(words_in(f"{before.title}\n{before.text}") if before else ())
    for row in gone:
        moved.subtract(words_in(f"{row.title}\n{row.text}"))
    SearchText.objects.filter(pk__in=[row.pk for row in gone]).delete()
    store_rows(rows)
    count(moved)


def _row(slug: str, before: SearchText | None, one: Readable, *, alone: bool) -> dict[str, Any]:
    language = one.language.partition("-")[0]
    head = analyse(f"{one.code}\n{one.title}", language)
    return {
        **{name: getattr(one, name) for name in TOLD},
        "kind": slug,
        "object_id": one.object_id,
        "language": one.language,
        "body": one.body,
        "names": Jsonb(list(one.names)),
        "year": one.day.year if one.day else None,
        "alone": alone,
        "vector": vector_of(head, analyse(one.text, language)),
        "digest": _digest(one, alone=alone),
        # In another state others may read it: to them it is new.
        "added_at": before.added_at if before and before.state == one.state else clock.now(),
    }


def store_rows(rows: list[dict[str, Any]]) -> None:
    """Write the rows, some hundreds a statement: Django would read each vector back as a text."""
    for start in range(0, len(rows), 200):
        some = rows[start : start + 200]
        names = list(some[0])
        cells = ", ".join("%s::tsvector" if name == "vector" else "%s" for name in names)
        fresh = ", ".join(f"{name} = excluded.{name}" for name in names if name not in KEYS)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO search_searchtext ({', '.join(names)}) "  # noqa: S608 (our own names)
                f"VALUES {', '.join([f'({cells})'] * len(some))} "
                f"ON CONFLICT ({', '.join(KEYS)}) DO UPDATE SET {fresh}",
                [row[name] for row in some for name in names],
            )
