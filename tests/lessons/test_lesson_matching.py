"""The comparison alone: facts in, reasons out; no database."""

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from taawun.lessons.matching import MOST, THRESHOLD, Facts, best, reasons
from taawun.lessons.words import fold, stem, terms

SECTORS = [
    (),
    ("sector:22012", "sector:22010", "sector-category:220"),
    ("sector:22010", "sector-category:220"),
    ("sector:22020", "sector-category:220"),
    ("sector:11120", "sector-category:111", "sector-category:110"),
    ("sector:11220", "sector-category:112", "sector-category:110"),
]
COUNTRIES = [
    (),
    ("country:MM", "region:035", "region:142"),
    ("country:LA", "region:035", "region:142"),
    ("country:JP", "region:030", "region:142"),
    ("country:SN", "region:011", "region:202", "region:002"),
]
WORDS = ["post", "delivery", "sorting", "mail", "courrier", "bureau", "بريد", "توزيع", "school", "teacher"]
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
facts = st.builds(
    Facts,
    sectors=st.sampled_from(SECTORS),
    countries=st.sampled_from(COUNTRIES),
    modality=st.sampled_from(["", "modality:a", "modality:b"]),
    heading=texts,
    body=texts,
)
calm = settings(deadline=None)  # a busy machine is no reason to fail
libraries = st.dictionaries(st.integers(1, 99), facts, max_size=12)


def score(wanted: Facts, held: Facts) -> int:
    return sum(reason.points for reason in reasons(wanted, held))


@calm
@given(facts, libraries)
def test_never_more_than_five_are_offered_each_with_a_reason_and_above_the_threshold(wanted, library):
    offered = best(wanted, library)

    assert len(offered) <= MOST
    assert all(match.reasons and match.score >= THRESHOLD for match in offered)


@calm
@given(facts, libraries, st.integers(0, 9))
def test_the_setting_limits_the_number(wanted, library, limit):
    assert best(wanted, library, limit=limit) == best(wanted, library, limit=99)[:limit]


@calm
@given(facts, libraries, st.randoms())
def test_the_order_does_not_depend_on_the_order_of_the_library(wanted, library, chance):
    keys = list(library)
    chance.shuffle(keys)

    assert best(wanted, {key: library[key] for key in keys}) == best(wanted, library)


@calm
@given(facts, libraries)
def test_the_most_relevant_comes_first_and_of_equals_the_newer(wanted, library):
    offered = best(wanted, library)

    assert offered == sorted(offered, key=lambda match: (-match.score, -match.key))


@calm
@given(facts, facts, st.sampled_from(SECTORS[1:]))
def test_an_equal_sector_never_lowers_the_score(wanted, held, sectors):
    assert score(replace(wanted, sectors=sectors), replace(held, sectors=sectors)) >= score(wanted, held)


@calm
@given(facts, facts, st.sampled_from(COUNTRIES[1:]))
def test_an_equal_country_never_lowers_the_score(wanted, held, countries):
    assert score(replace(wanted, countries=countries), replace(held, countries=countries)) >= score(
        wanted, held
    )


@calm
@given(facts, facts)
def test_an_equal_modality_never_lowers_the_score(wanted, held):
    assert score(replace(wanted, modality="modality:c"), replace(held, modality="modality:c")) >= score(
        wanted, held
    )


@calm
@given(facts, facts)
def test_a_further_word_in_common_never_lowers_the_score(wanted, held):
    for part in ("heading", "body"):
        further = {part: f"{getattr(wanted, part)} lighthouse"}, {part: f"{getattr(held, part)} lighthouse"}

        assert score(replace(wanted, **further[0]), replace(held, **further[1])) >= score(wanted, held)


def test_the_same_purpose_code_weighs_more_than_the_same_category_and_that_more_than_a_wider_one():
    same, category, wider = (
        score(Facts(sectors=SECTORS[a]), Facts(sectors=SECTORS[b])) for a, b in ((1, 1), (1, 3), (4, 5))
    )

    assert same > category > wider > 0


def test_the_same_country_weighs_more_than_the_same_region_and_that_more_than_the_continent():
    same, region, continent = (
        score(Facts(countries=COUNTRIES[a]), Facts(countries=COUNTRIES[b]))
        for a, b in ((1, 1), (1, 2), (1, 3))
    )

    assert same > region > continent > 0


def test_a_modality_and_a_region_in_common_are_not_enough():
    wanted = Facts((), COUNTRIES[1], "modality:a", "Schools for all", "")
    held = Facts((), COUNTRIES[2], "modality:a", "Postal delivery", "")

    assert best(wanted, {1: held}) == []


def test_the_words_shown_are_the_lessons_own_those_of_both_titles_first():
    wanted = Facts(heading="Faster deliveries", body="The post is late")
    held = Facts(heading="Measure delivery", body="The postal sorting was late", sectors=SECTORS[1])

    told = [reason.value for reason in reasons(wanted, held) if reason.slug == "common-words"]

    assert told == [["delivery", "postal", "late"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("deliveries", "delivery"),
        ("postal", "post"),
        ("sorting", "sort"),
        ("postaux", "postale"),
        ("réseaux", "réseau"),
        ("SERVICES", "service"),
        ("البريدية", "بريد"),
        ("الخدمات", "خدمة"),
    ],
)
def test_forms_of_a_word_are_the_same_word(one, other):
    assert stem(fold(one)) == stem(fold(other))


@pytest.mark.parametrize(
    "text", ["the project of the ministry", "le projet dans les pays", "هذا المشروع في الوزارة", "2027 12 a"]
)
def test_words_that_every_text_holds_tell_nothing(text):
    assert terms(text) == {}


def test_accents_and_arabic_marks_do_not_part_words():
    assert list(terms("café CAFE\u0301 بَريد بريد")) == ["cafe", "بريد"]
