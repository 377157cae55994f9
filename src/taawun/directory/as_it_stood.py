"""Whom a row named on an earlier day, before two organisations were merged: for papers signed then."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from taawun.directory.models import MergedRow, Organisation


def names_on(day: date, rows: Iterable[Any], column: str = "organisation") -> dict[int, str]:
    """Of these rows of one table those that named another organisation on a day, by key: its name as it was.

    One SQL statement, and a second one where there are any. A paper signed on the day of a merge names whom it named.
    """
    held = {row.pk: row for row in rows}
    table = next((row._meta.label for row in held.values()), "")
    moved = MergedRow.objects.filter(
        table=table,
        column=column,
        row__in=held,
        moved=True,
        merge__undone_at__isnull=True,
        merge__made_at__date__gte=day,
    )
    was = dict(moved.order_by("-pk").values_list("row", "was"))  # of several merges the first after that day
    if not was:
        return {}
    names = {body.pk: body.own_name for body in Organisation.objects.filter(pk__in=was.values())}
    return {row: names[key] for row, key in was.items()}
