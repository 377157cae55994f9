"""Making a document of what a paper page says: frozen with the act, rendered by the worker."""

import base64
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.urls import reverse

from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.ports import registry
from taawun.papers.actions import written
from taawun.papers.freezing import Stamp, freeze
from taawun.papers.inspection import tidy
from taawun.papers.models import Document, File, FileKind, Format, Rendering
from taawun.papers.owning import own_template
from taawun.papers.rendering import Printer

GATE = "document"
TRIAL = "word-template"  # the gate of what is made to try a template on an example
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read for another on paper
CODE_LENGTH = 20
LOCK = 7_204  # of the numbers of documents


_asked_here: ContextVar[list[int] | None] = ContextVar("asked_here", default=None)


@contextmanager
def asked_here(asked: list[int]) -> Iterator[None]:
    """Within, renderings that are asked for are named in `asked` for the caller to produce; nothing is queued."""
    token = _asked_here.set(asked)
    try:
        yield
    finally:
        _asked_here.reset(token)


@dataclass(frozen=True)
class Paper:
    """What a page is, apart from what it says: its kind, what it belongs to and whose gate opens that."""

    kind: str
    gate: str
    subject_id: int
    code: str = ""
    is_example: bool = False
    agency_id: int = 0  # whose own Word template counts, if it has one


@dataclass(frozen=True)
class Page:
    """A page as it was drawn for its reader: its HTML, title, address and languages (the second stands beside).

    `fields`: what an agency's own Word template may show of it (`papers.shapes`); none where there is no such template.
    """

    html: str
    title: str
    address: str
    language: str
    second_language: str = ""
    fields: dict[str, Any] | None = None


def make(paper: Paper, page: Page, formats: list[str], *, actor: User, origin: str) -> Document:
    """Freeze a page as a document with a number of its own, and ask the worker for it in these formats.

    `origin` is the address of this installation, for the code that checks the document. The number is the case's with
    the next ordinal, or the year's: it is given once. Nothing is rendered here.
    """
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    with transaction.atomic():
        number = _next_number(paper.code, trial=paper.gate == TRIAL)
        stamp = Stamp(number, f"{origin}{reverse('papers:check', args=[code])}")
        frozen = freeze(page.html, stamp, page.language)
        own = own_template(paper, page, stamp)
        made = Document.objects.create(
            paper=paper.kind,
            title=page.title[:300],
            language=page.language,
            second_language=page.second_language,
            gate=paper.gate,
            subject_id=paper.subject_id,
            case_code=paper.code,
            address=page.address[:300],
            number=number,
            check_code=code,
            page=frozen,
            fields=own.fields,
            template=own.file,
            template_version=own.version,
            sha256=hashlib.sha256((frozen + own.told()).encode()).hexdigest(),
            made_by=actor,
            is_example=paper.is_example,
        )
        for one in formats:
            ask(made, one)
    return made


def _next_number(code: str, *, trial: bool = False) -> str:
    """The next number of a case's documents, or of the year's that belong to no numbered case; trials count apart."""
    stem = f"{code}-D" if code else f"{'TRIAL' if trial else 'DOC'}-{clock.today().year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, stem])
    given = Document.objects.filter(number__startswith=stem).count()
    return f"{stem}{given + 1:02}"


def ask(document: Document, wanted: str, *, built_in: bool = False) -> Rendering:
    """Have a document rendered in a format, once; one that failed is tried anew.

    `built_in`: Word without the agency's own template, where that could not be filled in; a trial has none other.
    """
    built_in = built_in and wanted == Format.DOCX and document.gate != TRIAL
    with transaction.atomic():
        row, made = Rendering.objects.select_for_update().get_or_create(
            document=document, format=wanted, defaults={"built_in": built_in}
        )
        if not made and row.status == Rendering.State.FAILED:
            row.status, row.reason, row.asked_at = Rendering.State.WAITING, "", clock.now()
            row.built_in = built_in
            row.save(update_fields=["status", "reason", "asked_at", "built_in"])
            made = True
        if made and (here := _asked_here.get()) is not None:
            here.append(row.pk)
        elif made:
            registry.services["defer-rendering"](row.pk)
    return row


def produce(rendering_id: int, printer: Printer | None = None) -> None:
    """Render one document in one format and keep it; safe to run twice, and again after a worker was killed."""
    row = Rendering.objects.select_related("document__made_by", "document__template").get(pk=rendering_id)
    if row.status != Rendering.State.WAITING:
        return
    if printer is None:
        with Printer() as own:
            made = own.render(_order(row))
    else:
        made = printer.render(_order(row))
    if made.reason:
        waiting = Rendering.objects.filter(pk=row.pk, status=Rendering.State.WAITING)
        waiting.update(status=Rendering.State.FAILED, reason=made.reason)
        return
    _keep(row, made.data, made.pages)


def _order(row: Rendering) -> dict[str, Any]:
    document = row.document
    if row.format == Format.DOCX and document.template and not row.built_in:
        with default_storage.open(document.template.stored_name) as held:
            template = base64.b64encode(held.read()).decode()
        return {
            "format": "template",
            "paper": document.paper,
            "template": template,
            "fields": document.fields or {},
        }
    return {
        "format": row.format,
        "page": document.page,
        "identifier": document.number,
        "number": document.number,
        "title": document.title,
        "language": document.language,
    }


def _keep(row: Rendering, data: bytes, pages: int | None) -> None:
    """Write the bytes, then enter them; two workers that rendered the same keep it once."""
    stored = written(data)
    document = row.document
    with transaction.atomic():
        held = Rendering.objects.select_for_update().get(pk=row.pk)
        if held.status != Rendering.State.WAITING:
            default_storage.delete(stored)
            return
        held.file = File.objects.create(
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            kind=FileKind.PDF if row.format == Format.PDF else FileKind.DOCX,
            original_name=f"{tidy(document.number)}.{row.format}",
            stored_name=stored,
            uploaded_by=document.made_by,
            gate=GATE,
            subject_id=document.pk,
            is_example=document.is_example,
        )
        held.status, held.pages, held.made_at = Rendering.State.MADE, pages, clock.now()
        held.save(update_fields=["status", "file", "pages", "made_at"])
