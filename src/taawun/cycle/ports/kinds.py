"""The kinds of case the cycle knows: requests, and operations by two workflows."""

from django.utils.translation import gettext_lazy

from taawun.cycle import queries, texts
from taawun.cycle.models import ActivityReport, CooperationRequest, Operation
from taawun.cycle.showing import PARTS
from taawun.cycle.workflow import ACTIVITY_WORKFLOW, OPERATION_WORKFLOW, REQUEST_WORKFLOW
from taawun.foundation import ports
from taawun.foundation.readable import searchable

ports.kind(
    slug="request",
    label=gettext_lazy("Cooperation request"),
    model=CooperationRequest,
    visible_to=queries.requests_visible_to,
    url_name="cycle:request",
    workflow=REQUEST_WORKFLOW,
    parts=dict(PARTS),
)
ports.kind(
    slug="operation",
    label=gettext_lazy("Operation"),
    model=Operation,
    visible_to=queries.operations_visible_to,
    url_name="cycle:operation",
    workflow=OPERATION_WORKFLOW,
    others=(ACTIVITY_WORKFLOW,),
)

searchable(
    "request",
    label=gettext_lazy("Cooperation request"),
    model=CooperationRequest,
    visible_to=queries.requests_visible_to,
    states=REQUEST_WORKFLOW.states,
)(texts.of_requests)
searchable(
    "operation",
    label=gettext_lazy("Operation"),
    model=Operation,
    visible_to=queries.operations_visible_to,
    states={**ACTIVITY_WORKFLOW.states, **OPERATION_WORKFLOW.states},
)(texts.of_operations)
searchable(
    "activity-report",
    label=gettext_lazy("Report of an activity"),
    model=ActivityReport,
    visible_to=texts.activity_reports_visible_to,
    by_cases=True,
    about={"operation": "operation_id"},
)(texts.of_activity_reports)
