"""What people do to requests and operations besides moving their state."""

from taawun.cycle.actions.activities import REPORT_GATE, write_activity_report
from taawun.cycle.actions.beginning import BASIS_GATE, form_of, supplying
from taawun.cycle.actions.consents import (
    consents_given,
    keep_consent,
    seats_left_to,
    void_consents,
    withdraw_consent,
)
from taawun.cycle.actions.lots import forward_lot, leave_lot, leave_rank, lot_of, rank_last, rank_lot
from taawun.cycle.actions.numbering import case_number, fiscal_year_of, next_number
from taawun.cycle.actions.openings import open_follow_up, open_operation, open_without_request
from taawun.cycle.actions.operations import (
    BEFORE_THE_START,
    mark_monitored,
    name_people,
    period_agreed,
    save_component,
)
from taawun.cycle.actions.parties import BEFORE_THE_SIGNATURE, name_parties
from taawun.cycle.actions.requests import (
    begin_request,
    resubmit,
    save_request_part,
    save_request_rows,
    undo_resubmit,
)
from taawun.cycle.actions.reviews import (
    ask_opinions,
    forget_decision,
    give_opinion,
    keep_decision,
    unask_opinions,
    write_appraisal_note,
)
from taawun.cycle.actions.taking_over import take_over, undo_take_over
from taawun.cycle.actions.ticking import schedule_ex_post, tick, unschedule_ex_post

__all__ = [
    "BASIS_GATE",
    "BEFORE_THE_SIGNATURE",
    "BEFORE_THE_START",
    "REPORT_GATE",
    "ask_opinions",
    "begin_request",
    "case_number",
    "consents_given",
    "fiscal_year_of",
    "forget_decision",
    "form_of",
    "forward_lot",
    "give_opinion",
    "keep_consent",
    "keep_decision",
    "leave_lot",
    "leave_rank",
    "lot_of",
    "mark_monitored",
    "name_parties",
    "name_people",
    "next_number",
    "open_follow_up",
    "open_operation",
    "open_without_request",
    "period_agreed",
    "rank_last",
    "rank_lot",
    "resubmit",
    "save_component",
    "save_request_part",
    "save_request_rows",
    "schedule_ex_post",
    "seats_left_to",
    "supplying",
    "take_over",
    "tick",
    "unask_opinions",
    "undo_resubmit",
    "undo_take_over",
    "unschedule_ex_post",
    "void_consents",
    "withdraw_consent",
    "write_activity_report",
    "write_appraisal_note",
]
