"""A workflow as a drawing.

States are boxes, the way forward runs down the first column, endings and detours stand beside it, steps are
labelled arrows. Drawn from plain data; mirrored for right-to-left readers. The table beside it says the same.
"""

import textwrap
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from taawun.kernel.workflow import Workflow
from taawun.ui import words

BOX, LABELS, LANE, SLOT, HEAD = 172, 166, 14, 34, 30
CROWD = 4  # a step that leaves this many states is written into the box it leads to


@dataclass(frozen=True)
class Move:
    """A step from one state to another; without a target (or to itself) it moves nothing."""

    source: str
    target: str | None
    label: Any
    main: bool = False
    who: Any = ""
    requires: Sequence[Any] = ()


@dataclass(frozen=True)
class Drawing:
    """What to draw: (slug, label) of each state in reading order, the moves, the state now present."""

    title: Any
    states: Sequence[tuple[str, Any]]
    moves: Sequence[Move]
    here: str = ""

    def label(self, slug: str | None) -> Any:
        return dict(self.states).get(slug or "", "")


def drawing_of(workflow: Workflow, *, here: str = "", who: Any = None, requires: Any = None) -> Drawing:
    """A workflow table as a drawing. `who(step)` and `requires(step)` put words to seats and requirements."""
    states = list(workflow.states.items())
    moves = [
        Move(
            slug,
            step.target,
            step.label,
            step.main,
            who(step) if who else "",
            requires(step) if requires else (),
        )
        for slug, _label in states
        for step in workflow.leaving(slug)
    ]
    return Drawing(workflow.label, states, moves, here)


def draw(drawing: Drawing, *, rtl: bool = False) -> SafeString:
    """The workflow as one SVG image."""
    plan = _Plan(drawing)
    parts = [_edge(plan, edge) for edge in plan.edges]
    parts += [_down(plan, row) for row in range(len(plan.main) - 1)]
    parts += [_box(plan, slug) for slug, _label in drawing.states]
    flip = _Flip(plan.width, rtl)
    return format_html(
        '<svg class="wf" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img"'
        ' aria-label="{2}">{3}</svg>',
        plan.width,
        plan.height,
        drawing.title,
        mark_safe("".join(part(flip) for part in parts)),  # noqa: S308 (labels are escaped where they are drawn)
    )


class _Flip:
    """Mirrors what is drawn left to right."""

    def __init__(self, width: int, rtl: bool) -> None:
        self.width, self.rtl = width, rtl

    def x(self, value: float) -> float:
        return self.width - value if self.rtl else value

    def rect(self, x: float, y: float, width: float, height: float, css: str) -> str:
        left = self.width - x - width if self.rtl else x
        return f'<rect class="{css}" x="{left:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="4"/>'

    def line(self, points: Sequence[tuple[float, float]]) -> str:
        spots = " ".join(f"{self.x(x):g},{y:g}" for x, y in points)
        return f'<polyline class="a" points="{spots}"/>' + self.head(points[-2], points[-1])

    def head(self, before: tuple[float, float], tip: tuple[float, float]) -> str:
        """The arrow's head, pointing from the last corner to the tip."""
        x, y = self.x(tip[0]), tip[1]
        dx = (x > self.x(before[0])) - (x < self.x(before[0]))
        dy = (y > before[1]) - (y < before[1])
        wings = (
            f"{x - 7 * dx + 4 * dy:g},{y - 7 * dy + 4 * dx:g} {x - 7 * dx - 4 * dy:g},{y - 7 * dy - 4 * dx:g}"
        )
        return f'<polygon class="h" points="{x:g},{y:g} {wings}"/>'

    def text(self, x: float, y: float, words: str, css: str = "", anchor: str = "start") -> str:
        place = f'x="{self.x(x):g}" y="{y:g}" text-anchor="{anchor}"'
        return f'<text class="{css}" {place}>{conditional_escape(words)}</text>'


@dataclass
class _Edge:
    """An arrow that is not simply one box down: beside the first column, or across to the second."""

    move: Move
    side: str
    from_row: int
    to_row: int
    lane: int = 0
    from_slot: int = 0
    to_slot: int = 0


