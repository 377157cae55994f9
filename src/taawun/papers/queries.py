"""Which files a person may open."""

from typing import Any

from taawun.foundation.ports import registry
from taawun.papers.models import PENDING, File


def may_open(user: Any, file: File) -> bool:
    """Ask the gate of what the file belongs to; a gate nobody supplies lets nobody in."""
    gate = registry.file_gates.get(file.gate)
    return bool(gate and gate(user, file.subject_id))


def file_for(user: Any, pk: int) -> File | None:
    """The file through its gate; what may not be seen does not exist."""
    file = File.objects.filter(pk=pk).first()
    return file if file and may_open(user, file) else None


def pending_of(user: Any, pk: int) -> File | None:
    """A file this person sent with a form they have not finished."""
    return File.objects.filter(pk=pk, gate=PENDING, uploaded_by_id=user.pk).first()
