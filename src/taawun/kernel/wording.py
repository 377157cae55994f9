"""Two wordings of one text, word by word: what stays, what goes, what is new, in whatever direction it is written.

Words that look the same are the same: composed and decomposed letters, non-breaking spaces, and the invisible marks of
direction that word processors put in (U+200E, U+200F, U+202A–202E, U+2066–2069) make no difference. A new line does.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
WORD = re.compile(r"\S+|\s+")
LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
# Beyond this many pairs of words to weigh, whole lines are compared: the answer comes at once, only coarser.
MOST_PAIRS = 2_000_000


class Piece(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Span:
    """A stretch of a text, and whether both wordings have it."""

    piece: Piece
    text: str


def seen(text: str) -> str:
    """A text as it looks: its lines, single spaces, composed letters, without marks that nobody sees."""
    bare = UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    return "\n".join(" ".join(line.split()) for line in bare.split("\n")).strip()


def said(text: str) -> str:
    """What a text says, line by line: an empty line is layout, which word processors change as they like."""
    return "\n".join(line for line in seen(text).split("\n") if line)


def word_by_word(ours: str, theirs: str) -> list[Span]:
    """Both wordings as one row of spans: same and gone are ours in full, same and new are theirs as it is seen."""
    if said(ours) == said(theirs):
        return [Span(Piece.SAME, ours)] if ours else []
    mine, other = WORD.findall(ours), WORD.findall(theirs)
    if len(mine) * len(other) > MOST_PAIRS:
        mine, other = LINE.findall(ours), LINE.findall(theirs)
    if len(mine) * len(other) > MOST_PAIRS:
        mine, other = [ours], [theirs]
    return list(_whole_phrases(_spans(mine, other)))


def _spans(mine: Sequence[str], other: Sequence[str]) -> Iterator[Span]:
    matcher = SequenceMatcher(None, [_key(one) for one in mine], [_key(one) for one in other], autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            yield Span(Piece.SAME, "".join(mine[i1:i2]))
        else:
            yield Span(Piece.GONE, "".join(mine[i1:i2]))
            yield Span(Piece.NEW, "".join(other[j1:j2]))


def _key(word: str) -> str:
    """A word as it is seen; of the space between words, the new lines."""
    return seen(word) if word.strip() else "\n" * word.count("\n") or " "


def _whole_phrases(spans: Iterator[Span]) -> Iterator[Span]:
    """What changed in one place told in one piece: a space between two changed words is part of the change."""
    gone = new = ""
    for span in spans:
        if span.piece == Piece.SAME and (span.text.strip() or not (gone or new)):
            yield from _change(gone, new)
            gone = new = ""
            yield span
            continue
        gone += span.text if span.piece != Piece.NEW else ""
        new += span.text if span.piece != Piece.GONE else ""
    yield from _change(gone, new)


def _change(gone: str, new: str) -> Iterator[Span]:
    if gone:
        yield Span(Piece.GONE, gone)
    if new:
        yield Span(Piece.NEW, new)


def likeness(ours: str, theirs: str) -> float:
    """How many words two texts have in common, from 0 to 1, whatever their order."""
    mine, other = (Counter(seen(text).casefold().split()) for text in (ours, theirs))
    words = mine.total() + other.total()
    return 2 * (mine & other).total() / words if words else 1.0
