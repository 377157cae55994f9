"""Which files a person may open."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from taawun.foundation.models import AuditEvent
from taawun.foundation.ports import registry
from taawun.foundation.readable import Cases, either
from taawun.foundation.standing import standing
from taawun.papers.models import PENDING, Document, File
from taawun.papers.owners import owners_of

DOCUMENTS, FILES = "documents", "files"


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
    return _behind(DOCUMENTS, Document.objects.order_by().values("pk"), user, cases)


def files_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[File]:
    """The files of cases, letters, meetings and papers that this person may open: `may_open` of all at once.

    Left out is what belongs to none of these (`texts.NOT_FOUND`).
    """
    return _behind(FILES, File.objects.order_by().values("pk"), user, cases)


def _behind(what: str, keys: QuerySet[Any, Any], user: Any, cases: Cases | None) -> QuerySet[Any]:
    gates = sorted((slug, gate) for slug, gate in registry.gates_of_all.items() if getattr(gate, what))
    return either([keys.filter(gate.behind(user, cases), gate=slug) for slug, gate in gates], cases, all=True)


def on_entries_read(user: Any, cases: Cases | None = None) -> Q:
    """On an entry of the record that the person reads: `entry_seen_by` of all at once.

    A letter stands behind what was done to a case that has a life, on behalf of somebody who is on paper.
    """
    read = Q(pk__in=[])
    for slug, kind in registry.kinds.items():
        if kind.workflow:
            seen = cases[slug] if cases and slug in cases else kind.visible_to(user).order_by().values("pk")
            read |= Q(kind=slug, subject_id__in=seen)
    open_to = Q(audience_id__isnull=True) | Q(audience_id__in=standing(user).sides)
    entries = AuditEvent.objects.order_by().filter(read, open_to)
    return Q(Exists(entries.filter(pk=OuterRef("subject_id"))))


def page_of(user: Any, file: File) -> str:
    """The address at which a person who may open this file finds it; nothing where it stands on no page."""
    if told := registry.file_pages.get(file.gate):
        return told(user, file)
    owner = owners_of([(file.gate, file.subject_id)]).get((file.gate, file.subject_id))
    return owner.address if owner else ""