@dataclass
class _Plan:
    """Where everything stands."""

    drawing: Drawing
    main: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    edges: list[_Edge] = field(default_factory=list)
    downs: dict[int, list[Move]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.main = _way_forward(self.drawing)
        self.rows = {slug: i for i, slug in enumerate(self.main)}
        self._place_the_others()
        for move in self.drawing.moves:
            self._sort(move)
        self._write_crowds()
        self._give_slots()
        self._give_lanes()
        self._measure()

    def is_main(self, slug: str) -> bool:
        return slug in self.main

    def _place_the_others(self) -> None:
        """Each other state beside the first state that leads to it, or the next free place below."""
        taken: set[int] = set()
        for slug, _label in self.drawing.states:
            if slug in self.rows:
                continue
            sources = [
                self.rows[m.source] for m in self.drawing.moves if m.target == slug and m.source in self.rows
            ]
            row = min(sources, default=0)
            while row in taken:
                row += 1
            taken.add(row)
            self.rows[slug] = row

    def _sort(self, move: Move) -> None:
        if move.target is None or move.target == move.source:
            self.notes[move.source].append(f"↻ {move.label}")
            return
        here, there = self.is_main(move.source), self.is_main(move.target)
        start, end = self.rows[move.source], self.rows[move.target]
        if here and there and end == start + 1:
            self.downs[start].append(move)
        elif here and there:
            self.edges.append(_Edge(move, "left", start, end))
        elif here or there:
            self.edges.append(_Edge(move, "right", start, end))
        else:
            self.notes[move.source].append(words.labelled(move.label, self.drawing.label(move.target)))

    def _write_crowds(self) -> None:
        """One step that leaves many states would cover the drawing with lines: say it in words instead."""
        by_step: dict[tuple[str, str], list[_Edge]] = defaultdict(list)
        for edge in self.edges:
            by_step[str(edge.move.label), edge.move.target or ""].append(edge)
        for (label, target), crowd in by_step.items():
            if len(crowd) >= CROWD:
                self.edges = [e for e in self.edges if e not in crowd]
                self.notes[target].append(f"← {label} ({len(crowd)})")

    def _give_slots(self) -> None:
        """A place at the edge of its box for each arrow; arrows across one row stay level."""
        used: dict[tuple[str, str, int], set[int]] = defaultdict(set)
        for edge in sorted(self.edges, key=lambda e: (e.from_row != e.to_row, e.from_row, e.to_row)):
            start, end = self._doors(edge)
            level = edge.from_row == edge.to_row
            both = used[start] | used[end] if level else used[start]
            edge.from_slot = _first_free(both)
            used[start].add(edge.from_slot)
            edge.to_slot = edge.from_slot if level else _first_free(used[end])
            used[end].add(edge.to_slot)
        self.slots: dict[int, int] = defaultdict(int)
        for (_column, _side, row), places in used.items():
            self.slots[row] = max(self.slots[row], max(places) + 1)

    def _doors(self, edge: _Edge) -> tuple[tuple[str, str, int], tuple[str, str, int]]:
        if edge.side == "left":
            return ("main", "left", edge.from_row), ("main", "left", edge.to_row)
        here = "main" if self.is_main(edge.move.source) else "other"
        there = "other" if here == "main" else "main"
        return (here, "gap", edge.from_row), (there, "gap", edge.to_row)

    def _give_lanes(self) -> None:
        """Each arrow that changes its row gets an upright of its own, short ones nearest."""
        self.lanes = {"left": 0, "right": 0}
        for edge in sorted(self.edges, key=lambda e: abs(e.from_row - e.to_row)):
            if edge.from_row != edge.to_row:
                edge.lane = self.lanes[edge.side]
                self.lanes[edge.side] += 1

    def _measure(self) -> None:
        left = any(e.side == "left" for e in self.edges)
        right = any(not self.is_main(slug) for slug in self.rows)
        self.main_x = 2 + (LABELS + (self.lanes["left"] + 1) * LANE if left else 0)
        self.other_x = self.main_x + BOX + LABELS + (self.lanes["right"] + 2) * LANE
        self.width = self.other_x + BOX + 2 if right else self.main_x + BOX + LABELS
        self.tops: list[float] = []
        self.heights: list[float] = []
        y = 2.0
        for row in range(max(self.rows.values()) + 1):
            height = self._height(row)
            self.tops.append(y)
            self.heights.append(height)
            y += height + 26 + 15 * sum(len(_wrapped(m.label, 42)) for m in self.downs[row])
        self.height = int(self.tops[-1] + self.heights[-1] + 2)

    def _height(self, row: int) -> float:
        lines = [
            len(_wrapped(label, 21)) + len(self._note_lines(slug))
            for slug, label in self.drawing.states
            if self.rows[slug] == row
        ]
        return max(18 * max(lines, default=1) + 18, SLOT * self.slots[row] + 10, 42)

    def _note_lines(self, slug: str) -> list[str]:
        return [line for note in self.notes[slug] for line in _wrapped(note, 24)]

    def y_of(self, row: int, slot: int) -> float:
        return self.tops[row] + HEAD + SLOT * slot

    def lines_of(self, slug: str) -> list[tuple[str, str]]:
        named = [("b", line) for line in _wrapped(self.drawing.label(slug), 21)]
        return named + [("t", line) for line in self._note_lines(slug)]


def _first_free(places: set[int]) -> int:
    return next(i for i in range(len(places) + 1) if i not in places)


def _wrapped(words: Any, width: int) -> list[str]:
    return textwrap.wrap(str(words), width) or [""]


def _way_forward(drawing: Drawing) -> list[str]:
    """The longest way through the states in their order, steps marked as main counting double."""
    order = {slug: i for i, (slug, _label) in enumerate(drawing.states)}
    best: dict[str, tuple[int, list[str]]] = {slug: (0, [slug]) for slug in order}
    for slug in reversed(order):
        for move in drawing.moves:
            if move.source == slug and move.target and order[move.target] > order[slug]:
                weight, way = best[move.target]
                gained = weight + (2 if move.main else 1)
                if gained > best[slug][0]:
                    best[slug] = gained, [slug, *way]
    return best[next(iter(order))][1]


def _box(plan: _Plan, slug: str) -> Any:
    row = plan.rows[slug]
    x = plan.main_x if plan.is_main(slug) else plan.other_x
    top, height, lines = plan.tops[row], plan.heights[row], plan.lines_of(slug)
    final = not any(m.source == slug and m.target and m.target != slug for m in plan.drawing.moves)
    css = "b here" if slug == plan.drawing.here else "b end" if final else "b"
    first = top + height / 2 - 9 * (len(lines) - 1) + 5

    def paint(flip: _Flip) -> str:
        words = [
            flip.text(x + BOX / 2, first + 18 * i, line, "n" if kind == "b" else "t", "middle")
            for i, (kind, line) in enumerate(lines)
        ]
        return flip.rect(x, top, BOX, height, css) + "".join(words)

    return paint


def _down(plan: _Plan, row: int) -> Any:
    x = plan.main_x + BOX / 2
    top, bottom = plan.tops[row] + plan.heights[row], plan.tops[row + 1]
    labels = [line for move in plan.downs[row] for line in _wrapped(move.label, 42)]

    def paint(flip: _Flip) -> str:
        words = [flip.text(x + 10, top + 20 + 15 * i, line, "t") for i, line in enumerate(labels)]
        return flip.line([(x, top), (x, bottom)]) + "".join(words)

    return paint


def _edge(plan: _Plan, edge: _Edge) -> Any:
    start_y, end_y = plan.y_of(edge.from_row, edge.from_slot), plan.y_of(edge.to_row, edge.to_slot)
    leaves_main = plan.is_main(edge.move.source)
    if edge.side == "left":
        door = plan.main_x
        lane: float = door - LABELS - LANE * edge.lane - 4
        points = [(door, start_y), (lane, start_y), (lane, end_y), (door, end_y)]
        label_x, label_y = door - LABELS + 4.0, start_y
    else:
        near, far = plan.main_x + BOX, plan.other_x
        lane = near + LABELS + LANE * edge.lane + 10
        from_x, to_x = (near, far) if leaves_main else (far, near)
        points = [(from_x, start_y), (lane, start_y), (lane, end_y), (to_x, end_y)]
        label_x, label_y = near + 10.0, start_y if leaves_main else end_y
    if start_y == end_y:
        points = [points[0], points[-1]]
    lines = _wrapped(edge.move.label, 24)[:2]

    def paint(flip: _Flip) -> str:
        base = label_y - 5 - 13 * (len(lines) - 1)
        words = [flip.text(label_x, base + 13 * i, line, "t") for i, line in enumerate(lines)]
        return flip.line(points) + "".join(words)

    return paint
