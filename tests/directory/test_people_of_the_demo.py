"""People of the demonstration who move."""

from datetime import date

from taawun.directory.models import Post
from taawun.foundation.standing import standing
from taawun.workspace.demo import people
from taawun.workspace.demo.story import on
from tests.cycle.made import body
from tests.factories import who


def test_somebody_is_away_and_a_colleague_acts(world):
    people.be_away()

    held = standing(who("amci-knowledge")).delegated
    assert {seat: acts.person_id for seat, acts in held.items()} == {
        (body("amci").pk, "approver"): who("amci-approver").person.pk
    }


def test_somebody_left_and_handed_over(world):
    day = date(2026, 2, 2)

    done = people.rotate(day)

    gone = Post.objects.get(person=done.person)
    assert (gone.held_to, done.to_person) == (day, who("sn-officer").person)
    assert [line["role"] for line in done.lines["posts"]] == ["line-officer"]
    with on(day.replace(day=3)):
        assert not standing(who("sn-officer-before")).posts


def test_two_were_entered_twice_and_each_pair_is_one(world):
    person, body_ = people.entered_twice()

    assert (person.kept, body_.kept) == (who("amci-desk").person, body("amci-sn"))
    assert (body("amci").pk, "signatory") in standing(who("amci-desk")).posts
    assert (who("amci-desk-2").is_active, body("amci-sn-2").merged_into) == (False, body("amci-sn"))
