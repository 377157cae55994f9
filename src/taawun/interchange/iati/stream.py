"""One activity of a file after the other, in constant memory, each with the right line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from lxml import etree

from taawun.interchange.iati.lines import lines_of
from taawun.interchange.iati.source import LONGEST_HEAD, Unreadable

Element = Any  # lxml's own, which has no types

LARGEST = 16 << 20  # bytes of one activity
MOST_TAGS = 500_000  # that begin an element, of one activity: a tree takes many times the bytes of its tags
GROWTH = (
    6  # times: as much longer the canonical form may be than what came (a quotation mark becomes six signs)
)
# Neither entities nor the network nor huge trees: libxml2 then refuses what is nested deeper than 256 and texts and
# attributes of ten million characters.
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_BEGINS = re.compile(rb"<iati-activity(?=[\s>/])")
_TAG = b"<iati-activity"
_LIMITS = re.compile(r"XML_PARSE_HUGE|too long|too big|huge|limit|Excessive", re.IGNORECASE)
MOST = 1000  # errors told of one file


@dataclass
class Found:
    """An activity's element as the file has it; gone when the next one is asked for."""

    element: Element
    line: int
    raw: list[bytes] = field(repr=False)
    _order: dict[Element, int] = field(default_factory=dict, repr=False)
    _lines: list[int] = field(default_factory=list, repr=False)

    def remember_order(self) -> None:
        """Before anything is taken out of the element: the place of each of its elements in the file."""
        if not self._order:
            self._order = {one: place for place, one in enumerate(self.element.iter())}

    def line_of(self, element: Element) -> int:
        """The line this element begins on; the activity's where it cannot be told."""
        self.remember_order()
        if not self._lines:
            self._lines = lines_of(self.raw, self.line)
        place = self._order.get(element, len(self._lines))
        return self._lines[place] if place < len(self._lines) else self.line


def root_of(pieces: Iterable[bytes]) -> tuple[Element, list[bytes]]:
    """The first element with its attributes, and the pieces that had to be read for it. Raises Unreadable."""
    parser = etree.XMLPullParser(events=("start",), **SAFE)
    taken: list[bytes] = []
    for piece in pieces:
        taken.append(piece)
        feed(parser, piece)
        for _event, root in parser.read_events():
            return root, taken
        if sum(map(len, taken)) > LONGEST_HEAD:
            raise Unreadable("too-large", 1)
    return close(parser, 1), taken


class Activities:
    """The activities of a file as an iterator. `between`: what stands beside them and should not, found on the way.

    Raises Unreadable where the file is cut short or is no well-formed XML, when the iteration gets there. `kept`: what
    is read was taken in before, and is kept in its canonical form.
    """

    def __init__(self, pieces: Iterator[bytes], *, kept: bool = False) -> None:
        self._largest = LARGEST * GROWTH if kept else LARGEST
        self.between: list[tuple[str, int, dict[str, str]]] = []
        self._pieces = pieces
        self._parser = etree.XMLPullParser(events=("start", "end"), tag="iati-activity", **SAFE)
        self._line = 1  # of what is fed next
        self._begun = 1  # the line of the last tag of an activity
        self._raw: list[bytes] = []  # what was fed since
        self._size = self._tags = 0  # since the last activity
        self._open: Element | None = None
        self._count = 0

    def __iter__(self) -> Iterator[Found]:
        for piece, begins in _parted(self._pieces):
            self._note(piece, begins)
            try:
                feed(self._parser, piece)
            except Unreadable:
                yield from self._complete()
                raise
            yield from self._complete()
            self._line += piece.count(b"\n")
        self._end(close(self._parser, self._line))

    def _note(self, piece: bytes, begins: bool) -> None:
        if begins and self._open is None:
            self._begun, self._raw = self._line, []
        self._size += len(piece)
        self._tags += piece.count(b"<") - piece.count(b"</")
        if self._size > self._largest or self._tags > MOST_TAGS:
            raise Unreadable("too-large", self._begun)
        self._raw.append(piece)

    def _complete(self) -> Iterator[Found]:
        """The activities that the last piece completed."""
        for event, element in self._parser.read_events():
            parent = element.getparent()
            if event == "start" and self._open is None and parent is not None and parent.getparent() is None:
                self._open = element
            elif event == "end" and element is self._open:
                yield self._completed(element)
                _clear(element)

    def _completed(self, element: Element) -> Found:
        for other in element.itersiblings(preceding=True):
            if other.tag != "iati-activity":
                self._beside("xsd-not-allowed", element=_name(other))
            self._text(other.tail)
        if not self._count:
            self._text(element.getparent().text)
        raw, self._raw, self._open = self._raw, [], None
        self._size = self._tags = 0
        self._count += 1
        return Found(element, self._begun, raw)

    def _end(self, root: Element) -> None:
        if not self._count:
            self._beside("no-activity")
            self._text(root.text)
        for other in root:
            if other.tag != "iati-activity" and not other.tag.startswith("{"):
                self._beside("xsd-not-allowed", element=_name(other))
            self._text(other.tail)

    def _text(self, text: str | None) -> None:
        if text and text.strip(" \t\r\n"):
            self._beside("xsd-text", element="iati-activities")

    def _beside(self, slug: str, **values: str) -> None:
        if len(self.between) < MOST:
            self.between.append((slug, self._begun, values))


def _parted(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The same bytes, cut before each tag that may begin an activity (it may stand in a comment); whether one does."""
    kept = b""
    for piece in pieces:
        piece = kept + piece
        cut = _half_a_tag(piece)
        piece, kept = piece[:cut], piece[cut:]
        places = [found.start() for found in _BEGINS.finditer(piece)]
        ends = [*places, len(piece)]
        if ends[0]:
            yield piece[: ends[0]], False
        for place, after in pairwise(ends):
            yield piece[place:after], True
    if kept:
        yield kept, False


def _half_a_tag(piece: bytes) -> int:
    """Where a piece ends in the middle of what may become the tag of an activity; its length where it does not."""
    place = piece.rfind(b"<", -len(_TAG))
    return place if place >= 0 and _TAG.startswith(piece[place:]) else len(piece)


def _clear(element: Element) -> None:
    """Free what was read: the element's content and whatever stands before it."""
    element.clear(keep_tail=True)
    root = element.getparent()
    root.text = None
    while root[0] is not element:
        del root[0]


def _name(element: Element) -> str:
    return str(etree.QName(element).localname)


def feed(parser: Any, piece: bytes) -> None:
    """Raises Unreadable where the piece is no well-formed XML."""
    try:
        parser.feed(piece)
    except etree.XMLSyntaxError as error:
        raise _broken(error.msg, error.lineno) from None
    for entry in parser.feed_error_log.filter_from_errors():  # of entities and namespaces: not raised
        raise _broken(entry.message, entry.line)


def close(parser: Any, line: int) -> Element:
    """The first element, when all is read. Raises Unreadable where something was still open."""
    try:
        return parser.close()
    except etree.XMLSyntaxError as error:
        if "Extra content" in str(error.msg):
            raise _broken(error.msg, error.lineno) from None
        raise Unreadable("cut-short", error.lineno or line) from None


def _broken(message: object, line: int | None) -> Unreadable:
    """In the parser's own words, without its numbers of lines (they are told beside) and nothing long of the file."""
    words = re.sub(r",? line \d+(, column \d+)?| \(<string>.*", "", str(message), flags=re.DOTALL)[:200]
    if _LIMITS.search(words):
        return Unreadable("too-large", line or 1)
    return Unreadable("not-well-formed", line or 1, detail=words)
