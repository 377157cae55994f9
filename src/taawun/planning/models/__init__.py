"""What is to be achieved, how, when and with what: the design of an operation in its versions."""

from taawun.planning.models.design import (
    Activity,
    Assumption,
    DesignPart,
    DesignVersion,
    Level,
    Objective,
    ObjectiveLevel,
    Precondition,
)
from taawun.planning.models.ex_ante import CRITERIA, EnvironmentalCategory, ExAnteTable
from taawun.planning.models.indicators import Frequency, IndicatorDefinition, MeasureKind, Target
from taawun.planning.models.means import Input, Likelihood, Risk
from taawun.planning.models.plan import LineKind, Milestone, PlanLine

__all__ = [
    "CRITERIA",
    "Activity",
    "Assumption",
    "DesignPart",
    "DesignVersion",
    "EnvironmentalCategory",
    "ExAnteTable",
    "Frequency",
    "IndicatorDefinition",
    "Input",
    "Level",
    "Likelihood",
    "LineKind",
    "MeasureKind",
    "Milestone",
    "Objective",
    "ObjectiveLevel",
    "PlanLine",
    "Precondition",
    "Risk",
    "Target",
]
