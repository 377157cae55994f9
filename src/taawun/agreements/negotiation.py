"""How a text that went out and came back is kept and compared."""

from typing import Any

from taawun.agreements.models import NegotiationRound
from taawun.kernel.clause_changes import Comparison, compare
from taawun.kernel.clauses import Clause, numbered
from taawun.kernel.marked_texts import MARK, cut_marked
from taawun.kernel.wording import seen
from taawun.papers.wordtext import WordText, read, texts

FIELDS = ("key", "number", "title", "text")


def kept(clause: Clause) -> dict[str, str]:
    """A clause as a round keeps it."""
    return {name: getattr(clause, name) for name in FIELDS}


def clauses_of(rows: list[dict[str, str]]) -> list[Clause]:
    """The clauses a round keeps."""
    return [Clause(**row) for row in rows]


def read_back(back: bytes, sent: bytes, clauses: list[dict[str, str]]) -> dict[str, Any]:
    """How a document that came back reads beside the one that went out: what a round keeps of it.

    `clauses` as they went out: the bookmark `clause_N` holds the N-th. Raises `ValidationError` for what is no text.
    """
    keys = {f"{MARK}{place}": row["key"] for place, row in enumerate(clauses, start=1)}
    ours, theirs = read(sent), read(back)
    around = texts(one for one in ours.blocks if not one.marks & keys.keys())
    found = cut_marked(theirs.blocks, keys, around)
    return {
        "clauses": [kept(one) for one in numbered(found.clauses)],
        "outside": found.outside + _new_beside(ours, theirs),
        "remarks": {str(place): said for place, said in found.remarks.items()},
        "tracked": theirs.tracked,
        "pictures": max(0, theirs.pictures - ours.pictures),
        "marks": found.marks_found,
        "bears_number": _last_line(ours) in {seen(text) for text in texts(theirs.blocks)},
    }


def _new_beside(ours: WordText, theirs: WordText) -> list[str]:
    """What headers, footers and notes say that they did not say when the text went out."""
    held = {seen(text) for text in ours.beside}
    return [text for text in theirs.beside if seen(text) not in held]


def _last_line(sent: WordText) -> str:
    """The line with the number of the document that went out: what came back without it may be another."""
    said = texts(sent.blocks)
    return seen(said[-1]) if said else ""


def comparison_of(held: NegotiationRound) -> Comparison:
    """What went out beside what came back, clause by clause."""
    returned: dict[str, Any] = held.returned or {"clauses": [], "outside": []}
    return compare(clauses_of(held.sent), clauses_of(returned["clauses"]), returned["outside"])
