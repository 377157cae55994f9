"""Whatever steps people take, in whatever order: every case stays in a known state, its record and its tasks fit it.

Short walks in `make check`; `TAAWUN_WALKS=2000 .venv/bin/pytest tests/cycle/test_random_walks.py` takes more.
"""

import os
from collections import Counter as Count

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings, strategies as st

from taawun.agreements import actions as agreements
from taawun.cycle import actions
from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation import clock, editing
from taawun.foundation.models import AuditEvent, Task
from taawun.foundation.seats import Letter
from taawun.foundation.steps import Refused, offered, perform
from taawun.foundation.taking_back import take_back
from taawun.foundation.tasks import tasks_of
from taawun.lessons import actions as lessons
from taawun.workspace.demo import exchange
from taawun.workspace.demo.cast import PLAYERS
from tests.cycle.made import body
from tests.factories import a_request, a_request_on_paper, an_activity, an_operation, who

WALKS = int(os.environ.get("TAAWUN_WALKS", "200"))
STATES = [
    *("idea", "draft", "submitted", "retained", "endorsed", "received"),
    *("under_review", "adopted", "notified", "confirmed"),
]
OPERATION_STATES = ["planning", "appraised", "agreed", "completed", "ex_post_due", "evaluated"]
ACTIVITY_STATES = ["planning", "agreed", "in_implementation"]
ON_PAPER = 1  # a request of a country whose ministries have no accounts
STARTS = len(STATES) + len(OPERATION_STATES) + len(ACTIVITY_STATES) + ON_PAPER
REFUSALS = (Refused, PermissionDenied, editing.Frozen, editing.Conflict)


@pytest.fixture(scope="module")
def ready(shared_world):
    """A case in each state to begin from, and everyone who may act."""
    cases = [a_request(state) for state in STATES] + [an_operation(state) for state in OPERATION_STATES]
    cases += [an_activity(state) for state in ACTIVITY_STATES] + [a_request_on_paper()]
    office, embassy = who("mm-office"), who("gn-embassy")
    followed = {
        "title": "Follow-up",
        "modality_id": "modality:expert",
        "basis_number": "L-1",
        "basis_on": clock.today(),
        "scan": exchange.scan("Letter (example)", office),
    }
    reply = {
        "number": "NV-1",
        "dated_on": clock.today(),
        "scan": exchange.scan("Reply (example)", who("mm-office")),
    }
    data = {
        "receive": {"checked": ["form"]},
        "open-review": {"ministries": [body("jp-comms"), body("jp-finance")]},
        "confirm": reply,
        "follow-up": followed,
        "return-incomplete": {"missing": ["form"]},
        "defer": {"reason_code": "decision-reason:other"},
        "decline": {"reason_code": "decision-reason:other"},
    }
    clock.begin_request()  # the clock stands still for all walks
    letter = Letter("L-2", clock.today(), exchange.scan("Letter of a ministry (example)", embassy))
    people = {player.slug: who(player.slug) for player in PLAYERS}
    yield {"cases": cases, "people": people, "data": data, "letter": letter}
    clock.forget()


# ── What people do besides steps ──


def opine(case, person):
    opinion = case.opinions.order_by("given_on", "pk").first()
    if opinion is None:
        raise Refused(["Nobody was asked."])
    actions.give_opinion(opinion, verdict="favourable", text="Yes.", actor=person)


def note(case, person):
    version = case.appraisal_note.version if hasattr(case, "appraisal_note") else 0
    text = f"Note {AuditEvent.objects.count()}"
    actions.write_appraisal_note(case, text, actor=person, base_version=version)


def write(case, person):
    values = {"background": f"Background {AuditEvent.objects.count()}"}
    actions.save_request_part(case, "background", values, actor=person, base_version=case.version)


def forward(case, person):
    letter = {"letter_number": "C/1", "letter_date": clock.today()}
    actions.forward_lot(actions.lot_of(case), actor=person, **letter)


def report(case, person):
    held = getattr(case, "activity_report", None)
    values = {"done": f"{AuditEvent.objects.count()}", "results": "", "recommended": "", "participants": None}
    actions.write_activity_report(case, values, actor=person, base_version=held.version if held else 0)


def take_it_back(case, person):
    take_back(case, actor=person, reason="By mistake.")


