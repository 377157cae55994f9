"""What people and steps do to a design."""

from taawun.planning.actions.carrying import begin_design, carry_design, forget_design, freeze_design
from taawun.planning.actions.editing import edit_part
from taawun.planning.actions.entering import put_in_force
from taawun.planning.actions.revising import adopt_revision, discard_revision, save_grounds
from taawun.planning.actions.taking import TakenIndicator, take_design

__all__ = [
    "TakenIndicator",
    "adopt_revision",
    "begin_design",
    "carry_design",
    "discard_revision",
    "edit_part",
    "forget_design",
    "freeze_design",
    "put_in_force",
    "save_grounds",
    "take_design",
]
