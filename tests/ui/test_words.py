from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import translation

from taawun.ui import words


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "24 Nov 2026"), ("fr", "24 nov. 2026"), ("ar", "24 نوفمبر 2026")]
)
def test_a_date_reads_in_the_readers_language_with_western_digits(draw, language, expected):
    with translation.override(language):
        text = draw("{{ d|day }}", d=date(2026, 11, 24))

    assert text == expected


def test_no_date_is_a_dash(draw):
    assert draw("{{ d|day }}", d=None) == "–"


def test_a_moment_shows_its_time(draw):
    assert draw("{{ d|moment }}", d=datetime(2026, 11, 23, 16, 40, tzinfo=UTC)) == "23 Nov 2026, 16:40"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 24), "today"),
        (date(2026, 11, 23), "1 day"),
        (date(2026, 11, 16), "8 days"),
        (date(2026, 5, 24), "6 months"),
        (date(2023, 11, 24), "3 years"),
    ],
)
def test_how_long_ago_is_said_in_days_then_months_then_years(draw, day, expected):
    assert draw("{{ d|since }}", d=day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), ("4 days late", "late")),
        (date(2026, 11, 24), ("today", "wait")),
        (date(2026, 11, 25), ("in 1 day", "")),
    ],
)
def test_a_deadline_is_told_with_its_tone(day, expected):
    assert words.due(day) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2027, 2, 1), date(2027, 2, 19), "1 – 19 Feb 2027"),
        (date(2027, 2, 1), date(2027, 3, 2), "1 Feb 2027 – 2 Mar 2027"),
        (date(2027, 2, 1), None, "since 1 Feb 2027"),
        (None, date(2027, 2, 1), "until 1 Feb 2027"),
        (None, None, "–"),
    ],
)
def test_an_open_period_is_said_with_a_word(start, end, expected):
    assert words.period(start, end) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "1,234,567.8"), ("fr", "1\u202f234\u202f567,8"), ("ar", "1\u00a0234\u00a0567,8")],
)
def test_a_figure_is_grouped_as_the_language_groups(language, expected):
    with translation.override(language):
        assert words.figure(Decimal("1234567.8000")) == expected


def test_a_negative_figure_keeps_its_sign_on_the_left_in_arabic():
    with translation.override("ar"):
        assert words.figure(Decimal("-5")) == "\u200e−5"


def test_figures_can_fix_their_places(draw):
    assert draw("{{ n|figure:2 }}", n=Decimal("32.8")) == "32.80"


@pytest.mark.parametrize("nothing", [None, "", Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_a_dash(nothing):
    assert words.figure(nothing) == "–"


@pytest.mark.parametrize(
    ("amount", "expected"), [(Decimal("18400000.00"), "MAD 18,400,000"), (Decimal("12.5"), "MAD 12.50")]
)
def test_money_shows_hundredths_only_where_there_are_some(amount, expected):
    assert words.money(SimpleNamespace(amount=amount, currency="MAD")) == expected


def test_a_name_in_an_arabic_sentence_keeps_its_brackets():
    said = []
    for language in ("en", "ar"):
        with translation.override(language):
            said.append(words.apart("Experts (example)"))

    assert said == ["Experts (example)", "\u2068Experts (example)\u2069"]


def test_two_facts_on_a_line_have_the_comma_of_the_reader(draw):
    said = []
    for language in ("fr", "ar"):
        with translation.override(language):
            said.append(draw("A{% comma %}B"))

    assert said == ["A, B", "A، B"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("Expert: two", "Expert:")),
        ("fr", ("Expert\u00a0: two", "Expert\u00a0:")),
        ("ar", ("Expert: two", "Expert:")),
    ],
)
def test_a_label_has_the_colon_of_the_readers_language(language, expected):
    with translation.override(language):
        assert (words.labelled("Expert", "two"), words.labelled("Expert", "")) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "a, b; c"), ("fr", "a, b\u202f; c"), ("ar", "a, b؛ c")]
)
def test_parts_that_hold_commas_are_parted_by_the_semicolon_of_the_language(language, expected):
    with translation.override(language):
        assert words.parted(["a, b", "c"]) == expected
