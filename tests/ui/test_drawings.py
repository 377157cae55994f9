import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils import translation

from taawun.ui import gantt, ring, trajectory, workflow_svg
from taawun.ui.ring import Phase, Ring, Station
from taawun.ui.workflow_svg import Drawing, Move

HERE = Ring(
    phases=[
        Phase("Plan", "done", [Station(1, "Request", "done"), Station(2, "Detailed plan", "done")]),
        Phase("Do", "done", [Station(3, "Experts", "done"), Station(4, "Monitoring", "done")]),
        Phase("Check", "now", [Station(5, "Confirmation of results", "now"), Station(6, "Ex-post", "todo")]),
        Phase("Act", "todo", [Station(7, "Lessons", "todo")]),
    ],
    above="step 5 of 7",
    state="Completion review",
    below="since 2 Nov 2026",
)


def numbers(svg, tag, attribute):
    return [float(n) for n in re.findall(rf'<{tag}[^>]* {attribute}="([\d.]+)', svg)]


class TestRing:
    def test_its_label_says_everything_the_picture_shows(self):
        assert ring.label_of(HERE) == (
            "Project cycle. Plan: done. Do: done. Check: now, step 5 of 7, Confirmation of results. Act: still to come."
        )

    def test_it_is_the_ring_of_the_mocks(self):
        svg = ring.draw(HERE)

        assert (
            '<path class="f-ok" d="M162 28A112 112 0 0 1 271.6 130.2L257.9 143.4L243.7 132.7'
            'A84 84 0 0 0 161.5 56L173.6 43Z"/>'
        ) in svg
        assert '<circle class="f-sun" cx="123.3" cy="230.9" r="14"/>' in svg

    def test_right_to_left_it_is_mirrored_and_its_words_are_not(self):
        plain, mirrored = ring.draw(HERE), ring.draw(HERE, rtl=True)

        turned = [320 - x for x in numbers(plain, "circle", "cx")]
        assert numbers(mirrored, "circle", "cx") == pytest.approx(turned)
        assert re.findall(">([^<]+)</text>", plain) == re.findall(">([^<]+)</text>", mirrored)

    def test_it_is_well_formed_whatever_it_says(self):
        odd = Ring(HERE.phases, "<&>", 'A "state" & a very long name of it indeed', "")

        ElementTree.fromstring(ring.draw(odd))  # noqa: S314 (our own drawing)

    def test_it_weighs_no_more_than_a_small_picture(self):
        assert len(ring.draw(HERE)) < 3500


class TestPlan:
    SCALE = gantt.Scale(date(2024, 1, 1), date(2027, 6, 30), date(2026, 11, 24))

    def test_a_bar_runs_from_the_first_to_the_last_day(self):
        svg = gantt.row(self.SCALE, planned=[(date(2024, 1, 1), date(2027, 6, 30))])

        assert '<rect class="g-p" x="0%" y="4" width="100%" height="10"/>' in svg

    def test_what_is_not_finished_runs_until_today(self):
        svg = gantt.row(self.SCALE, actual=[(date(2024, 1, 1), None)])

        assert numbers(svg, "rect", "width") == [pytest.approx(self.SCALE.at(date(2026, 11, 25)), abs=0.06)]

    def test_right_to_left_time_runs_the_other_way(self):
        span = (date(2024, 7, 1), date(2024, 12, 31))
        plain, mirrored = gantt.row(self.SCALE, [span]), gantt.row(self.SCALE, [span], rtl=True)

        (x,), (width,) = numbers(plain, "rect", "x"), numbers(plain, "rect", "width")
        assert numbers(mirrored, "rect", "x") == [pytest.approx(100 - x - width, abs=0.11)]

    def test_what_lies_outside_is_held_at_the_edge(self):
        svg = gantt.row(self.SCALE, planned=[(date(2020, 1, 1), date(2030, 1, 1))])

        assert '<rect class="g-p" x="0%" y="4" width="100%" height="10"/>' in svg

    def test_meetings_held_are_solid_and_those_to_come_hollow(self):
        svg = gantt.row(self.SCALE, held=[date(2025, 1, 1)], to_come=[date(2027, 1, 1)])

        assert re.findall('<path class="([^"]+)"', svg) == ["g-a", "g-p"]

    def test_the_years_stand_over_their_share(self):
        assert [year for year, _x in self.SCALE.years()] == [2024, 2025, 2026, 2027]

    def test_a_scale_is_made_of_whole_half_years(self):
        scale = gantt.scale_around([(date(2024, 8, 3), date(2025, 2, 1)), (date(2025, 1, 1), None)])

        assert (scale.start, scale.end) == (date(2024, 7, 1), date(2025, 6, 30))

    def test_nothing_planned_needs_no_scale(self):
        assert gantt.scale_around([]) is None


