"""Plan of operation, one fluid SVG per table row.

Hollow bar planned, solid bar actual, diamonds for meetings, a red line for today.
Positions in percent; time runs right to left for right-to-left readers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

HEIGHT = 34
Span = tuple[date, date | None]


@dataclass(frozen=True)
class Scale:
    """The time a chart shows. `start` and `end` are days inside it, both included."""

    start: date
    end: date
    today: date | None = None

    @property
    def days(self) -> int:
        return max(1, (self.end - self.start).days + 1)

    def at(self, day: date) -> float:
        """Where a day begins, in percent of the width, held inside the chart."""
        return min(100.0, max(0.0, 100 * (day - self.start).days / self.days))

    def ticks(self) -> list[float]:
        """Lines at the beginnings of half-years, of years when there are many."""
        months = (1, 7) if self.days < 366 * 7 else (1,)
        years = range(self.start.year, self.end.year + 1)
        marks = [date(year, month, 1) for year in years for month in months]
        return [0.0, *(self.at(m) for m in marks if self.start < m <= self.end), 100.0]

    def years(self) -> list[tuple[int, float]]:
        """Each year with the middle of its share of the width; years too short for a name are left out."""
        shares = []
        for year in range(self.start.year, self.end.year + 1):
            left, right = self.at(date(year, 1, 1)), self.at(date(year + 1, 1, 1))
            if right - left >= 6:
                shares.append((year, (left + right) / 2))
        return shares


def scale_around(spans: Iterable[Span], today: date | None = None) -> Scale | None:
    """A scale of whole half-years around all given periods; nothing for none."""
    days = [day for span in spans for day in span if day]
    if not days:
        return None
    first, last = min(days), max(days)
    start = date(first.year, 1 if first.month < 7 else 7, 1)
    end = date(last.year, 6, 30) if last.month < 7 else date(last.year, 12, 31)
    return Scale(start, end, today if today and start <= today <= end else None)


def row(
    scale: Scale,
    planned: Sequence[Span] = (),
    actual: Sequence[Span] = (),
    held: Sequence[date] = (),
    to_come: Sequence[date] = (),
    *,
    rtl: bool = False,
) -> SafeString:
    """The drawing of one line; an actual period without an end runs until today.

    It is hidden from screen readers: the dates stand in the row.
    """
    parts = [_line("g-l", x) for x in _turned(scale.ticks(), rtl)]
    parts += [_bar("g-p", 4, scale, span, rtl) for span in planned]
    parts += [_bar("g-a", 19, scale, span, rtl) for span in actual]
    parts += [_diamond("g-a", scale.at(day), rtl) for day in held]
    parts += [_diamond("g-p", scale.at(day), rtl) for day in to_come]
    if scale.today:
        parts += [_line("g-t", x) for x in _turned([scale.at(scale.today)], rtl)]
    return _svg(parts)


def head(scale: Scale, *, rtl: bool = False) -> SafeString:
    """The years above the rows, and the word for today."""
    parts = [_word(x, 28, "", str(year), rtl) for year, x in scale.years()]
    if scale.today:
        parts.append(_word(scale.at(scale.today), 12, "g-now", _("today"), rtl))
    return _svg(parts)


def _svg(parts: list[str]) -> SafeString:
    drawing = "".join(parts)
    return mark_safe(f'<svg class="gx" height="{HEIGHT}" aria-hidden="true">{drawing}</svg>')  # noqa: S308 (numbers only)


def _turned(values: Iterable[float], rtl: bool) -> list[float]:
    return [100 - value if rtl else value for value in values]


def _percent(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") + "%"


def _line(css: str, x: float) -> str:
    at = _percent(x)
    return f'<line class="{css}" x1="{at}" x2="{at}" y1="0" y2="{HEIGHT}"/>'


def _bar(css: str, y: int, scale: Scale, span: Span, rtl: bool) -> str:
    start, end = span
    last = end or scale.today or scale.end
    left, right = scale.at(start), scale.at(last + timedelta(days=1))
    width = max(0.6, right - left)
    x = 100 - left - width if rtl else left
    return f'<rect class="{css}" x="{_percent(x)}" y="{y}" width="{_percent(width)}" height="10"/>'


def _diamond(css: str, x: float, rtl: bool) -> str:
    at = _percent(100 - x if rtl else x)
    return f'<svg x="{at}" y="17" overflow="visible"><path class="{css}" d="M0-8 8 0 0 8-8 0z"/></svg>'


def _word(x: float, y: int, css: str, text: str, rtl: bool) -> str:
    at = _percent(100 - x if rtl else x)
    return f'<text class="{css}" x="{at}" y="{y}" text-anchor="middle">{conditional_escape(text)}</text>'
