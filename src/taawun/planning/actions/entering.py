"""The design the parties agreed before the operation was taken over: entered as it stands on paper, then in force."""

from datetime import date

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
from taawun.planning.checks import incomplete
from taawun.planning.models import DesignVersion
from taawun.planning.queries import forget, matrix_of, waits_to_be_entered


def put_in_force(*, operation: Operation, agreed_on: date, actor: User, base_version: int) -> DesignVersion:
    """Version 0 of an operation taken over after its signature is what the parties agreed on a day in the past.

    Right `revision-adoption`, while that version is open (else `Frozen`). From now on it changes by revisions alone,
    and its indicators take values. Nobody checks it here against the paper it was agreed in: the record says that it
    was entered. `base_version` is the version of the design the person read. Refuses an incomplete design, with every
    obstacle, and a day to come.
    """
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
        seat, organisation_id = rights.require(locked, actor, "revision-adoption")
        design = waits_to_be_entered(locked)
        if design is None:
            raise editing.Frozen
        if design.version != base_version:
            raise Refused([_("The design was changed since you opened this page: read it again.")])
        obstacles = list(incomplete(locked, matrix_of(locked, design.number)))
        if agreed_on > clock.today():
            obstacles.append(Obstacle(_("The date of the act lies in the future.")))
        if obstacles:
            raise Refused(obstacles)
        DesignVersion.objects.filter(pk=design.pk).update(frozen_on=agreed_on, adopted_by=actor)
        record(
            locked,
            "design-entered",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            acted_on=agreed_on,
            detail={"number": design.number, "note": f"PDM {design.number}"},
        )
        forget(locked)
        sync_tasks(locked)
    forget(operation)
    design.refresh_from_db()
    return design
