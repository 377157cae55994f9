"""The course of an indicator, small: dashed from baseline to target, solid as measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 170, 52
LEFT, RIGHT, TOP, BOTTOM = 8.0, 162.0, 10.0, 44.0


@dataclass(frozen=True)
class Course:
    """Baseline and target at their dates, and the values measured between; any of them may be unknown.

    `ringed`: the days whose value is in doubt; the page says in words why.
    """

    start: date
    end: date
    baseline: Decimal | None
    target: Decimal | None
    points: Sequence[tuple[date, Decimal]] = ()
    ringed: frozenset[date] = frozenset()


def draw(course: Course, *, rtl: bool = False) -> SafeString:
    """The chart, hidden from screen readers: baseline, latest value, target and doubts stand in the row."""
    known = [v for v in (course.baseline, course.target, *(v for _d, v in course.points)) if v is not None]
    parts = [f'<path class="g-l" d="M0 48H{WIDTH}"/>']
    if known:
        parts += _lines(course, _Plane(course, min(known), max(known), rtl))
    drawing = "".join(parts)
    return mark_safe(  # noqa: S308 (numbers only)
        f'<svg class="gx tr" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{drawing}</svg>'
    )


class _Plane:
    def __init__(self, course: Course, low: Decimal, high: Decimal, rtl: bool) -> None:
        self.course, self.low, self.high, self.rtl = course, low, high, rtl

    def x(self, day: date) -> float:
        whole = max(1, (self.course.end - self.course.start).days)
        share = min(1.0, max(0.0, (day - self.course.start).days / whole))
        x = LEFT + (RIGHT - LEFT) * share
        return WIDTH - x if self.rtl else x

    def y(self, value: Decimal) -> float:
        if self.high == self.low:
            return (TOP + BOTTOM) / 2
        return BOTTOM - (BOTTOM - TOP) * float((value - self.low) / (self.high - self.low))


def _lines(course: Course, plane: _Plane) -> list[str]:
    parts = []
    if course.target is not None:
        x, y = plane.x(course.end), plane.y(course.target)
        if course.baseline is not None:
            from_x, from_y = plane.x(course.start), plane.y(course.baseline)
            parts.append(f'<path class="g-d" d="M{_n(from_x)} {_n(from_y)}L{_n(x)} {_n(y)}"/>')
        parts.append(f'<path class="g-e" d="M{_n(x)} {_n(y - 6)}v12"/>')
    measured = sorted(course.points)
    if course.baseline is not None:
        measured = [(course.start, course.baseline), *measured]
    spots = [(plane.x(day), plane.y(value)) for day, value in measured]
    if len(spots) > 1:
        parts.append(f'<polyline class="g-v" points="{" ".join(f"{_n(x)},{_n(y)}" for x, y in spots)}"/>')
    latest = len(spots) - 1 if course.points else None
    parts += [
        f'<circle class="g-a" cx="{_n(x)}" cy="{_n(y)}" r="{3.8 if i == latest else 2.2}"/>'
        for i, (x, y) in enumerate(spots)
    ]
    parts += [
        f'<circle class="g-q" cx="{_n(plane.x(day))}" cy="{_n(plane.y(value))}" r="6.5"/>'
        for day, value in sorted(course.points)
        if day in course.ringed
    ]
    return parts


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
