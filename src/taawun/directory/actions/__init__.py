"""What people do to posts, and administrators to people and organisations."""

from taawun.directory.actions.delegating import delegate, end_delegation
from taawun.directory.actions.entering import enter_person
from taawun.directory.actions.handing_over import hand_over
from taawun.directory.actions.marking import mark_on_paper
from taawun.directory.actions.merging import gather, merge, unmerge

__all__ = [
    "delegate",
    "end_delegation",
    "enter_person",
    "gather",
    "hand_over",
    "mark_on_paper",
    "merge",
    "unmerge",
]
