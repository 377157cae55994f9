"""The ring of the seed: Plan, Do, Check, Act, where an operation stands in it.

Drawn from plain data, mirrored for right-to-left readers; numerals and words are not mirrored.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

WIDTH, HEIGHT, MIDDLE = 320, 280, (160.0, 140.0)
OUTER, INNER, TRACK = 112.0, 84.0, 98.0
CORNERS = ((282, 30), (282, 260), (38, 260), (38, 30))
CLASS_OF = {"done": "f-ok", "now": "f-now", "todo": "f-no"}


@dataclass(frozen=True)
class Station:
    """A numbered stop of a phase. `state`: done, now, todo. `note`: its date, in words."""

    number: int
    label: Any
    state: str
    note: Any = ""


@dataclass(frozen=True)
class Phase:
    """A quarter of the ring. `hint`: what the quarter is about, for the list beside it."""

    label: Any
    state: str
    stations: Sequence[Station]
    hint: Any = ""


@dataclass(frozen=True)
class Ring:
    """Four phases in order, and the centre: a small line, the state in words, a small line."""

    phases: Sequence[Phase]
    above: Any
    state: Any
    below: Any

    def stations(self) -> list[Station]:
        return [station for phase in self.phases for station in phase.stations]


def label_of(ring: Ring) -> str:
    """Everything the picture says, for those who do not see it."""
    total = len(ring.stations())
    lines = [_("Project cycle.")]
    for phase in ring.phases:
        if phase.state == "done":
            lines.append(_("%(phase)s: done.") % {"phase": phase.label})
        elif phase.state == "now":
            lines.append(_now_line(phase, total))
        else:
            lines.append(_("%(phase)s: still to come.") % {"phase": phase.label})
    return " ".join(lines)


def _now_line(phase: Phase, total: int) -> str:
    here = next((s for s in phase.stations if s.state == "now"), None)
    if here is None:
        return _("%(phase)s: now.") % {"phase": phase.label}
    words = {"phase": phase.label, "number": here.number, "total": total, "station": here.label}
    return _("%(phase)s: now, step %(number)s of %(total)s, %(station)s.") % words


def draw(ring: Ring, *, rtl: bool = False) -> SafeString:
    """The ring as one SVG image with a full text label."""
    plane = _Plane(rtl)
    parts = [_segment(plane, index, phase) for index, phase in enumerate(ring.phases)]
    parts += [
        _disc(plane, angle, station)
        for index, phase in enumerate(ring.phases)
        for angle, station in zip(_angles(index, len(phase.stations)), phase.stations, strict=True)
    ]
    parts += [_corner(plane, index, phase) for index, phase in enumerate(ring.phases)]
    parts.append(_centre(ring))
    return format_html(
        '<svg class="ring d-block mx-auto" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        HEIGHT,
        label_of(ring),
        mark_safe("".join(parts)),  # noqa: S308 (every part is escaped where it is made)
    )


class _Plane:
    """Angles run clockwise from the top; mirrored, they run the other way."""

    def __init__(self, rtl: bool) -> None:
        self.rtl = rtl
        self.sweep, self.back = (0, 1) if rtl else (1, 0)

    def x(self, value: float) -> float:
        return WIDTH - value if self.rtl else value

    def at(self, angle: float, radius: float) -> tuple[float, float]:
        turn = radians(angle)
        return self.x(MIDDLE[0] + radius * sin(turn)), MIDDLE[1] - radius * cos(turn)


def number(value: float) -> str:
    """A coordinate, short."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _pair(point: tuple[float, float]) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _segment(plane: _Plane, index: int, phase: Phase) -> str:
    start = index * 90
    outer_from, outer_to = plane.at(start + 1, OUTER), plane.at(start + 85, OUTER)
    inner_from, inner_to = plane.at(start + 85, INNER), plane.at(start + 1, INNER)
    tip, notch = plane.at(start + 92, TRACK), plane.at(start + 8, TRACK)
    way = (
        f"M{_pair(outer_from)}A112 112 0 0 {plane.sweep} {_pair(outer_to)}L{_pair(tip)}"
        f"L{_pair(inner_from)}A84 84 0 0 {plane.back} {_pair(inner_to)}L{_pair(notch)}Z"
    )
    return f'<path class="{CLASS_OF[phase.state]}" d="{way}"/>'


def _angles(index: int, count: int) -> list[float]:
    """Where the stations of a quarter sit: one in the middle, several spread between 22 and 64 degrees."""
    start = index * 90
    if count < 2:
        return [start + 43.0] * count
    return [start + 22 + 42 * i / (count - 1) for i in range(count)]


def _disc(plane: _Plane, angle: float, station: Station) -> str:
    x, y = plane.at(angle, TRACK)
    cx, cy = number(x), number(y)
    if station.state == "done":
        tick = f'<path d="m{number(x - 4)} {number(y + 0.2)} 2.8 2.8 5.2-5.6" class="g-v"/>'
        return f'<circle class="f-w" cx="{cx}" cy="{cy}" r="9.5"/>{tick}'
    if station.state == "now":
        text = f'<text class="here" x="{cx}" y="{number(y + 5)}" text-anchor="middle">{station.number}</text>'
        return f'<circle class="f-sun" cx="{cx}" cy="{cy}" r="14"/>{text}'
    text = f'<text class="m" x="{cx}" y="{number(y + 4)}" text-anchor="middle">{station.number}</text>'
    return f'<circle class="f-w s-edge" cx="{cx}" cy="{cy}" r="9.5"/>{text}'


def _corner(plane: _Plane, index: int, phase: Phase) -> str:
    x, y = CORNERS[index]
    css = "ph q" if phase.state == "todo" else "ph"
    at = f'x="{number(plane.x(x))}" y="{y}" text-anchor="middle"'
    return f'<text class="{css}" {at}>{_safe(phase.label)}</text>'


def _centre(ring: Ring) -> str:
    lines = textwrap.wrap(str(ring.state), 14) or [""]
    size = "serif" if len(lines) < 3 else "serif small"
    step = 22 if len(lines) < 3 else 19
    top = 139 - step * (len(lines) - 1) / 2
    parts = [_text("m", top - 20, ring.above)]
    parts += [_text(size, top + step * i, line) for i, line in enumerate(lines)]
    parts.append(_text("m", top + step * (len(lines) - 1) + 24, ring.below))
    return "".join(parts)


def _text(css: str, y: float, words: Any) -> str:
    return (
        f'<text class="{css}" x="160" y="{number(y)}" text-anchor="middle">{_safe(words)}</text>'
        if words
        else ""
    )


def _safe(words: Any) -> str:
    return conditional_escape(words)
