"""A text that came back, cut into clauses where the marks put in before it went out still stand.

`ours` is what went out, read the same way: it tells what stood around the clauses then. What stands there now and did
not then is told as *outside*, and belongs to no clause.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from taawun.kernel.clauses import Clause
from taawun.kernel.wording import seen

MARK = "clause_"  # with the place of the clause: the bookmark that holds it in a document that goes out
NUMBER = re.compile(r"^\s*[0-9\u0660-\u0669\u06f0-\u06f9]{1,4}\s*[.)\u066b\uff0e-]\s*")


class Paragraph(Protocol):
    """A paragraph as it was read."""

    @property
    def text(self) -> str: ...
    @property
    def marks(self) -> frozenset[str]: ...
    @property
    def heading(self) -> bool: ...
    @property
    def remarks(self) -> tuple[str, ...]: ...


@dataclass
class Returned:
    """A text cut into its clauses; what stands outside them; what was remarked, by the place of the clause."""

    clauses: list[Clause] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    remarks: dict[int, list[str]] = field(default_factory=dict)
    marks_found: int = 0


def cut_marked(
    paragraphs: Iterable[Paragraph], keys: Mapping[str, str], known: Sequence[str] = ()
) -> Returned:
    """Cut a text by its marks. `keys`: mark -> key of the clause; `known`: what stood outside when it went out.

    A heading within a clause, or between two, begins a new one. A clause pasted without its mark is found again by
    its title later (`clause_changes.compare`). A mark whose clause says nothing any more has none.
    """
    cutter = _Cutter(keys, Counter(seen(text) for text in known))
    for paragraph in paragraphs:
        cutter.take(paragraph)
    return cutter.done()


class _Cutter:
    def __init__(self, keys: Mapping[str, str], known: Counter[str]) -> None:
        self.keys, self.known = keys, known
        self.drafts: list[_Draft] = []
        self.now: _Draft | None = None
        self.found: set[str] = set()
        self.outside: list[str] = []
        self.loose: list[str] = []  # remarks that hang on no clause

    def take(self, paragraph: Paragraph) -> None:
        mark = next((one for one in sorted(paragraph.marks) if one in self.keys), "")
        if mark:
            self._inside(mark, paragraph)
        elif self.known[seen(paragraph.text)] > 0 and paragraph.text.strip():
            self.known[seen(paragraph.text)] -= 1
            self.now = None
        elif paragraph.heading and paragraph.text.strip():
            self._begin("", paragraph, title=True)
        elif self.now and not self.now.mark:
            self.now.add(paragraph)
        else:
            self._outside(paragraph)

    def _inside(self, mark: str, paragraph: Paragraph) -> None:
        first = mark not in self.found
        if first:
            self.found.add(mark)
            self._begin(mark, paragraph, title=paragraph.heading)
        elif self.now and self.now.lead == mark and not (paragraph.heading and self.now.begun):
            self.now.add(paragraph)
        elif paragraph.heading and paragraph.text.strip():
            self._begin("", paragraph, title=True, lead=mark)
        elif self.now and self.now.lead == mark:
            self.now.add(paragraph)
        else:
            self._outside(paragraph)

    def _begin(self, mark: str, paragraph: Paragraph, *, title: bool, lead: str = "") -> None:
        self.now = _Draft(mark, lead or mark)
        self.drafts.append(self.now)
        if title:
            self.now.title = NUMBER.sub("", paragraph.text).strip()
            self.now.begun = bool(paragraph.text.strip())
            self.now.remarks += paragraph.remarks
        else:
            self.now.add(paragraph)

    def _outside(self, paragraph: Paragraph) -> None:
        if paragraph.text.strip():
            self.outside.append(paragraph.text)
            self.outside += paragraph.remarks

    def done(self) -> Returned:
        kept = [draft for draft in self.drafts if draft.says_something]
        remarks = {place: draft.remarks for place, draft in enumerate(kept) if draft.remarks}
        clauses = [draft.clause(self.keys.get(draft.mark, "")) for draft in kept]
        return Returned(clauses, self.outside, remarks, len(self.found))


class _Draft:
    """A clause while its paragraphs are gathered. `lead`: the mark it stands in, its own or the one before it."""

    def __init__(self, mark: str, lead: str) -> None:
        self.mark, self.lead = mark, lead
        self.title, self.begun = "", False
        self.lines: list[str] = []
        self.remarks: list[str] = []

    def add(self, paragraph: Paragraph) -> None:
        self.lines.append(paragraph.text)
        self.remarks += paragraph.remarks
        self.begun |= bool(paragraph.text.strip())

    @property
    def says_something(self) -> bool:
        return bool(self.title or any(line.strip() for line in self.lines))

    def clause(self, key: str) -> Clause:
        return Clause(title=self.title, text=_joined(self.lines), key=key)


def _joined(paragraphs: Iterable[str]) -> str:
    """The paragraphs with an empty line between them; a line break within one stays a new line."""
    return "\n\n".join(one.strip() for one in paragraphs if one.strip())
