"""How every act of telling how an operation goes is written: one transaction, on the locked operation, in a seat."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import Operation, Party
from taawun.foundation import editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.kernel.workflow import Seat
from taawun.monitoring import queries, settling


@dataclass(frozen=True)
class Desk:
    """A locked operation with the seat that writes on it."""

    operation: Operation
    seat: Seat
    organisation_id: int | None
    actor: User

    def party(self) -> Party:
        """The party for which the seat writes; refuses where it has no part in the operation."""
        party = queries.party_of(self.operation, self.organisation_id, self.seat.role)
        if party is None:
            raise Refused(
                [Obstacle(_("Your organisation has no part in this operation: ask the country office."))]
            )
        return party

    def enter(self, act: str, **detail: Any) -> None:
        """Record the act."""
        record(
            self.operation,
            act,
            actor=self.actor,
            organisation_id=self.organisation_id,
            role=self.seat.role,
            detail=detail,
        )


@contextmanager
def writing(operation: Operation, actor: User, right: str) -> Iterator[Desk]:
    """One transaction on the locked operation: who may, in which states, and the tasks that follow from it."""
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
        seat, organisation_id = rights.require(locked, actor, right)
        if locked.state not in queries.WRITABLE[right]:
            raise editing.Frozen
        yield Desk(locked, seat, organisation_id, actor)
        settling.refuse_taking_back(locked)
        sync_tasks(locked)
