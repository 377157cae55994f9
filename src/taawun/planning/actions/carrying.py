"""A design begins with what the request said, and is frozen with the signature: nothing is typed twice."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from taawun.cycle.models import CooperationRequest, InputSide, Operation, OperationPart, Party
from taawun.foundation.steps import Context
from taawun.foundation.tasks import sync_tasks
from taawun.planning.models import (
    Activity,
    DesignPart,
    DesignVersion,
    ExAnteTable,
    IndicatorDefinition,
    Input,
    LineKind,
    MeasureKind,
    Objective,
    ObjectiveLevel,
    PlanLine,
    Target,
)
from taawun.planning.parts import PARTS
from taawun.planning.queries import design_of, forget

# Who brings an input of a side: the first of these parts that the operation has.
PARTS_OF_SIDE = {
    InputSide.PROVIDER: (OperationPart.PROVIDER, OperationPart.FACILITATING),
    InputSide.PARTNER: (OperationPart.IMPLEMENTING, OperationPart.BENEFICIARY, OperationPart.COORDINATION),
}


def begin_design(*, operation: Operation) -> DesignVersion:
    """Open version 0 of a design, empty, with its ex-ante table; the newest one where there is any."""
    design = design_of(operation)
    if design is None:
        design = DesignVersion.objects.create(operation=operation, number=0)
        DesignPart.objects.bulk_create(
            DesignPart(design=design, part=slug) for slug in PARTS if slug != "ex-ante"
        )
    ExAnteTable.objects.get_or_create(operation=operation)
    forget(operation)
    return design


def carry_design(coop_request: CooperationRequest, ctx: Context) -> DesignVersion | None:
    """The confirmed request opens version 0 of its operation's design; a stand-alone activity has none.

    Goal, purpose with its indicator, outputs, activities and inputs are carried over, each activity gets a line in
    the plan over the whole period, the background opens the ex-ante table.
    """
    operation = Operation.objects.get(coop_request_id=coop_request.pk)
    if not operation.is_project:
        return None
    with transaction.atomic():
        design = begin_design(operation=operation)
        ExAnteTable.objects.filter(operation=operation).update(need_and_background=coop_request.background)
        _carry_goal_and_purpose(design, operation, coop_request)
        _carry_outputs(design, operation, coop_request)
        Input.objects.bulk_create(_inputs(design, operation, coop_request))
        sync_tasks(operation)
    return design


def _carry_goal_and_purpose(
    design: DesignVersion, operation: Operation, coop_request: CooperationRequest
) -> None:
    if coop_request.overall_goal:
        Objective.objects.create(design=design, level=ObjectiveLevel.GOAL, text=coop_request.overall_goal)
    if not coop_request.purpose:
        return
    purpose = Objective.objects.create(design=design, level=ObjectiveLevel.PURPOSE, text=coop_request.purpose)
    if not coop_request.indicator:
        return
    unit = coop_request.indicator_unit
    definition = IndicatorDefinition.objects.create(
        operation=operation,
        code="P-1",
        name=coop_request.indicator,
        unit=unit,
        kind=MeasureKind.RATIO if unit.strip() == "%" else MeasureKind.NUMBER,
    )
    Target.objects.create(
        design=design,
        definition=definition,
        code=definition.code,
        name=definition.name,
        objective=purpose,
        baseline=coop_request.baseline,
        baseline_on=coop_request.baseline_on,
        target=coop_request.target,
        target_on=by_the_end(operation, coop_request.baseline_on),
    )


def by_the_end(operation: Operation, baseline_on: date | None) -> date | None:
    """A target without a date is meant for the end of the operation, unless its baseline was dated later."""
    ends = operation.ends_on
    return None if ends and baseline_on and baseline_on > ends else ends


def _carry_outputs(design: DesignVersion, operation: Operation, coop_request: CooperationRequest) -> None:
    carried: list[Activity] = []
    for number, asked in enumerate(coop_request.outputs.all(), start=1):
        output = Objective.objects.create(
            design=design, level=ObjectiveLevel.OUTPUT, number=number, text=asked.text
        )
        carried += Activity.objects.bulk_create(
            Activity(output=output, number=n, text=text)
            for n, text in enumerate(asked.activity_list(), start=1)
        )
    if operation.starts_on and operation.ends_on:
        whole = {"planned_start": operation.starts_on, "planned_end": operation.ends_on}
        PlanLine.objects.bulk_create(
            PlanLine(design=design, kind=LineKind.ACTIVITY, activity=activity, **whole)
            for activity in carried
        )


def _inputs(design: DesignVersion, operation: Operation, coop_request: CooperationRequest) -> Iterable[Input]:
    for asked in coop_request.inputs.all():
        yield Input(
            design=design,
            party=_party_of_side(operation, asked.side),
            kind=asked.kind,
            text=asked.text,
            amount=asked.amount,
            currency_id=asked.currency_id if asked.amount is not None else None,
        )


def _party_of_side(operation: Operation, side: str) -> Party:
    for part in PARTS_OF_SIDE[InputSide(side)]:
        for party in operation.party_rows:
            if party.part == part:
                return party
    return operation.party_rows[0]


def freeze_design(operation: Operation, ctx: Context) -> None:
    """With the signature the open version is what the parties agreed: from that day on it never changes."""
    DesignVersion.objects.filter(operation_id=operation.pk, frozen_on__isnull=True).update(
        frozen_on=ctx.acted_on, adopted_by=ctx.actor
    )
    forget(operation)


def forget_design(operations: Iterable[Operation]) -> None:
    """Remove the design of operations whose entering is undone: nobody has written in it but who entered them."""
    ids = [operation.pk for operation in operations]
    ExAnteTable.objects.filter(operation_id__in=ids).delete()
    DesignVersion.objects.filter(operation_id__in=ids).delete()
    IndicatorDefinition.objects.filter(operation_id__in=ids).delete()
