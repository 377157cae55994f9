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
from taawun.monitoring import actions as monitoring, disputes, disputing, settling
from taawun.monitoring.models import Dispute, DisputeKind, IndicatorValue, Sheet
from taawun.workspace.demo import exchange
from taawun.workspace.demo.cast import PLAYERS
from tests.cycle.made import body
from tests.factories import a_request, a_request_on_paper, an_activity, an_operation, who

WALKS = int(os.environ.get("TAAWUN_WALKS", "200"))
STATES = [
    *("idea", "draft", "submitted", "retained", "endorsed", "received"),
    *("under_review", "adopted", "notified", "confirmed"),
]
OPERATION_STATES = [
    *("planning", "appraised", "agreed", "in_implementation"),
    *("completion_review", "completed", "ex_post_due", "evaluated"),
]
ACTIVITY_STATES = ["planning", "agreed", "in_implementation"]
ON_PAPER = 1  # a request of a country whose ministries have no accounts
STARTS = len(STATES) + len(OPERATION_STATES) + len(ACTIVITY_STATES) + ON_PAPER
REFUSALS = (Refused, PermissionDenied, editing.Frozen, editing.Conflict)


@pytest.fixture(scope="module")
def ready(shared_world):
    """A case in each state to begin from, and everyone who may act."""
    cases = [a_request(state) for state in STATES] + [
        an_operation(state, monitored=state == "in_implementation") for state in OPERATION_STATES
    ]
    cases += [an_activity(state) for state in ACTIVITY_STATES] + [a_request_on_paper()]
    for case in cases:
        if case.workflow.slug == "operation" and case.state in disputes.MONITORED:
            dispute(case, who("post-officer"))
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


def reported(case):
    """What the office reported in the sheets; another figure at each turn."""
    values = list(IndicatorValue.objects.filter(operation=case, organisation__slug="jica").order_by("pk"))
    if not values:
        raise Refused(["Nothing was reported."])
    return values[AuditEvent.objects.count() % len(values)]


def dispute(case, person):
    value = reported(case)
    saw = disputes.fingerprint(disputes.said(value))
    place = (DisputeKind.VALUE, value.pk, "")
    disputing.dispute_figure(case, place, reason="No.", saw=saw, actor=person)


def disputed(case):
    held = disputes.open_disputes(case)
    if not held:
        raise Refused(["Nothing is disputed."])
    return held[AuditEvent.objects.count() % len(held)]


def explain(case, person):
    disputing.explain(disputed(case).dispute, text="Counted.", actor=person)


def correct(case, person):
    value = reported(case)
    if value.sheet is None:
        raise Refused(["Sheets are corrected here."])
    figures = {value.definition_id: monitoring.Figure(value=value.value + 1)}
    monitoring.save_sheet(
        value.sheet,
        values={},
        figures=figures,
        as_of=value.as_of,
        actor=person,
        base_version=value.sheet.version,
    )


def confirm(case, person):
    sheet = Sheet.objects.filter(operation=case).first()
    if sheet is None:
        raise Refused(["There is no sheet."])
    monitoring.confirm_sheet(sheet, actor=person, version=sheet.version)


def accept(case, person):
    one = disputed(case)
    settling.accept(one.dispute, actor=person, saw=disputes.fingerprint(one.says))


def withdraw(case, person):
    settling.withdraw(disputed(case).dispute, actor=person)


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
    "operation": {
        tick: "desk",
        take_it_back: "desk",
        report: "sn-embassy",
        dispute: "post-officer",
        explain: "mm-office",
        correct: "mm-office",
        confirm: "post-officer",
        accept: "post-officer",
        withdraw: "post-officer",
    },
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
    if case.kind == "operation":
        look_at_disputes(case)


def look_at_disputes(case):
    """What is open has one entry, what is settled two; nobody confirmed results over a dispute of a last value."""
    steps = AuditEvent.objects.filter(kind=case.kind, subject_id=case.pk).values_list("step", flat=True)
    told = Count(steps)
    made = Dispute.objects.filter(operation=case)
    assert told["figure-disputed"] == made.count()
    assert told["dispute-settled"] == made.exclude(settled_on=None).count()
    if case.state == "completed":
        assert disputes.blocking(case) == []


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
