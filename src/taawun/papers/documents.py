"""What the pages of documents show: one document, those I made, and the public check."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.foundation.ports import registry
from taawun.papers.kinds import named
from taawun.papers.making import CODE_LENGTH, TRIAL
from taawun.papers.models import Document, Format, Rendering

REASONS = {
    "machine": gettext_lazy(
        "A library for laying out pages (Pango) is missing on this machine: ask for Word instead."
    ),
    "memory": gettext_lazy("It needs more memory than a document may have."),
    "time": gettext_lazy("It took longer than a document may take."),
    "template": gettext_lazy(
        "The agency’s own Word template could not be filled in. Make Word without it, "
        "and tell the agency’s administrator."
    ),
    "page": gettext_lazy(
        "The page could not be laid out; the administrators of the machine find why in its log."
    ),
}
TRIED = gettext_lazy(
    "The template could not be filled with the example, so it is not used. Change it and send it again."
)


def may_open(user: Any, document: Document) -> bool:
    """Ask the gate of what the document tells of; a gate nobody supplies lets nobody in."""
    gate = registry.file_gates.get(document.gate)
    return bool(gate and gate(user, document.subject_id))


def opened_by(user: Any, documents: Iterable[Document]) -> set[int]:
    """Which of these documents a person may open: `may_open` for many, in few SQL statements."""
    subjects: dict[str, set[int]] = {}
    documents = list(documents)
    for one in documents:
        subjects.setdefault(one.gate, set()).add(one.subject_id)
    let = {gate: _let_through(user, gate, ids) for gate, ids in subjects.items()}
    return {one.pk for one in documents if one.subject_id in let[one.gate]}


def _let_through(user: Any, gate: str, ids: set[int]) -> set[int]:
    if many := registry.gates_of_many.get(gate):
        return many(user, ids)
    one_by_one = registry.file_gates.get(gate)
    return {pk for pk in ids if one_by_one and one_by_one(user, pk)}


def document_for(user: Any, pk: int) -> Document | None:
    """The document through its gate; what may not be seen does not exist."""
    found = Document.objects.defer("page").select_related("made_by").filter(pk=pk).first()
    return found if found and may_open(user, found) else None


def made_by(user: Any) -> QuerySet[Document]:
    """The documents a person made, latest first. Each is opened through its own gate."""
    return Document.objects.defer("page").filter(made_by=user)


def rows_of(document: Document) -> list[dict[str, Any]]:
    """Each format: made, being made, refused and why, or not asked for."""
    held = {row.format: row for row in document.renderings.select_related("file")}
    return [_row(value, label, held.get(value), document) for value, label in Format.choices]


def _row(value: str, label: Any, held: Rendering | None, document: Document) -> dict[str, Any]:
    tones = {"made": "ok", "waiting": "wait", "failed": "late"}
    why = TRIED if document.gate == TRIAL and held and held.reason == "template" else None
    return {
        "format": value,
        "label": label,
        "held": held,
        "tone": tones[held.status] if held else "",
        "why": why or (REASONS.get(held.reason, "") if held else ""),
        "may_ask": held is None or held.status == Rendering.State.FAILED,
        "own": document.template_id and value == Format.DOCX and not (held and held.built_in),
    }


def shown(document: Document) -> dict[str, Any]:
    """What the page of a document needs."""
    rows = rows_of(document)
    return {
        "document": document,
        "kind": named(document.paper),
        "rows": rows,
        "is_trial": document.gate == TRIAL,
        "waiting": any(row["held"] and row["held"].status == Rendering.State.WAITING for row in rows),
        "crumbs": [(reverse("papers:documents"), _("Documents")), ("", document.number)],
    }


def code_typed(text: str) -> str:
    """A code as somebody copied it from paper: without blanks and hyphens, in capitals."""
    return re.sub(r"[\s-]", "", text).upper()[: CODE_LENGTH * 2]


def checked(code: str) -> dict[str, Any] | None:
    """What anybody may learn of the document with this code: that it was made, what kind, when; nothing of its case."""
    document = Document.objects.defer("page").filter(check_code=code).first() if code else None
    if document is None:
        return None
    files = document.renderings.filter(status=Rendering.State.MADE).select_related("file")
    return {
        "number": document.number,
        "kind": named(document.paper),
        "made_at": document.made_at,
        "is_example": document.is_example,
        "sha256": document.sha256,
        "files": [
            {
                "label": row.get_format_display(),
                "pages": row.pages,
                "sha256": row.file.sha256,
                "size": row.file.size,
            }
            for row in files
            if row.file
        ],
    }
