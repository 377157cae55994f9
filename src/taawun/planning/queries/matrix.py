"""The matrix: what the newest version of a design says, in one statement."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from taawun.cycle.models import Operation, Party
from taawun.planning.models import (
    CRITERIA,
    Activity,
    Assumption,
    DesignVersion,
    ExAnteTable,
    Input,
    Level,
    Likelihood,
    Objective,
    ObjectiveLevel,
    Precondition,
    Risk,
    Target,
)

JUDGED = (*CRITERIA, "conclusion")


@dataclass
class ActivityRow:
    """An activity with its planned dates, as pages show it."""

    id: int
    code: str
    text: str
    start: date | None
    end: date | None


@dataclass
class ObjectiveRow:
    """An objective with its activities, and how many indicators it has (with baseline and target)."""

    id: int
    level: str
    number: int
    text: str
    indicators: int
    complete: int
    activities: list[ActivityRow] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Overall goal, project purpose, output 2."""
        return objective_label(self.level, self.number)

    @property
    def is_output(self) -> bool:
        return self.level == ObjectiveLevel.OUTPUT


@dataclass
class RiskRow:
    """A risk as pages show it."""

    text: str
    likelihood: str
    countermeasure: str
    owner: Party | None

    @property
    def likelihood_label(self) -> Any:
        return Likelihood(self.likelihood).label


@dataclass(frozen=True)
class LevelRow:
    """A row of the matrix. The assumptions of the outputs stand once beside all of them: `spans` rows, or none."""

    label: str
    objective: ObjectiveRow | None
    assumptions: list[str]
    spans: int


@dataclass
class Matrix:
    """What one version of a design says, and what the requirements ask of it."""

    design: DesignVersion
    objectives: list[ObjectiveRow]
    assumptions: dict[str, list[str]]
    preconditions: list[str]
    risks: list[RiskRow]
    budgeted: set[int]
    unwritten: list[str]

    def at(self, level: str) -> ObjectiveRow | None:
        """The goal or the purpose, if it is written."""
        return next((one for one in self.objectives if one.level == level), None)

    @property
    def levels(self) -> list[LevelRow]:
        """Goal, purpose, outputs; what is not written yet has its row all the same."""
        outputs: list[ObjectiveRow | None] = [*self.outputs] or [None]
        goal, purpose, output = (ObjectiveLevel(level) for level in ("goal", "purpose", "output"))
        return [
            LevelRow(str(goal.label), self.at(goal), self.assumptions["goal"], 1),
            LevelRow(str(purpose.label), self.at(purpose), self.assumptions["purpose"], 1),
            *(
                LevelRow(str(output.label), one, self.assumptions["output"], 0 if n else len(outputs))
                for n, one in enumerate(outputs)
            ),
        ]

    @property
    def outputs(self) -> list[ObjectiveRow]:
        return [one for one in self.objectives if one.is_output]

    @property
    def activities(self) -> list[ActivityRow]:
        return [activity for output in self.outputs for activity in output.activities]


def objective_label(level: str, number: int) -> str:
    """An objective's name in the reader's language; outputs are told by their number."""
    if level == ObjectiveLevel.OUTPUT:
        return _("Output %(number)s") % {"number": number}
    return str(ObjectiveLevel(level).label)


FROZEN_FIRST = Case(When(frozen_on__isnull=False, then=0), default=1)


def matrix_of(operation: Operation, number: int | None = None) -> Matrix | None:
    """The design in force (or the version of a number) as it reads on its page: one SQL statement, kept with the
    operation.

    Requirements, pages and papers all judge by this one reading.
    """
    held = operation.__dict__.setdefault("_matrices", {})
    if number not in held:
        rows = _whole(DesignVersion.objects.filter(operation_id=operation.pk))
        rows = rows.order_by(FROZEN_FIRST, "-number") if number is None else rows.filter(number=number)
        design = rows.first()
        held[number] = _matrix(design, operation) if design else None
    return held[number]


def forget(operation: Operation) -> None:
    """The design was changed: the next question reads it anew."""
    operation.__dict__.pop("_matrices", None)


def _rows(queryset: QuerySet[Any], **columns: str) -> ArraySubquery:
    return ArraySubquery(queryset.values(row=JSONObject(**columns)))


def _whole(designs: QuerySet[DesignVersion]) -> QuerySet[DesignVersion]:
    """Every text of a design as arrays beside its row: amounts and dates of value stay out (JSON has no decimals)."""
    mine = {"design": OuterRef("pk")}
    both = Q(targets__baseline__isnull=False, targets__target__isnull=False)
    objectives = Objective.objects.filter(**mine).annotate(
        rank=Case(When(level="goal", then=0), When(level="purpose", then=1), default=2),
        indicators=Count("targets"),
        complete=Count("targets", filter=both),
    )
    activities = Activity.objects.filter(output__design=OuterRef("pk"))
    priced = Input.objects.filter(**mine, amount__isnull=False).order_by().values("party_id").distinct()
    written = {name: ExpressionWrapper(~Q(**{name: ""}), BooleanField()) for name in JUDGED}
    table = ExAnteTable.objects.filter(operation=OuterRef("operation")).values(row=JSONObject(**written))
    return designs.annotate(
        objective_rows=_rows(
            objectives.order_by("rank", "number"),
            id="pk",
            level="level",
            number="number",
            text="text",
            indicators="indicators",
            complete="complete",
        ),
        activity_rows=_rows(
            activities.order_by("output__number", "number"),
            id="pk",
            output="output_id",
            of="output__number",
            number="number",
            text="text",
            start="plan_line__planned_start",
            end="plan_line__planned_end",
        ),
        assumption_rows=_rows(Assumption.objects.filter(**mine).order_by("pk"), level="level", text="text"),
        precondition_rows=ArraySubquery(Precondition.objects.filter(**mine).order_by("pk").values("text")),
        risk_rows=_rows(
            Risk.objects.filter(**mine).order_by("pk"),
            text="text",
            likelihood="likelihood",
            countermeasure="countermeasure",
            owner="owner_id",
        ),
        priced_parties=ArraySubquery(priced),
        written=Subquery(table),
    )


def _matrix(design: Any, operation: Operation) -> Matrix:
    objectives = [ObjectiveRow(**row) for row in design.objective_rows]
    by_id = {one.id: one for one in objectives}
    for row in design.activity_rows:
        by_id[row["output"]].activities.append(
            ActivityRow(
                row["id"], f"{row['of']}-{row['number']}", row["text"], _day(row["start"]), _day(row["end"])
            )
        )
    levels: dict[str, list[str]] = {level: [] for level in Level.values}
    for row in design.assumption_rows:
        levels[row["level"]].append(row["text"])
    parties = parties_by_id(operation) if design.risk_rows else {}
    return Matrix(
        design=design,
        objectives=objectives,
        assumptions=levels,
        preconditions=design.precondition_rows,
        risks=[RiskRow(**row | {"owner": parties.get(row["owner"])}) for row in design.risk_rows],
        budgeted=set(design.priced_parties),
        unwritten=[name for name in JUDGED if not (design.written or {}).get(name)],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def parties_by_id(operation: Operation) -> dict[int, Party]:
    """The operation's parties: the only ones a design may name."""
    return {party.pk: party for party in operation.party_rows}
