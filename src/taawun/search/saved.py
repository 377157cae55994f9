"""Searches people keep: saved, run, forgotten by whoever keeps them; how much is new since they were last looked at."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from django.db import connection, transaction
from django.db.models import QuerySet

from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.kernel.asking import asked
from taawun.search.gates import seen_by
from taawun.search.models import SavedSearch
from taawun.search.vectors import query_of

MOST = 20  # searches one person keeps
READ = ("kind", "object_id", "country", "sector", "year", "language", "state", "vector", "added_at")
NARROWING = ("kind", "country", "sector", "year", "language", "state")


def saved_by(user: Any) -> QuerySet[SavedSearch]:
    """The gate: a saved search is its keeper's alone."""
    return SavedSearch.objects.filter(user_id=user.pk)


def save(*, actor: User, name: str, address: str) -> SavedSearch | None:
    """Keep a search under a name; the same name again keeps the new one. None where one keeps as many as one may."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=actor.pk)
        mine = saved_by(actor)
        if not mine.filter(name=name).exists() and mine.count() >= MOST:
            return None
        values = {"asked": address, "looked_at": clock.now()}
        return SavedSearch.objects.update_or_create(user=actor, name=name, defaults=values)[0]


def look(*, actor: User, pk: int) -> SavedSearch | None:
    """Run one of one's own: from now on what comes later is new. None where there is no such one."""
    held = saved_by(actor).filter(pk=pk).first()
    if held:
        held.looked_at = clock.now()
        held.save(update_fields=["looked_at"])
    return held


def forget(*, actor: User, pk: int) -> bool:
    """Keep one of one's own no longer."""
    return bool(saved_by(actor).filter(pk=pk).delete()[0])


def new_in(user: Any, searches: Iterable[SavedSearch]) -> dict[int, int]:
    """How many objects each search finds that came since it was last looked at: one SQL statement."""
    held = [(each, dict(parse_qsl(each.asked))) for each in searches]
    held = [(each, values) for each, values in held if asked(values.get("q", "")).asks]
    seen = seen_by(user) if held else None
    if seen is None:
        return {}
    queries = [query_of(asked(values["q"])) for _each, values in held]
    counts, params = [], [min(each.looked_at for each, _values in held), *queries, *seen[1]]
    for each, values in held:
        narrowed = [name for name in NARROWING if values.get(name)]
        where = "".join(f" AND {name}::text = %s" for name in narrowed)
        counts.append(
            "SELECT %s::bigint, count(DISTINCT (kind, object_id)) FROM seen "  # noqa: S608 (our own names)
            f"WHERE vector @@ %s::tsquery AND added_at > %s{where}"
        )
        params += [
            each.pk,
            query_of(asked(values["q"])),
            each.looked_at,
            *(values[name] for name in narrowed),
        ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH found AS MATERIALIZED (SELECT {', '.join(READ)} FROM search_searchtext WHERE added_at > %s "  # noqa: S608
            f"AND ({' OR '.join(['vector @@ %s::tsquery'] * len(queries))})), "
            f"{seen[0]} {' UNION ALL '.join(counts)}",
            params,
        )
        return {pk: number for pk, number in cursor.fetchall() if number}
