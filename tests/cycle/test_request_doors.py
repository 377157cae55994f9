"""What a request may go through besides the happy path: returned, deferred, declined, out of round, asked twice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from taawun.cycle import actions
from taawun.cycle.models import CooperationRequest, Decision
from taawun.cycle.related import asked_elsewhere
from taawun.foundation import clock
from taawun.foundation.models import OutboxMessage
from taawun.foundation.steps import Refused, checklist, offered, perform
from tests.cycle.made import (
    a_reviewed_request,
    a_submittable,
    body,
    derived_tasks,
    events_of,
    held_tasks,
    in_words,
    signed_in,
)
from tests.factories import a_request, who

REASON = "decision-reason:budget"


def names(case, person):
    return [step.name for step in offered(case, who(person))]


def returned():
    made = a_request("endorsed")
    return perform(
        made,
        "return-incomplete",
        actor=who("mm-office"),
        reason="The budget of the implementing organisation is missing.",
        data={"missing": ["organisation"]},
    )


def test_an_incomplete_request_goes_back_alone_and_keeps_its_place(world):
    made = returned()

    assert (made.state, made.rank, made.lot_id is None) == ("submitted", 1, False)
    assert names(made, "mm-coordinator") == ["send-again", "return", "not-retain"]
    assert events_of(made)[-1].detail.data["missing"] == ["organisation"]
    assert held_tasks(made) == derived_tasks(made)


def test_completed_it_comes_back_alone_with_its_rank(world):
    made = returned()
    made = perform(made, "return", actor=who("mm-coordinator"), reason="Complete it.")
    made = perform(made, "submit", actor=who("post-officer"))
    lot = made.lot_id

    made = perform(made, "send-again", actor=who("mm-coordinator"))

    assert (made.state, made.rank, made.lot_id) == ("endorsed", 1, lot)
    assert names(made, "mm-office") == ["receive", "return-incomplete"]


def test_one_that_was_never_forwarded_is_retained_and_not_sent_again(world):
    made = a_request("submitted")

    assert names(made, "mm-coordinator") == ["retain", "return", "not-retain"]
    with pytest.raises(Refused):
        perform(made, "send-again", actor=who("mm-coordinator"))


@pytest.mark.parametrize(("step", "state"), [("defer", "deferred"), ("decline", "declined")])
def test_a_decision_keeps_its_code_and_what_the_partner_reads(world, step, state):
    made = a_reviewed_request()

    made = perform(
        made,
        step,
        actor=who("mofa-approver"),
        reason="The year's budget is spent.",
        data={"reason_code": REASON},
    )

    held = Decision.objects.get(coop_request=made)
    assert (made.state, held.outcome, held.reason_id) == (state, state, REASON)
    page = signed_in("post-officer").get(made.get_absolute_url()).content.decode()
    assert "The year&#x27;s budget is spent." in page
    assert "No budget in this fiscal year" in page
    assert "The need is well shown." not in page


def test_a_decision_without_a_code_is_refused(world):
    made = a_reviewed_request()

    with pytest.raises(Refused) as refused:
        perform(made, "decline", actor=who("mofa-approver"), reason="No.")

    assert in_words(refused) == ["Choose the reason of the decision."]
    assert CooperationRequest.objects.get(pk=made.pk).state == "under_review"


def test_a_decision_waits_for_the_opinions_and_the_note(world):
    made = a_request("under_review")
    step = made.workflow.find("decline", "under_review")

    assert [line.ok for line in checklist(made, step)] == [False, False]


def test_the_partner_is_told_by_mail_without_a_word_of_the_case_in_the_subject(world):
    made = a_reviewed_request()
    OutboxMessage.objects.all().delete()

    perform(made, "decline", actor=who("mofa-approver"), reason="No.", data={"reason_code": REASON})

    told = OutboxMessage.objects.filter(dedupe__startswith="notice:").order_by("user__email")
    assert [m.user.email.partition("@")[0] for m in told] == ["mm-coordinator", "mm-office", "post-officer"]
    assert {m.subject for m in told} == {f"Taawun: notice ({made.code})"}
    assert mail.outbox == []


def deferred():
    return perform(
        a_reviewed_request(),
        "defer",
        actor=who("jica-approver"),
        reason="Later.",
        data={"reason_code": REASON},
    )


def test_a_deferred_request_is_prepared_again_once_with_all_it_said(world):
    made = deferred()

    perform(made, "resubmit", actor=who("post-officer"))

    again = CooperationRequest.objects.get(resubmits=made)
    assert (again.state, again.code, again.round, again.title) == ("draft", None, None, made.title)
    assert [(o.number, o.text, o.activities) for o in again.outputs.all()] == [
        (o.number, o.text, o.activities) for o in made.outputs.all()
    ]
    assert [(i.side, i.text, i.amount) for i in again.inputs.all()] == [
        (i.side, i.text, i.amount) for i in made.inputs.all()
    ]
    assert names(made, "post-officer") == []
    with pytest.raises(Refused):
        perform(made, "resubmit", actor=who("post-officer"))
    assert held_tasks(again) == derived_tasks(again)


def test_both_pages_lead_to_each_other_for_those_who_see_both(world):
    made = deferred()
    perform(made, "resubmit", actor=who("post-officer"))
    again = CooperationRequest.objects.get(resubmits=made)

    mine = signed_in("post-officer").get(made.get_absolute_url()).content.decode()
    theirs = signed_in("mm-office").get(made.get_absolute_url()).content.decode()

    assert again.get_absolute_url() in mine
    assert again.get_absolute_url() not in theirs
    assert made.get_absolute_url() in signed_in("post-officer").get(again.get_absolute_url()).content.decode()


def test_out_of_round_asks_for_a_reason_and_no_round(world):
    made = a_submittable()
    CooperationRequest.objects.filter(pk=made.pk).update(round=None)
    made.refresh_from_db()
    with pytest.raises(Refused) as refused:
        perform(made, "submit", actor=who("post-officer"))
    assert in_words(refused) == ["Choose the round in which you ask, or say why it is asked out of round"]

    values = {"out_of_round_reason": "The flood of this month."}
    made = actions.save_request_part(
        made, "idea", values, actor=who("post-officer"), base_version=made.version
    )
    for step, actor in (("submit", "post-officer"), ("retain", "mm-coordinator")):
        made = perform(made, step, actor=who(actor))
    asked = signed_in("mm-coordinator").get(reverse("cycle:lot", args=[made.pk])).content.decode()
    lot = actions.forward_lot(
        actions.lot_of(made), actor=who("mm-coordinator"), letter_number="7", letter_date=clock.today()
    )
    letter = signed_in("mm-office").get(reverse("cycle:lot-paper", args=[lot.pk])).content.decode()

    made.refresh_from_db()
    assert (made.state, made.rank, lot.round) == ("endorsed", 1, None)
    assert ["out of round. All requests" in asked, "requests made out of round, in order" in letter] == [
        True
    ] * 2
    read = [
        signed_in("mm-office").get(at).content.decode()
        for at in (made.get_absolute_url(), f"{made.get_absolute_url()}paper/")
    ]
    assert ["The flood of this month." in page for page in read] == [True, True]


def test_an_opinion_overdue_holds_up_nothing(world):
    made = a_request("under_review")
    actions.write_appraisal_note(made, "Well shown.", actor=who("desk"), base_version=0)
    clock.set_today(max(o.due_on for o in made.opinions.all()) + timedelta(days=1))

    page = signed_in("desk").get(made.get_absolute_url()).content.decode()
    made = perform(made, "adopt", actor=who("mofa-approver"))
    made = perform(made, "adopt", actor=who("jica-approver"))

    assert made.state == "adopted"
    assert "Late" in page


def twice():
    one = a_request("submitted")
    other = a_request("submitted")
    CooperationRequest.objects.filter(pk=other.pk).update(
        provider=body("amci"), country_office=body("amci-sn")
    )
    return one, CooperationRequest.objects.get(pk=other.pk)


def test_the_same_asked_of_two_providers_is_flagged_to_those_who_see_both(world):
    one, other = twice()

    assert asked_elsewhere(one, who("mm-coordinator")) == [other]
    assert asked_elsewhere(other, who("post-officer")) == [one]
    page = signed_in("mm-coordinator").get(one.get_absolute_url()).content.decode()
    assert "Much the same is asked of" in page


def test_who_sees_one_of_the_two_alone_learns_nothing_of_the_other(world):
    one, other = twice()
    CooperationRequest.objects.filter(pk__in=[one.pk, other.pk]).update(forwarded_on=clock.today())

    assert asked_elsewhere(one, who("mm-office")) == []
    page = signed_in("mm-office").get(one.get_absolute_url()).content.decode()
    assert "Much the same is asked of" not in page


def test_one_that_asks_for_something_else_is_not_flagged(world):
    one, other = twice()
    CooperationRequest.objects.filter(pk=other.pk).update(title="Rural telephony", purpose="Phones for all.")

    assert asked_elsewhere(one, who("mm-coordinator")) == []


@pytest.mark.parametrize("stranger", ["la-officer", "la-coordinator", "sn-embassy", "amci-desk"])
def test_another_country_learns_nothing_of_a_decision(world, stranger):
    made = deferred()

    for name in ("resubmit", "defer"):
        assert signed_in(stranger).get(reverse("step", args=["request", made.pk, name])).status_code == 404
    assert signed_in(stranger).get(made.get_absolute_url()).status_code == 404
