"""Rating schemes as versioned tables."""

import json
from copy import deepcopy
from itertools import product

import pytest
from hypothesis import given, strategies as st

from taawun.kernel import rating_files
from taawun.kernel.rating_files import RuleSetError, load, read, rule_set, shipped
from taawun.kernel.ratings import choices, in_force

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


# ── By year, by family, an agency's own ──


@pytest.mark.parametrize(
    ("wanted", "year", "slug"),
    [
        ("jica", 2008, None),
        ("jica", 2009, "jica-3-level"),
        ("jica", 2020, "jica-3-level"),
        ("jica", 2021, "jica-4-level"),
        ("jica", 2040, "jica-4-level"),
        ("jica-3-level", 2008, None),
        ("jica-3-level", 2040, "jica-3-level"),  # the provider keeps to it
        ("jica-4-level", 2020, None),
    ],
)
def test_the_year_decides_within_a_family_and_a_scheme_named_alone_is_kept(wanted, year, slug):
    found = in_force(shipped(), wanted, year)

    assert (found.slug if found else None) == slug


def test_the_four_level_scheme_holds_no_rule_of_ours():
    [rules] = [rules for rules in shipped() if rules.slug == "jica-4-level"]

    assert (rules.status, rules.table, rules.combinations) == ("to-be-completed", {}, 256)
    assert [criterion.meanings for criterion in rules.criteria] == [{}] * 4
    assert {rules.overall(vector) for vector in product((1, 2, 3, 4), repeat=4)} == {None}


def test_a_scheme_whose_table_holds_every_combination_is_complete():
    rows = [{"vector": list(vector), "overall": "good"} for vector in product((1, 2), repeat=2)]

    assert rule_set(SMALL).status == "confirmed-only"
    assert rule_set({**SMALL, "table": rows}).status == "complete"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"in_force_to": 2019}, "it ends before it begins"),
        ({"status": "finished"}, "'finished' is not a status"),
        ({"status": "complete"}, "it is called complete, and its table is not"),
        ({"status": "to-be-completed"}, "it is called to be completed, and its table is begun"),
        ({"family": 3}, "family is misshapen"),
        ({"in_force_to": "2020"}, "in_force_to is misshapen"),
        ({"narratives": {}}, "narratives is missing or misshapen"),
        ({"narratives": [{"slug": "x"}]}, "narratives 1: labels is missing or misshapen"),
    ],
)
def test_what_a_file_says_of_its_years_and_its_state_must_hold(changes, problem):
    with pytest.raises(RuleSetError) as refusal:
        rule_set({**SMALL, **changes})

    assert problem in refusal.value.problems


def test_an_agencys_own_files_stand_beside_those_of_the_program(tmp_path):
    (tmp_path / "own.json").write_text(json.dumps(SMALL))
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "latin.json").write_bytes(b"\xe9")
    (tmp_path / "again.json").write_text(json.dumps({**SMALL, "slug": "jica-3-level"}))

    known, problems = read(tmp_path)

    assert [rules.slug for rules in known] == [*(rules.slug for rules in shipped()), "two-questions"]
    assert [problem.split(":")[0] for problem in problems] == ["again.json", "broken.json", "latin.json"]
    assert problems[0] == "again.json: jica-3-level version 1 is known already"


def test_without_a_folder_there_are_those_of_the_program(tmp_path):
    assert read(tmp_path / "nowhere") == (shipped(), [])


def test_a_provider_chooses_a_family_or_one_scheme():
    assert choices([*shipped(), rule_set(SMALL)], "en") == [
        ("jica", "JICA, by the year of the evaluation"),
        ("two-questions", "Two questions"),
        ("jica-3-level", "JICA, three-level sub-ratings"),
        ("jica-4-level", "JICA, four-level sub-ratings"),
    ]


@given(
    st.lists(st.tuples(st.integers(2000, 2030), st.integers(0, 15)), min_size=1, max_size=6),
    st.integers(1995, 2050),
)
def test_what_is_in_force_has_begun_and_has_not_ended(spans, year):
    rows = [
        rule_set({**SMALL, "version": number, "in_force_from": start, "in_force_to": start + length})
        for number, (start, length) in enumerate(spans, start=1)
    ]

    found = in_force(rows, "two-questions", year)

    holding = [rules for rules in rows if rules.in_force_from <= year <= rules.in_force_to]
    assert (found in holding) if holding else found is None


def test_files_are_read_again_when_one_has_changed_and_not_before(tmp_path, monkeypatch):
    shipped()
    opened = []
    monkeypatch.setattr(rating_files, "load", lambda path: opened.append(path.name) or load(path))
    own = tmp_path / "own.json"
    own.write_text(json.dumps(SMALL), encoding="utf-8")

    first, again = read(tmp_path), read(tmp_path)
    own.write_text(json.dumps(SMALL | {"version": 12}), encoding="utf-8")
    changed, _problems = read(tmp_path)

    assert first == again
    assert opened == ["own.json"] * 2
    assert [rules.version for rules in changed if rules.slug == "two-questions"] == [12]
