"""The desk's table says at every moment what the cases say."""

import pytest
from tests.cycle.made import a_reviewed_request, body, derived_tasks, held_tasks
from tests.factories import a_request, who

from taawun.cycle import actions
from taawun.cycle.models import CooperationRequest
from taawun.foundation import clock
from taawun.foundation.models import Task
from taawun.foundation.ports import TaskSpec
from taawun.foundation.standing import standing
from taawun.foundation.steps import perform
from taawun.foundation.tasks import ball_of, sync_tasks, tasks_waiting_on
from taawun.workspace.demo import story, triangular
from taawun.workspace.demo.cast import PLAYERS


def acts_of(case):
    return sorted((t.act, t.role) for t in ball_of(case))


WAITS = {
    "idea": [("prepare", "line-officer")],
    "draft": [("submit", "line-officer")],
    "submitted": [("retain", "coordination")],
    "retained": [("forward", "coordination")],
    "endorsed": [("receive", "country-office")],
    "received": [("open-review", "desk")],
    "under_review": [
        ("adopt", "approver"),
        ("appraisal-note", "desk"),
        ("opinion", "opinion"),
        ("opinion", "opinion"),
    ],
    "adopted": [("notify", "country-office")],
}


def test_after_every_act_of_the_walk_the_table_is_what_the_cases_say(world, monkeypatch):
    """Every writer of tasks goes through `sync_tasks`; here each of its calls is looked at."""
    looked_at = []

    def walk_and_look(state):
        case = a_request(state)
        assert held_tasks(case) == derived_tasks(case)
        assert acts_of(case) == WAITS[state]
        looked_at.append(state)

    for state in WAITS:
        walk_and_look(state)
    assert looked_at == list(WAITS)


def test_within_the_review_the_table_follows_each_opinion_the_note_and_each_approval(world):
    case = a_request("under_review")
    seen = [acts_of(case)]
    comms, finance = case.opinions.order_by("organisation__slug")

    def then(act):
        act()
        assert held_tasks(case) == derived_tasks(case)
        seen.append(acts_of(case))

    give = {"verdict": "favourable", "text": "Yes."}
    then(lambda: actions.give_opinion(comms, actor=who("comms-opinion"), **give))
    then(lambda: actions.write_appraisal_note(case, "Good.", actor=who("desk"), base_version=0))
    then(lambda: actions.give_opinion(finance, actor=who("finance-opinion"), **give))
    assert [t.organisation_id for t in ball_of(case)] == [body("jp-mofa").pk]
    then(lambda: perform(case, "adopt", actor=who("mofa-approver")))
    assert [t.organisation_id for t in ball_of(case)] == [body("jica").pk]
    then(lambda: actions.write_appraisal_note(case, "Better.", actor=who("desk"), base_version=1))
    assert [t.organisation_id for t in ball_of(case)] == [body("jp-mofa").pk]

    note, opinion, adopt = ("appraisal-note", "desk"), ("opinion", "opinion"), ("adopt", "approver")
    assert seen == [
        [adopt, note, opinion, opinion],
        [adopt, note, opinion],
        [adopt, opinion],
        [adopt],
        [adopt],
        [adopt],
    ]


@pytest.mark.parametrize(
    ("state", "step", "actor"),
    [
        ("idea", "drop", "post-officer"),
        ("draft", "withdraw", "post-officer"),
        ("submitted", "not-retain", "mm-coordinator"),
        ("under_review", "decline", "jica-approver"),
    ],
)
def test_an_ended_case_waits_on_nobody(world, state, step, actor):
    case = a_reviewed_request() if state == "under_review" else a_request(state)
    data = {"reason_code": "decision-reason:other"}

    case = perform(case, step, actor=who(actor), reason="It ends here.", data=data)

    assert held_tasks(case) == set() == derived_tasks(case)


def test_what_waits_is_on_the_desk_of_its_seat_and_on_no_other(world):
    case = a_request("endorsed")

    desks = {p.slug: [t.act for t in tasks_waiting_on(standing(who(p.slug)))] for p in PLAYERS}

    assert {slug: acts for slug, acts in desks.items() if acts} == {"mm-office": ["receive"]}
    assert held_tasks(case) == {
        TaskSpec("receive", organisation_id=body("jica-mm").pk, role="country-office")
    }


def test_since_when_it_waits_stays_while_title_and_deadline_follow(world):
    case = a_request("draft")
    [before] = ball_of(case)
    values = {"title": "A shorter title", "language": "fr"}

    actions.save_request_part(case, "idea", values, actor=who("post-officer"), base_version=case.version)

    [after] = ball_of(case)
    assert (after.pk, after.since) == (before.pk, before.since)
    assert (after.title, after.language) == ("A shorter title", "fr")


def test_a_deadline_that_moves_is_shown(world):
    case = a_request("under_review")
    opinion = case.opinions.first()
    opinion.due_on = opinion.due_on.replace(year=opinion.due_on.year + 1)
    opinion.save()

    sync_tasks(CooperationRequest.objects.get(pk=case.pk))

    assert Task.objects.get(act="opinion", ref=opinion.pk).due == opinion.due_on
    assert held_tasks(case) == derived_tasks(case)


def test_rows_that_nothing_in_the_case_asks_for_are_taken_away(world):
    case = a_request("submitted")
    Task.objects.create(kind="request", subject_id=case.pk, act="submit", organisation_id=1, role="desk")

    sync_tasks(case)

    assert held_tasks(case) == derived_tasks(case)


def test_the_story_of_two_requests_keeps_their_tasks_apart(world):
    one, two = a_request("submitted"), a_reviewed_request()

    story.WALK["retained"](one)

    assert acts_of(one) == [("forward", "coordination")]
    assert acts_of(two) == [("adopt", "approver")]


def test_whose_turn_it_is_is_read_in_the_order_of_the_table_and_of_the_parties(world):
    """Written in one go, so that nothing but the order they are written in tells them apart."""
    reviewed = a_request("under_review")
    confirmed = triangular.walk("completion_review", day=clock.today())

    assert [(task.act, task.organisation_id) for task in ball_of(reviewed)] == [
        ("adopt", body("jp-mofa").pk),
        ("opinion", body("jp-comms").pk),
        ("opinion", body("jp-finance").pk),
        ("appraisal-note", body("jica").pk),
    ]
    assert [(task.act, task.organisation_id) for task in ball_of(confirmed)] == [
        ("confirm-results", party.acts_through_id) for party in confirmed.party_rows if party.signs
    ]
    assert [body(slug).pk for slug in ("sn-meteo", "amci-sn", "jica-sn")] == [
        party.acts_through_id for party in confirmed.party_rows if party.signs
    ]
