"""A revision of the design: opened as a copy of the version in force, written, adopted or discarded."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.kernel.workflow import Seat
from taawun.meetings.models import Meeting
from taawun.planning.actions.copying import GROUNDS, carry_progress, copy_version
from taawun.planning.actions.storing import drop_orphans
from taawun.planning.adoption import adoption_lines
from taawun.planning.models import DesignPart, DesignVersion, IndicatorDefinition, Target
from taawun.planning.models.indicators import WORDED
from taawun.planning.parts import WHILE_DONE, WHILE_REVISED
from taawun.planning.queries import design_of, forget, meetings_that_decided, revision_of
from taawun.planning.substance import is_bound
from taawun.ui import words

Held = tuple[Operation, Seat, int | None]


def _lock(operation: Operation, actor: User, right: str, states: frozenset[str]) -> Held:
    """The operation's row orders those who open, adopt and discard at once."""
    locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
    seat, organisation_id = rights.require(locked, actor, right)
    if locked.state not in states:
        raise editing.Frozen
    return locked, seat, organisation_id


def save_grounds(
    *, operation: Operation, reason: str, meeting: Meeting | None, actor: User, base_version: int
) -> DesignVersion:
    """Open a revision with its reason (and the meeting that decided, if it has been held), or correct these two.

    Right `revision`, in implementation alone (else `Frozen`). A revision begins as a copy of the version in force.
    Refuses a meeting of another operation or without a decision, and a first version that is not frozen;
    `editing.Conflict` with both versions when someone opened or corrected it since `base_version` (0: there was none).
    """
    with transaction.atomic():
        locked, seat, organisation_id = _lock(operation, actor, "revision", WHILE_REVISED)
        if meeting and not meetings_that_decided(locked).filter(pk=meeting.pk).exists():
            raise Refused([_("Choose a meeting of this operation that took a decision.")])
        held = revision_of(locked)
        mine = {"reason": reason, "meeting": meeting}
        if held:
            if not _claim(held, mine, base_version):
                return held
            DesignVersion.objects.filter(pk=held.pk).update(**mine, version=held.version + 1)
        else:
            held = _open(locked, actor, base_version, reason=reason, meeting=meeting)
        record(
            locked,
            "revision-edited" if base_version else "revision-opened",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail={
                "number": held.number,
                "note": f"PDM {held.number}: {reason}",
                "meeting": meeting.code if meeting else "",
            },
        )
        sync_tasks(locked)
    forget(operation)
    return held


def _claim(held: DesignVersion, mine: dict[str, Any], base_version: int) -> bool:
    """Take the next version of reason and meeting; nothing to do where they say the same already."""
    theirs = {"reason": held.reason, "meeting": held.meeting}
    if theirs == mine:
        return False
    lock = DesignPart.objects.get(design=held, part=GROUNDS)
    editing.bump(lock, base_version, theirs=_told(theirs), mine=_told(mine))
    return True


def _told(grounds: dict[str, Any]) -> dict[str, Any]:
    return grounds | {"meeting": grounds["meeting"].pk if grounds["meeting"] else None}


def _open(
    operation: Operation, actor: User, base_version: int, *, reason: str, meeting: Meeting | None
) -> DesignVersion:
    source = design_of(operation)
    if source is None or source.frozen_on is None:
        raise Refused([_("There is no version in force yet: the first one is revised where it is written.")])
    if base_version:
        raise Refused([_("The revision you opened was adopted or discarded meanwhile.")])
    made = DesignVersion.objects.create(
        operation=operation,
        number=source.number + 1,
        reason=reason,
        meeting=meeting,
        opened_on=clock.today(),
        opened_by=actor,
    )
    copy_version(source, made)
    return made


def adopt_revision(
    *, operation: Operation, actor: User, base_version: int, acted_on: date | None = None
) -> DesignVersion:
    """The revision becomes the version in force from a day (today); the version before it keeps what it says.

    Right `revision-adoption`, in implementation alone (else `Frozen`). `base_version` is the version of the revision
    the person read. Refuses with every obstacle at once: no reason, no meeting with a decision, an incomplete design,
    dates outside the period, a goal, purpose or outputs changed without an amendment signed by the parties
    (cycle.md). What was done meanwhile is carried over; indicators take the wording they are given in it.
    """
    with transaction.atomic():
        locked, seat, organisation_id = _lock(operation, actor, "revision-adoption", WHILE_REVISED)
        revision = _revision(locked)
        if revision.version != base_version:
            raise Refused([_("The revision was changed since you opened this page: read it again.")])
        lines = adoption_lines(locked, revision, acted_on)
        obstacles = [obstacle for line in lines for obstacle in line.obstacles]
        if obstacles:
            raise Refused(obstacles)
        before, day = design_of(locked), acted_on or clock.today()
        if before:
            carry_progress(before, revision)
        DesignVersion.objects.filter(pk=revision.pk).update(frozen_on=day, adopted_by=actor)
        _word_indicators(revision)
        _tell(locked, revision, "revision-adopted", actor, seat, organisation_id, acted_on=day)
        forget(locked)
        sync_tasks(locked)
    forget(operation)
    return DesignVersion.objects.get(pk=revision.pk)


def _revision(operation: Operation) -> DesignVersion:
    held = revision_of(operation)
    if held is None:
        raise Refused([Obstacle(_("No revision of the design is being written."))])
    return held


def _word_indicators(design: DesignVersion) -> None:
    """The definitions are told from now on as the version in force tells them."""
    definitions = []
    for target in Target.objects.filter(design=design).select_related("definition"):
        for name in ("code", *WORDED):
            setattr(target.definition, name, getattr(target, name))
        definitions.append(target.definition)
    IndicatorDefinition.objects.bulk_update(definitions, ["code", *WORDED])


def _tell(
    operation: Operation,
    revision: DesignVersion,
    act: str,
    actor: User,
    seat: Seat,
    organisation_id: int | None,
    *,
    acted_on: date | None = None,
    reason: str = "",
) -> None:
    told = f"PDM {revision.number}: {reason or revision.reason}"
    if revision.meeting and not reason:
        told = words.listed([told, revision.meeting.code])
    record(
        operation,
        act,
        actor=actor,
        organisation_id=organisation_id,
        role=seat.role,
        acted_on=acted_on,
        detail={"number": revision.number, "note": told},
    )


def discard_revision(*, operation: Operation, reason: str, actor: User, base_version: int) -> None:
    """Give a revision up, with the reason: what it said goes, the version in force stays as it is.

    Right `revision-adoption`. Refuses when the revision was changed since `base_version`, and one for which the
    parties have signed an amendment.
    """
    with transaction.atomic():
        locked, seat, organisation_id = _lock(operation, actor, "revision-adoption", WHILE_DONE)
        revision = _revision(locked)
        if revision.version != base_version:
            raise Refused([_("The revision was changed since you opened this page: read it again.")])
        if not reason.strip():
            raise Refused([_("Give the reason.")])
        before = design_of(locked)
        if before and is_bound(locked, before, revision):
            raise Refused(
                [_("The parties signed an amendment for this revision: it is adopted, not discarded.")]
            )
        _tell(locked, revision, "revision-discarded", actor, seat, organisation_id, reason=reason.strip())
        revision.delete()
        drop_orphans(locked)
        forget(locked)
        sync_tasks(locked)
    forget(operation)
