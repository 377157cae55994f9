"""What is done with a batch: previewed, looked at again, applied, undone, discarded."""

from taawun.batches.actions.applying import apply_batch
from taawun.batches.actions.beginning import apply_or_begin, undo_or_begin
from taawun.batches.actions.previewing import discard_batch, look_again, preview_batch
from taawun.batches.actions.undoing import undo_batch

__all__ = [
    "apply_batch",
    "apply_or_begin",
    "discard_batch",
    "look_again",
    "preview_batch",
    "undo_batch",
    "undo_or_begin",
]
