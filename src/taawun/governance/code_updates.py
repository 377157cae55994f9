"""Bringing a code list up to date in this installation: read and shown first, applied as one, undone as one.

Who does it is an administrator of any agency: the lists are shared by all. An update stays when the program starts
anew; where the program ships a newer version, that one waits and is shown as a difference like any other.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.standing import Standing, fresh_standing, standing
from taawun.foundation.steps import Refused
from taawun.governance.models import CodeListUpdate, UpdateStage
from taawun.reference.actions import DESCRIBED, put_codes
from taawun.reference.differences import What, changes, same_ground
from taawun.reference.models import Code, CodeList
from taawun.reference.reading import Sheet, read_sheet

MOST_SHOWN = 200  # refusals kept: whoever sent a wrong file knows by then


def keeps_code_lists(who: Standing) -> bool:
    """Whether somebody brings the lists up to date: the administrators of the agencies."""
    return bool(who.holding(Role.ADMINISTRATOR))


def updates_read_by(user: Any) -> QuerySet[CodeListUpdate]:
    """The updates, for those who make them; nobody else's."""
    rows = CodeListUpdate.objects.select_related("code_list", "made_by__person")
    return rows if keeps_code_lists(standing(user)) else rows.none()


def update_read_by(user: Any, pk: int) -> CodeListUpdate | None:
    """One of them; None where this person reads no such one."""
    return updates_read_by(user).filter(pk=pk).first()


def history_of(user: Any, code_list: CodeList) -> list[CodeListUpdate]:
    """The last updates of a list, the newest first: one SQL statement."""
    return list(updates_read_by(user).filter(code_list=code_list).defer("content").order_by("-pk")[:20])


def read_update(
    code_list: CodeList, content: str, *, file_name: str, version: str, reason: str, actor: User
) -> CodeListUpdate:
    """Read a file that an administrator sends, and show what it would change; nothing is applied.

    Refuses (403) whoever is no administrator. What cannot be taken stands in the update's refusals.
    """
    told = {name: getattr(code_list, name) for name in DESCRIBED} | {"version": version}
    return _read(code_list, content, told, actor, file_name=file_name, version=version, reason=reason)


def read_shipped(code_list: CodeList, *, actor: User) -> CodeListUpdate:
    """Show what the version that came with the program would change against this installation's own.

    Refuses where none waits.
    """
    if not code_list.waiting:
        raise Refused([_("No version of this list that came with the program is waiting.")])
    held: dict[str, Any] = code_list.waiting
    return _read(
        code_list,
        held["content"],
        held["told"],
        actor,
        file_name=f"{code_list.slug}.csv",
        version=held["told"]["version"],
        reason=_("It came with the program."),
        digest=held["digest"],
    )


@transaction.atomic
def _read(code_list: CodeList, content: str, told: Any, actor: User, **given: Any) -> CodeListUpdate:
    _only_keepers(actor)
    sheet, found = _difference(code_list, content)
    made = CodeListUpdate.objects.create(
        code_list=code_list,
        content=content,
        told=told,
        made_by=actor,
        changes=[] if sheet.wrong else found,
        refusals=[wrong.told() for wrong in sheet.wrong[:MOST_SHOWN]],
        **given,
    )
    _record(made, "code-list-read", actor)
    return made


def _difference(code_list: CodeList, content: str) -> tuple[Sheet, list[dict[str, Any]]]:
    sheet = read_sheet(content, code_list.slug, set(Code.objects.values_list("pk", flat=True)))
    return sheet, changes(Code.objects.filter(code_list=code_list), sheet.rows, clock.today())


@transaction.atomic
def apply_update(update: CodeListUpdate, *, actor: User) -> CodeListUpdate:
    """Let the list be as the file says, as one: every code, or none; codes it no longer holds are withdrawn.

    Refuses what was applied or given up, what has refusals or nothing to do, and where the list changed meanwhile.
    """
    update, code_list = _locked(update, actor)
    if not update.may_apply:
        raise Refused([_("This update cannot be applied, or no longer.")])
    sheet, found = _difference(code_list, update.content)
    if sheet.wrong or not same_ground(found, update.changes):
        raise Refused([_("The list has changed since the file was read. Send the file again.")])
    update.changes = found
    update.before = _as_it_stands(code_list)
    put_codes(code_list, [each["after"] for each in found], _places(sheet))
    _describe(code_list, update.told, is_own=not update.digest, digest=update.digest or code_list.digest)
    update.stage, update.applied_at = UpdateStage.APPLIED, clock.now()
    update.save(update_fields=["changes", "before", "stage", "applied_at"])
    _record(update, "code-list-applied", actor)
    return update


