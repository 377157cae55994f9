"""An organisation that does not sign in is marked on a page: by whom, why, and who then records for it."""

import threading
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from taawun.directory import actions, bodies
from taawun.directory.models import Organisation, PaperMark, Post
from taawun.foundation import clock
from taawun.foundation.models import AuditEvent, OutboxMessage, Task, User
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused
from tests.cycle.made import body, derived_tasks, everything, held_tasks, in_words, signed_in
from tests.directory.merged import a_double
from tests.factories import a_person, a_request, a_request_on_paper, an_operation, who


def mark(slug, actor, on_paper=True, reason="No internet"):
    return actions.mark_on_paper(body(slug), on_paper=on_paper, actor=actor, reason=reason)


def refused(*args, **given):
    before = everything()
    with pytest.raises(Refused) as refusal:
        mark(*args, **given)
    assert everything() == before
    return in_words(refusal)


def address(slug):
    return f"{body(slug).get_absolute_url()}on-paper/"


def leave(slug):
    """Everybody leaves an organisation: no account is open."""
    User.objects.filter(person__posts__organisation=body(slug)).update(is_active=False)


@pytest.fixture
def ministry(world):
    return a_person("administrator", "mm-mcit")


def test_what_waits_on_it_lies_on_the_desk_of_the_office_in_its_country(ministry):
    case = a_request("draft")
    (before,) = Task.objects.filter(kind="request", subject_id=case.pk, organisation_id=body("mm-post").pk)

    made = mark("mm-post", ministry)

    task = Task.objects.get(kind="request", subject_id=case.pk, act=before.act)
    assert (task.organisation_id, task.role, task.on_behalf_of_id) == (
        body("jica-mm").pk,
        "country-office",
        body("mm-post").pk,
    )
    assert held_tasks(case) == derived_tasks(case)
    assert OutboxMessage.objects.filter(
        user=who("mm-office"), dedupe=f"task:{task.pk}:{who('mm-office').pk}"
    ).exists()
    event = AuditEvent.objects.get(kind="paper-mark")
    assert (event.subject_id, event.step, event.organisation_id, event.role, event.actor) == (
        made.pk,
        "marked-on-paper",
        body("mm-mcit").pk,
        "administrator",
        ministry,
    )


def test_it_signs_in_again_and_its_own_desk_has_what_waits(ministry):
    case = a_request("draft")
    before = held_tasks(case)
    mark("mm-post", ministry)
    assert held_tasks(case) != before

    mark("mm-post", ministry, on_paper=False, reason="A line was laid")

    assert held_tasks(case) == before
    assert list(PaperMark.objects.values_list("on_paper", "reason")) == [
        (False, "A line was laid"),
        (True, "No internet"),
    ]
    assert body("mm-post").on_paper is False


def test_an_agency_with_an_office_there_marks_whom_nobody_signs_in_for(world):
    admin = who("jica-admin")
    told = ["People sign in for it (1): its own administrator marks it, or the one of the body above it."]
    assert refused("mm-post", admin) == told

    leave("mm-post")

    assert mark("mm-post", admin).scope == body("jica")


def test_the_mark_is_not_taken_off_where_what_waits_would_wait_on_nobody(world):
    admin, slug = who("amci-admin"), "gn-agriculture"
    a_request_on_paper()
    told = f"Nobody with an open account holds a post in {body(slug).name}: what waits on it would wait on nobody."
    assert refused(slug, admin, on_paper=False) == [told]

    a_person("line-officer", slug)

    assert mark(slug, admin, on_paper=False).on_paper is False


@pytest.mark.parametrize("slug", ["jica", "jica-mm", "jp-mofa"])
def test_a_provider_acts_through_its_own_people(world, slug):
    governor = a_person("administrator", slug)

    assert refused(slug, governor) == [
        "An agency, its ministry and its offices act through their own people: nobody records for them."
    ]


def test_without_an_office_in_the_country_nobody_would_record(world):
    lone = a_double("mm-post", country_id="country:KH")
    governor = a_person("administrator", lone)

    assert refused(lone.slug, governor) == [
        "No provider has an office in its country: nobody would record for it."
    ]


def test_what_is_so_already_is_told_and_a_reason_is_asked(ministry):
    name = body("mm-post").name
    assert refused("mm-post", ministry, on_paper=False) == [f"{name} signs in already."]
    assert refused("mm-post", ministry, reason=" ") == ["Give the reason."]
    mark("mm-post", ministry)
    assert refused("mm-post", ministry) == [f"{name} is marked on paper already."]


