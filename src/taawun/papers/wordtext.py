"""The text of a Word document as it reads: paragraph by paragraph, each under the bookmark it stands in.

Read after `worddocs.check`, which refuses programs, entities and bombs. Tracked changes are read as their result
(what was struck out is not there) and said; comments stand beside the paragraph they hang on. What is no text
(pictures, drawings) is counted, never read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.core.exceptions import ValidationError
from lxml import etree

from taawun.papers import worddocs

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
BESIDE = ("footnotes", "endnotes", "header", "footer")
PICTURES = ("drawing", "pict", "object")
GONE = ("del", "moveFrom")
SPACES = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011", "softHyphen": ""}


@dataclass(frozen=True)
class Block:
    """A paragraph: its text, the bookmarks it stands in, whether it is a heading, what was remarked on it."""

    text: str
    marks: frozenset[str] = frozenset()
    heading: bool = False
    remarks: tuple[str, ...] = ()


@dataclass
class WordText:
    """A document as it reads. `beside`: what its headers, footers and notes say."""

    blocks: list[Block] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    tracked: bool = False
    pictures: int = 0


def read(data: bytes) -> WordText:
    """The text of a document that `worddocs.check` let pass. Raises `ValidationError` where it has no body."""
    with ZipFile(BytesIO(data)) as archive:
        tree = _parsed(archive.read(worddocs.MAIN))
        body = next((one for one in tree if _name(one) == "body"), None)
        if body is None:
            raise ValidationError(worddocs.DAMAGED, code="damaged")
        found = WordText()
        found.blocks = list(_Body(found, _remarks(archive)).read(body))
        for name in sorted(archive.namelist()):
            if name.startswith("word/") and name[5:].startswith(BESIDE) and name.endswith(".xml"):
                found.beside += [
                    block.text for block in _Body(found, {}).read(_parsed(archive.read(name))) if block.text
                ]
    return found


def _parsed(data: bytes) -> Any:
    try:
        return etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        )
    except etree.XMLSyntaxError as error:
        raise ValidationError(worddocs.DAMAGED, code="damaged") from error


def _name(element: Any) -> str:
    """The name of an element of Word's own language; "" for any other."""
    tag = element.tag if isinstance(element.tag, str) else ""
    space, _brace, name = tag.rpartition("}")
    return name if f"{space}}}" in (WORD, STRICT) else ""


def _given(element: Any, name: str) -> str:
    return str(element.get(f"{WORD}{name}") or element.get(f"{STRICT}{name}") or "")


def _remarks(archive: ZipFile) -> dict[str, str]:
    """What the comments say, by their number."""
    if "word/comments.xml" not in archive.namelist():
        return {}
    found = {}
    for one in _parsed(archive.read("word/comments.xml")):
        texts = (block.text for block in _Body(WordText(), {}).read(one))
        said = " ".join(filter(None, texts))
        author = _given(one, "author").strip()
        found[_given(one, "id")] = f"{author}: {said}" if author else said
    return found


class _Body:
    """Walks a part in its order, knowing which bookmarks are open."""

    def __init__(self, told: WordText, remarks: dict[str, str]) -> None:
        self.told, self.remarks = told, remarks
        self.open: dict[str, str] = {}
        self.joined = ""  # the words of paragraphs whose end was struck out: they run on

    def read(self, part: Any) -> Iterator[Block]:
        for child in part:
            yield from self._one(child)

    def _one(self, element: Any) -> Iterator[Block]:
        name = _name(element)
        if element.tag == FALLBACK:
            return
        if name in GONE or name.endswith("PrChange"):
            self.told.tracked = True
        elif name == "p":
            yield from self._paragraph(element)
        elif not self._marked(element, name):
            yield from self.read(element)

    def _marked(self, element: Any, name: str) -> bool:
        if name == "bookmarkStart":
            self.open[_given(element, "id")] = _given(element, "name")
        elif name == "bookmarkEnd":
            closed = self.open.pop(_given(element, "id"), None)
            # LibreOffice begins a bookmark anew in a later paragraph, under another number, and ends that one alone.
            self.open = {number: one for number, one in self.open.items() if one != closed}
        return name in ("bookmarkStart", "bookmarkEnd")

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        marks = set(self.open.values())
        remarks: list[str] = []
        inner: list[Any] = []
        pieces: list[str] = [self.joined]
        self._runs(paragraph, pieces, marks, remarks, inner)
        text = "".join(pieces)
        if self._runs_on(paragraph):
            self.joined = text
            return
        self.joined = ""
        yield Block(text.strip(), frozenset(marks), _is_heading(paragraph), tuple(remarks))
        for box in inner:
            yield from self.read(box)

    def _runs(
        self, element: Any, pieces: list[str], marks: set[str], remarks: list[str], inner: list[Any]
    ) -> None:
        for child in element:
            name = _name(child)
            if child.tag == FALLBACK or name in ("pPr", "rPr", "instrText", "delInstrText", "delText"):
                continue
            if name in GONE:
                self.told.tracked = True
            elif name == "txbxContent":
                inner.append(child)
            elif name == "t" or child.tag == MATH:
                pieces.append(child.text or "")
            elif name in SPACES:
                pieces.append(SPACES[name])
            elif name == "commentReference":
                remarks += filter(None, [self.remarks.get(_given(child, "id"), "")])
            elif self._marked(child, name):
                marks |= set(self.open.values())
            else:
                self.told.tracked |= name in ("ins", "moveTo")
                self.told.pictures += name in PICTURES
                self._runs(child, pieces, marks, remarks, inner)

    def _runs_on(self, paragraph: Any) -> bool:
        """Whether the end of the paragraph was struck out: it and the next are one."""
        gone = paragraph.find(f"{WORD}pPr/{WORD}rPr/{WORD}del") is not None
        self.told.tracked |= gone
        return gone


def _is_heading(paragraph: Any) -> bool:
    """A heading by its style or its level in the outline, whatever the language of the word processor."""
    style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
    named = _given(style, "val").lower() if style is not None else ""
    level = paragraph.find(f"{WORD}pPr/{WORD}outlineLvl")
    outlined = level is not None and _given(level, "val") != "9"
    return outlined or named.startswith(HEADINGS)


# Style names follow the language of Word where the document was made there: "Titre1", "berschrift1", "Heading2".
HEADINGS = ("heading", "titre", "title", "berschrift", "ttulo", "titolo", "rubrik")


def texts(blocks: Iterable[Block]) -> list[str]:
    """The paragraphs that say something."""
    return [block.text for block in blocks if block.text]
