"""A workflow is a table: what is wrong in it is found when it is imported."""

import pytest

from taawun.kernel.workflow import Seat, Transition, Workflow, WorkflowError, slugs_used, states_of

WRITER = (Seat("writer", "own"),)


def step(name, source, target, **more):
    return Transition(name, name.title(), states_of(*source), target, **{"who": WRITER, **more})


def table(*steps, states=("a", "b"), initial=("a",), **more):
    return Workflow("letter", "Letter", {s: s.upper() for s in states}, states_of(*initial), steps, **more)


GO = step("go", ["a"], "b")


def test_a_sound_table_is_taken():
    workflow = table(GO, step("note", ["a", "b"], None))

    assert [s.name for s in workflow.leaving("a")] == ["go", "note"]
    assert [s.name for s in workflow.leaving("b")] == ["note"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: table(GO, step("on", ["b"], "c")),
        lambda: table(GO, step("on", ["c"], "b")),
        lambda: table(GO, initial=("a", "c")),
        lambda: table(GO, editable=states_of("c")),
    ],
    ids=["as target", "as source", "as beginning", "as editable"],
)
def test_an_unknown_state_is_refused(wrong):
    with pytest.raises(WorkflowError, match=r"^letter: unknown states \['c'\]$"):
        wrong()


def test_two_steps_of_one_name_from_one_state_are_refused():
    with pytest.raises(WorkflowError, match="go stands twice from a"):
        table(GO, step("go", ["b", "a"], "a"))


def test_one_name_may_serve_different_states():
    back, forth = step("turn", ["b"], "a"), step("turn", ["a"], "b")

    workflow = table(forth, back)

    assert (workflow.find("turn", "a"), workflow.find("turn", "b")) == (forth, back)


def test_a_state_no_way_leads_to_is_refused():
    with pytest.raises(WorkflowError, match=r"no way leads to \['c', 'd'\]"):
        table(GO, step("on", ["c"], "d"), states="abcd")


def test_a_state_reached_by_several_steps_alone_is_reached():
    workflow = table(step("two", ["b"], "c"), GO, states="abc")

    assert workflow.states == {"a": "A", "b": "B", "c": "C"}


def test_without_a_beginning_nothing_is_reached():
    with pytest.raises(WorkflowError, match=r"no way leads to \['a', 'b'\]"):
        table(GO, initial=())


def test_a_step_nobody_may_take_is_refused():
    with pytest.raises(WorkflowError, match="nobody may take go"):
        table(step("go", ["a"], "b", who=()))


def test_the_clock_needs_no_seat():
    assert table(step("go", ["a"], "b", who=(), by_clock=True)).find("go", "a").by_clock


def test_a_step_is_found_from_its_own_states_alone():
    workflow = table(GO)

    assert workflow.find("go", "a") is GO
    assert workflow.find("go", "b") is None
    assert workflow.find("come", "a") is None
    assert workflow.named("go") is GO
    assert workflow.named("come") is None


def test_the_record_tells_a_step_by_its_past_or_its_name():
    assert (GO.past, step("go", ["a"], "b", done="Gone").past) == ("Go", "Gone")


def test_every_slug_a_table_names_is_listed_once_by_its_sort():
    full = step(
        "go", ["a"], "b", requires=("x", "y"), effects=("e",), joint="j", form="f", when="w", unless="u"
    )
    plain = step("note", ["b"], None, requires=("x",))

    assert slugs_used([table(full, plain)]) == {
        "requirement": {"x", "y"},
        "effect": {"e"},
        "joint": {"j"},
        "form": {"f"},
        "condition": {"w", "u"},
    }
