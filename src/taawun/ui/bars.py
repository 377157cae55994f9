"""Numbers beside their bars: a table whose rows each draw one bar, from zero in the direction of reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.safestring import SafeString, mark_safe

HEIGHT = 18
Number = Fraction | int


@dataclass(frozen=True)
class Bar:
    """A row: its name, the number as people read it, where it opens; `length` None where there is no number.

    `lang`: of the name; `rows`: how many records it is made of, in words.
    """

    label: Any
    text: Any
    url: str
    length: Number | None
    lang: str = ""
    rows: Any = ""
    drawn: SafeString | str = ""


def drawn(bars: Sequence[Bar], *, rtl: bool = False) -> list[Bar]:
    """The rows with their bars on one scale: the longest fills the width, zero stands where the least demands."""
    lengths = [Fraction(bar.length) for bar in bars if bar.length is not None]
    low, high = min([Fraction(0), *lengths]), max([Fraction(0), *lengths])
    width = (high - low) or Fraction(1)
    return [
        Bar(bar.label, bar.text, bar.url, bar.length, bar.lang, bar.rows, _bar(bar.length, low, width, rtl))
        for bar in bars
    ]


def _bar(length: Number | None, low: Fraction, width: Fraction, rtl: bool) -> SafeString:
    """One drawing, hidden from screen readers: the number stands in the row."""
    zero = float(-low / width * 100)
    parts = []
    if length:
        size = float(abs(Fraction(length)) / width * 100)
        start = zero if length > 0 else zero - size
        x = 100 - start - size if rtl else start
        css = "g-a" if length > 0 else "g-p"
        parts.append(f'<rect class="{css}" x="{_n(x)}%" y="3" width="{_n(max(0.4, size))}%" height="12"/>')
    at = _n(100 - zero if rtl else zero)
    parts.append(f'<line class="g-e" x1="{at}%" x2="{at}%" y1="0" y2="{HEIGHT}"/>')
    drawing = "".join(parts)
    return mark_safe(  # noqa: S308 (numbers only)
        f'<svg class="gx" height="{HEIGHT}" aria-hidden="true">{drawing}</svg>'
    )


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
