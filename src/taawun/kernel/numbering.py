"""How an agency writes the numbers of its cases: a pattern such as CC-YYYY-SORT-NNNN."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 30
SEPARATOR = re.compile(r"([-/.])")
WORD = re.compile(r"[A-Z]{1,8}")
COUNT = re.compile(r"N{3,6}")
COUNTRY, YEAR, SHORT_YEAR, SORT = "CC", "YYYY", "YY", "SORT"


class PatternError(ValueError):
    """A pattern that would not give each case a number of its own."""


@dataclass(frozen=True)
class Pattern:
    """Parts parted by a hyphen, a slash or a full stop: CC the country, YYYY or YY the fiscal year, SORT what is
    numbered, capital letters for themselves; the count comes last (NNN to NNNNNN, zeros in front).

    What stands before the count names the series it is counted in: two patterns never give the same number.
    """

    parts: tuple[str, ...]
    separators: tuple[str, ...]
    digits: int

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """Read a pattern; `PatternError` when it is none."""
        pieces = SEPARATOR.split(text)
        *parts, count = pieces[::2]
        if len(text) > LONGEST or not COUNT.fullmatch(count):
            raise PatternError(text)
        if SORT not in parts or not all(WORD.fullmatch(part) and set(part) != {"N"} for part in parts):
            raise PatternError(text)
        return cls(tuple(parts), tuple(pieces[1::2]), len(count))

    def series(self, *, country: str, year: int, sort: str) -> str:
        """What cases counted together share."""
        filled = {COUNTRY: country, YEAR: f"{year:04d}", SHORT_YEAR: f"{year % 100:02d}", SORT: sort}
        between = (*self.separators[:-1], "")
        return "".join(filled.get(part, part) + mark for part, mark in zip(self.parts, between, strict=True))

    def number(self, series: str, count: int) -> str:
        """The number of the case that is counted as this one of its series."""
        return f"{series}{self.separators[-1]}{count:0{self.digits}d}"
