"""The seat that took the last step may take it back, with a reason, until another party has acted on it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from taawun.cycle import actions
from taawun.cycle.models import Consent, CooperationRequest, Operation
from taawun.foundation.steps import Refused, perform
from taawun.foundation.taking_back import may_take_back, take_back
from taawun.letters.models import Letter
from tests.cycle.made import a_reviewed_request, derived_tasks, events_of, everything, held_tasks, signed_in
from tests.factories import a_request, an_operation, who

WHY = "Sent too early."


def back(case, person):
    return take_back(case, actor=who(person), reason=WHY)


@pytest.mark.parametrize(
    ("state", "person", "before"),
    [
        ("draft", "post-officer", "idea"),
        ("submitted", "post-officer", "draft"),
        ("retained", "mm-coordinator", "submitted"),
        ("endorsed", "mm-coordinator", "retained"),
        ("received", "mm-office", "endorsed"),
        ("under_review", "desk", "received"),
    ],
)
def test_a_step_goes_back_and_the_record_keeps_both(world, state, person, before):
    made = a_request(state)
    count = len(events_of(made))

    made = back(made, person)

    last = events_of(made)[-1]
    assert (made.state, len(events_of(made))) == (before, count + 1)
    assert (last.step, last.from_state, last.to_state) == ("taken-back", state, before)
    assert last.detail.data["reason"] == WHY
    assert held_tasks(made) == derived_tasks(made)


def test_what_a_step_brought_about_is_undone(world):
    forwarded = a_request("endorsed")
    lot = forwarded.lot_id
    asked = a_request("under_review")

    forwarded, asked = back(forwarded, "mm-coordinator"), back(asked, "desk")

    assert (forwarded.lot, forwarded.forwarded_on, forwarded.rank) == (None, None, 1)
    letters = Letter.objects.filter(lot_id=lot)
    assert [(x.struck_on is None, x.struck_reason) for x in letters] == [
        (False, WHY)
    ] * 2  # in both registers
    assert list(asked.opinions.all()) == []


def test_a_list_comes_back_whole_or_not_at_all(world):
    two = [a_request("retained"), a_request("retained")]
    actions.forward_lot(
        actions.lot_of(two[0]),
        actor=who("mm-coordinator"),
        letter_number="1",
        letter_date=two[0].state_since.date(),
    )
    other = CooperationRequest.objects.get(pk=two[1].pk)
    perform(other, "receive", actor=who("mm-office"), data={"checked": []})
    before = everything()

    with pytest.raises(Refused):
        back(two[0], "mm-coordinator")

    assert everything() == before


def test_every_request_of_the_list_is_back_with_one_act(world):
    two = [a_request("retained"), a_request("retained")]
    actions.forward_lot(
        actions.lot_of(two[0]),
        actor=who("mm-coordinator"),
        letter_number="1",
        letter_date=two[0].state_since.date(),
    )

    back(two[0], "mm-coordinator")

    held = CooperationRequest.objects.filter(pk__in=[r.pk for r in two]).order_by("rank")
    assert [(r.state, r.rank) for r in held] == [("retained", 1), ("retained", 2)]


def test_nobody_else_takes_it_back(world):
    made = a_request("submitted")

    for stranger in ("mm-coordinator", "la-officer", "desk"):
        with pytest.raises(Refused):
            back(made, stranger)


def test_once_another_party_has_acted_it_stays(world):
    made = a_request("under_review")
    opinion = made.opinions.first()
    slug = opinion.organisation.slug.partition("-")[2]
    actions.give_opinion(opinion, verdict="favourable", text="Yes.", actor=who(f"{slug}-opinion"))

    assert may_take_back(made, who("desk")) is None
    with pytest.raises(Refused) as refused:
        back(made, "desk")
    assert str(refused.value.obstacles[0]) == (
        "Nothing of yours can be taken back here: another party has acted on it."
    )


@pytest.mark.parametrize("state", ["notified", "confirmed"])
def test_a_note_that_left_does_not_come_back(world, state):
    made = a_request(state)

    with pytest.raises(Refused):
        back(made, "mm-office")


def test_a_step_taken_back_is_not_taken_back_a_second_time(world):
    made = back(a_request("submitted"), "post-officer")

    with pytest.raises(Refused):
        back(made, "post-officer")


def test_an_approval_goes_back_alone_while_the_other_seat_has_not_decided(world):
    made = perform(a_reviewed_request(), "adopt", actor=who("mofa-approver"))

    made = back(made, "mofa-approver")

    assert made.state == "under_review"
    assert list(Consent.objects.filter(coop_request=made, voided_at__isnull=True)) == []
    assert held_tasks(made) == derived_tasks(made)


def test_the_last_approval_goes_back_and_the_first_one_stands(world):
    made = perform(a_reviewed_request(), "adopt", actor=who("mofa-approver"))
    made = perform(made, "adopt", actor=who("jica-approver"))

    made = back(made, "jica-approver")

    assert (made.state, made.adopted_on) == ("under_review", None)
    assert [c.organisation.slug for c in actions.consents_given(made, "adopt")] == ["jp-mofa"]


def test_a_decision_taken_back_lets_the_review_go_on(world):
    made = a_reviewed_request()
    code = {"reason_code": "decision-reason:other"}
    made = perform(made, "defer", actor=who("mofa-approver"), reason="Later.", data=code)

    made = back(made, "mofa-approver")

    assert made.state == "under_review"
    made = perform(made, "decline", actor=who("mofa-approver"), reason="No.", data=code)
    assert made.decision.outcome == "declined"


def test_signed_stays_signed(world):
    with pytest.raises(Refused):
        back(an_operation("agreed"), "mm-office")


def test_results_confirmed_by_mistake_are_due_no_more(world):
    made = an_operation("completed")

    last = events_of(made)[-1]
    made = back(made, "mm-office" if last.role == "country-office" else "post-officer")

    made = Operation.objects.get(pk=made.pk)
    assert (made.state, made.completed_on, made.ex_post_on) == ("completion_review", None, None)
    assert held_tasks(made) == derived_tasks(made)


def test_the_page_says_what_goes_back_and_asks_why(world):
    made = a_request("submitted")
    browser, url = signed_in("post-officer"), reverse("take-back", args=["request", made.pk])
    link = browser.get(made.get_absolute_url()).content.decode()

    without = browser.post(url, {"once": str(uuid4()), "reason": " "})
    done = browser.post(url, {"once": str(uuid4()), "reason": WHY}, follow=True)

    assert f'href="{url}"' in link
    assert (without.status_code, done.status_code) == (422, 200)
    assert CooperationRequest.objects.get(pk=made.pk).state == "draft"


def test_sent_twice_it_goes_back_once(world):
    made = a_request("submitted")
    data = {"once": str(uuid4()), "reason": WHY}
    url = reverse("take-back", args=["request", made.pk])

    answers = [signed_in("post-officer").post(url, data) for _ in range(2)]

    assert [a.status_code for a in answers] == [302, 302]
    assert [e.step for e in events_of(made)].count("taken-back") == 1


@pytest.mark.parametrize("stranger", ["la-officer", "sn-officer", "amci-desk"])
def test_the_page_does_not_exist_for_another_country(world, stranger):
    made = a_request("submitted")

    assert signed_in(stranger).get(reverse("take-back", args=["request", made.pk])).status_code == 404


def test_shut_it_says_so(world):
    made = a_request("received")

    answer = signed_in("post-officer").get(reverse("take-back", args=["request", made.pk]))

    assert answer.status_code == 409
    assert "another party has acted on it" in answer.content.decode()
