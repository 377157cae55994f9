"""What hangs on the matrix: indicators, inputs with their sums, the plan, the ex-ante table."""

from dataclasses import dataclass

from django.db.models import QuerySet

from taawun.cycle.models import Operation, Party
from taawun.kernel.money import Money, totals
from taawun.planning.models import (
    Activity,
    DesignVersion,
    ExAnteTable,
    IndicatorDefinition,
    Input,
    LineKind,
    Milestone,
    ObjectiveLevel,
    PlanLine,
    Target,
)
from taawun.planning.queries.matrix import ActivityRow, Matrix, ObjectiveRow, parties_by_id
from taawun.planning.queries.versions import design_of


def targets_of(operation: Operation, design: DesignVersion | None = None) -> list[Target]:
    """The indicators of the design in force (or the one given) with baseline and target, by their numbers."""
    design = design or design_of(operation)
    if design is None:
        return []
    rows = Target.objects.filter(design_id=design.pk).select_related("definition", "objective")
    return sorted(rows, key=lambda t: (LEVELS.index(t.objective.level), t.objective.number, t.position, t.pk))


LEVELS = list(ObjectiveLevel.values)


def with_targets(matrix: Matrix, operation: Operation) -> Matrix:
    """The matrix with its indicators hung on their objectives: one more statement."""
    by_id = {one.id: one for one in matrix.objectives}
    for objective in matrix.objectives:
        objective.targets = []
    for target in targets_of(operation, matrix.design):
        by_id[target.objective_id].targets.append(target)
    return matrix


@dataclass
class PartyBudget:
    """What one party brings, and what it costs: a sum for each currency, never across them."""

    party: Party
    inputs: list[Input]

    @property
    def totals(self) -> list[Money]:
        return sum_up(self.inputs)


def sum_up(inputs: list[Input]) -> list[Money]:
    """One sum for each currency met."""
    return list(totals(money for one in inputs if (money := one.money)).values())


def budget_of(operation: Operation, design: DesignVersion) -> list[PartyBudget]:
    """The inputs by party, in the parties' order: one statement. A signing party without any is listed too."""
    by_party: dict[int, list[Input]] = {}
    for one in Input.objects.filter(design_id=design.pk).order_by("pk"):
        by_party.setdefault(one.party_id, []).append(one)
    rows = [PartyBudget(party, by_party.get(party.pk, [])) for party in operation.party_rows]
    return [row for row in rows if row.inputs or row.party.signs]


@dataclass
class Plan:
    """The plan of operation: activities with their lines, the other lines, the milestones."""

    activities: list[tuple[ObjectiveRow, list[tuple[ActivityRow, PlanLine | None]]]]
    inputs: list[PlanLine]
    monitoring: list[PlanLine]
    milestones: list[Milestone]

    @property
    def lines(self) -> list[PlanLine]:
        """Every line that has dates."""
        planned = [line for _output, rows in self.activities for _activity, line in rows if line]
        return [*planned, *self.inputs, *self.monitoring]


def plan_of(operation: Operation, matrix: Matrix) -> Plan:
    """The plan of a design: two statements."""
    lines = list(PlanLine.objects.filter(design_id=matrix.design.pk).order_by("planned_start", "pk"))
    parties = parties_by_id(operation)
    for line in lines:
        line.responsible = parties.get(line.responsible_id or 0)
    of_activity = {line.activity_id: line for line in lines if line.activity_id}
    return Plan(
        activities=[
            (output, [(a, of_activity.get(a.id)) for a in output.activities]) for output in matrix.outputs
        ],
        inputs=[line for line in lines if line.kind == LineKind.INPUT],
        monitoring=[line for line in lines if line.kind == LineKind.MONITORING],
        milestones=list(Milestone.objects.filter(design_id=matrix.design.pk)),
    )


def ex_ante_of(operation: Operation) -> ExAnteTable | None:
    """The operation's ex-ante evaluation table, once begun."""
    return ExAnteTable.objects.filter(operation_id=operation.pk).first()


def line_names(design: DesignVersion | None) -> dict[int, str]:
    """How each line of a plan is called: an activity by its number and text."""
    lines = PlanLine.objects.filter(design=design).select_related("activity__output")
    return {line.pk: activity_name(line.activity) if line.activity else line.label for line in lines}


def activity_name(activity: Activity) -> str:
    """2-1 Train the instructors."""
    return f"{activity.output.number}-{activity.number} {activity.text}"


def definitions_of(operation: Operation) -> QuerySet[IndicatorDefinition]:
    """Every indicator the operation ever had, with its number."""
    return IndicatorDefinition.objects.filter(operation_id=operation.pk)
