"""Adoption: each seat in the provider's order, on the same note; the last one adopts."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from taawun.cycle import actions
from taawun.cycle.models import Consent, CooperationRequest
from taawun.foundation import clock, editing
from taawun.foundation.audit import timeline
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused, offered, perform
from taawun.foundation.tasks import ball_of
from taawun.ui import words
from tests.cycle.made import (
    a_reviewed_request,
    body,
    declined,
    derived_tasks,
    events_of,
    everything,
    held_tasks,
)
from tests.factories import a_person, a_request, who


@pytest.fixture
def case(world):
    return a_reviewed_request()


def consents(case):
    """Who has consented, and whether it counts."""
    rows = Consent.objects.filter(coop_request=case).order_by("pk")
    return [(c.organisation.slug, c.given_by.email.partition("@")[0], c.voided_at is None) for c in rows]


def fresh(case):
    return CooperationRequest.objects.get(pk=case.pk)


def test_the_seats_approve_in_the_order_of_the_provider_and_the_last_adopts(case):
    assert [s.name for s in offered(case, who("jica-approver"))] == ["defer", "decline"]

    first = perform(case, "adopt", actor=who("mofa-approver"))
    assert (first.state, first.adopted_on) == ("under_review", None)
    assert [t.organisation_id for t in ball_of(case)] == [body("jica").pk]
    second = perform(case, "adopt", actor=who("jica-approver"))

    assert (second.state, second.adopted_on) == ("adopted", clock.today())
    assert consents(case) == [("jp-mofa", "mofa-approver", True), ("jica", "jica-approver", True)]
    entries = [e for e in events_of(case) if e.step == "adopt"]
    assert [(e.from_state, e.to_state, e.organisation_id) for e in entries] == [
        ("", "", body("jp-mofa").pk),
        ("under_review", "adopted", body("jica").pk),
    ]
    assert [e.audience_id for e in entries] == [body("jica").pk] * 2


def test_the_second_seat_does_not_go_before_the_first(case):
    before = everything()

    with pytest.raises(Refused):
        perform(case, "adopt", actor=who("jica-approver"))

    assert everything() == before


def test_a_seat_approves_once(case):
    perform(case, "adopt", actor=who("mofa-approver"))
    before = everything()

    for again in (who("mofa-approver"), a_person("approver", "jp-mofa")):
        with pytest.raises(Refused):
            perform(case, "adopt", actor=again)

    assert consents(case) == [("jp-mofa", "mofa-approver", True)]
    assert everything()["cycle.Consent"] == before["cycle.Consent"]


def test_a_first_approval_moves_nothing_and_records_no_decision(case):
    version = fresh(case).version

    perform(case, "adopt", actor=who("mofa-approver"))

    after = fresh(case)
    assert (after.state, after.version, after.adopted_on) == ("under_review", version, None)


def test_a_note_that_changes_voids_the_approvals_given_and_asks_the_first_seat_again(case):
    perform(case, "adopt", actor=who("mofa-approver"))

    actions.write_appraisal_note(case, "Looked at again.", actor=who("desk"), base_version=1)

    assert consents(case) == [("jp-mofa", "mofa-approver", False)]
    assert [t.organisation_id for t in ball_of(case)] == [body("jp-mofa").pk]
    assert held_tasks(case) == derived_tasks(case)
    with pytest.raises(Refused):
        perform(case, "adopt", actor=who("jica-approver"))
    perform(case, "adopt", actor=who("mofa-approver"))
    assert perform(case, "adopt", actor=who("jica-approver")).state == "adopted"
    assert consents(case) == [
        ("jp-mofa", "mofa-approver", False),
        ("jp-mofa", "mofa-approver", True),
        ("jica", "jica-approver", True),
    ]


def test_a_note_saved_as_it_was_voids_nothing(case):
    perform(case, "adopt", actor=who("mofa-approver"))
    before = everything()

    actions.write_appraisal_note(case, "The need is well shown.", actor=who("desk"), base_version=1)

    assert everything() == before


def test_a_note_does_not_go_over_anothers(case):
    actions.write_appraisal_note(case, "Second.", actor=who("desk"), base_version=1)

    with pytest.raises(editing.Conflict) as conflict:
        actions.write_appraisal_note(case, "Mine.", actor=a_person("desk", "jica"), base_version=1)

    assert (conflict.value.theirs, conflict.value.mine) == ({"text": "Second."}, {"text": "Mine."})
    assert fresh(case).appraisal_note.text == "Second."


def test_without_the_note_or_an_opinion_in_time_nobody_approves(world):
    case = a_request("under_review")
    before = everything()

    with pytest.raises(Refused) as refusal:
        perform(case, "adopt", actor=who("mofa-approver"))

    due = words.written(case.opinions.first().due_on, "d MMM y")
    assert sorted(map(str, refusal.value.obstacles)) == [
        "The appraisal note is not written",
        f"The opinion of Ministry in charge of finance, Japan (example) is not in; its deadline is {due}",
        f"The opinion of Ministry in charge of posts, Japan (example) is not in; its deadline is {due}",
    ]
    assert everything() == before


def test_an_opinion_whose_deadline_passed_holds_nothing_up(world):
    case = a_request("under_review")
    actions.write_appraisal_note(case, "Good.", actor=who("desk"), base_version=0)
    due = case.opinions.first().due_on

    clock.set_today(due)
    with pytest.raises(Refused):
        perform(case, "adopt", actor=who("mofa-approver"))
    clock.set_today(due + clock.timedelta(days=1))

    assert perform(case, "adopt", actor=who("mofa-approver")).state == "under_review"


def test_an_opinion_is_given_once_by_the_ministry_asked_while_the_review_lasts(world):
    case = a_request("under_review")
    opinion = case.opinions.get(organisation=body("jp-comms"))
    given = {"verdict": "unfavourable", "text": "Too costly."}

    for stranger in ("finance-opinion", "desk", "post-officer", "mofa-approver"):
        with pytest.raises(PermissionDenied):
            actions.give_opinion(opinion, actor=who(stranger), **given)
    actions.give_opinion(opinion, actor=who("comms-opinion"), **given)
    before = everything()
    with pytest.raises(Refused, match="has already given"):
        actions.give_opinion(opinion, actor=a_person("opinion", "jp-comms"), **given)

    assert everything()["cycle.Opinion"] == before["cycle.Opinion"]
    actions.write_appraisal_note(case, "Enough is known.", actor=who("desk"), base_version=0)
    clock.set_today(max(o.due_on for o in case.opinions.all()) + timedelta(days=1))
    declined(case, "No funds.")
    other = case.opinions.get(organisation=body("jp-finance"))
    with pytest.raises(Refused, match="The review is over"):
        actions.give_opinion(other, actor=who("finance-opinion"), **given)


def test_one_seat_may_decline_for_all_and_the_partner_reads_why(case):
    declined(case, "No funds.")

    for person in ("desk", "post-officer"):
        assert timeline(case, standing(who(person)))[0].detail == "No funds."