class TestTrajectory:
    COURSE = trajectory.Course(
        date(2024, 1, 1),
        date(2027, 1, 1),
        Decimal(0),
        Decimal(36),
        [(date(2026, 10, 1), Decimal(35)), (date(2024, 6, 1), Decimal(4))],
    )

    def test_values_are_joined_in_the_order_of_time(self):
        (points,) = re.findall('points="([^"]+)"', trajectory.draw(self.COURSE))

        xs = [float(pair.split(",")[0]) for pair in points.split()]
        assert xs == sorted(xs)
        assert len(xs) == 3

    def test_a_point_in_doubt_is_ringed_and_the_others_are_not(self):
        doubted = replace(self.COURSE, ringed=frozenset({date(2024, 6, 1), date(2025, 1, 1)}))

        [ring] = re.findall('<circle class="g-q" cx="([^"]+)" cy="([^"]+)"', trajectory.draw(doubted))

        spots = re.findall('<circle class="g-a" cx="([^"]+)" cy="([^"]+)"', trajectory.draw(doubted))
        assert spots.index(ring) == 1  # after the baseline
        assert "g-q" not in trajectory.draw(self.COURSE)

    @pytest.mark.parametrize(
        ("baseline", "target", "points"),
        [
            (None, None, []),
            (None, Decimal(5), []),
            (Decimal(5), Decimal(5), [(date(2025, 1, 1), Decimal(5))]),
            (Decimal(3), None, []),
        ],
    )
    def test_what_is_unknown_is_not_drawn_and_breaks_nothing(self, baseline, target, points):
        course = trajectory.Course(date(2024, 1, 1), date(2024, 1, 1), baseline, target, points)

        ElementTree.fromstring(trajectory.draw(course))  # noqa: S314 (our own drawing)


class TestWorkflow:
    STATES = [
        ("draft", "Draft"),
        ("withdrawn", "Withdrawn"),
        ("sent", "Sent"),
        ("decided", "Decided <final>"),
    ]
    MOVES = [
        Move("draft", "withdrawn", "Withdraw"),
        Move("draft", "sent", "Send", main=True),
        Move("sent", "draft", "Return"),
        Move("sent", "sent", "Remind"),
        Move("sent", None, "Comment"),
        Move("sent", "decided", "Decide", main=True),
    ]
    DRAWING = Drawing("Request", STATES, MOVES, here="sent")

    def test_the_way_forward_is_the_longest(self):
        plan = workflow_svg._Plan(self.DRAWING)

        assert plan.main == ["draft", "sent", "decided"]

    def test_every_state_and_step_is_named(self):
        words = re.findall("<text[^>]*>([^<]+)</text>", workflow_svg.draw(self.DRAWING))

        assert sorted(words) == sorted(
            [
                "Draft",
                "Withdrawn",
                "Sent",
                "Decided &lt;final&gt;",
                "Withdraw",
                "Send",
                "Return",
                "Decide",
                "↻ Remind",
                "↻ Comment",
            ]
        )

    def test_boxes_do_not_lie_on_each_other(self):
        svg = workflow_svg.draw(self.DRAWING)
        boxes = list(zip(*(numbers(svg, "rect", a) for a in ("x", "y", "width", "height")), strict=True))

        for i, (x, y, w, h) in enumerate(boxes):
            for x2, y2, w2, h2 in boxes[i + 1 :]:
                assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y

    def test_it_is_mirrored_for_right_to_left_readers(self):
        plain, mirrored = workflow_svg.draw(self.DRAWING), workflow_svg.draw(self.DRAWING, rtl=True)
        (width,) = numbers(plain, "svg", "width")

        lefts, widths = numbers(plain, "rect", "x"), numbers(plain, "rect", "width")
        assert numbers(mirrored, "rect", "x") == [width - x - w for x, w in zip(lefts, widths, strict=True)]

    def test_a_step_that_leaves_many_states_is_written_into_its_end(self):
        states = [(f"s{i}", f"State {i}") for i in range(6)] + [("cancelled", "Cancelled")]
        moves = [Move(f"s{i}", f"s{i + 1}", "On", main=True) for i in range(5)]
        moves += [Move(f"s{i}", "cancelled", "Cancel") for i in range(6)]

        svg = workflow_svg.draw(Drawing("Long", states, moves))

        assert "← Cancel (5)" in svg or "← Cancel (6)" in svg

    def test_the_table_says_the_same(self, draw):
        html = draw("{% workflow_drawing drawing %}", drawing=self.DRAWING)

        assert html.count('<th scope="row">') == 6
        assert html.count("the state stays") == 1

    def test_the_drawing_turns_with_the_language(self, draw):
        with translation.override("ar"):
            turned = draw("{% workflow_drawing drawing %}", drawing=self.DRAWING)

        assert workflow_svg.draw(self.DRAWING, rtl=True) in turned
