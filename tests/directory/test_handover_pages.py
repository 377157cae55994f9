"""The pages of a handover: shown before, made once, printed after."""

from uuid import uuid4

import pytest
from django.urls import reverse

from taawun.cycle.models import TeamMember
from taawun.directory import actions
from taawun.directory.models import Handover, Post
from taawun.foundation import clock, editing
from tests.cycle.made import body, signed_in
from tests.directory.made import DAY
from tests.factories import a_person, a_request, an_operation, who

OWN = "/desk/handover/"


@pytest.fixture
def successor(world):
    return a_person("opinion", "mm-post")


@pytest.fixture
def governor(world):
    return a_person("administrator", "mm-post")


def given(person, page, **more):
    values = {"to_person": person.person.pk, "reason": "Rotation", "once": str(uuid4())}
    return values | {"seen": page.context["seen"]} | more


def of(user):
    return reverse("directory:handover-of", args=[user.person.pk])


def made(officer, successor, actor=None):
    return actions.hand_over(
        officer.person, successor.person, on=clock.today(), reason="Rotation", actor=actor or officer
    )


def test_an_officer_looks_at_it_hands_over_and_prints_the_letter(successor):
    case, operation = a_request("draft"), an_operation("agreed")
    officer = who("post-officer")
    TeamMember.objects.create(
        operation=operation,
        person=officer.person,
        organisation=body("mm-post"),
        function="counterpart",
        held_from=clock.today() - DAY,
    )
    editing.keep_draft(officer, case, "goal", base_version=1, data={"post": "x"})
    browser = signed_in(officer)

    page = browser.get(OWN)
    assert [line["role"] for line in page.context["lines"]["posts"]] == ["line-officer"]
    preview = browser.get(OWN, {"to_person": successor.person.pk, "reason": "Rotation"})
    assert (preview.status_code, Handover.objects.count()) == (200, 0)
    assert preview.context["to_person"] == successor.person
    sent = browser.post(OWN, given(successor, preview))

    done = Handover.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, done.get_absolute_url())
    for reader in (browser, signed_in(successor)):
        paper = reader.get(done.get_absolute_url())
        text = paper.content.decode()
        assert all(told in text for told in (operation.code, case.title, "Rotation", "Counterpart"))
        assert paper.context["lines"]["tasks_hidden"] == 0
    assert browser.get(OWN).context["shut"] is True


def test_the_successor_finds_what_they_received_though_they_hold_posts(successor):
    officer = who("post-officer")
    done = made(officer, successor)

    page = signed_in(successor).get(OWN)

    assert [one.pk for one in page.context["earlier"]] == [done.pk]


def test_a_form_sent_twice_hands_over_once(successor):
    browser = signed_in("post-officer")
    data = given(successor, browser.get(OWN))

    first, second = (browser.post(OWN, data) for _ in range(2))

    assert first["Location"] == second["Location"] == Handover.objects.get().get_absolute_url()


@pytest.mark.parametrize(
    "wrong", [{"to_person": ""}, {"to_person": "999999999"}, {"to_person": "x"}, {"reason": ""}]
)
def test_what_is_wrong_is_told(successor, wrong):
    browser = signed_in("post-officer")
    data = given(successor, browser.get(OWN)) | wrong

    page = browser.post(OWN, data)

    assert (page.status_code, list(page.context["form"].errors)) == (422, list(wrong))
    assert browser.get(OWN, {key: data[key] for key in ("to_person", "reason")}).status_code == 422
    assert Handover.objects.count() == 0


def test_what_changed_since_the_preview_is_refused_with_what_is_open_now(successor):
    browser, officer = signed_in("post-officer"), who("post-officer")
    data = given(successor, browser.get(OWN))
    Post.objects.create(
        person=officer.person, organisation=body("mm-post"), role="signatory", held_from=clock.today()
    )

    page = browser.post(OWN, data)

    assert page.status_code == 409
    assert len(page.context["lines"]["posts"]) == 2
    assert browser.post(OWN, given(successor, page)).status_code == 302


