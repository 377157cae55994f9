"""A digest of every row an act may write, to show that nothing was."""

from django.apps import apps
from django.db import connection

RESTING = {"reference", "contenttypes", "auth", "sessions"}


def _tables() -> list[str]:
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label not in RESTING]
    return sorted({model._meta.db_table for model in models if model._meta.managed} | {"procrastinate_jobs"})


def of_everything() -> dict[str, tuple[int, str]]:
    """How many rows each table has, and the digest of all of them: one SQL statement."""
    one = (
        "SELECT '{0}', count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{0}\" t"
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(table) for table in _tables()))
        return {table: (count, digest) for table, count, digest in cursor.fetchall()}


def changed(before: dict[str, tuple[int, str]]) -> list[str]:
    """The tables that are no longer what they were, in the order of their names."""
    after = of_everything()
    return sorted(table for table, held in before.items() if after[table] != held)
