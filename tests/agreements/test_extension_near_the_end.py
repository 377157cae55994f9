"""An extension is mostly agreed when the completion review has already opened: the work goes on, nothing is lost."""

from datetime import date, timedelta

import pytest

from taawun.cycle import actions as cycle
from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.models import Task
from taawun.foundation.seats import offered
from taawun.foundation.steps import Refused, perform
from tests.agreements.amended import LATER, amend, an_agreed_operation
from tests.cycle.made import events_of
from tests.factories import who
from tests.monitoring.made import PARTNER, a_report, last_values

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def reviewed(world) -> Operation:
    """The postal operation in its completion review, opened by the clock on its date."""
    made = an_agreed_operation()
    clock.set_today(made.review_opens_on)
    assert cycle.tick() == 1
    return fresh(made)


def fresh(operation):
    return Operation.objects.get(pk=operation.pk)


def names_offered(operation, slug):
    return [step.name for step in offered(operation, who(slug))]


def one_party_confirms(operation):
    last_values(operation, 9, 80, 9, 10)
    a_report(operation)
    perform(operation, "confirm-results", actor=who(PARTNER))


def confirmations(operation):
    return cycle.consents_given(operation, "confirm-results")


def test_a_review_opened_on_its_date_goes_nowhere_but_to_its_confirmation(reviewed):
    assert reviewed.state == "completion_review"
    assert [names_offered(reviewed, slug) for slug in ("desk", "mm-office")] == [[], ["confirm-results"]]
    with pytest.raises(Refused):
        perform(reviewed, "continue", actor=who("desk"), reason="We go on.")


def test_after_an_extension_the_implementation_continues_and_the_review_opens_again_on_the_new_date(reviewed):
    amend(reviewed, components=[], ends_on=LATER)
    extended = fresh(reviewed)

    going_on = perform(extended, "continue", actor=who("mm-office"), reason="Extended by amendment 1.")
    clock.set_today(date(2030, 6, 29))
    early = cycle.tick()
    clock.set_today(date(2030, 6, 30))

    assert (going_on.state, extended.review_opens_on, early) == ("in_implementation", date(2030, 6, 30), 0)
    assert cycle.tick() == 1
    assert fresh(reviewed).state == "completion_review"
    assert [e.step for e in events_of(reviewed) if e.to_state][-3:] == [
        "open-completion",
        "continue",
        "open-completion",
    ]


def test_an_extension_voids_the_confirmations_of_results(reviewed):
    one_party_confirms(reviewed)
    before = [c.organisation.slug for c in confirmations(reviewed)]

    amend(reviewed, components=[], ends_on=LATER)

    assert (before, confirmations(reviewed)) == (["mm-post"], [])
    waits = Task.objects.filter(kind="operation", subject_id=reviewed.pk, act="confirm-results")
    assert waits.count() == 2


def test_a_review_opened_before_its_date_may_be_left_again(world):
    made = an_agreed_operation("completion_review")
    clock.set_today(made.review_opens_on - timedelta(days=1))
    one_party_confirms(made)

    left = perform(made, "continue", actor=who("desk"), reason="One course is still to be held.")

    assert left.state == "in_implementation"
    assert confirmations(left) == []
    assert [e.step for e in events_of(left) if e.to_state][-1] == "continue"
