"""Texts that go out and come back, for the tests: sent, edited as another party would, entered."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from taawun.agreements import actions, queries
from taawun.agreements.actions import rounds
from taawun.agreements.models import NegotiationRound
from taawun.agreements.showing import record_paper
from taawun.cycle.models import Operation
from taawun.cycle.papers import of_operation
from taawun.kernel.clauses import Clause, join, numbered
from taawun.papers import making
from taawun.papers.actions import hold
from taawun.papers.making import Page
from taawun.papers.models import File, FileKind, Rendering
from tests.papers import made as files
from tests.planning.made import who

CLAUSES = numbered(
    [
        Clause("", "The parties, in a spirit of cooperation, agree as follows.", "preamble"),
        Clause("Parties", "– Myanmar Post\n– Japan International Cooperation Agency (JICA)", "parties"),
        Clause(
            "Taxes", "Myanmar Post exempts equipment from taxes.\n\nClearance takes thirty days.", "taxes"
        ),
        Clause("Period", "Three years.", "period"),
    ]
)


def write_clauses(operation: Operation, clauses: list[Clause] | None = None, base: int = 0) -> None:
    """The Record of Discussions in English, clause by clause."""
    text = CLAUSES if clauses is None else clauses
    values = {"number": "", "dated_on": None, "place": "", "prevailing_language": "en", "scan": None}
    version = {"language": "en", "authentic": True, "text": join(text), "clauses": text}
    actions.write_record(operation, values, [version], [], actor=who("mm-office"), base_version=base)


def send(operation: Operation, by: str = "mm-office", to: str = "mm-post", **more: Any) -> NegotiationRound:
    """Send the English text to a party; it is made into Word at once."""
    paper = queries.record_of_discussions(operation)
    version = paper.versions.get(language="en")
    party = next(one for one in operation.party_rows if one.organisation.slug == to)
    made = rounds.send_text(
        operation,
        version,
        party,
        message="",
        paper=of_operation(operation, "record-of-discussions"),
        page=Page(drawn(operation, paper, version), "Record of Discussions", "/", "en"),
        origin="https://taawun.example",
        actor=who(by),
        **more,
    )
    for row in Rendering.objects.filter(document=made.document):
        making.produce(row.pk)
    return made


def drawn(operation: Operation, paper: Any, version: Any) -> str:
    """The paper as its page draws it."""
    return render_to_string("agreements/record_paper.html", record_paper(operation, paper, version))


def went_out(held: NegotiationRound) -> bytes:
    """The Word document that went out."""
    file = Rendering.objects.get(document=held.document, format="docx").file
    with default_storage.open(file.stored_name) as stored:
        return stored.read()


def edited(data: bytes, change: Any, name: str = "word/document.xml") -> bytes:
    """A document with one of its parts changed, as a word processor writes it back."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w") as target:
        for one in source.namelist():
            part = source.read(one)
            target.writestr(one, change(part.decode()).encode() if one == name else part)
    return out.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """A paragraph as it stands in a document."""
    dressed = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{dressed}<w:r><w:t>{text}</w:t></w:r></w:p>"


def without_marks(xml: str) -> str:
    """The text pasted into another document: its bookmarks are lost."""
    return re.sub(r"<w:bookmark(?:Start|End)[^>]*/>", "", xml)


def a_file(data: bytes, by: str = "mm-office") -> File:
    """A document that somebody sent in, checked."""
    return hold(files.sent(data, "back.docx"), actor=who(by), allowed=(FileKind.DOCX,))


def come_back(held: NegotiationRound, change: Any = str, by: str = "mm-office") -> NegotiationRound:
    """What went out, changed, is entered."""
    return rounds.take_back(held, a_file(edited(went_out(held), change), by), actor=who(by))
