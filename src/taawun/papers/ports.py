"""What papers supplies: the gate of files that still wait for their form, and the scans of recorded letters."""

from typing import Any

from django.utils.translation import gettext_lazy

from taawun.foundation.audit import entry_seen_by
from taawun.foundation.models import AuditEvent, User
from taawun.foundation.ports import file_gate, gate_of_all, service
from taawun.foundation.readable import searchable
from taawun.papers import many, texts  # noqa: F401 (the first names the job of many papers)
from taawun.papers.actions import hand_over
from taawun.papers.documents import may_open
from taawun.papers.forms import ScanField
from taawun.papers.making import GATE
from taawun.papers.models import PENDING, Document, File
from taawun.papers.owners import ENTRY, files_touched
from taawun.papers.queries import documents_visible_to, files_visible_to, on_entries_read


@file_gate(PENDING)
def sender_alone(user: Any, subject_id: int) -> bool:
    """A file sent with an unfinished form is opened by its sender alone."""
    return user.is_authenticated and user.pk == subject_id


@file_gate(ENTRY)
def readers_of_the_entry(user: Any, subject_id: int) -> bool:
    """The scan of a letter on which an entry of the record rests is opened by whoever reads that entry."""
    return entry_seen_by(user, subject_id)


gate_of_all(ENTRY, on_entries_read, files=True)


@file_gate(GATE)
def readers_of_what_it_tells(user: Any, subject_id: int) -> bool:
    """A document in a format is opened by whoever may read what the document was made of."""
    document = Document.objects.defer("page").filter(pk=subject_id).first()
    return bool(document and may_open(user, document))


@service("keep-letter")
def keep_letter(scan: File, actor: User, event: AuditEvent) -> File:
    """Give the scan of a letter to the entry of the record that rests on it; the letter of a list, to the first.

    One covering letter forwards several requests in one act: its scan is already an entry's, and stays there.
    """
    if scan.gate == ENTRY and scan.uploaded_by_id == actor.pk:
        return scan
    return hand_over(scan, actor=actor, gate=ENTRY, subject_id=event.pk)


@service("letters-of-entries")
def letters_of_entries(ids: Any) -> dict[int, File]:
    """The scans on which these entries rest, by entry: one SQL statement."""
    return {file.subject_id: file for file in File.objects.filter(gate=ENTRY, subject_id__in=list(ids))}


@service("scan-field")
def scan_field(user: User) -> ScanField:
    """A field for the scan of a letter, held for its sender until the step is taken."""
    field = ScanField(label=gettext_lazy("Scan of the letter"))
    field.user = user
    return field


searchable(
    "document",
    label=gettext_lazy("Document"),
    model=Document,
    visible_to=documents_visible_to,
    by_cases=True,
    one_by_one=True,
    grows=texts.papers_made,
)(texts.of_documents)
searchable(
    "file",
    label=gettext_lazy("File"),
    model=File,
    visible_to=files_visible_to,
    by_cases=True,
    one_by_one=True,
    touched=files_touched,
)(texts.of_files)