@pytest.mark.parametrize("stranger", ["amci-admin", "post-officer", "mm-office", "desk", "la-officer"])
def test_a_stranger_marks_nothing_and_finds_nothing(ministry, stranger):
    made = mark("mm-post", ministry)
    browser = signed_in(stranger)

    with pytest.raises(PermissionDenied):
        mark("mm-post", who(stranger), on_paper=False)
    for one in (
        address("mm-post"),
        body("mm-post").get_absolute_url(),
        f"/desk/organisations/marks/{made.pk}/",
    ):
        assert browser.get(one).status_code == 404
    assert browser.post(address("mm-post"), {"reason": "x", "on_paper": "no"}).status_code == 404


def test_an_administrator_sees_what_it_does_marks_it_and_takes_it_off(ministry):
    a_request("draft")
    browser = signed_in(ministry)
    assert address("mm-post") in browser.get(body("mm-post").get_absolute_url()).content.decode()

    page = browser.get(address("mm-post"))
    assert [(desk.office, desk.cases) for desk in page.context["desks"]] == [(body("jica-mm").name, 1)]
    assert (page.status_code, page.context["accounts"]) == (200, 1)
    data = {"reason": "Letters only", "on_paper": "yes", "once": str(uuid4())}
    answers = [browser.post(address("mm-post"), data) for _ in range(2)]

    assert {(a.status_code, a["Location"]) for a in answers} == {(302, body("mm-post").get_absolute_url())}
    assert PaperMark.objects.count() == 1
    text = browser.get(body("mm-post").get_absolute_url()).content.decode()
    assert "Letters only" in text
    assert body("jica-mm").name in text
    assert browser.post(address("mm-post"), {"reason": "Late", "on_paper": "yes"}).status_code == 409
    assert browser.post(address("mm-post"), {"reason": "", "on_paper": "no"}).status_code == 422
    assert browser.post(address("mm-post"), {"reason": "Back", "on_paper": "no"}).status_code == 302
    assert browser.get(f"/desk/organisations/marks/{PaperMark.objects.first().pk}/").status_code == 302


def test_a_partner_of_ones_offices_is_listed_and_tells_not_who_serves_it(world):
    browser = signed_in("jica-admin")
    groups = dict(browser.get("/desk/organisations/").context["groups"])

    assert {one.slug for one in groups["Ours"]} == {"jica", "jica-mm", "jica-la", "jica-sn"}
    partners = {one.slug for one in groups["Partners, where our offices stand"]}
    assert {"mm-post", "la-post", "sn-meteo"} <= partners
    assert "gn-agriculture" not in partners
    page = browser.get(body("mm-post").get_absolute_url())
    assert page.context["posts"] is None
    assert who("post-officer").person.name not in page.content.decode()


def test_one_that_was_merged_is_not_marked(ministry):
    double = a_double("mm-post")
    actions.merge(body("mm-post"), double, actor=ministry, reason="Twice")
    gone = Organisation.objects.get(slug="mm-post")

    told = bodies.marking_obstacles(gone, True, fresh_standing(User.objects.get(pk=ministry.pk)))

    assert told == [f"{gone.own_name} was merged into another organisation."]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_page_is_in_the_readers_language(ministry, language):
    ministry.keep_language(language)
    text = signed_in(ministry).get(address("mm-post")).content.decode()

    assert f'lang="{language}"' in text
    assert "What this does" not in text


@pytest.mark.parametrize("number", [1, 4])
def test_the_pages_cost_the_same_however_much(ministry, django_assert_max_num_queries, number):
    for _ in range(number):
        a_request("draft")
        an_operation("agreed")
    browser = signed_in(ministry)

    with django_assert_max_num_queries(15):
        assert browser.get(address("mm-post")).status_code == 200
    mark("mm-post", ministry)
    with django_assert_max_num_queries(15):
        assert browser.get(body("mm-post").get_absolute_url()).status_code == 200


def test_of_two_who_mark_at_once_one_is_refused(committed_world):
    admins = [a_person("administrator", "mm-mcit") for _ in range(2)]
    gate, results = threading.Barrier(2), []

    def run(admin):
        try:
            gate.wait(30)
            results.append(mark("mm-post", admin))
        except Refused as refusal:
            results.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(admin,)) for admin in admins]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(type(result).__name__ for result in results) == ["PaperMark", "Refused"]
    assert Post.objects.filter(organisation=body("mm-mcit"), held_from__lte=clock.today()).count() >= 2
