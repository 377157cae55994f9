"""Changing a case's texts: drafts that are one person's, saves that never overwrite another's."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.cases import Case, InParts
from taawun.foundation.models import Draft, User


@dataclass
class Conflict(Exception):
    """Someone else saved first: their values beside ours, nothing overwritten."""

    current: Any
    theirs: dict[str, Any]
    mine: dict[str, Any]

    def __str__(self) -> str:
        return "changed meanwhile"


class Frozen(Exception):
    """The case may no longer be edited in its present state."""


def keep_draft(user: User, case: Case, part: str, *, base_version: int, data: dict[str, Any]) -> Draft:
    """Keep what a person typed, for them alone; it replaces their own earlier draft of the part."""
    draft, _made = Draft.objects.update_or_create(
        user=user,
        kind=case.kind,
        subject_id=case.pk,
        part=part,
        defaults={
            "base_version": base_version,
            "data": data,
            "saved_at": clock.now(),
            "title": case.case_title()[:300],
        },
    )
    return draft


def draft_of(user: User, case: Case, part: str) -> Draft | None:
    """The person's own draft of a part, if they left one."""
    return Draft.objects.filter(user=user, kind=case.kind, subject_id=case.pk, part=part).first()


def drop_draft(user: User, case: Case, part: str) -> None:
    """The part was saved, or its draft given up."""
    Draft.objects.filter(user=user, kind=case.kind, subject_id=case.pk, part=part).delete()


def save_part(
    case: Any,
    part: str,
    values: dict[str, Any],
    *,
    actor: User,
    base_version: int,
    audience_id: int | None = None,
) -> Any:
    """Save one part's fields if nobody saved them since `base_version`; else `Conflict` with both versions.

    The case is locked. Records the change with before and after, drops the draft; what says the same as before changes
    nothing. Raises `Frozen` when the state no longer allows edits.
    """
    model = type(case)
    with transaction.atomic():
        before = model._default_manager.select_for_update(of=("self",)).get(pk=case.pk)
        if not before.is_editable:
            raise Frozen
        old = {name: getattr(before, name) for name in values}
        if old == values:
            drop_draft(actor, case, part)
            return before
        claim_part(before, part, base_version, theirs=old, mine=values, values=values)
        changed = {n: [_plain(old[n]), _plain(values[n])] for n in values if old[n] != values[n]}
        record(
            case,
            "edited",
            actor=actor,
            audience_id=audience_id,
            detail={"part": part, "changed": changed},
        )
        drop_draft(actor, case, part)
        return model._default_manager.get(pk=case.pk)


def version_of(case: Any, part: str) -> int:
    """The version that whoever opens a part of a case reads: of the part where its case tells parts apart."""
    return case.version_of(part) if isinstance(case, InParts) else case.version


def claim_part(
    locked: Any,
    part: str,
    base_version: int,
    *,
    theirs: dict[str, Any],
    mine: dict[str, Any],
    values: dict[str, Any] | None = None,
) -> None:
    """Claim the next version of a case for one of its parts; `Conflict` when that part was saved since `base_version`.

    What others saved of other parts meanwhile is no conflict. Writes `values` with it; a part that stands in rows of
    its own the caller changes in the same transaction. The caller holds the lock on the case: it decides.
    """
    if not version_of(locked, part) <= base_version <= locked.version:
        raise Conflict(locked, theirs, mine)
    changed: dict[str, Any] = {"version": locked.version + 1}
    if isinstance(locked, InParts):
        changed["part_versions"] = locked.parts_after(part, locked.version + 1)
    type(locked)._default_manager.filter(pk=locked.pk).update(**changed, **(values or {}))
    for name, value in changed.items():
        setattr(locked, name, value)


def _plain(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value


def bump(
    row: Any, base_version: int, *, theirs: dict[str, Any] | None = None, mine: dict[str, Any] | None = None
) -> None:
    """Claim the next version of a row that is not a case (a design, a sheet, a report) before changing it or its lines.

    One statement decides; `Conflict` when someone saved since `base_version`. The caller holds the transaction.
    """
    model = type(row)
    done = model._default_manager.filter(pk=row.pk, version=base_version).update(version=F("version") + 1)
    if not done:
        current = model._default_manager.get(pk=row.pk)
        raise Conflict(current, theirs or {}, mine or {})
    row.version = base_version + 1
