"""Taking in what others publish, and taking it back."""

from taawun.interchange.actions.applying import apply_load
from taawun.interchange.actions.beginning import APPLY, UNDO, apply_kept, apply_or_begin, undo_or_begin
from taawun.interchange.actions.offering import keep_published_seen
from taawun.interchange.actions.reading import read_load
from taawun.interchange.actions.sending import (
    GATE,
    READ,
    discard_load,
    read_again,
    read_sending,
    send_file,
)
from taawun.interchange.actions.shared import FileRefused, Terms
from taawun.interchange.actions.taking_in import Taken, take_in
from taawun.interchange.actions.taking_over import objectives_of, take_over_published, undo_taking
from taawun.interchange.actions.undoing import undo_load

__all__ = [
    "APPLY",
    "GATE",
    "READ",
    "UNDO",
    "FileRefused",
    "Taken",
    "Terms",
    "apply_kept",
    "apply_load",
    "apply_or_begin",
    "discard_load",
    "keep_published_seen",
    "objectives_of",
    "read_again",
    "read_load",
    "read_sending",
    "send_file",
    "take_in",
    "take_over_published",
    "undo_load",
    "undo_or_begin",
    "undo_taking",
]
