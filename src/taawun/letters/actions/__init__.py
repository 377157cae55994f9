"""Keeping the registers of letters; asking and answering."""

from taawun.letters.actions.by_step import (
    covering_letter_left,
    covering_letter_taken_back,
    letter_by_step,
    letter_of_entry,
    letter_on_paper,
)
from taawun.letters.actions.entering import correct_letter, enter_letter, strike_letter, take_in
from taawun.letters.actions.questions import (
    answer_question,
    ask_more_time,
    ask_question,
    mark_read,
    settle_more_time,
    withdraw_question,
)

__all__ = [
    "answer_question",
    "ask_more_time",
    "ask_question",
    "correct_letter",
    "covering_letter_left",
    "covering_letter_taken_back",
    "enter_letter",
    "letter_by_step",
    "letter_of_entry",
    "letter_on_paper",
    "mark_read",
    "settle_more_time",
    "strike_letter",
    "take_in",
    "withdraw_question",
]
