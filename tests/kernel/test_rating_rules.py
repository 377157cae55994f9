"""Rating schemes as versioned tables."""

from copy import deepcopy
from itertools import product

import pytest

from taawun.kernel.ratings import RuleSetError, in_force, load, rule_set, shipped

# Confirmed from what JICA published: relevance, effectiveness/impact, efficiency, sustainability.
CONFIRMED = {
    (3, 3, 3, 3): "A",
    (3, 3, 3, 2): "A",
    (3, 3, 2, 3): "A",
    (3, 3, 2, 2): "B",
    (3, 2, 2, 3): "B",
    (3, 1, 2, 2): "D",
    (2, 1, 2, 1): "D",
}

SMALL = {
    "slug": "two-questions",
    "version": 1,
    "in_force_from": 2020,
    "labels": {"en": "Two questions"},
    "criteria": [
        {"slug": "need", "labels": {"en": "Need", "fr": "Besoin"}, "meanings": {"2": {"en": "Shown."}}},
        {"slug": "effect", "labels": {"en": "Effect"}},
    ],
    "levels": [{"score": 2, "labels": {"en": "Yes"}}, {"score": 1, "labels": {"en": "No"}}],
    "grades": [{"slug": "good", "labels": {"en": "Good"}}, {"slug": "poor", "labels": {"en": "Poor"}}],
    "table": [{"vector": [2, 2], "overall": "good"}],
}


def jica():
    return in_force(shipped(), "jica-3-level", 2016)


def test_the_seven_confirmed_combinations_and_no_others_are_computed():
    computed = {vector: jica().overall(vector) for vector in product((1, 2, 3), repeat=4)}

    assert {vector: grade for vector, grade in computed.items() if grade is not None} == CONFIRMED


def test_sub_ratings_by_name_are_put_in_order():
    sub_ratings = {"sustainability": 3, "efficiency": 2, "effectiveness-impact": 2, "relevance": 3}

    assert jica().overall(sub_ratings) == "B"


@pytest.mark.parametrize("vector", [(3, 3, 3), (3, 3, 3, 4), (3, 3, 3, 0), (), {"relevance": 3}])
def test_what_is_no_vector_of_the_scheme_is_refused(vector):
    with pytest.raises(ValueError):
        jica().overall(vector)


def test_every_word_of_a_shipped_scheme_stands_in_three_languages():
    for rules in shipped():
        labelled = [rules.labels, *(item.labels for item in (*rules.criteria, *rules.levels, *rules.grades))]
        labelled += [labels for criterion in rules.criteria for labels in criterion.meanings.values()]

        assert [
            labels for labels in labelled if not all(labels.get(language) for language in ("en", "fr", "ar"))
        ] == []
        assert rules.source != ""


def test_labels_fall_back_to_english():
    rules = rule_set(SMALL)

    assert rules.criteria[0].label("fr") == "Besoin"
    assert rules.criteria[0].label("ar") == "Need"
    assert rules.grade("poor").label("ar") == "Poor"
    assert rules.level(2).label("ar") == "Yes"
    assert rules.criteria[0].meaning(2, "fr") == "Shown."
    assert rules.criteria[0].meaning(1, "fr") == ""


def test_the_version_in_force_is_the_latest_begun():
    first = rule_set(SMALL)
    second = rule_set({**SMALL, "version": 2, "in_force_from": 2024})

    held = [in_force([second, first], "two-questions", year) for year in (2019, 2020, 2023, 2024, 2030)]

    assert held == [None, first, first, second, second]
    assert in_force([first], "another-scheme", 2024) is None


def with_changed(*path_and_value):
    *path, last, value = path_and_value
    data = deepcopy(SMALL)
    spot = data
    for key in path:
        spot = spot[key]
    spot[last] = value
    return data


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ([], "a rule set is an object with fields"),
        ({**SMALL, "version": True}, "version is missing or misshapen"),
        ({**SMALL, "criteria": {}}, "criteria is missing or misshapen"),
        ({**SMALL, "labels": {"en": 3}}, "labels is missing or misshapen"),
        ({**SMALL, "levels": ["high", "low"]}, "levels 1: not an object with fields"),
        (with_changed("table", 0, "vector", [2, True]), "table 1: vector is missing or misshapen"),
        (with_changed("table", 0, "vector", [[2], 2]), "table 1: vector is missing or misshapen"),
        (with_changed("criteria", 0, "meanings", {"high": {}}), "criteria 1: meanings are misshapen"),
        ({**SMALL, "slug": "Two questions"}, "'Two questions' is not a slug"),
        ({**SMALL, "version": 0}, "versions are counted from 1"),
        (
            {**SMALL, "labels": {"fr": "Deux questions"}},
            "the rule set has no label in the fallback language 'en'",
        ),
        (with_changed("levels", 0, "labels", {}), "levels 2 has no label in the fallback language 'en'"),
        ({**SMALL, "grades": SMALL["grades"][:1]}, "grades: at least 2 needed"),
        (with_changed("levels", 1, "score", 2), "levels: 2 stands there twice"),
        (with_changed("criteria", 0, "meanings", {"7": {"en": "Odd."}}), "criteria need: 7 is not a level"),
        (with_changed("table", 0, "vector", [2]), "table 1: 2 sub-ratings needed, 1 given"),
        (with_changed("table", 0, "vector", [2, 3]), "table 1: 3 is not a level"),
        (with_changed("table", 0, "overall", "splendid"), "table 1: 'splendid' is not a grade"),
        ({**SMALL, "table": SMALL["table"] * 2}, "table 2: (2, 2) stands there twice"),
    ],
)
def test_a_scheme_that_cannot_be_used_says_why(data, problem):
    with pytest.raises(RuleSetError) as refusal:
        rule_set(data)

    assert problem in refusal.value.problems


def test_everything_wrong_is_said_at_once():
    with pytest.raises(RuleSetError) as refusal:
        rule_set({**with_changed("table", 0, "overall", "splendid"), "version": 0})

    assert refusal.value.problems == ["versions are counted from 1", "table 1: 'splendid' is not a grade"]


def test_a_file_that_is_not_json_says_so(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{")

    with pytest.raises(RuleSetError, match=r"broken\.json is not JSON"):
        load(broken)
