"""The only way a state moves: who may, what is missing, what it brings about, what it leaves in the record."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from tests.cycle.made import a_reviewed_request, adopted, body, events_of, everything, in_words
from tests.factories import a_person, a_request, who

from taawun.cycle.models import CooperationRequest
from taawun.directory.models import Post
from taawun.foundation import clock
from taawun.foundation.models import OutboxMessage, Task
from taawun.foundation.ports import Obstacle, Requirement, registry
from taawun.foundation.steps import Refused, checklist, offered, perform
from taawun.ui.words import written
from taawun.workspace.demo.cast import PLAYERS

OFFERED = {
    "idea": {"prepare": ["post-officer"], "drop": ["post-officer"]},
    "draft": {"submit": ["post-officer"], "withdraw": ["post-officer"]},
    "submitted": {
        "send-again": [],  # only of one that was forwarded before
        "retain": ["mm-coordinator"],
        "return": ["mm-coordinator"],
        "not-retain": ["mm-coordinator"],
    },
    "retained": {"forward": ["mm-coordinator"]},
    "endorsed": {"receive": ["mm-office"], "return-incomplete": ["mm-office"]},
    "received": {"open-review": ["desk"]},
    "under_review": {
        "adopt": ["mofa-approver"],
        "defer": ["jica-approver", "mofa-approver"],
        "decline": ["jica-approver", "mofa-approver"],
    },
    "adopted": {"notify": ["mm-office"]},
}


def today_in_words() -> str:
    """The day as a refusal says it."""
    return written(clock.today(), "d MMM y")


def changed(monkeypatch, name, **changes):
    """The request's table with one step written otherwise."""
    workflow = CooperationRequest.workflow
    steps = tuple(replace(s, **changes) if s.name == name else s for s in workflow.transitions)
    monkeypatch.setattr(CooperationRequest, "workflow", replace(workflow, transitions=steps))


def refused(case, step, actor, **more):
    """Take a step that must be refused; gives the sentences, once it is sure that nothing was written."""
    before = everything()
    with pytest.raises(Refused) as refusal:
        perform(case, step, actor=actor, **more)
    assert everything() == before
    return in_words(refusal)


# ── Who may ──


@pytest.mark.parametrize("state", OFFERED)
def test_each_step_is_offered_to_its_own_seats_and_refused_to_everyone_else(world, state):
    case = a_request(state)
    people = {player.slug: who(player.slug) for player in PLAYERS}

    seen = {
        step.name: sorted(slug for slug, one in people.items() if step in offered(case, one))
        for step in case.workflow.leaving(state)
    }
    before = everything()
    for step, allowed in OFFERED[state].items():
        for slug in people.keys() - set(allowed):
            with pytest.raises(Refused):
                perform(case, step, actor=people[slug], reason="Because.", data={})

    assert seen == OFFERED[state]
    assert everything() == before


def test_a_step_of_another_state_is_refused_to_its_own_seat(world):
    case = a_request("draft")

    assert refused(case, "retain", who("mm-coordinator")) == [
        f"“Retain” is not open to you: the case is now “Draft” (last entry: Preparation begun, {today_in_words()})."
    ]


def test_a_step_that_does_not_exist_is_refused(world):
    assert refused(a_request("draft"), "burn", who("post-officer")) == ["This step is no longer open to you."]


def test_an_officer_of_the_right_role_in_another_organisation_is_refused(world):
    refused(a_request("draft"), "submit", a_person("line-officer", "mm-mcit"))


def test_an_officer_in_the_right_organisation_with_another_role_is_refused(world):
    refused(a_request("draft"), "submit", a_person("coordination", "mm-post"))


def test_a_post_that_ended_yesterday_opens_nothing(world):
    officer = who("post-officer")
    case = a_request("draft")
    Post.objects.filter(person__user=officer).update(held_to=clock.today() - timedelta(days=1))

    refused(case, "withdraw", officer, reason="No.")


