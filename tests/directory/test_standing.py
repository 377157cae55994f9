"""What a person's posts open today, and whom a notice reaches."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from taawun.directory.models import Person, Post
from taawun.directory.queries import (
    coordination_body_of,
    country_office_for,
    holders_of,
    posts_held_on,
    standing_of,
)
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.standing import NOBODY, fresh_standing, standing
from tests.cycle.made import body
from tests.factories import a_person, who

TODAY = date(2026, 5, 20)
DAY = timedelta(days=1)


@pytest.fixture
def today(world):
    clock.set_today(TODAY)


@pytest.mark.parametrize(
    ("held_from", "held_to", "counts"),
    [
        (TODAY, None, True),
        (TODAY - DAY, None, True),
        (TODAY + DAY, None, False),
        (TODAY, TODAY, True),
        (TODAY - 9 * DAY, TODAY, True),
        (TODAY - 9 * DAY, TODAY - DAY, False),
        (TODAY + DAY, TODAY + 9 * DAY, False),
    ],
)
def test_a_post_counts_from_its_first_day_to_its_last(today, held_from, held_to, counts):
    officer = a_person("desk", "jica")
    Post.objects.filter(person__user=officer).update(held_from=held_from, held_to=held_to)

    held = fresh_standing(officer)

    assert held.posts == (frozenset({(body("jica").pk, "desk")}) if counts else frozenset())
    assert held.person_id == officer.person.pk
    assert (officer in holders_of(body("jica").pk, "desk", None)) is counts
    assert posts_held_on(TODAY).filter(person__user=officer).exists() is counts


def test_several_posts_open_what_each_opens(today):
    officer = a_person("desk", "jica")
    Post.objects.create(
        person=officer.person, organisation=body("mm-post"), role="line-officer", held_from=TODAY
    )

    held = standing(officer)

    assert held.organisations == {body("jica").pk, body("mm-post").pk}
    assert held.holding("desk") == {body("jica").pk}
    assert held.holding("desk", "line-officer") == held.organisations
    assert held.holding("approver") == frozenset()
    assert held.roles() == {"desk", "line-officer"}


def test_a_side_is_an_organisation_with_those_above_and_below_it(today):
    jica, mofa = body("jica").pk, body("jp-mofa").pk
    office, sister, third = (body(slug).pk for slug in ("jica-mm", "jica-la", "jica-sn"))

    assert standing(who("desk")).sides == {jica, mofa, office, sister, third}
    assert standing(who("mm-office")).sides == {jica, office}
    assert standing(who("la-office")).sides == {jica, sister}
    assert standing(who("mofa-approver")).sides == {jica, mofa}
    assert standing(who("post-officer")).sides == {body("mm-post").pk, body("mm-mcit").pk}
    assert standing(who("finance-opinion")).sides == {body("jp-finance").pk}


def test_one_governs_ones_own_and_what_stands_directly_below(today):
    assert standing(who("mofa-approver")).governs == {body("jp-mofa").pk, body("jica").pk}
    assert standing(who("desk")).governs == {body(s).pk for s in ("jica", "jica-mm", "jica-la", "jica-sn")}
    assert standing(who("mm-office")).governs == {body("jica-mm").pk}


def test_a_closed_account_is_nobody(today):
    officer = who("desk")
    officer.is_active = False
    officer.save()

    assert fresh_standing(officer) is NOBODY
    assert standing(officer) is NOBODY
    assert officer not in holders_of(body("jica").pk, "desk", None)
    assert officer not in holders_of(None, "", officer.person.pk)


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_a_visitor_is_nobody(today, nobody):
    assert fresh_standing(nobody) is NOBODY
    assert standing(nobody) is NOBODY


def test_an_account_without_a_person_opens_nothing(today):
    account = User.objects.create_user("new@example.org", None, display_name="New")

    held = fresh_standing(account)

    assert (held.user_id, held.person_id, held.posts) == (account.pk, None, frozenset())
    assert (held.governs, held.sides) == (frozenset(), frozenset())


@pytest.mark.parametrize("posts", [0, 1, 3])
def test_a_standing_is_read_with_two_statements(today, django_assert_num_queries, posts):
    officer = a_person("desk", "jica")
    Post.objects.filter(person__user=officer).delete()
    for slug in ("jica", "mm-post", "la-post")[:posts]:
        Post.objects.create(person=officer.person, organisation=body(slug), role="desk", held_from=TODAY)
    clock.begin_request()

    with django_assert_num_queries(2):
        assert len(standing_of(officer).posts) == posts


def test_a_standing_is_read_once_for_a_request_and_anew_where_it_counts(today, django_assert_num_queries):
    officer = who("desk")
    clock.begin_request()
    with django_assert_num_queries(2):
        first, second = standing(officer), standing(officer)
    Post.objects.filter(person__user=officer).delete()

    assert first is second
    assert standing(officer).posts == {(body("jica").pk, "desk")}
    assert fresh_standing(officer).posts == frozenset()


def test_a_notice_reaches_the_holders_of_the_seat_or_the_person_named(today):
    officer = who("mm-office")
    other = a_person("country-office", "jica-mm")

    assert set(holders_of(body("jica-mm").pk, "country-office", None)) == {officer, other}
    assert holders_of(body("jica-mm").pk, "desk", None) == []
    assert holders_of(body("jica-la").pk, "country-office", officer.person.pk) == [officer]


def test_the_way_of_a_request_follows_from_its_country(today):
    assert coordination_body_of("country:MM") == body("mm-coordination")
    assert coordination_body_of("country:JP") is None
    assert country_office_for(body("jica").pk, "country:LA") == body("jica-la")
    assert country_office_for(body("amci").pk, "country:SN") == body("amci-sn")
    assert country_office_for(body("amci").pk, "country:MM") is None


def test_a_post_that_ends_before_it_begins_is_refused_by_the_database(today):
    with pytest.raises(Exception, match="post_ends_after_it_begins"):
        Post.objects.filter(person__user=who("desk")).update(held_to=date(1999, 1, 1))


def test_a_person_is_read_in_the_script_of_the_reader_else_in_latin():
    person = Person(names={"latin": "Ada", "ar": "آدا"})

    assert str(person) == "Ada"
    assert Person(names={"ja": "エイダ"}).name == "エイダ"
