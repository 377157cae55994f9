"""Bars beside their numbers: one scale, from zero, in the direction of reading."""

import re
from fractions import Fraction

from taawun.ui.bars import Bar, drawn


def rects(lengths, **more):
    rows = drawn([Bar("a", "1", "/", one) for one in lengths], **more)
    found = [re.search(r'class="(g-\w)" x="([\d.]+)%" y="3" width="([\d.]+)%"', row.drawn) for row in rows]
    return [one and (one[1], float(one[2]), float(one[3])) for one in found]


def test_the_longest_fills_the_width_and_what_has_no_number_has_no_bar():
    assert rects([4, 1, 0, None]) == [("g-a", 0, 100), ("g-a", 0, 25), None, None]


def test_below_zero_a_hollow_bar_runs_the_other_way_from_zero():
    assert rects([Fraction(3), -1]) == [("g-a", 25, 75), ("g-p", 0, 25)]


def test_for_readers_from_the_right_everything_is_mirrored():
    assert rects([3, -1], rtl=True) == [("g-a", 0, 75), ("g-p", 75, 25)]


def test_no_row_is_no_drawing():
    assert drawn([]) == []
