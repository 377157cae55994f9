"""What people and steps do to a design."""

from taawun.planning.actions.carrying import begin_design, carry_design, freeze_design
from taawun.planning.actions.editing import edit_part

__all__ = ["begin_design", "carry_design", "edit_part", "freeze_design"]
