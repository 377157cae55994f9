"""The life of a stand-alone activity (one expert, one course, one visit, one seminar), as a table (cycle.md)."""

from django.utils.translation import gettext_lazy as _

from taawun.cycle.workflow.seats import COUNTRY_OFFICE, DESK
from taawun.cycle.workflow.shared import REOPEN, cancel
from taawun.cycle.workflow.states import ACTIVITY_STATES, OperationState as S
from taawun.kernel.workflow import Transition, Workflow, states_of

ACTIVITY_WORKFLOW = Workflow(
    slug="activity",
    label=_("Stand-alone activity"),
    states={state.value: state.label for state in ACTIVITY_STATES},
    initial=states_of(S.PLANNING),
    editable=states_of(S.PLANNING),
    recorder=COUNTRY_OFFICE,
    transitions=(
        Transition(
            "agree",
            _("Record the agreement"),
            states_of(S.PLANNING),
            S.AGREED,
            (DESK, COUNTRY_OFFICE),
            requires=("basis-recorded", "component-confirmed", "people-named"),
            main=True,
            done=_("Agreed"),
            hint=_("The supplying or host institution has accepted the dates, the people and the cost."),
        ),
        Transition(
            "start",
            _("Start the activity"),
            states_of(S.AGREED),
            S.IN_IMPLEMENTATION,
            (DESK, COUNTRY_OFFICE),
            main=True,
            done=_("Activity started"),
        ),
        Transition(
            "report",
            _("Accept the report"),
            states_of(S.IN_IMPLEMENTATION),
            S.REPORTED,
            (DESK,),
            requires=("activity-report-written",),
            main=True,
            done=_("Report accepted"),
        ),
        Transition(
            "close",
            _("Close the activity"),
            states_of(S.REPORTED),
            S.CLOSED,
            (DESK,),
            main=True,
            done=_("Closed"),
        ),
        cancel(S.PLANNING, S.AGREED, S.IN_IMPLEMENTATION, S.REPORTED),
        REOPEN,
    ),
)
