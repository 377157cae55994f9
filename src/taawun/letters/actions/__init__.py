"""Keeping the registers of letters."""

from taawun.letters.actions.by_step import covering_letter_left, covering_letter_taken_back, letter_by_step
from taawun.letters.actions.entering import correct_letter, enter_letter, strike_letter, take_in

__all__ = [
    "correct_letter",
    "covering_letter_left",
    "covering_letter_taken_back",
    "enter_letter",
    "letter_by_step",
    "strike_letter",
    "take_in",
]
