"""The life of a request, of a project and of a stand-alone activity, as tables."""

from taawun.cycle.workflow.activity import ACTIVITY_WORKFLOW
from taawun.cycle.workflow.operation import OPERATION_WORKFLOW
from taawun.cycle.workflow.request import REQUEST_WORKFLOW
from taawun.cycle.workflow.seats import (
    APPROVING,
    COORDINATION,
    COUNTRY_OFFICE,
    DESK,
    EVALUATOR,
    FACILITATING,
    OFFICE,
    REQUESTING,
    SIGNING,
)
from taawun.cycle.workflow.states import OperationState, RequestState

__all__ = [
    "ACTIVITY_WORKFLOW",
    "APPROVING",
    "COORDINATION",
    "COUNTRY_OFFICE",
    "DESK",
    "EVALUATOR",
    "FACILITATING",
    "OFFICE",
    "OPERATION_WORKFLOW",
    "REQUESTING",
    "REQUEST_WORKFLOW",
    "SIGNING",
    "OperationState",
    "RequestState",
]
