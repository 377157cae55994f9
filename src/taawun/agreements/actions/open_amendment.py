"""The amendment that is being written: who may, in which states."""

from django.utils.translation import gettext as _

from taawun.agreements import queries
from taawun.agreements.models import Amendment
from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.foundation import editing
from taawun.foundation.models import User
from taawun.foundation.steps import Refused
from taawun.kernel.workflow import Seat

RIGHT = "amendment"


def lock(operation: Operation, actor: User) -> tuple[Operation, Seat, int | None]:
    """The operation, locked for whoever may amend what was agreed, with their seat; `Frozen` in any other state."""
    locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
    seat, organisation_id = rights.require(locked, actor, RIGHT)
    if locked.state not in queries.AMENDED:
        raise editing.Frozen
    return locked, seat, organisation_id


def being_written(operation: Operation) -> Amendment:
    """The one amendment that is being written; refuses where there is none."""
    held = queries.open_amendment(operation)
    if held is None:
        raise Refused([_("No amendment is being written.")])
    return held
