"""One statement of the database over everything: each kind of text through its own gate, before anything is counted."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from taawun.foundation.readable import SEARCHABLE

Sql = tuple[str, list[Any]]


def seen_by(user: Any, of: str = "found", kind: str = "") -> Sql | None:
    """The rows of `of` (kind, object_id, …) this person may see, as SQL; nothing where no gate lets them in at all.

    `kind`: those of one kind alone.
    """
    parts, params = [], []
    for slug, each in sorted(SEARCHABLE.items()):
        gate = _gate(each.visible_to(user)) if kind in ("", slug) else None
        if gate:
            parts.append(f"SELECT * FROM {of} WHERE kind = %s AND object_id IN ({gate[0]})")  # noqa: S608 (our own)
            params += [slug, *gate[1]]
    return (" UNION ALL ".join(parts), params) if parts else None


def _gate(rows: Any) -> Sql | None:
    query = rows.order_by().values("pk").query
    try:
        sql, params = query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return str(sql), list(params)
