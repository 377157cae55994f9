"""Every address, tried by everybody at every stage, answers as the table says.

With `--every-door` (in `make test`) it is everybody, at every address, at every stage, one by one. Without, in
`make check`, some come to each address at each stage, others at the next.
"""

import pytest
from django.urls import get_resolver

from taawun.foundation.ports import registry
from taawun.foundation.steps import offered
from tests.doors import digests
from tests.doors.asking import (
    EVERYBODY,
    answers,
    doors_of,
    lookers,
    sees,
    senders,
    steps_of,
    told,
)
from tests.doors.names import names
from tests.doors.table import DOORS, HOUSE, SEES, STATES, STEPS, STRANGERS

STAGES = [(kind, state) for kind, states in STATES.items() for state in states]
at_every_stage = pytest.mark.parametrize("case", STAGES, indirect=True, ids="-".join)


# ── The table is whole ──


def test_every_address_of_the_program_is_in_the_table():
    known = {door.name for door in DOORS} | HOUSE.keys() | {"step"}
    present = {name for name in names(get_resolver()) if not name.startswith("account_")}

    assert sorted(present - known) == []
    assert sorted(known - present) == []


def test_every_kind_of_case_its_states_and_its_steps_are_in_the_table():
    kinds = {table.slug: table for kind in registry.kinds.values() for table in kind.workflows}

    assert {slug: set(workflow.states) for slug, workflow in kinds.items()} == {
        kind: set(states) for kind, states in STATES.items()
    }
    assert {slug: {step.name for step in workflow.transitions} for slug, workflow in kinds.items()} == {
        kind: set(steps) for kind, steps in STEPS.items()
    }


def test_everybody_has_a_place_in_the_table(everybody):
    named = {slug for kind in SEES.values() for slug in kind}

    assert sorted(everybody) == EVERYBODY
    assert named & STRANGERS.keys() == set()


# ── Who sees the case, and which steps it offers: everybody at every stage ──


@at_every_stage
def test_a_case_is_seen_and_its_steps_are_offered_as_the_table_says(case, everybody):
    gate = case.kind_record.visible_to

    seen = {slug for slug, user in everybody.items() if gate(user).filter(pk=case.pk).exists()}
    steps = {slug: {step.name for step in offered(case, user)} for slug, user in everybody.items()}

    assert seen == {slug for slug in everybody if sees(case, slug)}
    assert steps == {slug: steps_of(case, slug) for slug in everybody}


# ── What each address answers ──


@at_every_stage
def test_every_address_answers_whoever_asks_as_the_table_says(case, browsers, nowhere, every_door, bare):
    wrong = []
    for number, address in enumerate(doors_of(case, every=every_door)):
        for slug in EVERYBODY if every_door else lookers(address, case, number):
            answer, wanted = browsers[slug].get(address.path), answers(address, case, slug, "GET")
            if answer.status_code not in wanted:
                wrong.append(f"{slug} at {address.label}: {answer.status_code}, the table says {wanted}")
            elif (
                not sees(case, slug)
                and 404 in wanted
                and told(answer, address.path) != nowhere(slug, address)
            ):
                wrong.append(f"{slug} at {address.label}: more than where nothing is")

    assert wrong == []


@at_every_stage
def test_what_a_person_may_not_send_is_refused_and_changes_nothing(case, browsers, every_door, bare):
    before, wrong = digests.of_everything(), []
    for number, address in enumerate(doors_of(case, every=every_door)):
        # Where nothing is taken (405), it is refused before anybody asks who sends it.
        everyone = every_door and address.door.posts
        for slug in EVERYBODY if everyone else senders(address, case, number):
            wanted = answers(address, case, slug, "POST")
            if not wanted:
                continue
            answer = browsers[slug].post(address.path, FORGED)
            if answer.status_code not in wanted:
                wrong.append(f"{slug} to {address.label}: {answer.status_code}, the table says {wanted}")

    assert wrong == []
    assert digests.changed(before) == []


# What forms would take in part: it must not come so far.
FORGED = {
    "title": "Forged",
    "text": "Forged",
    "reason": "Forged",
    "verdict": "favourable",
    "base_version": "1",
    "version": "1",
    "autosave": "1",
}
