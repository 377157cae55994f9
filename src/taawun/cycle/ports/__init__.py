"""What the cycle supplies: its kinds of case, what its steps require and bring about, its tabs.

The kinds come first: what follows belongs to them.
"""

from taawun.cycle.ports import kinds  # isort: skip
from taawun.cycle.ports import acts, asked_of_operations, asked_of_requests, deadlines, effects, tasks

from taawun.cycle import figures  # isort: skip

__all__ = [
    "acts",
    "asked_of_operations",
    "asked_of_requests",
    "deadlines",
    "effects",
    "figures",
    "kinds",
    "tasks",
]
