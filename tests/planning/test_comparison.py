"""Two versions beside each other: every change is shown, once, and nothing else."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given, strategies as st

from taawun.planning.differences import Row, Said, compare, pieces_of
from taawun.planning.queries import revision_of, values_of, versions_of
from taawun.planning.snapshots import snapshots
from tests.planning.made import an_indicator, save, who
from tests.planning.revised import a_decided_revision, a_revision, a_risk, a_running_operation, adopt

# ── Any two snapshots ──

PARTS = ("outputs", "risks", "plan")
words = st.text("ab \né。", max_size=12)


def said(text):
    return Said(text, text)


fields = st.dictionaries(st.sampled_from(["No.", "Text", "Owner"]), words.map(said), min_size=1)
rows = st.dictionaries(st.integers(0, 6), fields, max_size=5).map(
    lambda held: [Row(key, f"Row {key}", found) for key, found in held.items()]
)
snapshot = st.dictionaries(st.sampled_from(PARTS), rows)


def plain(one):
    """What a snapshot says, by part and key; what says nothing is not there."""
    return {
        (part, row.key, name): said.value
        for part, found in one.items()
        for row in found
        for name, said in row.fields.items()
    }


def keys(one):
    return {(part, row.key) for part, found in one.items() for row in found}


@given(snapshot)
def test_a_version_does_not_differ_from_itself(one):
    assert compare(one, one) == {}


@given(snapshot, snapshot)
def test_every_change_is_shown_exactly_once(before, after):
    shown = [
        ((part, change.key, field.label), field)
        for part, changes in compare(before, after).items()
        for change in changes
        for field in change.fields
    ]
    old, new = plain(before), plain(after)

    assert [name for name, _field in shown] == list(dict.fromkeys(name for name, _field in shown))
    assert {name for name, _field in shown} == {
        name for name in old.keys() | new.keys() if old.get(name) != new.get(name)
    }
    for name, field in shown:
        assert (field.before, field.after) == (old.get(name, ""), new.get(name, ""))


@given(snapshot, snapshot)
def test_a_row_is_added_removed_or_changed_and_is_told_once(before, after):
    found = compare(before, after)
    told = [(change.kind, (part, change.key)) for part, changes in found.items() for change in changes]

    assert len({key for _kind, key in told}) == len(told)
    assert {key for kind, key in told if kind == "added"} == keys(after) - keys(before)
    assert {key for kind, key in told if kind == "removed"} == keys(before) - keys(after)


@given(snapshot, snapshot)
def test_the_other_way_round_what_came_goes(before, after):
    there, back = compare(before, after), compare(after, before)
    turned = {"added": "removed", "removed": "added", "changed": "changed"}

    def all_of(found, turn):
        return {
            (part, change.key, turn(change.kind)) for part, changes in found.items() for change in changes
        }

    assert all_of(there, turned.get) == all_of(back, str)


@given(words, words)
def test_the_pieces_make_up_both_texts(before, after):
    pieces = pieces_of(before, after)

    assert "".join(text for kind, text in pieces if kind != "added") == before
    assert "".join(text for kind, text in pieces if kind != "removed") == after


def test_words_that_changed_are_marked_the_others_are_not():
    assert pieces_of("Train the two instructors", "Train the three instructors and clerks") == [
        ("same", "Train the "),
        ("removed", "two"),
        ("added", "three"),
        ("same", " instructors"),
        ("added", " and clerks"),
    ]


# ── Versions as they are stored ──

WRITTEN = ("objectives", "outputs", "indicators", "assumptions", "inputs", "risks", "plan")


def differing(operation):
    before, after = versions_of(operation)
    return {
        part: [
            (change.kind, change.label, [(f.label, f.before, f.after) for f in change.fields])
            for change in changes
        ]
        for part, changes in compare(*snapshots(operation, [before, after])).items()
    }


def write(operation, part, values):
    save(operation, part, values, version=revision_of(operation).parts.get(part=part).version)


@pytest.fixture
def operation(world):
    return a_running_operation()


def test_a_copy_says_the_same(operation):
    a_revision(operation)

    assert differing(operation) == {}


def test_each_part_tells_its_own_changes(operation):
    revision = a_revision(operation)
    held = {part: values_of(operation, revision, part) for part in WRITTEN}
    write(operation, "objectives", {**held["objectives"], "goal": "Citizens use quick mail."})
    first, second = held["outputs"]["outputs"]
    write(
        operation,
        "outputs",
        {"outputs": [first | {"activities": "Survey the sorting centres\nWrite two manuals"}, second]},
    )
    write(
        operation,
        "indicators",
        {"indicators": [held["indicators"]["indicators"][0] | {"name": "Worded anew"}]},
    )
    write(operation, "risks", {"risks": [held["risks"]["risks"][0] | {"delete": True}]})
    write(
        operation,
        "plan",
        {
            "activities": [],
            "lines": [],
            "milestones": [{"id": None, "label": "Manual", "due_on": operation.ends_on}],
        },
    )

    assert differing(operation) == {
        "objectives": [
            (
                "changed",
                "Overall goal",
                [("Text", "Citizens use quick and certain mail.", "Citizens use quick mail.")],
            )
        ],
        "outputs": [
            ("changed", "Activity 1-2", [("Activity", "Write the sorting manual", "Write two manuals")])
        ],
        "indicators": [("changed", "Indicator G-1", [("Indicator", "Letters posted a head", "Worded anew")])],
        "risks": [
            (
                "removed",
                "Risk 1",
                [
                    ("Risk", "Staff leave", ""),
                    ("Likelihood", "Medium", ""),
                    ("Countermeasure", "Train two for each post", ""),
                ],
            )
        ],
        "plan": [("added", "Milestone 1", [("Milestone", "", "Manual"), ("Due on", "", "8 Jun 2029")])],
    }


def test_what_is_compared_is_named_in_the_readers_language(operation):
    with override("fr"):
        [held] = snapshots(operation, versions_of(operation)[:1])
    labels = {label for row in held["indicators"] for label in row.fields}
    assert {"Objectif", "Indicateur", "Cible"} <= labels
    assert "Objective" not in labels


def test_an_output_left_out_takes_its_own_along_and_the_next_moves_up(operation):
    revision = a_revision(operation)
    first, _second = values_of(operation, revision, "outputs")["outputs"]
    write(operation, "outputs", {"outputs": [first | {"delete": True}]})

    found = {
        part: [(kind, label) for kind, label, _fields in changes]
        for part, changes in differing(operation).items()
    }

    assert found == {
        "outputs": [
            ("removed", "Output 1"),
            ("changed", "Output 1"),
            ("removed", "Activity 1-1"),
            ("removed", "Activity 1-2"),
        ],
        "indicators": [("removed", "Indicator 1-1")],
        "plan": [("removed", "Activity 1-1"), ("removed", "Activity 1-2")],
    }


# ── The page ──


def page_of(client, operation, query="", name="compare"):
    return client.get(reverse(f"planning:{name}", args=[operation.pk]) + query)


def test_the_last_two_versions_are_compared_and_any_two_asked_for(client, operation):
    a_decided_revision(operation)
    write(
        operation,
        "risks",
        {"risks": [{"id": None, "text": "Floods", "likelihood": "low", "countermeasure": "", "owner": None}]},
    )
    adopt(operation)
    client.force_login(who("mm-coordinator"))

    shown = page_of(client, operation)
    back = page_of(client, operation, "?a=1&b=0")
    same = page_of(client, operation, "?a=0&b=0")

    assert [change.kind for part in shown.context["changes"] for change in part["changes"]] == ["added"]
    assert [change.kind for part in back.context["changes"] for change in part["changes"]] == ["removed"]
    assert same.context["changes"] == []
    assert "Both versions say the same." in same.content.decode()


@pytest.mark.parametrize("query", ["?a=x&b=y", "?a=99999999999999999999&b=-1", "?a=7", "?b="])
def test_a_version_that_is_none_is_not_asked_for(client, operation, query):
    a_revision(operation)
    client.force_login(who("desk"))

    shown = page_of(client, operation, query)

    assert (shown.status_code, shown.context["before"].number, shown.context["after"].number) == (200, 0, 1)


def test_one_version_is_compared_with_none(client, operation):
    client.force_login(who("desk"))

    for name in ("compare", "compare-paper"):
        assert (
            "There are no two versions to compare yet."
            in page_of(client, operation, name=name).content.decode()
        )


def test_what_is_written_is_shown_and_not_run(client, operation):
    revision = a_revision(operation)
    held = values_of(operation, revision, "objectives")
    write(operation, "objectives", held | {"goal": "<script>alert(1)</script> & more"})
    client.force_login(who("desk"))

    shown = page_of(client, operation).content.decode()

    assert "<script>alert" not in shown
    assert "&lt;" in shown


@pytest.mark.parametrize("times", [1, 4])
@pytest.mark.parametrize(("name", "statements"), [("compare", 15), ("compare-paper", 14)])
def test_the_page_costs_the_same_however_much_differs(
    client, operation, django_assert_num_queries, name, statements, times
):
    goal = a_revision(operation).objectives.get(level="goal")
    for number in range(times):
        row = a_risk(f"Floods {number}")
        write(operation, "risks", {"risks": [row]})
        new = an_indicator(operation, "goal", f"Counted {number}") | {"objective": goal.pk}
        write(operation, "indicators", {"indicators": [new]})
    client.force_login(who("desk"))

    with django_assert_num_queries(statements):
        page_of(client, operation, name=name)
