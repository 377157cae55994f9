"""A large installation: one real operation, walked by its people, multiplied by the database."""

from datetime import date
from typing import Any

from django.db import connection

from taawun.cycle.models import Operation
from taawun.foundation.models import AuditEvent
from taawun.reference.actions import load_code_lists
from taawun.workspace.demo import cast, walks

COPIES = 10_000
EVENTS = 100_000
STEP = 1_000  # ids of the original are smaller; copy n stands at id + n × STEP
COUNTRIES = (
    "MM",
    "LA",
    "SN",
    "KH",
    "NP",
    "BD",
    "LK",
    "KE",
    "GH",
    "MA",
    "TN",
    "BJ",
    "GN",
    "ML",
    "CI",
    "BO",
    "PY",
    "PH",
    "VN",
    "ID",
)


def build() -> dict[str, int]:
    """Code lists, cast, one operation in implementation, then its copies. Returns what stands."""
    load_code_lists()
    cast.build()
    one = walks.walk_operation("in_implementation", day=date(2026, 6, 1), monitored=True)
    others = _more_bodies()
    _copy_tables(one, others)
    _copy_events(one)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"operations": Operation.objects.count(), "audit events": AuditEvent.objects.count()}


def _more_bodies() -> int:
    """Nine more agencies with their offices and posts: two copies in three are theirs. Returns the first id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM directory_organisation")
        first = cursor.fetchone()[0] + 1
        cursor.execute(
            """INSERT INTO directory_organisation (id, slug, names, kind, country_id, is_example)
               SELECT %s + n, 'other-' || n, jsonb_build_object('en', 'Organisation ' || n),
                      'agency', 'country:MA', true FROM generate_series(0, 26) n""",
            [first],
        )
    return first


def _copied() -> list[str]:
    """The tables that hold an operation and what belongs to it, as the database's own keys tell."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH RECURSIVE held(t) AS (
                 SELECT 'cycle_operation'::regclass::oid
                 UNION SELECT c.conrelid FROM pg_constraint c JOIN held ON c.confrelid = held.t WHERE c.contype = 'f')
               SELECT t::regclass::text FROM held"""
        )
        return [name for (name,) in cursor.fetchall()]


def _copy_tables(one: Operation, others: int) -> None:
    tables = _copied()
    with connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica"
        )  # keys and triggers rest while rows are multiplied
        for table in tables:
            cursor.execute(
                f"INSERT INTO {table} SELECT {_columns(cursor, table, tables, others)} FROM {table} o, generate_series(1, {COPIES - 1}) n"
            )
        cursor.execute(
            f"""INSERT INTO foundation_task (id, kind, subject_id, act, ref, organisation_id, role, person_id, due, since, code, title, language, country)
                SELECT o.id + n * {STEP}, kind, subject_id + n * {STEP}, act, ref, {_elsewhere("organisation_id", others)}, role, person_id, due, since,
                       code || '-' || n, title, language, country
                FROM foundation_task o, generate_series(1, {COPIES - 1}) n WHERE kind = 'operation' AND subject_id = {one.pk}"""  # noqa: S608
        )
        cursor.execute("SET session_replication_role = DEFAULT")


def _elsewhere(column: str, others: int) -> str:
    """One copy in three stays with the bodies of the original; the others belong to other bodies."""
    return f"CASE WHEN n % 3 = 0 THEN o.{column} ELSE {others} + (o.{column} + n) % 27 END"


def _columns(cursor: Any, table: str, tables: list[str], others: int) -> str:
    cursor.execute(
        """SELECT a.attname, c.confrelid::regclass::text
           FROM pg_attribute a LEFT JOIN pg_constraint c
             ON c.conrelid = a.attrelid AND c.contype = 'f' AND a.attnum = ANY (c.conkey)
           WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum""",
        [table],
    )
    held = {}
    for name, target in cursor.fetchall():
        held.setdefault(name, target)
    cursor.execute(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) "
        "WHERE i.indrelid = %s::regclass AND i.indisprimary",
        [table],
    )
    key = cursor.fetchone()[0]
    cast_of = {
        "code": "o.code || '-' || n" if table == "cycle_operation" else "o.code",
        "coop_request_id": "NULL",
    }
    shown = []
    for name, target in held.items():
        if name == key or target in tables:
            shown.append(f"o.{name} + n * {STEP}")
        elif table == "cycle_operation" and name == "country_id":
            shown.append(f"'country:' || (ARRAY{list(COUNTRIES)!r})[1 + n % {len(COUNTRIES)}]")
        elif target == "directory_organisation":
            shown.append(_elsewhere(name, others))
        else:
            shown.append(cast_of.get(name, f"o.{name}") if table == "cycle_operation" else f"o.{name}")
    return ", ".join(shown)


def _copy_events(one: Operation) -> None:
    """The record grows evenly: as many events for each copy as make the wanted sum."""
    each = EVENTS // COPIES
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "SELECT id FROM foundation_auditevent WHERE kind = 'operation' AND subject_id = %s ORDER BY id LIMIT %s",
            [one.pk, each],
        )
        chosen = [pk for (pk,) in cursor.fetchall()]
        for place in range(each):
            pk, shift = chosen[place % len(chosen)], place * 100_000_000
            for table, key, extra in (
                ("foundation_auditevent", "id", True),
                ("foundation_auditdetail", "event_id", False),
            ):
                names = _names(cursor, table)
                cells = [
                    f"o.{n} + x * {STEP} + {shift}"
                    if n == key
                    else f"o.{n} + x * {STEP}"
                    if extra and n == "subject_id"
                    else f"o.{n}"
                    for n in names
                ]
                cursor.execute(
                    f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(cells)} FROM {table} o, generate_series(1, {COPIES - 1}) x WHERE o.{key} = %s",
                    [pk],
                )
        cursor.execute("SET session_replication_role = DEFAULT")


def _names(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]
