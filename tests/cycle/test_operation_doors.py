"""What an operation may go through besides the happy path: back, suspended, cancelled, reopened, followed up."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta

from taawun.cycle.jobs import take_the_clocks_steps
from taawun.cycle.models import Basis, Operation
from taawun.foundation import clock
from taawun.foundation.models import OutboxMessage
from taawun.foundation.steps import Refused, offered, perform
from taawun.workspace.demo.exchange import scan
from tests.cycle.made import derived_tasks, events_of, held_tasks, in_words, signed_in
from tests.factories import an_operation, who


def take(case, step, person, **more):
    return perform(case, step, actor=who(person), reason=more.pop("reason", "It must be."), **more)


def test_what_was_appraised_goes_back_to_planning_and_can_be_edited(world):
    made = take(an_operation("appraised"), "back-to-planning", "desk")

    assert (made.state, made.is_editable) == ("planning", True)
    assert held_tasks(made) == derived_tasks(made)


def test_suspended_nothing_falls_due_and_it_goes_on_after(world):
    made = take(an_operation("in_implementation"), "suspend", "mm-office")
    waiting = {spec.act for spec in derived_tasks(made)}

    made = take(made, "resume", "desk")

    assert waiting == {"resume"}
    assert made.state == "in_implementation"
    assert held_tasks(made) == derived_tasks(made)


BEFORE_THE_END = ["planning", "appraised", "agreed", "in_implementation", "completion_review"]


@pytest.mark.parametrize("state", BEFORE_THE_END)
def test_cancelled_with_notice_and_reopened_where_it_stood(world, state):
    made = an_operation(state)
    OutboxMessage.objects.all().delete()

    made = take(made, "cancel", "jica-approver", reason="The government withdrew.")
    told = sorted(
        m.user.email.partition("@")[0]
        for m in OutboxMessage.objects.filter(dedupe__startswith="notice:").select_related("user")
    )
    waiting = held_tasks(made)
    made = take(made, "reopen", "jica-approver", reason="It came back.")

    assert told == ["mm-coordinator", "mm-office", "post-officer"]
    assert waiting == set()
    assert made.state == state
    assert held_tasks(made) == derived_tasks(made)


def test_an_approver_alone_cancels(world):
    made = an_operation("agreed")

    for person in ("desk", "mm-office", "post-officer", "amci-approver"):
        with pytest.raises(Refused):
            take(made, "cancel", person)


def test_a_closed_one_goes_back_to_evaluated(world):
    made = take(an_operation("closed"), "reopen", "mofa-approver")

    assert made.state == "evaluated"


def test_completed_it_is_cancelled_no_more(world):
    made = an_operation("completed")

    assert "cancel" not in [s.name for s in offered(made, who("jica-approver"))]


def test_the_completion_review_opens_by_itself_on_its_date_and_not_before(world):
    made = an_operation("in_implementation")
    Operation.objects.filter(pk=made.pk).update(ends_on=clock.today() + relativedelta(months=8))
    made.refresh_from_db()
    day = made.due_of(made.workflow.find("open-completion", made.state))

    clock.set_today(day - timedelta(days=1))
    take_the_clocks_steps(timestamp=0)
    made.refresh_from_db()
    early = made.state
    clock.set_today(day)
    take_the_clocks_steps(timestamp=0)
    take_the_clocks_steps(timestamp=0)
    made.refresh_from_db()

    assert (early, made.state) == ("in_implementation", "completion_review")
    assert [(e.step, e.actor_id) for e in events_of(made)][-1] == ("open-completion", None)
    assert [e.step for e in events_of(made)].count("open-completion") == 1


def test_without_a_threshold_no_operation_is_closed_without_its_evaluation(world):
    made = an_operation("completed")

    with pytest.raises(Refused) as refused:
        take(made, "close-without-ex-post", "desk")

    assert len(in_words(refused)) == 1
    assert Operation.objects.get(pk=made.pk).state == "completed"


def follow(made, person="mm-office"):
    data = {
        "title": "Follow-up: sorting centre",
        "modality_id": "modality:expert",
        "basis_number": "NV-77",
        "basis_on": clock.today(),
        "scan": scan("Request for follow-up (example)", who(person)),
    }
    return perform(made, "follow-up", actor=who(person), data=data)


def test_follow_up_is_an_operation_of_its_own_and_leaves_the_first_as_it_is(world):
    made = an_operation("completed")

    after = follow(made)

    new = Operation.objects.get(follows=made)
    assert after.state == "completed"
    assert (new.state, new.form, new.basis, new.basis_number) == (
        "planning",
        "activity",
        Basis.FOLLOW_UP,
        "NV-77",
    )
    assert [(p.organisation_id, p.part) for p in new.party_rows] == [
        (p.organisation_id, p.part) for p in made.party_rows
    ]
    assert held_tasks(new) == derived_tasks(new)


def test_each_page_leads_to_the_other(world):
    made = an_operation("completed")
    follow(made)
    new = Operation.objects.get(follows=made)
    browser = signed_in("post-officer")

    assert new.get_absolute_url() in browser.get(made.get_absolute_url()).content.decode()
    assert made.get_absolute_url() in browser.get(new.get_absolute_url()).content.decode()


def test_follow_up_needs_the_partners_letter(world):
    made = an_operation("completed")
    data = {"title": "x", "modality_id": "modality:expert", "basis_number": "", "basis_on": None}

    with pytest.raises(Refused) as refused:
        perform(made, "follow-up", actor=who("mm-office"), data=data)

    assert in_words(refused) == [
        "Give the number of the decision.",
        "Give the date of the decision.",
        "Attach the scan of the decision.",
    ]
    assert list(Operation.objects.filter(follows=made)) == []
