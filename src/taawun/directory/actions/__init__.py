"""What people do to posts."""

from taawun.directory.actions.delegating import delegate, end_delegation
from taawun.directory.actions.handing_over import hand_over
from taawun.directory.actions.merging import merge, unmerge

__all__ = ["delegate", "end_delegation", "hand_over", "merge", "unmerge"]
