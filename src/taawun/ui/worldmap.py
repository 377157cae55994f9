"""Countries drawn on the server: shaded in steps, one brought forward, places as dots; no script, it prints.

The drawing comes from `data/world.json` (Natural Earth, public domain; made by `tools/worldmap.py`). Its borders and
names are the source's and take no side; an installation draws a unit as part of another where its authorities do so
(`MAP_JOINED`, "EH:MA,…").
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

DATA = Path(__file__).parent / "data" / "world.json"
STEPS = 4  # shades, the lightest first
LEAST_VIEW = 900  # units across: a small country is shown among its neighbours
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796  # Equal Earth, as the data
HALF, TOP = 2.7066, 1.3173627591574
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Place:
    """A dot: where, and what stands there."""

    latitude: float
    longitude: float
    title: str = ""


@dataclass(frozen=True)
class Shade:
    """What a country shows: its step (1 to 4), what is said of it, where that opens."""

    step: int
    title: str
    url: str = ""


@lru_cache(maxsize=1)
def world() -> dict[str, Any]:
    """The drawing, read once a process (some 300 KB)."""
    return dict(json.loads(DATA.read_text(encoding="utf-8")))


def draw(
    shades: Mapping[str, Shade], label: str, *, focus: str = "", places: Iterable[Place] = ()
) -> SafeString:
    """The map as SVG, countries by their ISO code of two letters; `label` says in words what it shows.

    With a `focus` only that country and what lies around it is drawn. It never mirrors: east stays right. Numbers
    belong in a table beside it, and so do its links: the keyboard does not stop at each country of the map.
    """
    box = _box(focus)
    parts = [_country(code, drawn, shades, focus) for code, drawn in _joined() if _meets(drawn["box"], box)]
    parts += [
        format_html('<path d="{}"/>', drawn["d"]) for drawn in world()["others"] if _meets(drawn["box"], box)
    ]
    scale = (box[2] - box[0]) / 1000
    parts += [_dot(place, scale) for place in places]
    view = f"{box[0]} {box[1]} {box[2] - box[0]} {box[3] - box[1]}"
    return format_html(
        '<svg class="map" viewBox="{}" role="group" aria-label="{}">{}</svg>',
        view,
        label,
        mark_safe("".join(parts)),  # noqa: S308 (each part was escaped)
    )


def at(place: Place) -> tuple[float, float]:
    """Where a place lies on the drawing."""
    t = asin(sqrt(3) / 2 * sin(radians(place.latitude)))
    t2 = t * t
    t6 = t2**3
    x = radians(place.longitude) * cos(t) / (sqrt(3) / 2 * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)))
    y = t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))
    scale = world()["width"] / (2 * HALF)
    return (x + HALF) * scale, (TOP - y) * scale


def steps(values: Mapping[str, Any]) -> dict[str, int]:
    """Values of countries in four steps of equal number, the largest darkest; equal values share a step."""
    ordered = sorted(set(values.values()))
    return {code: 1 + ordered.index(value) * STEPS // len(ordered) for code, value in values.items()}


def knows(code: str) -> bool:
    """Whether a country is on the map under its own code: not where it is drawn as part of another."""
    joins = _joins()
    return code not in joins and (code in world()["countries"] or code in joins.values())


def _joins() -> dict[str, str]:
    return dict(pair.split(":") for pair in settings.MAP_JOINED)


def _joined() -> list[tuple[str, dict[str, Any]]]:
    """Every country under its code, or under the one this installation draws it with."""
    joins = _joins()
    return [(joins.get(code, code), drawn) for code, drawn in world()["countries"].items()]


def _box(focus: str) -> Box:
    whole = world()
    if focus not in whole["countries"]:
        return 0, 0, whole["width"], round(whole["height"] * 0.93)  # without the empty south
    left, top, right, bottom = whole["countries"][focus]["box"]
    across = max(LEAST_VIEW, (right - left) * 1.5, (bottom - top) * 2.4)
    x, y = (left + right) / 2, (top + bottom) / 2
    return round(x - across / 2), round(y - across / 4), round(x + across / 2), round(y + across / 4)


def _meets(one: Iterable[int], other: Box) -> bool:
    left, top, right, bottom = one
    return left <= other[2] and right >= other[0] and top <= other[3] and bottom >= other[1]


def _country(code: str, drawn: Mapping[str, Any], shades: Mapping[str, Shade], focus: str) -> SafeString:
    shade = shades.get(code)
    css = " ".join(filter(None, [f"m-{shade.step}" if shade else "", "m-f" if code == focus else ""]))
    shape = format_html('<path class="{}" d="{}"/>' if css else '<path{} d="{}"/>', css, drawn["d"])
    if shade and drawn.get("small"):
        x, y = drawn["at"]
        shape += format_html('<circle class="{}" cx="{}" cy="{}" r="14"/>', css, x, y)
    if shade is None:
        return shape
    titled = format_html("<title>{}</title>{}", shade.title, shape)
    return (
        format_html('<a tabindex="-1" href="{}">{}</a>', shade.url, titled)
        if shade.url
        else format_html("<g>{}</g>", titled)
    )


def _dot(place: Place, scale: float) -> SafeString:
    x, y = at(place)
    dot = '<circle class="m-p" cx="{}" cy="{}" r="{}"><title>{}</title></circle>'
    return format_html(dot, round(x), round(y), f"{7 * scale:.1f}", place.title)
