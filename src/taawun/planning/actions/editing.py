"""Editing one part of a design: who may, whether it is still open, whether someone else saved first."""

from typing import Any, cast

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.actions import void_consents
from taawun.cycle.models import Operation
from taawun.foundation import editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.planning.actions.carrying import begin_design
from taawun.planning.actions.storing import STORES
from taawun.planning.comparing import PARTY_FIELDS, compared
from taawun.planning.models import DesignVersion
from taawun.planning.parts import PARTS
from taawun.planning.queries import (
    forget,
    is_open,
    lock_of,
    parties_by_id,
    right_of,
    values_of,
    version_written,
)


def edit_part(
    *, operation: Operation, part: str, values: dict[str, Any], actor: User, base_version: int
) -> None:
    """Save one part of an operation's design (`parts.PARTS`), all of its rows or none.

    While a revision is being written, its parts are written; what was done goes into the version in force.

    Rows that are not among the values stay as they are; a row with `delete` goes. Refuses who may not write (403),
    a frozen or appraised design (`Frozen`), a party of another operation (`Refused`); `Conflict` with both versions
    when someone saved the part since `base_version`. Records before and after, renews the desk; what the parties
    consented to and is changed by this must be consented to again.
    """
    spec = PARTS[part]
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
        begin_design(operation=locked)
        design = cast(DesignVersion, version_written(locked, spec))
        seat, organisation_id = rights.require(locked, actor, right_of(design, spec))
        if not is_open(locked, design, spec):
            raise editing.Frozen
        _refuse_strangers(locked, values)
        before = values_of(locked, design, part)
        row = lock_of(locked, design, part)
        if row.version != base_version and _differ(row, before, values, locked, design):
            return
        STORES[part](locked, design, values)
        after = values_of(locked, design, part)
        changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        if changed:
            editing.bump(row, row.version)
            DesignVersion.objects.filter(pk=design.pk).update(version=F("version") + 1)
            record(
                locked,
                f"design-{part}",
                actor=actor,
                organisation_id=organisation_id,
                role=seat.role,
                detail=_told(design, changed),
            )
            _spread(locked, spec.voids)
    forget(operation)


def _told(design: DesignVersion, changed: dict[str, Any]) -> dict[str, Any]:
    note = {"note": f"PDM {design.number}"} if design.is_revision else {}
    return {"version": design.number, "changed": changed} | note


def _refuse_strangers(operation: Operation, values: dict[str, Any]) -> None:
    """A design names parties of its own operation alone, whatever door the values came through."""
    known = parties_by_id(operation)
    rows = [row for value in values.values() if isinstance(value, list) for row in value]
    named = {row[name] for row in rows for name in PARTY_FIELDS if isinstance(row.get(name), int)}
    if named - set(known):
        raise Refused([_("Choose a party of this operation.")])


def _differ(
    row: Any, before: dict[str, Any], values: dict[str, Any], operation: Operation, design: DesignVersion
) -> bool:
    """Someone saved first. If they wrote the very same there is nothing to do; else both versions are shown."""
    theirs, mine = compared(before, values, operation, design)
    if theirs != mine:
        raise editing.Conflict(row, theirs, mine)
    return True


def _spread(operation: Operation, voids: str) -> None:
    forget(operation)
    if voids:
        void_consents(operation, voids)
    sync_tasks(operation)
