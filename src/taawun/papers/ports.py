"""What papers supplies: the gate of files that still wait for their form."""

from typing import Any

from taawun.foundation.ports import file_gate
from taawun.papers.models import PENDING


@file_gate(PENDING)
def sender_alone(user: Any, subject_id: int) -> bool:
    """A file sent with an unfinished form is opened by its sender alone."""
    return user.is_authenticated and user.pk == subject_id
