"""Which version of a design counts: the one in force, the one in force on a day, the one being written."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from taawun.cycle.models import Operation
from taawun.meetings.models import Meeting, MeetingKind
from taawun.planning.models import DesignVersion
from taawun.planning.parts import WHILE_ENTERED, Part


def versions_of(operation: Operation) -> list[DesignVersion]:
    """Every version of an operation's design, the oldest first: one SQL statement."""
    rows = DesignVersion.objects.filter(operation_id=operation.pk).select_related("meeting")
    return list(rows.select_related("opened_by__person", "adopted_by__person").order_by("number"))


def in_force(versions: Iterable[DesignVersion]) -> DesignVersion | None:
    """The newest frozen version; while none is frozen, the one being written."""
    held = sorted(versions, key=lambda version: version.number)
    frozen = [version for version in held if version.frozen_on]
    return next(iter([*reversed(frozen), *reversed(held)]), None)


def design_of(operation: Operation) -> DesignVersion | None:
    """The version of an operation's design that counts today."""
    return in_force(DesignVersion.objects.filter(operation_id=operation.pk))


def design_on(operation: Operation, day: date) -> DesignVersion | None:
    """The version that counted on a day: the newest frozen by then; before the first, the first."""
    versions = list(DesignVersion.objects.filter(operation_id=operation.pk).order_by("number"))
    frozen = [version for version in versions if version.frozen_on]
    by_then = [version for version in frozen if version.frozen_on and version.frozen_on <= day]
    return by_then[-1] if by_then else next(iter([*frozen, *versions]), None)


def revision_of(operation: Operation) -> DesignVersion | None:
    """The revision being written, if there is one."""
    rows = DesignVersion.objects.filter(operation_id=operation.pk, frozen_on__isnull=True, number__gt=0)
    return rows.select_related("meeting", "opened_by__person").first()


def to_be_entered(operation: Operation, design: DesignVersion | None) -> bool:
    """Whether this version is the agreed one of an operation taken over after its signature, not in force yet."""
    if design is None or design.is_revision or design.frozen_on is not None:
        return False
    return operation.taken_over_on is not None and operation.state in WHILE_ENTERED


def waits_to_be_entered(operation: Operation) -> DesignVersion | None:
    """Version 0 of an operation taken over after its signature, while it is not in force."""
    design = design_of(operation)
    return design if to_be_entered(operation, design) else None


def version_of(operation: Operation, number: int) -> DesignVersion | None:
    """A version by its number; another operation's is not there."""
    return next((one for one in versions_of(operation) if one.number == number), None)


def version_written(operation: Operation, part: Part) -> DesignVersion | None:
    """The version a part's page writes on: what was done, on the one in force; all else, on the one not frozen."""
    versions = list(DesignVersion.objects.filter(operation_id=operation.pk))
    if not part.when_frozen:
        written = next((one for one in versions if one.frozen_on is None), None)
        if written:
            return written
    return in_force(versions)


def meetings_that_decided(operation: Operation) -> QuerySet[Meeting]:
    """The meetings of the joint coordinating committee that took a decision: one of them decides a revision."""
    rows = Meeting.objects.filter(operation_id=operation.pk, kind=MeetingKind.JCC)
    return rows.filter(decisions__isnull=False).distinct()
