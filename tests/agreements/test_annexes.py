"""The annexes of the Record of Discussions: chosen, and drawn from what is known."""

import pytest

from taawun.agreements.annexes import ALL, wanted
from taawun.agreements.organigram import committee, seated, structure
from taawun.cycle.models import Component, Operation, TeamFunction, TeamMember
from taawun.foundation import clock
from taawun.meetings.models import Capacity, Committee, Member
from taawun.workspace.demo.cast import organisation, user
from tests.agreements.test_record_of_discussions import address, write
from tests.meetings.made import an_operation, signed_in
from tests.planning.made import a_complete_operation

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def operation(world) -> Operation:
    """The postal operation, its Record of Discussions written."""
    made = an_operation("appraised")
    write(made)
    return made


def serves(operation, slug: str, body: str, function: TeamFunction, **more) -> TeamMember:
    return TeamMember.objects.create(
        operation=operation,
        person=user(slug).person,
        organisation=organisation(body),
        function=function,
        held_from=clock.today(),
        **more,
    )


def sits(operation, body: str, name: str, capacity: Capacity = Capacity.MEMBER) -> None:
    held, _made = Committee.objects.get_or_create(operation=operation)
    Member.objects.create(
        committee=held,
        organisation=organisation(body),
        name=name,
        title="Director",
        capacity=capacity,
        held_from=clock.today(),
    )


def paper(operation, asked: str = "", who: str = "desk"):
    return signed_in(who).get(address(operation, "record-of-discussions-paper") + asked)


def titles(page) -> list[str]:
    return [str(one["title"]) for one in page.context["annexes"]]


def lines(boxes, depth: int = 0) -> list[str]:
    found = []
    for box in boxes:
        said = " | ".join(filter(None, (box.label, box.name, box.detail)))
        found += [">" * depth + said, *lines(box.boxes, depth + 1)]
    return found


def drawn(operation) -> list[str]:
    return lines(structure(operation, [], seated(operation)))


# ── Which there are ──


def test_an_address_that_asks_for_none_gets_all_and_one_that_chose_gets_what_it_chose():
    assert wanted({}) == list(ALL)
    assert wanted({"annexes": "chosen", "committee": "yes", "matrix": "yes", "xx": "yes"}) == [
        "matrix",
        "committee",
    ]
    assert wanted({"annexes": "chosen"}) == []


def test_annexes_are_numbered_as_they_are_chosen(world):
    held = a_complete_operation("appraised")
    write(held)

    every, two = paper(held), paper(held, "?annexes=chosen&structure=yes&committee=yes")

    assert titles(every) == [
        "Annex I: Project design matrix",
        "Annex II: Plan of operation",
        "Annex III: Organisation of the operation",
        "Annex IV: Members of the joint coordinating committee",
    ]
    assert titles(two) == [
        "Annex I: Organisation of the operation",
        "Annex II: Members of the joint coordinating committee",
    ]
    assert [chosen for _slug, _name, chosen in two.context["annex_choices"]] == [False, False, True, True]


def test_without_a_design_there_is_no_annex_of_it(operation):
    assert titles(paper(operation)) == [
        "Annex I: Organisation of the operation",
        "Annex II: Members of the joint coordinating committee",
    ]


def test_a_document_made_keeps_the_annexes_that_were_chosen(operation):
    page = paper(operation, "?annexes=chosen&committee=yes")

    assert "annexes=chosen&committee=yes" in page.context["making"]["address"]


def test_a_stranger_reads_no_annex(operation):
    assert paper(operation, who="la-officer").status_code == 404


# ── The structure ──


def test_posts_nobody_holds_yet_are_to_be_named(operation):
    Component.objects.filter(operation=operation).delete()

    assert drawn(operation)[:3] == [
        "Joint coordinating committee | to be named",
        ">Project director | to be named",
        ">>Project manager | to be named",
    ]


def test_people_stand_under_their_organisation_on_their_side(operation):
    serves(operation, "post-officer", "mm-post", TeamFunction.DIRECTOR)
    serves(operation, "mm-coordinator", "mm-coordination", TeamFunction.COUNTERPART, field="Sorting")
    serves(operation, "desk", "jica", TeamFunction.CHIEF_ADVISOR)
    serves(operation, "comms-opinion", "jica", TeamFunction.EVALUATOR)
    sits(operation, "mm-post", "U Aung", Capacity.CHAIR)
    names = {slug: user(slug).person.name for slug in ("post-officer", "mm-coordinator", "desk")}

    found = drawn(operation)

    assert found[:2] == [
        "Joint coordinating committee | Chair: U Aung (Myanmar Post)",
        f">Project director | {names['post-officer']} (Myanmar Post)",
    ]
    coordination = found.index(f">>>>>Counterpart | {names['mm-coordinator']} | Sorting")
    assert found[coordination - 1].startswith(">>>>Coordination body | ")
    assert f">>>>>Chief advisor | {names['desk']}" in found
    assert [one for one in found if "Evaluator" in one] == []


# ── The committee ──


def test_members_stand_by_side_and_a_signing_party_without_any_is_told(operation):
    sits(operation, "mm-post", "U Aung", Capacity.CHAIR)

    found = committee(operation, seated(operation))

    assert [(one.name, [m.name for m in one.members], one.missing) for one in found] == [
        ("Partner country: Myanmar", ["U Aung"], []),
        ("Side of the provider", [], ["Japan International Cooperation Agency (JICA)"]),
    ]


@pytest.mark.parametrize("many", [1, 4])
def test_the_paper_costs_the_same_however_many_people(operation, many, django_assert_num_queries):
    for slug in ("post-officer", "mm-coordinator", "desk", "comms-opinion")[:many]:
        serves(operation, slug, "mm-post", TeamFunction.COUNTERPART)
        sits(operation, "jica", slug)
    browser = signed_in("desk")

    with django_assert_num_queries(19):
        browser.get(address(operation, "record-of-discussions-paper"))
