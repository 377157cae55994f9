"""The texts of documents made of papers and of files, as search finds them.

A document says what its paper said when it was frozen; a file its name, what it is of and, where it is a Word document,
its words. A PDF or a picture is found by its name alone: nothing here reads what is scanned.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from zipfile import BadZipFile

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from lxml import html

from taawun.foundation.readable import Readable, joined
from taawun.papers import wordtext
from taawun.papers.kinds import named
from taawun.papers.making import GATE as RENDERED, TRIAL
from taawun.papers.models import PENDING, Document, File, FileKind
from taawun.papers.owners import codes_of, found_gates, owners_of

# What stands within a line; everything else begins one of its own.
INLINE = {"a", "abbr", "b", "bdi", "em", "i", "small", "span", "strong", "sub", "sup", "time", "u"}
UNREAD = "//head|//style|//script|//svg|//div[@class='stamp']"


# Files that are found by no word, and why.
NOT_FOUND = {
    PENDING: "waits for a form its sender has not finished",
    RENDERED: "is a document in a format: the document is found",
    TRIAL: "is a template of an agency, which stands among its settings",
    "batch": "is a workbook somebody fills in: what it brought in is found",
    "sending": "is a file of a publisher: the activities it brought in are found",
}
MOST_READ = 5 * 1024 * 1024  # bytes of a Word document that is read


def papers_made() -> QuerySet[Document]:
    """Every document that can be found: those that tried a template are no papers."""
    return Document.objects.exclude(gate=TRIAL)


def of_documents(rows: QuerySet[Document]) -> Iterable[Readable]:
    """A document in each of its languages: number, title, kind, what it is of, and its words as frozen."""
    held = list(rows.exclude(gate=TRIAL))
    owners = owners_of((one.gate, one.subject_id) for one in held)
    for each in held:
        owner = owners.get((each.gate, each.subject_id))
        written = [one for one in (each.language, each.second_language) if one]
        said = read(each.page, written) if each.page else {}
        for language in written:
            with translation.override(language):
                kind = named(each.paper)
            yield Readable(
                object_id=each.pk,
                address=each.get_absolute_url(),
                language=language,
                title=each.title,
                body=joined(kind, owner.title if owner else "", said.get(language, "")),
                code=each.number,
                **codes_of(owner),
                day=each.made_at.date(),
            )


def of_files(rows: QuerySet[File]) -> Iterable[Readable]:
    """A file by its name, by what it is of where whoever opens it reads that too, and by its words."""
    held = list(rows.filter(gate__in=found_gates()))
    owners = owners_of(((one.gate, one.subject_id) for one in held), named=True)
    for each in held:
        owner = owners.get((each.gate, each.subject_id))
        yield Readable(
            object_id=each.pk,
            address=reverse("papers:file-page", args=[each.pk]),
            language=owner.language if owner else "",
            title=each.original_name,
            body=joined(owner.title if owner else "", words_of(each)),
            code=owner.code if owner else "",
            **codes_of(owner),
            day=each.uploaded_at.date(),
        )


def words_of(file: File) -> str:
    """The words of a Word document of some size; nothing of any other file."""
    if file.kind != FileKind.DOCX or file.size > MOST_READ:
        return ""
    try:
        with default_storage.open(file.stored_name) as held:
            found = wordtext.read(held.read())
    except (ValidationError, BadZipFile, KeyError, OSError):
        return ""  # damaged since it was kept: it is found by its name
    return joined(*(block.text for block in found.blocks), *found.beside)


def read(page: str, languages: list[str]) -> dict[str, str]:
    """The words of a frozen page by language, line by line: without its drawings and the stamp at its foot.

    What it quotes in a third language stands with the first.
    """
    tree = html.document_fromstring(page)
    for away in tree.xpath(UNREAD):
        away.drop_tree()
    told: dict[str, list[str]] = defaultdict(list)
    for spoken, text in _pieces(tree, languages[0]):
        told[spoken if spoken in languages else languages[0]].append(text)
    return {spoken: "\n".join(_lines("".join(pieces))) for spoken, pieces in told.items()}


def _lines(text: str) -> Iterator[str]:
    return filter(None, (" ".join(line.split()) for line in text.split("\0")))


def _pieces(element: Any, language: str) -> Iterator[tuple[str, str]]:
    """Its texts in order, each with its language; a line ends where a block does."""
    if not isinstance(element.tag, str):
        return
    language = element.get("lang") or language
    ends = "" if element.tag in INLINE else "\0"
    yield language, ends + _plain(element.text)
    for child in element:
        yield from _pieces(child, language)
        yield language, _plain(child.tail)
    yield language, ends


def _plain(text: str | None) -> str:
    return (text or "").replace("\0", " ")
