"""What a sheet holds and what becomes of its rows: defined by the room that owns the facts, carried out here.

    define(Definition("take-over", _("Take over running work"), fields=(Field("title", _("Title"), …), …), …))

in an upper room's `ports.py`. This room reads the workbook, shows every cell, applies the rows
as one, and undoes them as one.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language, override

from taawun.foundation.models import AuditEvent, User
from taawun.kernel.definitions import Definitions

Why = tuple[str, dict[str, Any]]  # what is wrong: a code of `reasons`, and what its sentence names
Value = str | date | Decimal | int | None


class FieldKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long-text"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    CHOICE = "choice"


@dataclass(frozen=True)
class Scope:
    """For whom a batch is made, and by whom."""

    organisation: Any
    user: User


@dataclass(frozen=True)
class Field:
    """A column of the sheet. `choices(scope)` gives (value, label) in the reader's language.

    `example` fills the example row; `most`: the longest text, or the largest number.
    """

    slug: str
    label: Any
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    choices: Callable[[Scope], Iterable[tuple[str, Any]]] | None = None
    help: Any = ""
    most: int = 200
    example: Any = ""

    def typed(self, stored: str | None) -> Value:
        """A value as it was stored, for whoever applies the row."""
        if stored is None:
            return None
        if self.kind == FieldKind.DATE:
            return date.fromisoformat(stored)
        if self.kind == FieldKind.INTEGER:
            return int(stored)
        return Decimal(stored) if self.kind == FieldKind.DECIMAL else stored


@dataclass(frozen=True)
class Line:
    """A row of the sheet whose cells could all be read. `version`: the version of the record it was made from."""

    number: int
    values: dict[str, Any]
    version: int | None = None


@dataclass(frozen=True)
class Judgement:
    """What would become of a row: its verdict, whom it is about, what stands there now, what is wrong where.

    `version` is the version of the record the judgement rests on: apply refuses when another stands there by then.
    `why` maps a field's slug ("" = the row) to what is wrong; a row with any is refused, or conflicting if so judged.
    """

    verdict: str
    subject: tuple[str, int] | None = None
    version: int | None = None
    before: dict[str, str | None] = field(default_factory=dict)
    why: dict[str, list[Why]] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """What applying a row did: the case it made or changed, and the entry of the record."""

    kind: str
    subject_id: int
    event: AuditEvent


@dataclass(frozen=True)
class Made:
    """A row that was applied, for whoever undoes it."""

    number: int
    verdict: str
    subject_id: int
    before: dict[str, Any]
    values: dict[str, Any]


@dataclass(frozen=True)
class Existing:
    """A row with which the template is filled, so that it can be changed."""

    values: dict[str, Any]
    version: int


@dataclass(frozen=True)
class Definition:
    """A sheet and what is done with it.

    * `roles`: who may use it, each for the organisations in which they hold one of these.
    * `key`: the fields that name a row; no two rows of a sheet may share them.
    * `judge(scope, lines)`: one judgement a line, in as few SQL statements as for one.
    * `apply(scope, lines, batch)`: does what is added or changed, in the caller's transaction; one `Done` each.
    * `undo(scope, made, batch)`: takes them back, in the caller's transaction; nobody else has acted on them since.
    * `existing(scope)`: for a sheet that changes what is there: the rows of the template, each with its version.
    * `version`: raised whenever the meaning of a column changes, so that older sheets are told to be stale.
    * `texts`: the sentences of its own codes of what is wrong.
    """

    slug: str
    label: Any
    lede: Any
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    roles: tuple[str, ...]
    judge: Callable[[Scope, list[Line]], list[Judgement]]
    apply: Callable[[Scope, list[Line], Any], list[Done]]
    undo: Callable[[Scope, list[Made], Any], None]
    existing: Callable[[Scope], Iterable[Existing]] | None = None
    version: int = 1
    most_rows: int = 1000
    texts: dict[str, Any] = field(default_factory=dict)

    def fingerprint(self, language: str) -> str:
        """What tells a sheet made for other columns: its version, and each column with its heading in that language."""
        with override(language):
            told = [[f.slug, str(f.label), f.kind, f.required] for f in self.fields]
        text = json.dumps([self.slug, self.version, bool(self.existing), told], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def mark(self) -> str:
        """What stands in the first cell of its template in the reader's language."""
        language = (get_language() or "en").split("-")[0]
        return f"TAAWUN {self.slug} {language} {self.version}-{self.fingerprint(language)}"


_sheets: Definitions[Definition] = Definitions()
# Let a sheet be filled in, previewed and applied: called by the `ports.py` of the room that owns its facts. The sheet
# of a name, or none. Every sheet, in the order of their definition.
define, forget = _sheets.define, _sheets.forget
definition_of, definitions = _sheets.named, _sheets.all
