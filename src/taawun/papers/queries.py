"""Which files a person may open."""

from typing import Any

from django.db.models import QuerySet

from taawun.foundation.ports import registry
from taawun.foundation.readable import Cases, either
from taawun.papers.models import PENDING, Document, File


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


def documents_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[Document]:
    """The documents made of papers that this person may open: `documents.may_open` of all at once.

    Left out is what was made to try a template, which is nobody's paper.
    """
    gates = {slug: gate for slug, gate in registry.gates_of_all.items() if gate.documents}
    keys = Document.objects.order_by().values("pk")
    ways = [keys.filter(gate.behind(user, cases), gate=slug) for slug, gate in sorted(gates.items())]
    return either(ways, cases, all=True)
