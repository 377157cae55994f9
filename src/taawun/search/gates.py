"""Each kind of text through its own gate, in the statement that finds, before anything is counted.

A gate depends on nothing but whom its reader stands for and the day, so its SQL is made once and kept: to make those of
all kinds costs more than to ask them. What passes is read anew each time.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from taawun.foundation import clock
from taawun.foundation.readable import SEARCHABLE, Cases
from taawun.foundation.standing import Standing, standing

Sql = tuple[str, list[Any]]
NOTHING: Sql = ("SELECT NULL::bigint WHERE false", [])


@dataclass
class _Reader:
    """All a gate learns of who asks: whom they stand for."""

    _standing: Standing
    is_authenticated: bool = True

    @property
    def pk(self) -> int | None:
        """The key of the user."""
        return self._standing.user_id


class _HoldsNow(Exception):
    """A gate asked the database while it was made: its SQL is not to be kept."""

    def __init__(self, gate: Sql | None) -> None:
        super().__init__()
        self.gate = gate


def seen_by(user: Any, kind: str = "") -> Sql | None:
    """`seen`: of the rows of `found` (kind, object_id, …) those this person may see, as what stands behind WITH.

    Nothing where no gate lets them in at all. `kind`: those of one kind alone.
    """
    asked = sorted(slug for slug in SEARCHABLE if kind in ("", slug))
    return _seen(user, asked, [])


def seen_beside(user: Any, kinds: list[str]) -> Sql:
    """`seen` of what was found by keys the gates gave (`listed_by`), which are not asked again, and of these kinds
    besides, through theirs.
    """
    others = f"SELECT f.* FROM found f WHERE f.kind <> ALL(ARRAY[{', '.join(map(repr, kinds))}]::text[])"  # noqa: S608
    return _seen(user, kinds, [others]) or (f"seen AS MATERIALIZED ({others})", [])


def _seen(user: Any, asked: list[str], ways: list[str]) -> Sql | None:
    """`seen`, of the kinds asked through their gates, and what these ways give."""
    who, today = standing(user), clock.today()
    gates = {slug: gate for slug in asked if (gate := _gate(who, today, slug, narrowed=True))}
    if not gates:
        return None
    hang = any(SEARCHABLE[slug].by_cases or slug in _cases() for slug in gates)
    cases = {slug: _gate(who, today, slug) or NOTHING for slug in _cases()} if hang else {}
    passing = " UNION ALL ".join([*ways, *(_passing(slug, sql) for slug, (sql, _params) in gates.items())])
    listed = [f"{_keys(slug)}(id) AS MATERIALIZED ({sql})" for slug, (sql, _params) in cases.items()]
    params = [one for _sql, held in (*cases.values(), *gates.values()) for one in held]
    return ", ".join([*listed, f"seen AS MATERIALIZED ({passing})"]), params


def _passing(slug: str, sql: str) -> str:
    """What was found of a kind, as far as it passes: one by one where to list all that would pass costs more."""
    rows = f"SELECT f.* FROM found f WHERE f.kind = '{slug}'"  # noqa: S608 (our own slugs)
    if not SEARCHABLE[slug].one_by_one:
        return f"{rows} AND f.object_id IN ({sql})"
    # OFFSET 0 keeps the database from making one join of it, which reads the whole table.
    return rows.replace(
        " WHERE",
        f" CROSS JOIN LATERAL (SELECT 1 FROM ({sql}) AS g(key) WHERE g.key = f.object_id OFFSET 0) g WHERE",  # noqa: S608
    )


@cache
def open_to_all() -> list[str]:
    """The kinds of which whoever is signed in reads everything."""
    return sorted(slug for slug, each in SEARCHABLE.items() if each.open_to_all)


def listed_by(user: Any, kind: str = "") -> Sql | None:
    """Every object this person may see, as (kind, key), what is open to all left out: what a person who sees little is
    searched by.
    """
    who, today = standing(user), clock.today()
    asked = sorted(slug for slug in SEARCHABLE if kind in ("", slug) and slug not in open_to_all())
    gates = {slug: gate for slug in asked if (gate := _gate(who, today, slug))}
    listed = " UNION ALL ".join(
        f"SELECT '{slug}'::text, key FROM ({sql}) AS g(key)"  # noqa: S608 (our own slugs)
        for slug, (sql, _params) in gates.items()
    )
    return (listed, [one for _sql, params in gates.values() for one in params]) if gates else None


@cache
def _cases() -> tuple[str, ...]:
    """The kinds on which others hang: the keys of those one may see are worked out once for all of them."""
    return tuple(
        sorted(
            {case for each in SEARCHABLE.values() for case in each.about if case != each.slug}
            & SEARCHABLE.keys()
        )
    )


def _keys(slug: str) -> str:
    return "seen_" + slug.replace("-", "_")


def _gate(who: Standing, today: date, slug: str, *, narrowed: bool = False) -> Sql | None:
    if narrowed and slug in _cases():
        return f"SELECT id FROM {_keys(slug)}", []  # noqa: S608 (our own slugs)
    try:
        return _made(who, frozenset(who.delegated), today, slug, narrowed)
    except _HoldsNow as made:
        return made.gate


@lru_cache(maxsize=2_000)
def _made(who: Standing, _delegated: frozenset[Any], _today: date, slug: str, narrowed: bool) -> Sql | None:
    """The SQL of a gate for whoever stands for the same on the same day."""
    asked: list[str] = []

    def heard(execute: Any, sql: str, *args: Any) -> Any:
        asked.append(sql)
        return execute(sql, *args)

    each = SEARCHABLE[slug]
    with connection.execute_wrapper(heard):
        rows = each.visible_to(_Reader(who), *([_at_hand()] if narrowed and each.by_cases else []))
        gate = _sql(rows)
    if asked:
        raise _HoldsNow(gate)
    return gate


@cache
def _at_hand() -> Cases:
    return {case: RawSQL(f"SELECT id FROM {_keys(case)}", []) for case in _cases()}  # noqa: S608, S611 (our own slugs)


def _sql(rows: QuerySet[Any]) -> Sql | None:
    query = rows.order_by().values("pk").query
    try:
        sql, params = query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return str(sql), list(params)
