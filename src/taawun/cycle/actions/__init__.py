"""What people do to requests and operations besides moving their state."""

from taawun.cycle.actions.consents import consents_given, keep_consent, void_consents
from taawun.cycle.actions.lots import forward_lot, lot_of, rank_last, rank_lot
from taawun.cycle.actions.numbering import case_number, fiscal_year_of, next_number
from taawun.cycle.actions.operations import (
    BEFORE_THE_START,
    mark_monitored,
    name_people,
    open_operation,
    save_component,
)
from taawun.cycle.actions.requests import begin_request, save_request_part, save_request_rows
from taawun.cycle.actions.reviews import ask_opinions, give_opinion, write_appraisal_note
from taawun.cycle.actions.ticking import schedule_ex_post, tick

__all__ = [
    "BEFORE_THE_START",
    "ask_opinions",
    "begin_request",
    "case_number",
    "consents_given",
    "fiscal_year_of",
    "forward_lot",
    "give_opinion",
    "keep_consent",
    "lot_of",
    "mark_monitored",
    "name_people",
    "next_number",
    "open_operation",
    "rank_last",
    "rank_lot",
    "save_component",
    "save_request_part",
    "save_request_rows",
    "schedule_ex_post",
    "tick",
    "void_consents",
    "write_appraisal_note",
]
