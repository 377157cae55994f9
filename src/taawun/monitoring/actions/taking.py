"""Values that come with an operation taken over: as published, each with the period it was published for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.monitoring.models import IndicatorValue
from taawun.planning.models import IndicatorDefinition


@dataclass(frozen=True)
class TakenValue:
    """What was published of an indicator: a number, the day it stands for, its source in words."""

    definition: IndicatorDefinition
    as_of: date
    value: Decimal
    note: str


def take_values(operation: Operation, values: Sequence[TakenValue], *, actor: User, note: str) -> None:
    """Keep published values as the provider's, outside any sheet, each with its source.

    A percentage comes without the two numbers behind it. Right `revision-adoption`, as the design they measure (else
    403). Records how many; the caller holds the transaction, and has judged the days.
    """
    seat, organisation_id = rights.require(operation, actor, "revision-adoption")
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            operation=operation,
            definition=one.definition,
            organisation_id=operation.provider_id,
            as_of=one.as_of,
            value=one.value,
            note=one.note[:300],
            entered_by=actor,
            entered_at=clock.now(),
        )
        for one in values
    )
    record(
        operation,
        "values-reported",
        actor=actor,
        organisation_id=organisation_id,
        role=seat.role,
        detail={"count": len(values), "note": note},
    )


def forget_values(operations: Iterable[Operation]) -> None:
    """Remove the values of operations whose taking over is undone: nobody has reported since."""
    IndicatorValue.objects.filter(operation__in=[one.pk for one in operations]).delete()
