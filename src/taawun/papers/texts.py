"""The texts of documents made of papers, as search finds them: what the paper said when it was frozen."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from lxml import html

from taawun.foundation.ports import registry
from taawun.foundation.readable import SEARCHABLE, Readable, joined
from taawun.papers.kinds import named
from taawun.papers.making import TRIAL
from taawun.papers.models import Document

# What stands within a line; everything else begins one of its own.
INLINE = {"a", "abbr", "b", "bdi", "em", "i", "small", "span", "strong", "sub", "sup", "time", "u"}
UNREAD = "//head|//style|//script|//svg|//div[@class='stamp']"
Owners = dict[tuple[str, int], Readable]


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


def owners_of(named_by: Iterable[tuple[str, int]]) -> Owners:
    """The text of what each (gate, subject) is of, where search knows it: a few SQL statements a gate."""
    subjects: dict[str, set[int]] = defaultdict(set)
    for gate, subject_id in named_by:
        subjects[gate].add(subject_id)
    found: Owners = {}
    for gate, ids in subjects.items():
        held = registry.gates_of_all.get(gate)
        each = SEARCHABLE.get(held.of) if held else None
        for text in each.texts(each.model._default_manager.filter(pk__in=ids)) if each else ():
            found.setdefault((gate, text.object_id), text)
    return found


def codes_of(owner: Readable | None) -> dict[str, Any]:
    """The codes a text is narrowed by, of what it is of."""
    return {name: getattr(owner, name) for name in ("country", "sector", "modality")} if owner else {}


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