def test_the_post_counts_as_it_stands_when_the_step_is_taken(world):
    officer, case = who("post-officer"), a_request("draft")
    assert [s.name for s in offered(case, officer)] == ["submit", "withdraw"]  # remembered for the page
    Post.objects.filter(person__user=officer).update(held_to=clock.today() - timedelta(days=1))

    refused(case, "withdraw", officer, reason="No.")


def test_an_account_that_was_closed_is_nobody(world):
    case, officer = a_request("draft"), who("post-officer")
    officer.is_active = False
    officer.save()

    refused(case, "withdraw", officer, reason="No.")


def test_the_clock_takes_no_step_of_a_person_and_a_person_none_of_the_clock(world, monkeypatch):
    case = a_request("draft")
    refused(case, "withdraw", None, reason="No.")

    changed(monkeypatch, "withdraw", who=(), by_clock=True, needs_reason=False)

    refused(case, "withdraw", who("post-officer"))
    assert perform(case, "withdraw", actor=None).state == "withdrawn"
    assert events_of(case)[-1].actor is None


def test_a_copy_read_long_ago_decides_nothing(world):
    old = a_request("submitted")
    perform(old, "retain", actor=who("mm-coordinator"))
    assert old.state == "submitted"

    refused(old, "not-retain", who("mm-coordinator"), reason="No.")


# ── What is missing ──


def test_every_obstacle_is_told_at_once(world):
    case = a_request("idea")
    CooperationRequest.objects.filter(pk=case.pk).update(
        state="draft", sector=None, round=None, implementing=None
    )
    tomorrow = clock.today() + timedelta(days=1)

    assert refused(case, "submit", who("post-officer"), acted_on=tomorrow) == [
        "Choose the sector",
        "Describe the background",
        "State the overall goal",
        "State the project purpose",
        "Name the site",
        "Say when it should begin",
        "Say when it should end",
        "Choose the implementing organisation",
        "Enter at least one output",
        "Enter at least one input of the partner",
        "Enter at least one input asked of the provider",
        "Choose the round in which you ask, or say why it is asked out of round",
        "The date of the act lies in the future.",
    ]


def test_each_obstacle_leads_to_the_page_where_it_is_removed(world):
    case = a_request("idea")

    lines = checklist(case, case.workflow.find("submit", "draft"))

    links = {o.link.rstrip("/").rpartition("/")[2] for line in lines for o in line.obstacles}
    assert links == {"background", "goal", "site", "outputs", "inputs"}
    assert {o.who for line in lines for o in line.obstacles} == {"Requesting organisation"}


def test_the_checklist_begins_with_what_is_missing(world, monkeypatch):
    def says(slug, *obstacles):
        monkeypatch.setitem(registry.requirements, slug, Requirement(slug, slug, lambda case: obstacles))

    for slug, missing in {"one": (), "two": (Obstacle("Two is missing"),), "three": ()}.items():
        says(slug, *missing)
    changed(monkeypatch, "submit", requires=("one", "two", "three"))
    case = a_request("draft")

    lines = checklist(case, case.workflow.named("submit"))

    assert [(line.label, line.ok) for line in lines] == [("two", False), ("one", True), ("three", True)]


@pytest.mark.parametrize("reason", ["", "   \n\t "])
def test_a_reason_is_asked_where_the_table_asks_for_one(world, reason):
    case = a_request("submitted")

    assert refused(case, "return", who("mm-coordinator"), reason=reason) == ["Give the reason."]


def test_a_date_in_the_future_is_refused_and_today_is_not(world):
    case, officer = a_request("submitted"), who("mm-coordinator")

    assert refused(case, "retain", officer, acted_on=clock.today() + timedelta(days=1)) == [
        "The date of the act lies in the future."
    ]
    assert perform(case, "retain", actor=officer, acted_on=clock.today()).state == "retained"


# ── What a step leaves ──


