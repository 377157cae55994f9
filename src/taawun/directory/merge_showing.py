"""What the pages of a merge show: to the administrator what moves, of cases they may not see only how many."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.directory import doubles, merges
from taawun.directory.merges import MergePlan
from taawun.directory.merging_rows import Rows, late_rows, rows_again
from taawun.directory.merging_sight import Opened, Sight, new_sight, role_label
from taawun.directory.merging_told import Teller
from taawun.directory.models import Merge, MergedRow
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
    teller = Teller([row for held in plan.rows for row in held.found], user)
    return {
        "plan": plan,
        "lines": [_line(held, teller) for held in plan.rows],
        "sight": [] if plan.obstacles else [_sight(one, user) for one in new_sight(plan.gone, plan.kept)],
        "seen": plan.fingerprint,
        "closes": bool(getattr(plan.gone, "user_id", None)),
    }


def _line(held: Rows, teller: Teller) -> dict[str, Any]:
    told = [(row, teller.tell(row)) for row in held.found]
    shown = [{"text": text, "alike": row.pk in held.alike} for row, text in told if text]
    return {"what": held.reference.what, "rows": shown, "hidden": len(held.found) - len(shown)}


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
            {"label": _("Merged by"), "value": name_of_user(merge.made_by)},
            {"label": _("On"), "value": words.written(merge.made_at, "d MMM y")},
            {"label": _("Reason"), "value": merge.reason},
            *_undone(merge),
        ],
        "lines": _counted(merge, user),
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


def _counted(merge: Merge, user: Any) -> list[dict[str, Any]]:
    """The rows of a merge by what they are, and by name what stayed when it was undone."""
    held: dict[str, dict[str, Any]] = {}
    for row in merge.rows.all():
        what = _what(row)
        line = held.setdefault(what, {"what": what, "moved": 0, "alike": 0, "back": 0, "stayed": []})
        line["moved" if row.moved else "alike"] += 1
        line["back"] += bool(row.moved and row.put_back)
    if merge.is_undone:
        _name_what_stayed(merge, held, user)
    return list(held.values())


def _what(row: MergedRow) -> str:
    reference = references().get((row.table, row.column))
    return str(reference.what) if reference else row.table


def _name_what_stayed(merge: Merge, held: dict[str, dict[str, Any]], user: Any) -> None:
    there = {(one.key, row.pk): row for one, rows in rows_again(merge).items() for row in rows}
    teller = Teller(there.values(), user)
    for entry in merge.rows.filter(put_back=False):
        found = there.get(((entry.table, entry.column), entry.row))
        told = _("no longer there") if found is None else teller.tell_anyway(found)
        held[_what(entry)]["stayed"].append(told)
