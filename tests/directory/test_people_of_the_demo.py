"""People of the demonstration who move."""

from taawun.foundation.standing import standing
from taawun.workspace.demo import people
from tests.cycle.made import body
from tests.factories import who


def test_somebody_is_away_and_a_colleague_acts(world):
    people.be_away()

    held = standing(who("amci-knowledge")).delegated
    assert {seat: acts.person_id for seat, acts in held.items()} == {
        (body("amci").pk, "approver"): who("amci-approver").person.pk
    }
