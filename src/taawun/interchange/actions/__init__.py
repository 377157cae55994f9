"""Taking in what others publish, and taking it back."""

from taawun.interchange.actions.applying import apply_load
from taawun.interchange.actions.offering import keep_published_seen
from taawun.interchange.actions.reading import read_load
from taawun.interchange.actions.shared import FileRefused, Terms
from taawun.interchange.actions.taking_in import Taken, take_in
from taawun.interchange.actions.undoing import undo_load

__all__ = [
    "FileRefused",
    "Taken",
    "Terms",
    "apply_load",
    "keep_published_seen",
    "read_load",
    "take_in",
    "undo_load",
]
