"""The text of an agreement as clauses: read from a whole text, written back, numbered, compared with another's.

A text is read as clauses by its numbered headings (`1. Parties` at the head of a paragraph), in their sequence: a
`1.` inside the second clause is a list of that clause. What stands before the first heading is a clause without a
title. Nothing is lost: the clauses written back are the text.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

BREAK = "\n\n"
# A heading stands on its line, at the head of a paragraph, over a body that is not empty (or over nothing at all).
HEADING = re.compile(r"(?:\A|(?<=\n\n))([1-9][0-9]{0,3})\. ([^\n]+)(?=\n.|\n\n.|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Clause:
    """A clause of a text. `key` says which one it is whatever its place and its words; "" where that is not known.

    `origin` tells the wording it was composed in (`fingerprint`), so that one sees later whether that wording changed.
    """

    title: str = ""
    text: str = ""
    key: str = ""
    number: str = ""
    origin: str = field(default="", compare=False)

    @property
    def whole(self) -> str:
        """The clause as it stands in the text: its heading, if it has one, over its body."""
        if not self.title:
            return self.text
        heading = f"{self.number}. {self.title}"
        return f"{heading}\n{self.text}" if self.text else heading


def fingerprint(title: str, text: str) -> str:
    """A wording in short: the same words give the same letters, whatever the spaces and line ends between them."""
    return hashlib.sha256("\0".join(" ".join(one.split()) for one in (title, text)).encode()).hexdigest()


def lines_of(text: str) -> str:
    """A text with one kind of line end, whatever the browser sent."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def cut(text: str) -> list[Clause]:
    """The clauses of a text by its numbered headings; `join` gives the text again (its line ends made alike)."""
    text = lines_of(text)
    heads = list(_headings(text))
    if not heads:
        return [Clause(text=text)] if text else []
    found = [Clause(text=text[: heads[0].start() - len(BREAK)])] if heads[0].start() else []
    ends = [head.start() - len(BREAK) for head in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends, strict=True):
        body = text[head.end() + 1 : end] if head.end() < end else ""
        found.append(Clause(title=head[2], text=body, number=head[1]))
    return found


def _headings(text: str) -> Iterator[re.Match[str]]:
    """The headings that count on from one another, each over a body of its own or over none."""
    expected = 1
    held: re.Match[str] | None = None
    for head in HEADING.finditer(text):
        if int(head[1]) != expected or (held and head.start() - len(BREAK) < held.end()):
            continue
        yield head
        held, expected = head, expected + 1


def join(clauses: Iterable[Clause]) -> str:
    """The whole text: the clauses in their order, an empty line between them."""
    return BREAK.join(clause.whole for clause in clauses)


def numbered(clauses: Iterable[Clause]) -> list[Clause]:
    """The clauses with their numbers from one on; one without a title has none."""
    found, number = [], 0
    for clause in clauses:
        number += bool(clause.title)
        found.append(replace(clause, number=str(number) if clause.title else ""))
    return found


def keyed(clauses: Sequence[Clause], known: Sequence[Clause] = ()) -> list[Clause]:
    """The clauses, each under a key of its own: its own, else a known one's of the same title, else a new one."""
    titles = {_bare(one.title): one.key for one in known if one.key and one.title}
    taken, found = {one.key for one in clauses if one.key}, []
    used: set[str] = set()
    fresh, others = (f"clause-{n}" for n in count(1)), {one.key for one in known}
    for clause in clauses:
        key = clause.key if clause.key not in used else ""
        if not key and titles.get(_bare(clause.title), "") not in taken:
            key = titles.get(_bare(clause.title), "")
        key = key or next(one for one in fresh if one not in taken and one not in others)
        taken.add(key)
        used.add(key)
        found.append(replace(clause, key=key))
    return found


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()
