"""The life of a technical cooperation project, as a table (« Cycle des projets de coopération technique »)."""

from django.utils.translation import gettext_lazy as _

from taawun.cycle.workflow.seats import COUNTRY_OFFICE, DESK, EVALUATOR, OFFICE, SIGNING
from taawun.cycle.workflow.shared import REOPEN, cancel
from taawun.cycle.workflow.states import PROJECT_STATES, OperationState as S
from taawun.kernel.workflow import Transition, Workflow, states_of

BEFORE_COMPLETED = (
    *(S.PLANNING, S.APPRAISED, S.AGREED),
    *(S.IN_IMPLEMENTATION, S.SUSPENDED, S.COMPLETION_REVIEW),
)

OPERATION_WORKFLOW = Workflow(
    slug="operation",
    label=_("Operation"),
    states={state.value: state.label for state in PROJECT_STATES},
    initial=states_of(S.PLANNING),
    editable=states_of(S.PLANNING),
    recorder=COUNTRY_OFFICE,
    transitions=(
        Transition(
            "appraise",
            _("Appraise"),
            states_of(S.PLANNING),
            S.APPRAISED,
            (DESK,),
            requires=(
                "design-complete",
                "plan-complete",
                "risks-named",
                "budget-by-party",
                "lessons-answered",
                "ex-ante-written",
            ),
            main=True,
            done=_("Appraised: ex-ante evaluation table established"),
            hint=_(
                "The ex-ante evaluation table is established from the design, the plan and the answers to the lessons."
            ),
        ),
        Transition(
            "back-to-planning",
            _("Back to planning"),
            states_of(S.APPRAISED),
            S.PLANNING,
            (DESK, COUNTRY_OFFICE),
            needs_reason=True,
            done=_("Sent back to planning"),
            hint=_("The design can be edited again; it will be appraised anew."),
        ),
        Transition(
            "sign",
            _("Record the signature"),
            states_of(S.APPRAISED),
            S.AGREED,
            OFFICE,
            requires=("record-of-discussions-ready", "budget-by-party"),
            effects=("freeze-design",),
            main=True,
            final=True,
            done=_("Record of Discussions signed"),
            hint=_("The design and the plan are frozen as version 0."),
        ),
        Transition(
            "start",
            _("Start the implementation"),
            states_of(S.AGREED),
            S.IN_IMPLEMENTATION,
            OFFICE,
            requires=("managers-named", "component-confirmed", "committee-named"),
            main=True,
            done=_("Implementation started"),
        ),
        Transition(
            "open-completion",
            _("Open the completion review"),
            states_of(S.IN_IMPLEMENTATION),
            S.COMPLETION_REVIEW,
            (DESK, COUNTRY_OFFICE),
            main=True,
            by_clock=True,
            done=_("Completion review opened"),
            hint=_("It opens by itself on its date; it may be opened before."),
        ),
        Transition(
            "suspend",
            _("Suspend"),
            states_of(S.IN_IMPLEMENTATION),
            S.SUSPENDED,
            (DESK, COUNTRY_OFFICE),
            needs_reason=True,
            notice=True,
            done=_("Suspended"),
            hint=_("Nothing falls due while it is suspended; the parties are told."),
        ),
        Transition(
            "resume",
            _("Resume"),
            states_of(S.SUSPENDED),
            S.IN_IMPLEMENTATION,
            (DESK,),
            needs_reason=True,
            notice=True,
            main=True,
            done=_("Resumed"),
        ),
        Transition(
            "continue",
            _("Continue the implementation"),
            states_of(S.COMPLETION_REVIEW),
            S.IN_IMPLEMENTATION,
            (DESK, COUNTRY_OFFICE),
            when="review-before-its-date",
            effects=("void-confirmations",),
            needs_reason=True,
            notice=True,
            done=_("Implementation continued"),
            hint=_(
                "The review was opened before its date, or the period was extended since: it opens again by itself. "
                "Confirmations given are void."
            ),
        ),
        Transition(
            "confirm-results",
            _("Confirm the results"),
            states_of(S.COMPLETION_REVIEW),
            S.COMPLETED,
            SIGNING,
            requires=("last-values", "completion-report-ready", "disputes-settled"),
            effects=("schedule-ex-post",),
            joint="parties-jointly",
            main=True,
            done=_("Results confirmed"),
            hint=_(
                "Each party confirms; the last one completes the operation and starts the time to "
                "the ex-post evaluation."
            ),
        ),
        Transition(
            "close-without-ex-post",
            _("Close without ex-post evaluation"),
            states_of(S.COMPLETED),
            S.CLOSED,
            (DESK,),
            requires=("below-threshold",),
            needs_reason=True,
            done=_("Closed without ex-post evaluation"),
        ),
        Transition(
            "fall-due",
            _("Ex-post evaluation falls due"),
            states_of(S.COMPLETED),
            S.EX_POST_DUE,
            by_clock=True,
            done=_("Ex-post evaluation fell due"),
        ),
        Transition(
            "evaluate",
            _("Record the evaluation"),
            states_of(S.EX_POST_DUE),
            S.EVALUATED,
            (EVALUATOR,),
            requires=("evaluation-complete",),
            main=True,
            done=_("Evaluated"),
        ),
        Transition(
            "close",
            _("Close the operation"),
            states_of(S.EVALUATED),
            S.CLOSED,
            (DESK,),
            requires=("recommendations-answered",),
            main=True,
            done=_("Closed"),
        ),
        Transition(
            "follow-up",
            _("Open follow-up cooperation"),
            states_of(S.COMPLETED, S.EX_POST_DUE, S.EVALUATED, S.CLOSED),
            None,
            (DESK, COUNTRY_OFFICE),
            form="follow-up",
            effects=("open-follow-up",),
            final=True,
            done=_("Follow-up cooperation opened"),
            hint=_(
                "At the partner's request: an operation of its own, linked to this one, which stays as it is."
            ),
        ),
        cancel(*BEFORE_COMPLETED),
        REOPEN,
    ),
)
