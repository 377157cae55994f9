"""What steps bring about and how it is undone, their forms, joint steps, conditions of steps."""

from django.utils.translation import gettext as _

from taawun.cycle import actions, filed, queries
from taawun.cycle.forms.steps import (
    CompletenessForm,
    ConsultationForm,
    DecisionForm,
    FollowUpForm,
    IncompletenessForm,
)
from taawun.cycle.joints import ApprovingSeats, PartiesJointly
from taawun.cycle.models import CooperationRequest, Operation, settings_for
from taawun.foundation import clock, ports
from taawun.foundation.steps import Context, Refused
from taawun.foundation.taking_back import Back

ports.effect("rank-last")(actions.rank_last)
ports.effect("ask-opinions")(actions.ask_opinions)
ports.effect("open-operation")(actions.open_operation)
ports.effect("schedule-ex-post")(actions.schedule_ex_post)
ports.undo("rank-last")(actions.leave_rank)
ports.undo("ask-opinions")(actions.unask_opinions)
ports.undo("schedule-ex-post")(actions.unschedule_ex_post)
ports.effect("keep-decision")(actions.keep_decision)
ports.undo("keep-decision")(actions.forget_decision)
ports.effect("resubmit")(actions.resubmit)
ports.undo("resubmit")(actions.undo_resubmit)
ports.effect("open-follow-up")(actions.open_follow_up)
ports.no_undo("open-follow-up")  # an operation of its own: it is cancelled, not undone
ports.step_form("incompleteness")(IncompletenessForm)
ports.step_form("decision")(DecisionForm)
ports.step_form("follow-up")(FollowUpForm)
ports.file_gate(actions.BASIS_GATE)(queries.operation_seen)
ports.file_gate(actions.REPORT_GATE)(queries.operation_seen)
ports.file_gate("request", many=queries.requests_seen)(queries.request_seen)
ports.file_gate("operation", many=queries.operations_seen)(queries.operation_seen)
ports.file_gate("lot", many=queries.whole_lots_seen)(queries.whole_lot_seen)
ports.gate_of_all("request", filed.on_requests_seen, of="request", documents=True)
ports.gate_of_all("operation", filed.on_operations_seen, of="operation", documents=True, files=True)
ports.gate_of_all(actions.BASIS_GATE, filed.on_operations_seen, of="operation", files=True)
ports.gate_of_all(actions.REPORT_GATE, filed.on_operations_seen, of="operation", files=True)
ports.file_page(actions.REPORT_GATE)(filed.page_of_report)
ports.gate_of_all("lot", filed.on_whole_lots_seen, documents=True)
ports.undo("enter-lot")(actions.leave_lot)
ports.no_undo("open-operation")  # the notes are exchanged: two governments rely on them


@ports.effect("number-request")
def number_request(case: CooperationRequest, ctx: Context) -> None:
    """A request returned and submitted again keeps its number."""
    if not case.code:
        case.code = actions.case_number(case.country_id, "REQ", ctx.acted_on, settings_for(case))
        case.save(update_fields=["code"])


@ports.undo("number-request")
def keep_number(case: CooperationRequest, back: Back) -> None:
    """A number once given stays the request's: it may stand on paper already."""


@ports.effect("enter-lot")
def enter_lot(case: CooperationRequest, ctx: Context) -> None:
    if "lot" not in ctx.data:
        raise Refused([_("A request is forwarded with the whole ranked list, under its covering letter.")])
    case.lot, case.forwarded_on = ctx.data["lot"], ctx.acted_on
    case.save(update_fields=["lot", "forwarded_on"])
    ctx.notes.update(rank=case.rank, letter=case.lot.letter_number)


@ports.effect("note-completeness")
def note_completeness(case: CooperationRequest, ctx: Context) -> None:
    ctx.notes["checked"] = sorted(ctx.data.get("checked", ()))


@ports.undo("note-completeness")
def keep_note(case: CooperationRequest, back: Back) -> None:
    """What was found complete stands in the record alone."""


@ports.effect("record-decision")
def record_decision(case: CooperationRequest, ctx: Context) -> None:
    case.adopted_on = ctx.acted_on
    case.save(update_fields=["adopted_on"])


@ports.undo("record-decision")
def forget_decision(case: CooperationRequest, back: Back) -> None:
    case.adopted_on = None
    case.save(update_fields=["adopted_on"])


ports.step_form("completeness")(CompletenessForm)
ports.step_form("consultation")(ConsultationForm)
ports.joint("approving-seats", ApprovingSeats())
ports.joint("parties-jointly", PartiesJointly())

# ── What only some cases know ──


@ports.condition("rank-kept")
def rank_kept(case: CooperationRequest) -> bool:
    """The provider returned it as incomplete: its place in the forwarded list stays."""
    return case.lot_id is not None


@ports.condition("not-resubmitted")
def not_resubmitted(case: CooperationRequest) -> bool:
    """A deferred request is submitted again once."""
    return not CooperationRequest.objects.filter(resubmits=case).exists()


@ports.condition("review-before-its-date")
def review_before_its_date(case: Operation) -> bool:
    """The completion review is open although its date has not come: opened early, or the end was put off since."""
    opens_on = case.review_opens_on
    return opens_on is not None and opens_on > clock.today()


@ports.effect("void-confirmations")
def void_confirmations(case: Operation, ctx: Context) -> None:
    """Who confirmed the results confirmed those of a period that goes on."""
    actions.void_consents(case, "confirm-results")


@ports.undo("void-confirmations")
def keep_confirmations_void(case: Operation, back: Back) -> None:
    """Each party confirms anew."""


@ports.effect("note-incompleteness")
def note_incompleteness(case: CooperationRequest, ctx: Context) -> None:
    """What the office found missing is told with the reason."""
    ctx.notes["missing"] = sorted(ctx.data.get("missing", ()))


@ports.undo("note-incompleteness")
def keep_note_of_incompleteness(case: CooperationRequest, back: Back) -> None:
    """What was found missing stands in the record alone."""
