"""The pages of an absence: set, listed, ended; the desk says for whom one acts and whose seat each thing waits on."""

from uuid import uuid4

import pytest
from django.urls import reverse

from taawun.directory.models import Delegation, Post
from taawun.foundation import clock
from tests.cycle.made import body, signed_in
from tests.directory.made import DAY, away, post_of
from tests.factories import a_person, a_request, who

ABSENCE = "/desk/absence/"


@pytest.fixture
def colleague(world):
    return a_person("opinion", "jica")


def given(colleague, **more):
    today = clock.today()
    values = {
        "to_person": colleague.person.pk,
        "starts_on": today.isoformat(),
        "ends_on": (today + 5 * DAY).isoformat(),
        "reason": "Mission",
        "once": str(uuid4()),
    }
    return values | more


def new_address(user):
    return reverse("directory:delegation-new", args=[post_of(user).pk])


def test_an_officer_names_a_deputy_and_ends_it(colleague):
    desk = signed_in("desk")
    page = desk.get(ABSENCE)
    assert [line["post"].role for line in page.context["posts"]] == ["desk"]

    sent = desk.post(new_address(who("desk")), given(colleague))

    assert (sent.status_code, sent["Location"]) == (302, ABSENCE)
    made = Delegation.objects.get()
    page = desk.get(ABSENCE)
    assert [line["delegations"] for line in page.context["posts"]] == [[made]]
    address = made.get_absolute_url()
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"once": str(uuid4())}).status_code == 302
    assert desk.post(address, {"once": str(uuid4())}).status_code == 409
    page = desk.get(ABSENCE)
    assert (page.context["posts"][0]["delegations"], page.context["over"]) == ([], [made])


def test_a_form_sent_twice_names_one_deputy(colleague):
    desk, data = signed_in("desk"), given(colleague)

    first, second = (desk.post(new_address(who("desk")), data) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert Delegation.objects.count() == 1


def test_the_deputys_desk_says_for_whom_and_whose_seat(colleague):
    case = a_request("received")
    away(who("desk"), colleague)
    browser = signed_in(colleague)

    page = browser.get("/desk/")

    assert [(each["person"], each["until"]) for each in page.context["stands_in"]] == [
        ("Desk officer, South-East Asia", clock.today() + 7 * DAY)
    ]
    lines = {line.code: line for group in page.context["groups"] for line in group.lines}
    seat = "for Desk officer, South-East Asia: Desk officer, Japan International Cooperation Agency (JICA)"
    assert lines[case.code].acts_for == seat
    assert seat in page.content.decode()
    assert browser.get(case.get_absolute_url()).status_code == 200


def test_the_holders_desk_says_who_acts_for_them_and_no_line_is_for_another(colleague):
    a_request("received")
    made = away(who("desk"), colleague)

    page = signed_in("desk").get("/desk/")

    assert page.context["deputies"] == [made]
    assert page.context["stands_in"] == []
    assert {line.acts_for for group in page.context["groups"] for line in group.lines} == {""}


def test_the_timeline_says_by_whose_delegation(world):
    colleague = a_person("opinion", "mm-coordination")
    case = a_request("submitted")
    away(who("mm-coordinator"), colleague)
    browser = signed_in(colleague)

    sent = browser.post(
        reverse("step", args=["request", case.pk, "retain"]), {"once": str(uuid4()), "acted_on": ""}
    )
    assert sent.status_code == 302

    name = colleague.person.name
    expected = f"{name}, by delegation of Coordination officer, Myanmar, {body('mm-coordination').name}"
    assert expected in signed_in("post-officer").get(case.get_absolute_url()).content.decode()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_pages_are_told_in_the_readers_language(colleague, language):
    away(who("desk"), colleague)
    colleague.keep_language(language)
    browser = signed_in(colleague)

    for address in ("/desk/", ABSENCE, Delegation.objects.get().get_absolute_url()):
        page = browser.get(address).content.decode()
        assert "You act for" not in page
        assert "Absence and deputies" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"to_person": ""},
        {"to_person": "999999999"},
        {"to_person": "abc"},
        {"starts_on": "yesterday"},
        {"starts_on": "2001-01-01"},
        {"ends_on": "2001-01-01"},
        {"ends_on": ""},
        {"reason": ""},
        {"reason": "x" * 301},
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(colleague, wrong):
    data = given(colleague) | wrong

    page = signed_in("desk").post(new_address(who("desk")), data)

    assert page.status_code == 422
    assert page.context["form"].data["reason"] == data["reason"]
    assert list(page.context["form"].errors) == list(wrong)
    assert Delegation.objects.count() == 0


def test_a_second_deputy_on_the_same_days_is_refused_with_what_was_typed(colleague):
    away(who("desk"), colleague)

    page = signed_in("desk").post(new_address(who("desk")), given(colleague, reason="Again"))

    assert page.status_code == 409
    assert page.context["form"].data["reason"] == "Again"


def test_an_evaluator_finds_the_page_shut(world):
    browser = signed_in("evaluator")

    assert browser.get(new_address(who("evaluator"))).status_code == 409
    assert browser.get(ABSENCE).context["posts"][0]["personal"] is True


@pytest.mark.parametrize("stranger", ["jica-approver", "post-officer", "la-office", "amci-desk"])
def test_a_stranger_finds_nothing(colleague, stranger):
    made = away(who("desk"), colleague)
    browser = signed_in(stranger)

    for address in (made.get_absolute_url(), new_address(who("desk"))):
        assert browser.get(address).status_code == 404
        assert browser.post(address, given(colleague)).status_code == 404
    assert browser.get(ABSENCE).context["over"] == browser.get(ABSENCE).context["acting"] == []
    assert Delegation.objects.filter(ended_on__isnull=False).count() == 0


def test_a_deputy_is_a_stranger_to_the_holders_own_page(colleague):
    away(who("desk"), colleague)

    assert signed_in(colleague).get(new_address(who("desk"))).status_code == 404


@pytest.mark.parametrize("number", [1, 4])
def test_the_pages_cost_the_same_however_many(world, django_assert_num_queries, number):
    colleague = a_person("opinion", "jica")
    for slug in ("desk", "knowledge", "jica-approver", "mofa-approver")[:number]:
        away(who(slug), colleague)
        Post.objects.create(
            person=colleague.person, organisation=body("jica"), role=f"other-{slug}", held_from=clock.today()
        )
    browser = signed_in(colleague)
    browser.get(ABSENCE)

    with django_assert_num_queries(8):
        browser.get(ABSENCE)
    with django_assert_num_queries(10):
        browser.get(Delegation.objects.first().get_absolute_url())
