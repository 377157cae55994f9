"""The rows of a merge: which lead to the one that goes, which of them both hold already; moved and put back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, UniqueConstraint

from taawun.directory.merging_cases import stands_on
from taawun.directory.models import Merge, MergedRow, Organisation, Person
from taawun.directory.references import Reference, moving_to, references
from taawun.foundation.models import User

Key = tuple[Any, int, int]  # the model, the one that goes, the one that stays


@dataclass
class Rows:
    """The rows of one column that lead to the one that goes.

    `alike`: keys of those the one that stays holds just so: they are of no further account. `clashing`: keys of those
    that it holds otherwise.
    """

    reference: Reference
    gone: int
    kept: int
    found: list[Any]
    alike: set[int] = field(default_factory=set)
    clashing: set[int] = field(default_factory=set)

    @property
    def moving(self) -> list[Any]:
        return [row for row in self.found if row.pk not in self.alike]


def keys_of(gone: Person | Organisation, kept: Person | Organisation) -> list[Key]:
    """What the columns hold that lead to the two: the persons and their accounts, or the organisations."""
    keys: list[Key] = [(type(gone), gone.pk, kept.pk)]
    if isinstance(gone, Person) and isinstance(kept, Person) and gone.user_id and kept.user_id:
        keys.append((User, gone.user_id, kept.user_id))
    return keys


def rows_of(gone: Any, kept: Any) -> list[Rows]:
    """Everything that would move, column by column: a number of SQL statements that does not grow with the rows."""
    found = []
    for model, old, new in keys_of(gone, kept):
        for reference in moving_to(model):
            held = _attribute(reference)
            rows = list(_with_heads(reference.model).filter(**{held: old}).order_by("pk"))
            if rows:
                found.append(_judged(Rows(reference, old, new, rows)))
    return found


def _with_heads(model: Any) -> Any:
    """Rows with what they are told by: no statement for each of them."""
    names = {field.name for field in model._meta.fields if field.related_model}
    shown = [name for name in ("organisation", "person", stands_on(model)) if name in names]
    shown += ["post__person", "to_person"] if "to_person" in names else []
    rows = model._default_manager.all()
    return rows.select_related(*shown) if shown else rows


def _attribute(reference: Reference) -> str:
    return str(reference.model._meta.get_field(reference.column).attname)


def _judged(rows: Rows) -> Rows:
    """Tell apart what the one that stays holds already: a row alike, or one that says something else."""
    for row, other in _meeting(rows):
        wanted = rows.reference.alike
        same = wanted is not None and all(getattr(row, name) == getattr(other, name) for name in wanted)
        (rows.alike if same else rows.clashing).add(row.pk)
    rows.alike -= rows.clashing
    return rows


def _meeting(rows: Rows) -> Iterable[tuple[Any, Any]]:
    """Each row that could not be moved because the table allows one such row, with the one in its place."""
    for fields, condition, nulls_meet in _once(rows.reference):
        here = rows.found
        others = rows.reference.model._default_manager.filter(
            condition, **{_attribute(rows.reference): rows.kept}
        )
        if condition != Q():
            live = rows.reference.model._default_manager.filter(condition, pk__in=[row.pk for row in here])
            keys = set(live.values_list("pk", flat=True))
            here = [row for row in here if row.pk in keys]
        places = {_place(other, fields): other for other in others}
        for row in here:
            place = _place(row, fields)
            if place in places and (nulls_meet or None not in place):
                yield row, places[place]


def _place(row: Any, fields: list[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in fields)


def _once(reference: Reference) -> Iterable[tuple[list[str], Q, bool]]:
    """What the table holds once together with this column: the other columns, the condition, whether blanks meet."""
    meta = reference.model._meta
    column = reference.column.removesuffix("_id")
    unique = [c for c in meta.constraints if isinstance(c, UniqueConstraint)]
    sets = [(c.fields, c.condition or Q(), c.nulls_distinct is False) for c in unique]
    sets += [(names, Q(), False) for names in meta.unique_together]
    if meta.get_field(reference.column).unique:
        sets.append(((reference.column,), Q(), False))
    for names, condition, nulls_meet in sets:
        if {reference.column, column} & set(names):
            others = [name for name in names if name not in (reference.column, column)]
            yield [meta.get_field(name).attname for name in others], condition, nulls_meet


def move(merge: Merge, plan: list[Rows]) -> None:
    """Lead the rows to the one that stays, each entered in the merge."""
    for rows in plan:
        keys = [row.pk for row in rows.moving]
        rows.reference.model._default_manager.filter(pk__in=keys).update(
            **{_attribute(rows.reference): rows.kept}
        )
        entered = _entered(merge, rows.reference)
        MergedRow.objects.bulk_create(
            MergedRow(
                merge=merge,
                table=rows.reference.table,
                column=rows.reference.column,
                row=row.pk,
                was=rows.gone,
                moved=row.pk not in rows.alike,
            )
            for row in rows.found
            # Entered already: it came back to the one merged away, and moves a second time.
            if row.pk not in entered
        )


def _entered(merge: Merge, reference: Reference) -> set[int]:
    held = merge.rows.filter(table=reference.table, column=reference.column)
    return set(held.values_list("row", flat=True))


def late_rows(merge: Merge) -> list[Rows]:
    """What leads to the one merged away although it moves: written in the moment of the merge by somebody else.

    What both hold alike is none of it.
    """
    alike = set(merge.rows.filter(moved=False).values_list("table", "column", "row"))
    late = []
    for rows in [] if merge.is_undone else rows_of(merge.gone, merge.kept):
        known = rows.alike | rows.clashing | {row for *key, row in alike if tuple(key) == rows.reference.key}
        if found := [row for row in rows.found if row.pk not in known]:
            late.append(Rows(rows.reference, rows.gone, rows.kept, found))
    return late


def put_back(merge: Merge) -> None:
    """Lead back each row that still leads to the one that stays; what has moved on since stays where it is."""
    for reference, keys in _moved(merge).items():
        old, new = keys[0].was, _kept_key(merge, reference)
        model, attribute = reference.model, _attribute(reference)
        still = list(model._default_manager.filter(pk__in=[one.row for one in keys], **{attribute: new}))
        back = _judged(Rows(reference, new, old, still))
        movable = {row.pk for row in still} - back.alike - back.clashing
        model._default_manager.filter(pk__in=movable).update(**{attribute: old})
        of_here = merge.rows.filter(table=reference.table, column=reference.column, moved=True)
        of_here.filter(row__in=movable).update(put_back=True)
        of_here.exclude(row__in=movable).update(put_back=False)
    merge.rows.filter(moved=False).update(put_back=True)


def _moved(merge: Merge) -> dict[Reference, list[MergedRow]]:
    held: dict[Reference, list[MergedRow]] = {}
    for one in merge.rows.filter(moved=True):
        reference = references().get((one.table, one.column))
        if reference is not None:
            held.setdefault(reference, []).append(one)
    return held


def _kept_key(merge: Merge, reference: Reference) -> int:
    """The key of the one that stays, as the column holds it: of a column of accounts the account's."""
    kept = merge.kept
    return int(kept.user_id if reference.leads_to is User else kept.pk)


def rows_again(merge: Merge) -> dict[Reference, list[Any]]:
    """The rows that moved with a merge and are still there, column by column."""
    return {
        reference: list(_with_heads(reference.model).filter(pk__in=[one.row for one in keys]))
        for reference, keys in _moved(merge).items()
    }
