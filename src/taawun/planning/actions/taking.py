"""A design that comes with an operation taken over from what its publisher tells: written in one go, then in force."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.planning.actions.carrying import begin_design
from taawun.planning.actions.storing import renumber_indicators
from taawun.planning.models import DesignVersion, IndicatorDefinition, Objective, ObjectiveLevel, Target
from taawun.planning.queries import forget, waits_to_be_entered


@dataclass(frozen=True)
class TakenIndicator:
    """An indicator as the publication has it. `objective`: level and number of what it stands under."""

    objective: tuple[str, int]
    name: str
    kind: str
    unit: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None


def take_design(
    operation: Operation,
    *,
    objectives: Mapping[tuple[str, int], str],
    indicators: Sequence[TakenIndicator],
    actor: User,
    note: str,
) -> list[IndicatorDefinition]:
    """Version 0 of an operation that was just taken over, with the words and numbers given; its indicators in order.

    Nothing is filled in: a target without a date stays without. Of an operation past its signature it is in force
    from today on, complete or not, for there is nothing more to be had; before it, it is a draft like any other. Right
    `revision-adoption` (else 403); `Frozen` where something is written or in force already. Records it; the caller
    holds the transaction and renews the desk.
    """
    with transaction.atomic():
        seat, organisation_id = rights.require(operation, actor, "revision-adoption")
        design = begin_design(operation=operation)
        if design.frozen_on or Objective.objects.filter(design=design).exists():
            raise editing.Frozen
        held = _objectives(design, objectives)
        definitions = _indicators(operation, design, held, indicators)
        renumber_indicators(design)
        if waits_to_be_entered(operation):
            DesignVersion.objects.filter(pk=design.pk).update(frozen_on=clock.today(), adopted_by=actor)
        record(
            operation,
            "design-taken",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail={"number": design.number, "note": note},
        )
        forget(operation)
    return definitions


def _objectives(
    design: DesignVersion, objectives: Mapping[tuple[str, int], str]
) -> dict[tuple[str, int], Objective]:
    return {
        (level, number): Objective.objects.create(
            design=design, level=ObjectiveLevel(level), number=number, text=text
        )
        for (level, number), text in objectives.items()
    }


def _indicators(
    operation: Operation,
    design: DesignVersion,
    held: Mapping[tuple[str, int], Objective],
    indicators: Iterable[TakenIndicator],
) -> list[IndicatorDefinition]:
    definitions = []
    for position, one in enumerate(indicators, start=1):
        definition = IndicatorDefinition.objects.create(
            operation=operation, code="+", name=one.name, kind=one.kind, unit=one.unit
        )
        definitions.append(definition)
        Target.objects.create(
            design=design,
            definition=definition,
            objective=held[one.objective],
            code=f"+{position}",
            name=one.name,
            position=position,
            baseline=one.baseline,
            baseline_on=one.baseline_on,
            target=one.target,
            target_on=one.target_on,
        )
    return definitions
