"""The map of the world that pages draw from: `python tools/worldmap.py FOLDER` makes `src/taawun/ui/data/world.json`.

FOLDER holds `geo/countries-50m.json` (world-atlas: Natural Earth as TopoJSON) and `iso/country-codes.csv`. Borders are
shared lines in that file; each is simplified once, so that neighbours still meet. The projection is Equal Earth, where
areas compare; a page zooms by its view box.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "src" / "taawun" / "ui" / "data" / "world.json"
WIDTH = 8000  # of the world, in units of the drawing
LEAST = 9.0  # a bend of less area (in square units) is straightened
SMALL = 360.0  # a country of less area gets a dot, for a finger and an eye
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796  # Equal Earth (Šavrič, Patterson, Jenny 2018)
HALF = 2.7066  # half the width of the projected world
TOP = 1.3173627591574  # half its height
ANTARCTICA = "AQ"  # nobody's partner, and it goes round a pole
Point = tuple[float, float]


def project(longitude: float, latitude: float) -> Point:
    """A place on the sheet: x to the right, y downwards."""
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    t2 = t * t
    t6 = t2**3
    x = radians(longitude) * cos(t) / (sqrt(3) / 2 * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)))
    y = t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))
    scale = WIDTH / (2 * HALF)
    return (x + HALF) * scale, (TOP - y) * scale


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Every border of the file in degrees, simplified."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    made = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        made.append(simplified(unrolled(points)))
    return made


def unrolled(points: list[Point]) -> list[Point]:
    """The same line without a leap over the date line: beyond it the degrees go on counting."""
    made, turn, last = [], 0, points[0][0]
    for longitude, latitude in points:
        turn += (longitude - last < -180) - (longitude - last > 180)
        last = longitude
        made.append((longitude + 360 * turn, latitude))
    return made


def simplified(points: list[Point]) -> list[Point]:
    """The line without its smallest bends (Visvalingam); its ends stay, for its neighbours end there."""
    kept = [(point, project(*point)) for point in points]
    while len(kept) > 3:
        drawn = [at for _point, at in kept]
        areas = [_triangle(*drawn[n - 1 : n + 2]) for n in range(1, len(drawn) - 1)]
        if min(areas) >= LEAST:
            break
        # All bends that are small at once, but never two beside each other: long coasts stay quick.
        gone: set[int] = set()
        for n, area_ in enumerate(areas, start=1):
            if area_ < LEAST and area_ <= min(areas) * 4 + 0.5 and n - 1 not in gone:
                gone.add(n)
        kept = [pair for n, pair in enumerate(kept) if n not in gone]
    return [point for point, _at in kept]


def cut(ring: list[Point]) -> Iterator[list[Point]]:
    """An outline that crosses the date line as its parts on this side and on the other."""
    ring = unrolled(ring)
    for turn in (-1, 0, 1):
        part = _beside(_beside(ring, -180 + 360 * turn, 1), 180 + 360 * turn, -1)
        if len(part) > 2:
            yield [(longitude - 360 * turn, latitude) for longitude, latitude in part]


def _beside(ring: list[Point], at: float, side: int) -> list[Point]:
    """What lies on one side of a meridian (Sutherland and Hodgman)."""
    made: list[Point] = []
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        if (a[0] - at) * side >= 0:
            made.append(a)
        if (a[0] - at) * (b[0] - at) < 0:
            made.append((at, a[1] + (b[1] - a[1]) * (at - a[0]) / (b[0] - a[0])))
    return made


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def rings_of(geometry: dict[str, Any], arcs: list[list[Point]]) -> Iterator[list[Point]]:
    """The outlines of a country, holes included."""
    if "arcs" not in geometry:
        return
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        for ring in polygon:
            points: list[Point] = []
            for index in ring:
                line = arcs[index] if index >= 0 else arcs[~index][::-1]
                points += line[1:] if points else line
            for part in cut(points):
                yield [project(*point) for point in part]


def area(points: list[Point]) -> float:
    """Of an outline, in square units."""
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def path(rings: Iterable[list[Point]]) -> str:
    """The drawing, in whole units, each step from the last."""
    drawn = []
    for ring in rings:
        whole = [(round(x), round(y)) for x, y in ring]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole)]
        moves = " ".join(f"{dx} {dy}" for dx, dy in steps if (dx, dy) != (0, 0))
        if moves:  # an islet of less than a unit is told by its dot alone
            drawn.append(f"M{whole[0][0]} {whole[0][1]}l{moves}z".replace(" -", "-"))
    return "".join(drawn)


def country(rings: list[list[Point]]) -> dict[str, Any]:
    """What a page needs of it: the drawing, the box around it, where its middle is, whether it is small."""
    rings = sorted(rings, key=area, reverse=True)
    whole = sum(map(area, rings))
    shown = [ring for n, ring in enumerate(rings) if n == 0 or area(ring) >= 3]
    xs, ys = [p[0] for ring in shown for p in ring], [p[1] for ring in shown for p in ring]
    main = rings[0]
    middle = [round(sum(p[n] for p in main) / len(main)) for n in (0, 1)]
    box = [round(value) for value in (min(xs), min(ys), max(xs), max(ys))]
    made = {"d": path(shown), "box": box, "at": middle}
    return made | ({"small": True} if whole < SMALL else {})


def world(folder: Path) -> dict[str, Any]:
    """Every country and territory of the source by its ISO code; those without one under "" with their name."""
    topology = json.loads((folder / "geo" / "countries-50m.json").read_text(encoding="utf-8"))
    with (folder / "iso" / "country-codes.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["ISO3166-1-numeric"].zfill(3): row["ISO3166-1-Alpha-2"] for row in csv.DictReader(file)}
    arcs = arcs_of(topology)
    held: dict[tuple[str, str], list[list[Point]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = codes.get(str(geometry.get("id", "")).zfill(3), "")
        if code == ANTARCTICA:
            continue
        # Several units of one code (islands a country holds far away) are drawn as one.
        name = "" if code else geometry["properties"]["name"]
        held.setdefault((code, name), []).extend(rings_of(geometry, arcs))
    made = {key: country(rings) for key, rings in held.items() if rings}
    named = {code: drawn for (code, _name), drawn in made.items() if code}
    unnamed = [drawn | {"name": name} for (code, name), drawn in made.items() if not code]
    height = round(TOP * WIDTH / HALF)
    return {"width": WIDTH, "height": height, "countries": dict(sorted(named.items())), "others": unnamed}


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(
        json.dumps(world(Path(sys.argv[1])), separators=(",", ":"), ensure_ascii=False) + "\n",
        encoding="utf-8",
    )
