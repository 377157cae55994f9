"""Two versions of a design beside each other: what was added, removed, changed. Pure: nothing is read here."""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["added", "removed", "changed"]
Piece = tuple[Literal["same", "removed", "added"], str]
WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Said:
    """What a version says of one thing: the value that is compared, and how people read it."""

    value: Hashable
    text: str


@dataclass(frozen=True)
class Row:
    """One row of a part: by its `key` it is found again in another version, whatever it is called there."""

    key: Hashable
    label: str
    fields: dict[str, Said]


Snapshot = dict[str, list[Row]]


@dataclass(frozen=True)
class FieldChange:
    """One thing said otherwise."""

    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """Both texts as one, word by word: what stayed, what went, what came."""
        return pieces_of(self.before, self.after)


@dataclass(frozen=True)
class RowChange:
    """A row that was added, removed, or says something else."""

    kind: Kind
    key: Hashable
    label: str
    fields: list[FieldChange]


def compare(before: Snapshot, after: Snapshot) -> dict[str, list[RowChange]]:
    """What differs, part by part; a part in which nothing differs is left out."""
    parts = list(dict.fromkeys([*before, *after]))
    found = {part: _rows(before.get(part, []), after.get(part, [])) for part in parts}
    return {part: changes for part, changes in found.items() if changes}


def _rows(before: list[Row], after: list[Row]) -> list[RowChange]:
    """Removed and changed rows in the order they had, then those that came."""
    now = {row.key: row for row in after}
    held = {row.key for row in before}
    changes = [_change(row, now.get(row.key)) for row in before]
    changes += [_change(None, row) for row in after if row.key not in held]
    return [change for change in changes if change]


def _change(before: Row | None, after: Row | None) -> RowChange | None:
    row = after or before
    if row is None:
        return None
    old, new = before.fields if before else {}, after.fields if after else {}
    names = [name for name in dict.fromkeys([*old, *new]) if _value(old, name) != _value(new, name)]
    if before and after and not names:
        return None
    kind: Kind = "changed" if before and after else "added" if after else "removed"
    fields = [FieldChange(name, _text(old, name), _text(new, name)) for name in names]
    return RowChange(kind, row.key, row.label, fields)


def _value(fields: dict[str, Said], name: str) -> Hashable:
    return fields[name].value if name in fields else None


def _text(fields: dict[str, Said], name: str) -> str:
    return fields[name].text if name in fields else ""


def pieces_of(before: str, after: str) -> list[Piece]:
    """What stayed, went and came, in the order of reading: the first two make up `before`, first and third `after`."""
    old, new = WORD.findall(before), WORD.findall(after)
    found: list[Piece] = []
    for _tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if _tag == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(("removed", "".join(old[a:b])))
        if d > c:
            found.append(("added", "".join(new[c:d])))
    return found
