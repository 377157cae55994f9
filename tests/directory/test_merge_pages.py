"""The pages of merging: what is probably entered twice, shown before, merged once, undone."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taawun.cycle.models import TeamMember
from taawun.directory import doubles
from taawun.directory.models import Merge, Person, Post
from taawun.foundation import clock, editing
from taawun.foundation.models import User
from taawun.meetings.models import Committee, Member
from tests.cycle.made import body, everything, signed_in
from tests.directory.made import DAY
from tests.directory.merged import REASON, a_double, an_administrator, merge, unmerge
from tests.factories import a_person, a_request, an_operation, who

INDEX, PERSONS = "/desk/merges/", "/desk/merges/persons/"
BODIES = "/desk/merges/organisations/"


def chosen(gone, kept, **more):
    gone, kept = (one.person if isinstance(one, User) else one for one in (gone, kept))
    return {"gone": gone.pk, "kept": kept.pk, "reason": REASON} | more


def sent(page, gone, kept, **more):
    return chosen(gone, kept, seen=page.context["seen"], once=str(uuid4())) | more


@pytest.fixture
def two(world):
    return a_person("knowledge", "jica"), a_person("knowledge", "jica-mm")


def test_an_administrator_looks_at_it_merges_and_undoes_it(two):
    browser, (gone, kept) = signed_in("jica-admin"), two
    assert PERSONS in browser.get(INDEX).content.decode()
    assert browser.get(PERSONS).status_code == 200

    preview = browser.get(PERSONS, chosen(gone, kept))
    assert (preview.status_code, Merge.objects.count()) == (200, 0)
    answer = browser.post(PERSONS, sent(preview, gone, kept))

    done = Merge.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, done.get_absolute_url())
    page = browser.get(done.get_absolute_url())
    assert [(line["what"], line["moved"]) for line in page.context["lines"]] == [("Post", 1)]
    assert browser.post(done.get_absolute_url(), {"reason": ""}).status_code == 422
    undone = browser.post(done.get_absolute_url(), {"reason": "Two", "once": str(uuid4())})
    assert (undone.status_code, undone["Location"]) == (302, done.get_absolute_url())
    assert browser.post(done.get_absolute_url(), {"reason": "Two"}).status_code == 409
    page = browser.get(done.get_absolute_url())
    assert [(line["moved"], line["back"], line["stayed"]) for line in page.context["lines"]] == [(1, 1, [])]
    assert len(page.context["timeline"]) == 2
    assert done.get_absolute_url() in browser.get(INDEX).content.decode()


def test_of_two_of_one_name_the_form_says_which_is_which(two):
    """Organisations by their codes; persons by their addresses, without an account by their number."""
    double = a_double("jica-mm")
    held = body("jica-mm")
    Person.objects.filter(pk__in=[one.person.pk for one in two]).update(names={"en": "Sam"})
    bare = Person.objects.create(names={"en": "Sam"})
    Post.objects.create(person=bare, organisation=held, role="signatory", held_from=clock.today())
    browser = signed_in("jica-admin")

    bodies, people = (
        [str(label) for _key, label in browser.get(page).context["form"].fields["gone"].choices]
        for page in (BODIES, PERSONS)
    )

    assert [label for label in bodies if held.name in label] == [
        f"{held.name} ({held.slug})",
        f"{double.name} ({double.slug})",
    ]
    assert sorted(label for label in people if label.startswith("Sam")) == sorted(
        [f"Sam ({mark})" for mark in (two[0].email, two[1].email, bare.pk)]
    )


def test_a_form_sent_twice_merges_once(two):
    browser = signed_in("jica-admin")
    data = sent(browser.get(PERSONS, chosen(*two)), *two)

    first, again = (browser.post(PERSONS, data) for _ in range(2))

    assert first["Location"] == again["Location"] == Merge.objects.get().get_absolute_url()


def test_what_is_refused_is_told_and_nothing_typed_is_lost(two):
    browser, (gone, kept) = signed_in("jica-admin"), two
    data = sent(browser.get(PERSONS, chosen(gone, kept)), gone, kept)
    Post.objects.create(
        person=gone.person, organisation=body("jica"), role="desk", held_from=clock.today() - DAY
    )

    page = browser.post(PERSONS, data)

    assert (page.status_code, page.context["reason"]) == (409, REASON)
    told = "Something has changed since you looked: look again at what would move."
    assert [str(one) for one in page.context["obstacles"]] == [told]
    own = browser.get(PERSONS, chosen(gone, who("jica-admin")))
    assert own.status_code == 409
    assert "You would merge yourself" in own.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"gone": ""}, "gone"),
        ({"gone": "x"}, "gone"),
        ({"kept": "999999999"}, "kept"),
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 301}, "reason"),
        ({"kept": None}, "kept"),
    ],
)
def test_what_is_wrong_is_told(two, wrong, field):
    browser, (gone, kept) = signed_in("jica-admin"), two
    wrong = {name: gone.person.pk if value is None else value for name, value in wrong.items()}
    before = everything()

    for answer in (
        browser.get(PERSONS, chosen(gone, kept) | wrong),
        browser.post(PERSONS, chosen(gone, kept) | wrong),
    ):
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert everything() == before


@pytest.mark.parametrize("stranger", ["mm-coordinator", "la-officer", "desk", "post-officer"])
def test_a_stranger_finds_nothing(two, stranger):
    done, browser = merge(*two), signed_in(stranger)
    held = body("jica-mm")

    for address in (
        INDEX,
        PERSONS,
        BODIES,
        done.get_absolute_url(),
        held.get_absolute_url(),
        "/desk/organisations/",
    ):
        assert browser.get(address).status_code == 404
    for address in (PERSONS, BODIES, done.get_absolute_url()):
        assert browser.post(address, chosen(*two)).status_code == 404


def test_an_administrator_elsewhere_is_offered_nobody_of_it(two):
    done, browser = merge(*two), signed_in("amci-admin")

    assert browser.get(INDEX).context["merges"] == []
    assert browser.get(done.get_absolute_url()).status_code == 404
    assert browser.get(body("jica-mm").get_absolute_url()).status_code == 404
    page = browser.post(PERSONS, chosen(*two))
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"gone", "kept"})


def test_who_would_newly_see_what_is_told_before(world):
    case, operation = a_request("received"), an_operation("agreed")
    ministry = an_administrator("mm-mcit")
    double = a_double("mm-post")
    clerk = a_person("line-officer", double)

    page = signed_in(ministry).get(BODIES, chosen(body("mm-post"), double))

    assert page.status_code == 200
    opened = {tuple(one["people"]): one["opened"] for one in page.context["sight"]}
    seen = {str(each["label"]): each["number"] for each in opened[clerk.person.name,]}
    assert seen == {
        "Cooperation request": case.__class__.objects.filter(requesting=body("mm-post")).count(),
        "Operation": 1,
    }
    assert operation.code is not None
    assert (who("post-officer").person.name,) not in opened
    merge(body("mm-post"), double, ministry)
    after = signed_in(clerk)
    assert after.get(case.get_absolute_url()).status_code == 200
    assert after.get(operation.get_absolute_url()).status_code == 200


def test_the_person_who_stays_is_told_what_opens_to_them(world):
    case = a_request("received")
    kept, gone = a_person("opinion", "jica-mm"), who("mm-office")
    assert signed_in(kept).get(case.get_absolute_url()).status_code == 404

    page = signed_in("jica-admin").get(PERSONS, chosen(gone, kept))

    (one,) = page.context["sight"]
    first = one["opened"][0]
    assert (one["people"], (str(first["label"]), first["number"])) == (
        [kept.person.name],
        ("Cooperation request", 1),
    )
    back = signed_in("jica-admin").get(PERSONS, chosen(kept, gone))
    assert back.context["sight"] == []


def test_of_cases_the_administrator_may_not_see_only_how_many_are_told(world):
    """The administrator of the agency sees no request that was not forwarded, and none as administrator alone."""
    case = a_request("received")

    text = signed_in("jica-admin").get(BODIES, chosen(body("jica-mm"), a_double("jica-mm"))).content.decode()

    assert "cases you may not see" in text or "a case you may not see" in text
    assert case.title not in text
    assert case.code not in text


def test_persons_who_look_alike_are_shown_and_those_who_do_not_are_not(world):
    first, second, third, other = (a_person("knowledge", "jica") for _ in range(4))
    for user, names in (
        (first, {"latin": "José  NÚÑEZ", "ar": "خوسيه"}),
        (second, {"latin": "Nunez, Jose (intérim)"}),
        (third, {"latin": "J. N.", "ar": "خوسيه"}),
        (other, {"latin": "Maria"}),
    ):
        Person.objects.filter(pk=user.person.pk).update(names=names)
    User.objects.filter(pk=other.pk).update(email="third+work@example.org")
    User.objects.filter(pk=third.pk).update(email="Third@example.org")

    pairs = signed_in("jica-admin").get(INDEX).context["persons"]

    found = [(pair["first"], pair["second"]) for pair in pairs]
    people = [user.person for user in (first, second, third, other)]
    assert found == [(people[0], people[1]), (people[0], people[2]), (people[2], people[3])]


def test_organisations_of_one_country_with_one_name_are_shown(world):
    double, abroad = a_double("jica-mm"), a_double("jica-la", names=body("jica-mm").names)

    found = doubles.probable_organisations([body("jica-mm"), double, abroad, body("jica-la")])

    assert found == [(body("jica-mm"), double)]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_pages_are_in_the_readers_language(two, language):
    done, admin = merge(*two), who("jica-admin")
    admin.keep_language(language)
    browser = signed_in(admin)

    for address in (INDEX, PERSONS, BODIES, done.get_absolute_url(), "/desk/organisations/"):
        text = browser.get(address).content.decode()
        assert f'lang="{language}"' in text
        for english in ("Merge", "Undo", "Stays", "Look"):
            assert english not in text


def test_the_preview_costs_the_same_however_many_rows_and_names_what_the_reader_knows(world):
    """The administrator serves the desk too, and so sees the cases."""
    admin, gone, kept = who("jica-admin"), a_person("knowledge", "jica"), who("desk")
    Post.objects.create(
        person=admin.person, organisation=body("jica"), role="desk", held_from=clock.today() - DAY
    )
    browser, counted = signed_in(admin), []
    browser.get(PERSONS, chosen(gone, kept))  # what is read once a process
    for _ in range(2):
        for _ in range(2):
            operation = an_operation("agreed")
            for function in ("expert", "counterpart"):
                TeamMember.objects.create(
                    operation=operation,
                    person=gone.person,
                    organisation=body("jica"),
                    function=function,
                    held_from=clock.today() - DAY,
                )
            Member.objects.create(
                committee=Committee.objects.get_or_create(operation=operation)[0],
                organisation=body("jica"),
                person=gone.person,
                capacity="member",
                held_from=clock.today() - DAY,
            )
            editing.keep_draft(gone, operation, "note", base_version=1, data={"post": "x"})
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(PERSONS, chosen(gone, kept))
        counted.append(len(queries))

    assert counted[0] == counted[1]
    told = {str(line["what"]): [row["text"] for row in line["rows"]] for line in page.context["lines"]}
    assert f"{operation.code}, Expert" in told["Function"]
    assert f"{operation.code}, Member" in told["Seat on the committee"]
    assert told["Draft"][-1] == operation.code
    assert [line["hidden"] for line in page.context["lines"]] == [0, 0, 0, 0]


@pytest.mark.parametrize("number", [1, 4])
def test_the_pages_cost_the_same_however_much(world, django_assert_max_num_queries, number):
    operations = [an_operation("agreed") for _ in range(number)]
    double = a_double("jica-mm")
    for _ in range(number):
        a_person("country-office", double)
        undone = merge(a_person("knowledge", "jica"), a_person("knowledge", "jica"))
        unmerge(undone)
    browser = signed_in("jica-admin")

    with django_assert_max_num_queries(12):
        assert browser.get(INDEX).status_code == 200
    with django_assert_max_num_queries(15):
        assert browser.get(undone.get_absolute_url()).status_code == 200
    with django_assert_max_num_queries(15):
        assert browser.get(double.get_absolute_url()).status_code == 200
    with django_assert_max_num_queries(10):
        assert browser.get(reverse("directory:organisations")).status_code == 200
    # The preview reads every table that may lead to the two, and asks every gate for each post near them.
    with django_assert_max_num_queries(190):
        page = browser.get(BODIES, chosen(body("jica-mm"), double))
    assert page.status_code == 200
    assert len(operations) == number
