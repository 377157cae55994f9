"""The map: countries where they lie, shaded by what they hold, and drawn as the authorities of the place draw them."""

import csv
import re
from pathlib import Path

import pytest
from tools import worldmap

from taawun.ui.worldmap import Place, Shade, at, draw, knows, steps, world

COUNTRIES = Path(__file__).parents[2] / "src" / "taawun" / "reference" / "data" / "country.csv"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "standards"


def paths(svg):
    return re.findall(r'<path class="([^"]*)"', svg)


def test_a_place_lies_in_the_box_of_its_country():
    for code, place in {
        "SN": Place(14.69, -17.44),
        "MM": Place(19.75, 96.1),
        "FJ": Place(-18.14, 178.44),
        "BO": Place(-16.5, -68.15),
    }.items():
        left, top, right, bottom = world()["countries"][code]["box"]
        x, y = at(place)
        assert (left - 8 <= x <= right + 8, top - 8 <= y <= bottom + 8) == (True, True), code


def test_no_country_is_drawn_across_the_sheet():
    """Those that lie on both sides of the date line have a part at either edge, and no line between them."""
    for code, drawn in world()["countries"].items():
        for ring in drawn["d"].split("M")[1:]:
            steps_of = re.findall(r"-?\d+", ring.partition("l")[2])
            assert max(abs(int(step)) for step in steps_of) < 700, code


def test_every_country_of_the_list_that_has_land_of_its_own_is_on_the_map():
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    missing = {row["code"] for row in rows if not row["valid_to"] and not knows(row["code"])}
    assert missing == {
        "AQ",  # left out on purpose
        *("BQ", "BV", "CC", "CX", "GF", "GI", "GP", "MQ", "RE", "SJ", "TK", "TV", "UM", "YT"),
    }


def test_a_shaded_country_opens_what_it_says_and_its_title_is_escaped():
    svg = draw({"SN": Shade(3, "Senegal: <5>", "/countries/SN/")}, "Operations")

    assert '<a tabindex="-1" href="/countries/SN/">' in svg
    assert "<title>Senegal: &lt;5&gt;</title>" in svg
    assert paths(svg) == ["m-3"]


def test_a_focus_draws_the_country_and_its_neighbours_alone():
    whole, near = draw({}, "x"), draw({}, "x", focus="SN")

    assert paths(near) == ["m-f"]
    assert near.count("<path") < whole.count("<path") / 4


def test_a_unit_is_drawn_as_part_of_another_where_the_installation_says_so(settings):
    shades = {"MA": Shade(4, "Morocco")}
    assert paths(draw(shades, "x")) == ["m-4"]

    settings.MAP_JOINED = ["EH:MA"]

    assert paths(draw(shades, "x")) == ["m-4", "m-4"]
    assert (knows("EH"), knows("MA")) == (False, True)


def test_values_fall_into_four_steps_and_equals_share_one():
    assert steps({"A": 1, "B": 1, "C": 5, "D": 7, "E": 90}) == {"A": 1, "B": 1, "C": 2, "D": 3, "E": 4}
    assert steps({"A": 3}) == {"A": 1}
    assert steps({}) == {}


@pytest.mark.skipif(not SHARED.exists(), reason="the standards' own files are not beside this checkout")
def test_the_drawing_is_what_its_tool_makes_of_the_source():
    assert worldmap.world(SHARED) == world()