def test_whoever_governs_sees_the_people_and_hands_over_for_one(successor, governor):
    officer, browser = who("post-officer"), signed_in(governor)
    a_request("draft")
    people = browser.get("/desk/people/")
    assert officer.person in people.context["people"]
    assert "/desk/people/" in browser.get("/desk/").content.decode()

    page = browser.get(of(officer))
    assert page.status_code == 200
    sent = browser.post(of(officer), given(successor, page))

    done = Handover.objects.get()
    assert (sent["Location"], done.scope) == (done.get_absolute_url(), body("mm-post"))
    assert browser.get(done.get_absolute_url()).status_code == 200


def test_whoever_governs_reads_of_cases_they_may_not_see_only_how_many(successor):
    """The administrator of the ministry above does not see the post's draft request."""
    officer = who("post-officer")
    Post.objects.create(
        person=officer.person, organisation=body("jica"), role="opinion", held_from=clock.today() - DAY
    )
    operation = an_operation("agreed")
    TeamMember.objects.create(
        operation=operation,
        person=officer.person,
        organisation=body("amci"),
        function="expert",
        held_from=clock.today() - DAY,
    )
    governor = a_person("administrator", "amci")
    Post.objects.create(
        person=officer.person, organisation=body("amci"), role="opinion", held_from=clock.today() - DAY
    )

    page = signed_in(governor).get(of(officer))

    assert (page.context["lines"]["functions"], page.context["lines"]["functions_hidden"]) == ([], 1)
    assert operation.title not in page.content.decode()
    assert operation.code not in page.content.decode()


@pytest.mark.parametrize("stranger", ["mm-coordinator", "la-officer", "amci-desk", "desk"])
def test_a_stranger_finds_nothing(successor, stranger):
    officer = who("post-officer")
    done = made(officer, successor)
    browser = signed_in(stranger)

    assert browser.get(done.get_absolute_url()).status_code == 404
    assert browser.get("/desk/people/").status_code == 404
    assert browser.get(of(successor)).status_code == 404
    assert browser.post(of(successor), {"to_person": 1, "reason": "x"}).status_code == 404


def test_an_administrator_elsewhere_finds_nothing(successor):
    done = made(who("post-officer"), successor)
    browser = signed_in(a_person("administrator", "la-post"))

    assert browser.get(done.get_absolute_url()).status_code == 404
    assert browser.get(of(successor)).status_code == 404
    assert browser.get("/desk/people/").status_code == 200


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_letter_is_printed_in_the_readers_language(successor, language):
    done = made(who("post-officer"), successor)
    successor.keep_language(language)
    browser = signed_in(successor)

    text = browser.get(done.get_absolute_url()).content.decode()

    assert "Handed over by" not in text
    assert f'lang="{language}"' in text


@pytest.mark.parametrize("number", [1, 4])
def test_the_pages_cost_the_same_however_much(world, django_assert_max_num_queries, number):
    officer = who("post-officer")
    operation = an_operation("agreed")
    for n in range(number):
        case = a_request("draft")
        editing.keep_draft(officer, case, "goal", base_version=1, data={"post": "x"})
        TeamMember.objects.create(
            operation=operation,
            person=officer.person,
            organisation=body("mm-post"),
            function="counterpart",
            held_from=clock.today() - (n + 1) * DAY,
        )
        a_person("opinion", "mm-post")
    browser, governor = signed_in(officer), signed_in(a_person("administrator", "mm-post"))

    with django_assert_max_num_queries(18):
        assert browser.get(OWN).status_code == 200
    with django_assert_max_num_queries(19):
        assert governor.get(of(officer)).status_code == 200
    with django_assert_max_num_queries(10):
        assert governor.get("/desk/people/").status_code == 200