def see(case, person):
    lessons.mark_similar_seen(coop_request=case, actor=person)


def tick(case, person):
    actions.tick()


def verbale(case, person):
    values = {
        "number": "JM-1",
        "dated_on": clock.today(),
        "prevailing_language": "en",
        "text": "Text.",
        "scan": None,
    }
    held = getattr(case, "note_verbale", None)
    agreements.write_note(case, values, actor=person, base_version=held.version if held else 0)


# Each with one of those who may; `do` lets anyone try.
BESIDES = {
    "request": {
        opine: "comms-opinion",
        note: "desk",
        write: "post-officer",
        forward: "mm-coordinator",
        see: "desk",
        verbale: "mm-office",
        take_it_back: "mm-coordinator",
    },
    "operation": {tick: "desk", take_it_back: "desk", report: "sn-embassy"},
}


# ── A walk ──


def steps_of(case):
    return sorted({step.name for step in case.workflow.transitions})


def chosen(case, ready, sort, number):
    """An act and who does it: mostly a step their seat offers, sometimes another act, sometimes anything by anyone."""
    people, besides = ready["people"], BESIDES[case.kind]
    if sort == "anything":
        acts = [(act, person) for act in [*steps_of(case), *besides] for person in [*people.values(), None]]
    else:
        acts = [(act, people[slug]) for act, slug in besides.items()]
    if sort == "step":
        acts = [(s.name, person) for person in people.values() for s in offered(case, person)] or acts
    return acts[number % len(acts)]


def do(case, act, person, ready):
    """One act; gives whether it went through. Nobody (the clock) takes steps alone."""
    if person is None and callable(act):
        return False
    try:
        with transaction.atomic():
            if callable(act):
                act(case, person)
            else:
                data = dict(ready["data"].get(act, {}))
                perform(case, act, actor=person, reason="Because.", letter=ready["letter"], data=data)
    except REFUSALS:
        return False
    return True


def moves(case):
    return AuditEvent.objects.filter(kind=case.kind, subject_id=case.pk).exclude(to_state="").order_by("id")


def look_at(case):
    """What must hold of a case at every moment."""
    assert case.state in case.workflow.states
    told = list(moves(case))
    passed = [{"request": "idea", "operation": ""}[case.kind], *(e.to_state for e in told)]
    assert [e.from_state for e in told] == passed[:-1]
    assert case.state == passed[-1]
    held = Count(
        Task.objects.filter(kind=case.kind, subject_id=case.pk).values_list(
            "act", "organisation_id", "role", "person_id", "due", "ref", "on_behalf_of_id"
        )
    )
    derived = Count(
        (t.act, t.organisation_id, t.role, t.person_id, t.due, t.ref, t.on_behalf_of_id)
        for t in tasks_of(case)
    )
    assert held == derived


def every_task_has_its_case():
    kinds = {"request": CooperationRequest, "operation": Operation}
    for kind, model in kinds.items():
        ids = set(Task.objects.filter(kind=kind).values_list("subject_id", flat=True))
        assert ids - set(model.objects.values_list("pk", flat=True)) == set()


SORTS = ["step", "step", "step", "besides", "besides", "anything"]
acts_drawn = st.lists(st.tuples(st.sampled_from(SORTS), st.integers(0, 9_999)), min_size=1, max_size=8)


@settings(
    max_examples=WALKS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(start=st.integers(0, STARTS - 1), acts=acts_drawn)
def test_any_walk_leaves_a_known_state_one_entry_a_move_and_the_tasks_of_the_state(ready, start, acts):
    with transaction.atomic():
        begun = ready["cases"][start]
        case = type(begun).objects.get(pk=begun.pk)
        for sort, number in acts:
            act, person = chosen(case, ready, sort, number)
            before, entries = case.state, moves(case).count()
            version, record = case.version, AuditEvent.objects.count()

            done = do(case, act, person, ready)

            case = type(case).objects.get(pk=case.pk)
            moved = case.state != before
            event("moved" if moved else "done" if done else "refused")
            assert moves(case).count() == entries + moved
            if not done:
                assert (case.state, case.version, AuditEvent.objects.count()) == (before, version, record)
            look_at(case)
            if hasattr(case, "operation"):
                look_at(Operation.objects.get(pk=case.operation.pk))
        every_task_has_its_case()
        transaction.set_rollback(True)
