"""The cases that a merge touches."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Q

from taawun.directory.models import Person
from taawun.foundation.models import Draft, Task
from taawun.foundation.ports import registry

CaseKey = tuple[str, int]
DIRECTLY = {"operation": "operation", "coop_request": "request"}  # the column, the kind of case


def case_of(row: Any) -> CaseKey | None:
    """The case a row belongs to, where it belongs to one: the row itself, or what it stands on."""
    known = {kind.model: slug for slug, kind in registry.kinds.items() if kind.workflow}
    if isinstance(row, Task | Draft):
        return (row.kind, row.subject_id) if row.kind in known.values() else None
    if type(row) in known:
        return known[type(row)], row.pk
    model: Any = type(row)
    holder = getattr(row, stands_on(model), row)
    for name, kind in DIRECTLY.items():
        if getattr(holder, f"{name}_id", None):
            return kind, getattr(holder, f"{name}_id")
    return None


@cache
def stands_on(model: Any) -> str:
    """The column through which rows of a table belong to a case, where they do not name it themselves."""
    columns = [field for field in model._meta.fields if field.related_model]
    if any(field.name in DIRECTLY for field in columns):
        return ""
    return next((field.name for field in columns if _names_a_case(field.related_model)), "")


def _names_a_case(model: Any) -> bool:
    return any(field.name in DIRECTLY for field in model._meta.fields)


def kinds_and_keys(cases: Iterable[CaseKey]) -> Iterable[Any]:
    """The cases themselves, read kind by kind."""
    for slug in sorted({kind for kind, _pk in cases}):
        keys = [pk for kind, pk in cases if kind == slug]
        yield from registry.kinds[slug].model._default_manager.filter(pk__in=keys).order_by("pk")


def hold_cases(cases: set[CaseKey]) -> None:
    """Lock these cases in one order, before anything of theirs is changed: a step under way is waited for."""
    for slug in sorted({kind for kind, _pk in cases}):
        keys = [pk for kind, pk in cases if kind == slug]
        rows = registry.kinds[slug].model._default_manager.select_for_update(of=("self",))
        list(rows.filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))


def cases_of(rows: Iterable[Any]) -> set[CaseKey]:
    """The cases these rows belong to."""
    return {found for row in rows if (found := case_of(row))}


def seats_in_tasks(one: Any) -> set[CaseKey]:
    """The cases in which something waits on a person, or on an organisation or for it."""
    waits = Q(person_id=one.pk) if isinstance(one, Person) else Q(organisation_id=one.pk)
    if not isinstance(one, Person):
        waits |= Q(on_behalf_of_id=one.pk)
    kinds = [slug for slug, kind in registry.kinds.items() if kind.workflow]
    return set(Task.objects.filter(waits, kind__in=kinds).order_by().values_list("kind", "subject_id"))
