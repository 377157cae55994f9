"""What the pages of a merge show: to the administrator what moves, of cases they may not see only how many."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.directory import doubles, merges
from taawun.directory.merges import MergePlan
from taawun.directory.merging_cases import case_of
from taawun.directory.merging_rows import Rows, late_rows
from taawun.directory.merging_sight import Opened, Sight, new_sight, role_label
from taawun.directory.models import Merge
from taawun.directory.queries import name_of_user, names_of
from taawun.directory.references import references
from taawun.directory.showing import history
from taawun.foundation.ports import registry
from taawun.ui import words

SHOWN = 50


def crumbs(*page: str) -> list[tuple[str, Any]]:
    """Under the desk and its people."""
    way = [("/desk/", _("My desk")), (reverse("directory:people"), _("People"))]
    here = reverse("directory:merges") if page else ""
    return [*way, (here, _("Merges")), *(("", name) for name in page)]


def merges_page(user: Any) -> dict[str, Any]:
    """What was merged, and what is probably entered twice."""
    persons, bodies = merges.mergeable_persons(user), merges.mergeable_organisations(user)
    return {
        "merges": list(merges.merges_visible_to(user)[:SHOWN]),
        "persons": [_pair(pair, "directory:merge-persons") for pair in doubles.probable_persons(persons)],
        "organisations": [
            _pair(pair, "directory:merge-organisations") for pair in doubles.probable_organisations(bodies)
        ],
        "crumbs": crumbs(),
    }


def _pair(pair: Any, address: str) -> dict[str, Any]:
    first, second = pair
    return {
        "first": first,
        "second": second,
        "url": f"{reverse(address)}?gone={second.pk}&kept={first.pk}",
    }


def plan_page(plan: MergePlan, user: Any) -> dict[str, Any]:
    """What would move, column by column, and who would newly see what."""
    seen = _seen([row for held in plan.rows for row in held.found], user)
    return {
        "plan": plan,
        "lines": [_line(held, seen) for held in plan.rows],
        "sight": [] if plan.obstacles else [_sight(one, user) for one in new_sight(plan.gone, plan.kept)],
        "seen": plan.fingerprint,
        "closes": bool(getattr(plan.gone, "user_id", None)),
    }


def _seen(rows: list[Any], user: Any) -> set[tuple[str, int]]:
    """The cases of these rows the reader may see: one SQL statement a kind."""
    cases = {found for row in rows if (found := case_of(row))}
    seen: set[tuple[str, int]] = set()
    for slug in {kind for kind, _pk in cases}:
        keys = [pk for kind, pk in cases if kind == slug]
        found = registry.kinds[slug].visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)
        seen |= {(slug, pk) for pk in found}
    return seen


def _line(held: Rows, seen: set[tuple[str, int]]) -> dict[str, Any]:
    shown = [row for row in held.found if (case := case_of(row)) is None or case in seen]
    return {
        "what": held.reference.what,
        "rows": [{"text": _row_told(row), "alike": row.pk in held.alike} for row in shown],
        "hidden": len(held.found) - len(shown),
    }


def _row_told(row: Any) -> str:
    """A row as its table tells it; of a case its number first."""
    case = case_of(row)
    place = merges.place_of(row)
    text = str(row)
    return text if case is None or text == place else words.listed((place, text))


def _sight(one: Sight, user: Any) -> dict[str, Any]:
    house, role = one.seat or (0, "")
    names = names_of([house]) if house else {}
    return {
        "seat": words.listed((str(role_label(role)), names.get(house, ""))) if one.seat else "",
        "people": [person.name for person in one.people],
        "opened": [_opened(each, user) for each in one.opened],
    }


def _opened(each: Opened, user: Any) -> dict[str, Any]:
    kind = registry.kinds[each.kind]
    keys = [row.pk for row in each.first]
    seen = set(kind.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    named = [
        row.case_code() or row.case_title()
        for row in each.first
        if row.pk in seen and hasattr(row, "case_code")
    ]
    return {
        "label": kind.label,
        "number": each.number,
        "named": [name for name in named if name],
        "more": each.number - len([name for name in named if name]),
    }


def merge_page(merge: Merge, user: Any) -> dict[str, Any]:
    """One merge: who, when, why; how many rows of which table moved; what stayed when it was undone."""
    return {
        "merge": merge,
        "facts": [
            {"label": _("Merged away"), "value": merge.gone.own_name},
            {"label": _("Stays"), "value": merge.kept.own_name},
            {"label": _("By"), "value": name_of_user(merge.made_by)},
            {"label": _("On"), "value": words.written(merge.made_at, "d MMM y")},
            {"label": _("Reason"), "value": merge.reason},
            *_undone(merge),
        ],
        "lines": _counted(merge),
        "late": [{"what": rows.reference.what, "number": len(rows.found)} for rows in late_rows(merge)],
        "timeline": history(merge, user),  # type: ignore[arg-type]  # any kind without states
        "crumbs": crumbs(str(merge)),
    }


def _undone(merge: Merge) -> list[dict[str, str]]:
    if not merge.is_undone:
        return []
    return [
        {"label": _("Undone by"), "value": name_of_user(merge.undone_by)},
        {"label": _("Undone on"), "value": words.written(merge.undone_at, "d MMM y")},
        {"label": _("Reason for undoing"), "value": merge.undone_reason},
    ]


def _counted(merge: Merge) -> list[dict[str, Any]]:
    """The rows of a merge by what they are: one SQL statement, and one a table for what stayed."""
    held: dict[Any, dict[str, Any]] = {}
    stayed: dict[Any, list[int]] = {}
    for row in merge.rows.all():
        reference = references().get((row.table, row.column))
        what = str(reference.what) if reference else row.table
        line = held.setdefault(what, {"what": what, "moved": 0, "alike": 0, "back": 0, "stayed": []})
        line["moved" if row.moved else "alike"] += 1
        line["back"] += bool(row.moved and row.put_back)
        if row.put_back is False and reference:
            stayed.setdefault(reference, []).append(row.row)
    for reference, keys in stayed.items():
        found = {row.pk: row for row in reference.model._default_manager.filter(pk__in=keys)}
        told = [_row_told(found[key]) if key in found else _("no longer there") for key in keys]
        held[str(reference.what)]["stayed"] += told
    return list(held.values())
