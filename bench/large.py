"""A large installation: one real operation, walked by its people, multiplied by the database."""

from datetime import date
from typing import Any

from django.db import connection
from django.test import override_settings

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.models import AuditEvent
from taawun.reference.actions import load_code_lists
from taawun.workspace.demo import abroad, cast, walks

COPIES = 10_000
EVENTS = 100_000
PERSONS = 1_000
STEP = 1_000  # ids of the original are smaller; copy n stands at id + n × STEP
COUNTRIES = (
    *("MM", "LA", "SN", "KH", "NP", "BD", "LK", "KE", "GH", "MA"),
    *("TN", "BJ", "GN", "ML", "CI", "BO", "PY", "PH", "VN", "ID"),
)


def build(copies: int = COPIES, events: int = EVENTS) -> dict[str, int]:
    """Code lists, cast, one operation in implementation, then its copies; what others publish. Returns what stands."""
    load_code_lists()
    cast.build()
    with override_settings(TESTING=True):  # the walk moves the clock; what is measured cannot
        one = walks.walk_operation("in_implementation", day=date(2026, 6, 1), monitored=True)
    clock.forget()
    others = _more_bodies()
    _copy_tables(one, others, _more_persons(), copies)
    _copy_events(one, copies, events // copies)
    abroad.take_in_portfolio()
    return {"operations": Operation.objects.count(), "audit events": AuditEvent.objects.count()}


def tidy() -> None:
    """What autovacuum would have done on an installation that grew. Outside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _more_bodies() -> int:
    """Nine more agencies with their offices and posts: two copies in three are theirs. Returns the first id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) + 1 FROM directory_organisation")
        first = int(cursor.fetchone()[0])
        own = {
            "id": f"{first} + n",
            "slug": "'other-' || n",
            "names": "jsonb_build_object('en', 'Organisation ' || n)",
        }
        names = _names(cursor, "directory_organisation")
        cells = ", ".join(own.get(name, f"a.{name}") for name in names)
        cursor.execute(
            f"INSERT INTO directory_organisation ({', '.join(names)}) SELECT {cells} FROM "  # noqa: S608 (our own names)
            "(SELECT * FROM directory_organisation WHERE kind = 'agency' ORDER BY id LIMIT 1) a, "
            "generate_series(0, 26) n"
        )
    return first


def _more_persons() -> int:
    """A thousand more persons: on one copy in a hundred the people of the original serve, on the others these."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) + 1 FROM directory_person")
        first = int(cursor.fetchone()[0])
        names = _names(cursor, "directory_person")
        cells = ", ".join({"id": f"{first} + n", "user_id": "NULL"}.get(name, f"p.{name}") for name in names)
        cursor.execute(
            f"INSERT INTO directory_person ({', '.join(names)}) SELECT {cells} "  # noqa: S608 (our own names)
            f"FROM (SELECT * FROM directory_person ORDER BY id LIMIT 1) p, generate_series(0, {PERSONS - 1}) n"
        )
    return first


def _copied() -> list[str]:
    """The tables that hold a request, its operation and what belongs to them, as the database's own keys tell."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH RECURSIVE held(t) AS (
                 SELECT 'cycle_cooperationrequest'::regclass::oid
                 UNION SELECT c.conrelid FROM pg_constraint c JOIN held ON c.confrelid = held.t WHERE c.contype = 'f')
               SELECT t::regclass::text FROM held"""
        )
        return [name for (name,) in cursor.fetchall()]


def _copy_tables(one: Operation, others: int, persons: int, many: int) -> None:
    """Every row of the original, once more for each copy, straight in the database."""
    tables, copies = _copied(), f"generate_series(1, {many - 1}) n"
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # keys and triggers rest meanwhile
        for table in tables:
            cells = _columns(cursor, table, tables, others, persons)
            cursor.execute(f"INSERT INTO {table} SELECT {cells} FROM {table} o, {copies}")  # noqa: S608 (our own names)
        shifted = {"id": f"o.id + n * {STEP}", "subject_id": f"o.subject_id + n * {STEP}"}
        shifted |= {"organisation_id": _elsewhere("organisation_id", others), "code": "o.code || '-' || n"}
        names = _names(cursor, "foundation_task")
        cells = ", ".join(shifted.get(name, f"o.{name}") for name in names)
        of_one = f"kind = 'operation' AND subject_id = {one.pk}"
        cursor.execute(
            f"INSERT INTO foundation_task ({', '.join(names)}) "  # noqa: S608 (our own names)
            f"SELECT {cells} FROM foundation_task o, {copies} WHERE {of_one}"
        )
        cursor.execute("SET session_replication_role = DEFAULT")


def _elsewhere(column: str, others: int) -> str:
    """One copy in three stays with the bodies of the original; the others belong to other bodies."""
    return f"CASE WHEN n % 3 = 0 THEN o.{column} ELSE {others} + (o.{column} + n) % 27 END"


def _country() -> str:
    codes = ", ".join(f"'{code}'" for code in COUNTRIES)
    return f"'country:' || (ARRAY[{codes}])[1 + n % {len(COUNTRIES)}]"


def _served(column: str, persons: int) -> str:
    return f"CASE WHEN n % 100 = 0 THEN o.{column} ELSE {persons} + (o.{column} * 7 + n) % {PERSONS} END"


def _columns(cursor: Any, table: str, tables: list[str], others: int, persons: int) -> str:
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
    cases = ("cycle_operation", "cycle_cooperationrequest")
    own: dict[str, str] = {}
    if table == "letters_letter":  # a register counts its letters; no number stands twice
        own = {"entry": f"o.entry + n * {STEP}", "number": "o.number || '-' || n"}
    if table in cases:
        own = {"code": "o.code || '-' || n", "lot_id": "NULL", "country_id": _country()}
    shown = []
    for name, target in held.items():
        if name in own:
            shown.append(own[name])
        elif name == key or target in tables:
            shown.append(f"o.{name} + n * {STEP}")
        elif target == "directory_organisation":
            shown.append(_elsewhere(name, others))
        elif target == "directory_person":
            shown.append(_served(name, persons))
        else:
            shown.append(f"o.{name}")
    return ", ".join(shown)


def _copy_events(one: Operation, copies: int, each: int) -> None:
    """The record grows evenly: `each` events for every copy."""
    mine = AuditEvent.objects.filter(kind="operation", subject_id=one.pk).order_by("pk")
    chosen = list(mine.values_list("pk", flat=True)[:each])
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for place in range(each):
            shift = place * 100_000_000
            for table, key in (("foundation_auditevent", "id"), ("foundation_auditdetail", "event_id")):
                _copy_event(cursor, table, key, chosen[place % len(chosen)], (copies, shift))
        cursor.execute("SET session_replication_role = DEFAULT")


def _copy_event(cursor: Any, table: str, key: str, pk: int, spread: tuple[int, int]) -> None:
    many, shift = spread
    moved = {key: f"o.{key} + x * {STEP} + {shift}", "subject_id": f"o.subject_id + x * {STEP}"}
    names = _names(cursor, table)
    cells = ", ".join(moved.get(name, f"o.{name}") for name in names)
    copies = f"generate_series(1, {many - 1}) x"
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(names)}) "  # noqa: S608 (our own names)
        f"SELECT {cells} FROM {table} o, {copies} WHERE o.{key} = %s",
        [pk],
    )


def _names(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
        "ORDER BY attnum",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]
