"""Writing, sending and recording what the parties exchange and sign."""

from taawun.agreements.actions.amendments import (
    withdraw_amendment,
    write_amendment,
    write_amendment_text,
)
from taawun.agreements.actions.instruments import (
    NOTE_FIELDS,
    record_reply,
    reply_day_problem,
    send_note,
    write_note,
    write_record,
)
from taawun.agreements.actions.shared import GATE, RECORD_FIELDS, day_problem
from taawun.agreements.actions.taking_effect import sign_amendment

__all__ = [
    "GATE",
    "NOTE_FIELDS",
    "RECORD_FIELDS",
    "day_problem",
    "record_reply",
    "reply_day_problem",
    "send_note",
    "sign_amendment",
    "withdraw_amendment",
    "write_amendment",
    "write_amendment_text",
    "write_note",
    "write_record",
]
