"""The life of a request and of an operation, as tables (« Cycle des projets de coopération technique »)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.directory.roles import Role
from taawun.kernel.workflow import Seat, Transition, Workflow, states_of


class RequestState(TextChoices):
    IDEA = "idea", pgettext_lazy("cooperation request", "Idea")
    DROPPED = "dropped", pgettext_lazy("cooperation request", "Dropped")
    DRAFT = "draft", pgettext_lazy("cooperation request", "Draft")
    WITHDRAWN = "withdrawn", pgettext_lazy("cooperation request", "Withdrawn")
    SUBMITTED = "submitted", pgettext_lazy("cooperation request", "Submitted")
    NOT_RETAINED = "not_retained", pgettext_lazy("cooperation request", "Not retained")
    RETAINED = "retained", pgettext_lazy("cooperation request", "Retained")
    ENDORSED = "endorsed", pgettext_lazy("cooperation request", "Endorsed")
    RECEIVED = "received", pgettext_lazy("cooperation request", "Received")
    UNDER_REVIEW = "under_review", pgettext_lazy("cooperation request", "Under review")
    DECLINED = "declined", pgettext_lazy("cooperation request", "Declined")
    ADOPTED = "adopted", pgettext_lazy("cooperation request", "Adopted")
    NOTIFIED = "notified", pgettext_lazy("cooperation request", "Notified")
    CONFIRMED = "confirmed", pgettext_lazy("cooperation request", "Confirmed")


class OperationState(TextChoices):
    PLANNING = "planning", pgettext_lazy("operation", "Planning")
    APPRAISED = "appraised", pgettext_lazy("operation", "Appraised")
    AGREED = "agreed", pgettext_lazy("operation", "Agreed")
    IN_IMPLEMENTATION = "in_implementation", pgettext_lazy("operation", "In implementation")
    COMPLETION_REVIEW = "completion_review", pgettext_lazy("operation", "Completion review")
    COMPLETED = "completed", pgettext_lazy("operation", "Completed")
    EX_POST_DUE = "ex_post_due", pgettext_lazy("operation", "Ex-post evaluation due")
    EVALUATED = "evaluated", pgettext_lazy("operation", "Evaluated")
    CLOSED = "closed", pgettext_lazy("operation", "Closed")


R, S = RequestState, OperationState
REQUESTING = Seat(Role.LINE_OFFICER, "requesting")
COORDINATION = Seat(Role.COORDINATION, "coordination")
COUNTRY_OFFICE = Seat(Role.COUNTRY_OFFICE, "country-office")
DESK = Seat(Role.DESK, "provider")
APPROVING = Seat(Role.APPROVER, "approving")

REQUEST_WORKFLOW = Workflow(
    slug="request",
    label=_("Cooperation request"),
    states=dict(R.choices),
    initial=states_of(R.IDEA, R.DRAFT),
    editable=states_of(R.IDEA, R.DRAFT),
    transitions=(
        Transition(
            "prepare",
            _("Prepare the request"),
            states_of(R.IDEA),
            R.DRAFT,
            (REQUESTING,),
            requires=("idea-described",),
            main=True,
            done=_("Preparation begun"),
            hint=_("The idea fills the request: nothing is typed twice."),
        ),
        Transition(
            "drop",
            _("Drop the idea"),
            states_of(R.IDEA),
            R.DROPPED,
            (REQUESTING,),
            needs_reason=True,
            done=_("Idea dropped"),
        ),
        Transition(
            "submit",
            _("Submit to the coordination body"),
            states_of(R.DRAFT),
            R.SUBMITTED,
            (REQUESTING,),
            requires=("request-complete", "round-open"),
            effects=("number-request",),
            main=True,
            done=_("Submitted to the coordination body"),
            hint=_("The request gets its number and can no longer be edited by your organisation."),
        ),
        Transition(
            "withdraw",
            _("Withdraw the request"),
            states_of(R.DRAFT),
            R.WITHDRAWN,
            (REQUESTING,),
            needs_reason=True,
            done=_("Withdrawn"),
        ),
        Transition(
            "retain",
            _("Retain"),
            states_of(R.SUBMITTED),
            R.RETAINED,
            (COORDINATION,),
            effects=("rank-last",),
            main=True,
            done=_("Retained"),
            hint=_("It joins the list that will be ranked and forwarded to the provider."),
        ),
        Transition(
            "return",
            _("Return to the requesting organisation"),
            states_of(R.SUBMITTED),
            R.DRAFT,
            (COORDINATION,),
            needs_reason=True,
            done=_("Returned to the requesting organisation"),
        ),
        Transition(
            "not-retain",
            _("Do not retain"),
            states_of(R.SUBMITTED),
            R.NOT_RETAINED,
            (COORDINATION,),
            needs_reason=True,
            done=_("Not retained"),
        ),
        Transition(
            "forward",
            _("Rank and forward"),
            states_of(R.RETAINED),
            R.ENDORSED,
            (COORDINATION,),
            requires=("lot-ranked",),
            effects=("enter-lot",),
            main=True,
            page="cycle:lot",
            done=_("Forwarded to the provider with its rank"),
            hint=_(
                "All retained requests of the round go to the provider together, with one covering letter."
            ),
        ),
        Transition(
            "receive",
            _("Receive"),
            states_of(R.ENDORSED),
            R.RECEIVED,
            (COUNTRY_OFFICE,),
            form="completeness",
            effects=("note-completeness",),
            main=True,
            done=_("Received by the country office"),
            hint=_("Check the request line by line; an acknowledgement goes to the partner."),
        ),
        Transition(
            "open-review",
            _("Open the review"),
            states_of(R.RECEIVED),
            R.UNDER_REVIEW,
            (DESK,),
            requires=("similar-seen",),
            form="consultation",
            effects=("ask-opinions",),
            main=True,
            audience="provider",
            done=_("Review opened"),
            hint=_("Each ministry consulted is asked for its opinion, with a deadline."),
        ),
        Transition(
            "adopt",
            _("Adopt"),
            states_of(R.UNDER_REVIEW),
            R.ADOPTED,
            (APPROVING,),
            requires=("opinions-in", "appraisal-note"),
            effects=("record-decision",),
            joint="approving-seats",
            main=True,
            audience="provider",
            done=_("Adoption approved"),
            hint=_(
                "The approving seats decide in the provider's order; the last approval adopts the request."
            ),
        ),
        Transition(
            "decline",
            _("Decline"),
            states_of(R.UNDER_REVIEW),
            R.DECLINED,
            (APPROVING,),
            needs_reason=True,
            audience="provider",
            done=_("Declined"),
        ),
        Transition(
            "notify",
            _("Notify the partner"),
            states_of(R.ADOPTED),
            R.NOTIFIED,
            (COUNTRY_OFFICE,),
            requires=("note-verbale-ready",),
            effects=("send-note-verbale",),
            main=True,
            done=_("Note verbale sent"),
        ),
        Transition(
            "confirm",
            _("Record the reply"),
            states_of(R.NOTIFIED),
            R.CONFIRMED,
            (COUNTRY_OFFICE,),
            form="note-verbale-reply",
            effects=("record-reply", "open-operation", "carry-design", "offer-lessons"),
            main=True,
            done=_("Notes exchanged; the operation is open"),
            hint=_("The operation opens in planning with everything the request said."),
        ),
    ),
)

SIGNING_PARTNER = Seat(Role.LINE_OFFICER, "signing")
SIGNING_PROVIDER = Seat(Role.COUNTRY_OFFICE, "signing")
EVALUATOR = Seat("", "evaluators")

OPERATION_WORKFLOW = Workflow(
    slug="operation",
    label=_("Operation"),
    states=dict(S.choices),
    initial=states_of(S.PLANNING),
    editable=states_of(S.PLANNING),
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
            "sign",
            _("Record the signature"),
            states_of(S.APPRAISED),
            S.AGREED,
            (COUNTRY_OFFICE,),
            requires=("record-of-discussions-ready",),
            effects=("freeze-design",),
            main=True,
            done=_("Record of Discussions signed"),
            hint=_("The design and the plan are frozen as version 0."),
        ),
        Transition(
            "start",
            _("Start the implementation"),
            states_of(S.AGREED),
            S.IN_IMPLEMENTATION,
            (COUNTRY_OFFICE,),
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
            done=_("Completion review opened"),
        ),
        Transition(
            "confirm-results",
            _("Confirm the results"),
            states_of(S.COMPLETION_REVIEW),
            S.COMPLETED,
            (SIGNING_PARTNER, SIGNING_PROVIDER),
            requires=("last-values", "completion-report-ready"),
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
    ),
)