def test_a_step_leaves_one_entry_with_both_dates(world):
    case, officer = a_request("submitted"), who("mm-coordinator")
    known, before = len(events_of(case)), clock.now()

    moved = perform(
        case, "return", actor=officer, reason="  The budget is missing. ", acted_on=date(2026, 9, 1)
    )

    [entry] = events_of(case)[known:]
    assert (entry.step, entry.from_state, entry.to_state) == ("return", "submitted", "draft")
    assert (entry.actor, entry.organisation_id, entry.role) == (
        officer,
        body("mm-coordination").pk,
        "coordination",
    )
    assert (entry.acted_on, entry.audience_id, entry.on_behalf_of_id) == (date(2026, 9, 1), None, None)
    assert before <= entry.recorded_at <= clock.now()
    assert entry.detail.data == {"reason": "The budget is missing."}
    assert (moved.state, moved.version) == ("draft", case.version + 1)
    assert before <= moved.state_since <= clock.now()


def test_without_a_date_the_act_is_of_today(world):
    case = a_request("submitted")

    perform(case, "retain", actor=who("mm-coordinator"))

    assert events_of(case)[-1].acted_on == clock.today()


def test_an_act_without_a_target_is_recorded_and_moves_nothing(world, monkeypatch):
    changed(monkeypatch, "return", target=None)
    case = a_request("submitted")

    after = perform(case, "return", actor=who("mm-coordinator"), reason="Seen.")

    entry = events_of(case)[-1]
    assert (entry.step, entry.from_state, entry.to_state) == ("return", "", "")
    assert (after.state, after.version, after.state_since) == ("submitted", case.version, case.state_since)


def test_effects_run_in_the_order_of_the_table_inside_the_transaction(world, monkeypatch):
    seen = []

    def noting(name):
        return lambda case, ctx: seen.append((name, case.state, connection.in_atomic_block, ctx.reason))

    for name in ("first", "second", "third"):
        monkeypatch.setitem(registry.effects, name, noting(name))
    changed(monkeypatch, "retain", effects=("second", "first", "third"))

    perform(a_request("submitted"), "retain", actor=who("mm-coordinator"), reason="Good.")

    assert seen == [(name, "retained", True, "Good.") for name in ("second", "first", "third")]


@pytest.mark.parametrize("error", [RuntimeError("broken"), Refused(["Not today."])])
def test_an_effect_that_fails_undoes_the_whole_step(world, monkeypatch, error):
    def fail(case, ctx):
        raise error

    monkeypatch.setitem(registry.effects, "fail", fail)
    changed(monkeypatch, "submit", effects=("number-request", "fail"))
    case = a_request("draft")
    before = everything()

    with pytest.raises(type(error)):
        perform(case, "submit", actor=who("post-officer"))

    assert everything() == before


def test_what_an_effect_notes_stands_in_the_detail(world, monkeypatch):
    monkeypatch.setitem(registry.effects, "note", lambda case, ctx: ctx.notes.update(number=ctx.data["n"]))
    changed(monkeypatch, "retain", effects=("note",))
    case = a_request("submitted")

    perform(case, "retain", actor=who("mm-coordinator"), data={"n": 7})

    assert events_of(case)[-1].detail.data == {"number": 7}


def test_a_step_moves_tasks_and_tells_those_on_whom_it_waits_now(world):
    case = a_request("submitted")
    OutboxMessage.objects.all().delete()

    perform(case, "retain", actor=who("mm-coordinator"))

    tasks = list(Task.objects.filter(kind="request", subject_id=case.pk))
    assert [(t.act, t.organisation_id, t.role) for t in tasks] == [
        ("forward", body("mm-coordination").pk, "coordination")
    ]
    assert [(m.user, m.dedupe) for m in OutboxMessage.objects.all()] == [
        (who("mm-coordinator"), f"task:{tasks[0].pk}:{who('mm-coordinator').pk}")
    ]


def test_the_loser_is_told_the_last_entry_everyone_may_read(world):
    case = adopted(a_reviewed_request())

    [sentence] = refused(case, "adopt", who("mofa-approver"))

    assert sentence == (
        "“Adopt” is not open to you: the case is now “Adopted” "
        f"(last entry: Received by the country office, {today_in_words()})."
    )