@transaction.atomic
def undo_update(update: CodeListUpdate, *, reason: str, actor: User) -> CodeListUpdate:
    """Let the list be as it was before the update, as one. A code it brought is withdrawn: records may hold it.

    Refuses all but the last update that is applied, and a list into which a shipped version came since.
    """
    update, code_list = _locked(update, actor)
    last = CodeListUpdate.objects.filter(code_list=code_list, stage=UpdateStage.APPLIED).order_by(
        "-applied_at", "-pk"
    )
    if update.stage != UpdateStage.APPLIED or last.first() != update:
        raise Refused([_("Only the last update that is applied can be undone.")])
    if code_list.digest != (update.digest or update.before["digest"]):
        raise Refused([_("A version that came with the program has been taken in since.")])
    put_codes(code_list, [_taken_back(each) for each in update.changes], update.before["places"])
    _describe(
        code_list, update.before["told"], is_own=update.before["is_own"], digest=update.before["digest"]
    )
    update.stage, update.undone_at = UpdateStage.UNDONE, clock.now()
    update.save(update_fields=["stage", "undone_at"])
    _record(update, "code-list-undone", actor, reason=reason)
    return update


@transaction.atomic
def discard_update(update: CodeListUpdate, *, actor: User) -> CodeListUpdate:
    """Give up an update that was read; nothing of it was applied."""
    update, _code_list = _locked(update, actor)
    if not update.is_open:
        raise Refused([_("This update cannot be applied, or no longer.")])
    update.stage = UpdateStage.DISCARDED
    update.save(update_fields=["stage"])
    _record(update, "code-list-discarded", actor)
    return update


def _taken_back(change: dict[str, Any]) -> dict[str, str]:
    """How a code stood before; one that is new ends today instead, or on the day it was to begin."""
    if change["before"] is not None:
        return dict(change["before"])
    after: dict[str, str] = change["after"]
    if "" < after.get("valid_to", "") < clock.today().isoformat():
        return after  # it could not be chosen when it came, nor can it now
    return after | {"valid_to": max(clock.today().isoformat(), after.get("valid_from", ""))}


def _places(sheet: Sheet) -> dict[str, int]:
    return {code: place for place, code in enumerate(sheet.rows)}


def _as_it_stands(code_list: CodeList) -> dict[str, Any]:
    return {
        "told": {name: getattr(code_list, name) for name in DESCRIBED},
        "digest": code_list.digest,
        "is_own": code_list.is_own,
        "places": dict(Code.objects.filter(code_list=code_list).values_list("code", "position")),
    }


def _describe(code_list: CodeList, told: dict[str, Any], *, is_own: bool, digest: str) -> None:
    """What the list says of itself from now on; a shipped version waits no more once it is taken in."""
    for name in DESCRIBED:
        setattr(code_list, name, told[name])
    code_list.is_own, code_list.digest, code_list.changed_at = is_own, digest, clock.now()
    if (code_list.waiting or {}).get("digest") == digest:
        code_list.waiting = None
    code_list.save()


def _locked(update: CodeListUpdate, actor: User) -> tuple[CodeListUpdate, CodeList]:
    """The list first, so that two who act at once wait for each other."""
    code_list = CodeList.objects.select_for_update(no_key=True).get(pk=update.code_list_id)
    _only_keepers(actor)
    held = CodeListUpdate.objects.select_for_update(of=("self",)).get(pk=update.pk)
    held.code_list = code_list
    return held, code_list


def _only_keepers(actor: User) -> None:
    if not keeps_code_lists(fresh_standing(actor)):
        raise PermissionDenied


def _record(update: CodeListUpdate, act: str, actor: User, **more: Any) -> None:
    case: Any = update
    told = {"list": update.code_list_id, "version": update.version, "reason": update.reason}
    counts = {str(what): update.count(what) for what in What}
    seat = min(fresh_standing(actor).holding(Role.ADMINISTRATOR))
    record(
        case,
        act,
        actor=actor,
        organisation_id=seat,
        role=Role.ADMINISTRATOR,
        audience_id=seat,
        detail=told | {"codes": counts, "refused": len(update.refusals)} | more,
    )
