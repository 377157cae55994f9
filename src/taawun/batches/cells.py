"""What a cell says: its value as the column means it, or why it cannot be taken. Never guessed."""

import difflib
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import override

from taawun.batches.definitions import Field, FieldKind, Scope, Why

EARLIEST, LATEST = (
    date(1900, 3, 1),
    date(2199, 12, 31),
)  # before March 1900 spreadsheets count a day that never was
SHOWN = 500


@dataclass(frozen=True)
class Raw:
    """A cell as the workbook holds it; `kind`: s text, n number, d date, b truth, e error, f formula, "" nothing."""

    value: Any = None
    kind: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there (a formula does, whatever its value)."""
        return self.kind != "f" and (self.value is None or self.shown == "")

    @property
    def shown(self) -> str:
        """What a page shows of it: without signs that no database or page takes."""
        if self.kind == "f":
            return "="
        value = self.value
        if isinstance(value, datetime) and value.time() == time.min:
            value = value.date()
        return cleaned(str(value))[:SHOWN] if value is not None else ""


@dataclass(frozen=True)
class Read:
    """A cell that was read: what to store, and what is wrong if it cannot be."""

    stored: str | None = None
    why: Why | None = None


@dataclass
class Choices:
    """The choices of a column, by every name under which they may be written."""

    known: dict[str, set[str]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, each: Field, scope: Scope) -> "Choices":
        """In every language of the house: a sheet filled in by one is read by another."""
        made = cls()
        for language, _name in settings.LANGUAGES:
            with override(language):
                for value, label in each.choices(scope) if each.choices else ():
                    made.add(str(value), str(label))
        return made

    def add(self, value: str, label: str) -> None:
        """A choice by its label, its value, and the value without the name of its list."""
        self.labels.append(label)
        for name in (label, value, value.partition(":")[2]):
            if name:
                self.known.setdefault(folded(name), set()).add(value)

    def near(self, text: str) -> str:
        """The label somebody most likely meant."""
        return next(iter(difflib.get_close_matches(text, self.labels, n=1, cutoff=0.75)), "")


def cleaned(text: str) -> str:
    """Text as it is kept: composed, lines ended alike, spaces at the ends gone, unreadable signs left out."""
    lines = unicodedata.normalize("NFC", _whole(text)).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if _is_kept(sign)).replace("\xa0", " ").strip()


def _whole(text: str) -> str:
    """Without halves of signs, which no database takes."""
    return text.encode("utf-8", "ignore").decode("utf-8")


def _is_kept(sign: str) -> bool:
    return sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")


def holds_unreadable(text: str) -> bool:
    """Whether something would be lost if the text were kept."""
    return _whole(text) != text or any(not _is_kept(sign) for sign in text.replace("\r", "\n"))


def folded(text: str) -> str:
    """Text as choices are compared: capitals, composition and doubled spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def read(each: Field, raw: Raw, choices: Choices | None = None, sheet: str = "") -> Read:
    """What a cell says as this column means it. Any content gives an answer; none raises."""
    if raw.kind == "f":
        return Read(why=("formula", {}))
    if raw.is_empty:
        return Read(why=("missing", {}) if each.required else None)
    if raw.kind == "e":
        return Read(why=("error-value", {"found": raw.shown[:20]}))
    if raw.kind == "b" or isinstance(raw.value, bool):
        return Read(why=("wrong-kind", {}))
    if each.kind == FieldKind.DATE:
        return _date(raw)
    if each.kind in (FieldKind.INTEGER, FieldKind.DECIMAL):
        return _number(each, raw)
    if each.kind == FieldKind.CHOICE:
        return _choice(raw, choices or Choices(), sheet)
    return _text(each, raw)


def _date(raw: Raw) -> Read:
    value = raw.value
    if isinstance(value, str):
        return Read(why=("date-as-text", {}))
    if isinstance(value, datetime):
        if value.time() != time.min:
            return Read(why=("time-of-day", {}))
        value = value.date()
    if isinstance(value, time | timedelta):
        return Read(why=("time-of-day", {}))
    if not isinstance(value, date):
        return Read(why=("number-not-date", {}))
    if not EARLIEST <= value <= LATEST:
        return Read(why=("date-out-of-range", {}))
    return Read(value.isoformat())


def _number(each: Field, raw: Raw) -> Read:
    value = raw.value
    if isinstance(value, str):
        return Read(why=("number-as-text", {}))
    if not isinstance(value, int | float) or not math.isfinite(value):
        return Read(why=("wrong-kind", {}))
    if value < 0:
        return Read(why=("negative", {}))
    if value > each.most:
        return Read(why=("too-large", {"most": each.most}))
    exact = Decimal(repr(value))
    if each.kind == FieldKind.DECIMAL:
        return Read(f"{exact.normalize():f}")
    whole = exact == exact.to_integral_value()
    return Read(str(int(exact))) if whole else Read(why=("not-whole", {}))


def _choice(raw: Raw, choices: Choices, sheet: str) -> Read:
    text = raw.shown
    found = choices.known.get(folded(text), set())
    if len(found) == 1:
        return Read(next(iter(found)))
    if found:
        return Read(why=("several", {"codes": ", ".join(sorted(found))}))
    near = choices.near(text)
    return Read(why=("not-a-choice-but", {"near": near}) if near else ("not-a-choice", {"sheet": sheet}))


def _text(each: Field, raw: Raw) -> Read:
    value = raw.value
    if isinstance(value, date | time | timedelta):
        return Read(why=("date-not-text", {}))
    if isinstance(value, int):
        value = str(value) if abs(value) < 10**15 else None
    if not isinstance(value, str):
        return Read(why=("number-not-text", {}))
    if holds_unreadable(value):
        return Read(why=("signs", {}))
    text = cleaned(value)
    if each.kind == FieldKind.TEXT:
        text = " ".join(text.split())
    if len(text) > each.most:
        return Read(why=("too-long", {"length": len(text), "most": each.most}))
    return Read(text)


def same_key(values: Iterable[str | None]) -> tuple[str, ...]:
    """The key of a row as rows are compared."""
    return tuple(folded(value or "") for value in values)
