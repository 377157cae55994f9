"""What people do to posts."""

from taawun.directory.actions.delegating import delegate, end_delegation

__all__ = ["delegate", "end_delegation"]
