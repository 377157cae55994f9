"""The pages of lessons, as each person gets them."""

import pytest
from django.urls import reverse
from tests.lessons import made

from taawun.foundation.models import Task
from taawun.lessons import actions
from taawun.lessons.models import Citation, Lesson, SimilarSeen


@pytest.fixture
def as_(client, world):
    """The browser of a player of the cast."""

    def sign_in(slug: str):
        client.force_login(made.who(slug))
        return client

    return sign_in


def titles(page) -> list[str]:
    return [str(row[1].html) for row in page.context["list"].rows]


@pytest.mark.parametrize("state", ["draft", "analysed"])
@pytest.mark.parametrize("slug", ["la-officer", "la-office", "amci-knowledge"])
def test_another_countrys_officer_finds_no_draft_anywhere(as_, state, slug):
    lesson = made.a_lesson(state)
    browser = as_(slug)

    page = lesson.get_absolute_url()
    addresses = [page, f"{page}edit/", reverse("step", args=["lesson", lesson.pk, "analyse"])]

    assert [browser.get(address).status_code for address in addresses] == [404, 404, 404]
    assert titles(browser.get("/lessons/")) == []
    assert lesson.title not in browser.get("/lessons/?export=csv").getvalue().decode()


def test_the_list_shows_the_readers_lessons_and_narrows(as_):
    certified = made.a_lesson(title="Certified one")
    made.a_lesson("draft", title="Draft one")

    assert titles(as_("knowledge").get("/lessons/"))[0].endswith("Draft one</a>")
    assert len(titles(as_("knowledge").get("/lessons/"))) == 2
    outsider = as_("amci-desk")
    assert [certified.get_absolute_url() in title for title in titles(outsider.get("/lessons/"))] == [True]
    assert titles(outsider.get("/lessons/?country=country:SN")) == []
    assert len(titles(outsider.get("/lessons/?sector=sector:22012&state=certified&q=Certified"))) == 1


def test_a_lessons_page_shows_how_it_came_about_to_its_side_alone(as_):
    lesson = made.a_lesson()

    inside = as_("desk").get(lesson.get_absolute_url())
    outside = as_("la-officer").get(lesson.get_absolute_url())

    assert [entry["title"] for entry in inside.context["timeline"]] == ["Certified", "Analysed", "Drafted"]
    assert outside.context["timeline"] is None
    assert [section["text"] for section in outside.context["sections"]] == [
        made.SHEET[name] for name in ("situation", "cause", "countermeasure", "conditions")
    ]
    assert outside.context["facts"][0]["link"] == ""
    assert inside.context["facts"][0]["link"] == lesson.operation.get_absolute_url()


def test_a_lesson_being_analysed_shows_whose_turn_it_is_and_what_is_missing(as_):
    lesson = made.a_lesson("analysed", cause="")

    page = as_("knowledge").get(lesson.get_absolute_url())

    assert page.context["ball"]["act"] == "Certify"
    assert [str(o) for o in page.context["next"]["lines"][0].obstacles] == ["Give the cause"]
    assert [step["label"] for step in page.context["steps"]] == [
        "Certify",
        "Return to its author",
        "Take up in another lesson",
        "Take back: Analysed",
    ]


def test_where_a_lesson_was_cited_is_told_to_those_who_see_the_operation(as_):
    lesson = made.a_lesson()
    operation = made.an_operation(title="Second postal project")
    [citation] = made.offered(operation)
    actions.answer_lesson(
        citation=citation, answer="applied", how="Weekly.", actor=made.who("desk"), base_version=1
    )

    assert [use.operation for use in as_("desk").get(lesson.get_absolute_url()).context["uses"].seen] == [
        operation
    ]
    outside = as_("la-officer").get(lesson.get_absolute_url())
    assert outside.context["uses"].seen == []
    assert "Second postal project" not in outside.content.decode()


def test_an_officer_of_the_implementing_organisation_drafts_a_lesson_from_the_operation(as_):
    operation = made.an_operation("in_implementation")
    browser = as_("post-officer")
    address = f"/lessons/new/?operation={operation.pk}"

    page = browser.get(address)
    typed = made.SHEET | {name: page.context[name] for name in ("base_version", "once")}
    sent, again = browser.post(address, typed), browser.post(address, typed)

    lesson = Lesson.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, lesson.get_absolute_url())
    assert again["Location"] == lesson.get_absolute_url()
    assert lesson.drafted_by == made.body("mm-post")


@pytest.mark.parametrize(("slug", "status"), [("la-officer", 404), ("mofa-approver", 403)])
def test_who_has_no_part_gets_no_form(as_, slug, status):
    operation = made.an_operation("in_implementation")

    assert as_(slug).get(f"/lessons/new/?operation={operation.pk}").status_code == status


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30])
def test_an_address_without_an_operation_leads_to_the_operations(as_, number):
    assert as_("desk").get(f"/lessons/new/?operation={number}")["Location"] == "/operations/"


def test_a_lesson_is_edited_and_a_stale_edit_shows_both(as_):
    lesson = made.a_lesson("analysed")
    browser = as_("knowledge")
    address = f"{lesson.get_absolute_url()}edit/"

    first = browser.post(address, made.SHEET | {"cause": "One", "base_version": lesson.version})
    second = browser.post(address, made.SHEET | {"cause": "Two", "base_version": lesson.version})

    assert (first.status_code, second.status_code) == (302, 409)
    assert [row.theirs for row in second.context["rows"] if not row.same] == [["One"]]
    lesson.refresh_from_db()
    assert lesson.cause == "One"


@pytest.mark.parametrize(("choice", "cause"), [("mine", "Two"), ("theirs", "One")])
def test_of_two_versions_the_one_that_is_chosen_stands(as_, choice, cause):
    lesson = made.a_lesson("analysed")
    browser = as_("knowledge")
    address = f"{lesson.get_absolute_url()}edit/"
    browser.post(address, made.SHEET | {"cause": "One", "base_version": lesson.version})
    stale = browser.post(address, made.SHEET | {"cause": "Two", "base_version": lesson.version})

    sent = {name: value for name, value in made.SHEET.items() if name != "cause"}
    sent |= {"pick-cause": choice, "mine-cause": "Two", "theirs-cause": "One"}
    answer = browser.post(address, sent | {"base_version": stale.context["base_version"]})

    assert answer.status_code == 302
    lesson.refresh_from_db()
    assert lesson.cause == cause


def test_the_page_of_an_operation_shows_offers_answers_and_what_it_taught(as_):
    lesson = made.a_lesson()
    operation = made.an_operation()
    made.offered(operation)
    own = made.a_lesson("draft", operation, title="What we learn now")

    page = as_("desk").get(f"/operations/{operation.pk}/lessons/")

    assert [shown["lesson"] for shown in page.context["citations"]] == [lesson]
    assert page.context["citations"][0]["reasons"][0] == "Same sector: Postal services"
    assert page.context["taught"] == [own]
    assert page.context["may_answer"]
    assert page.context["may_draft"]


def test_the_desk_answers_a_lesson_on_its_page_and_both_sides_of_a_conflict_are_shown(as_):
    made.a_lesson()
    operation = made.an_operation()
    [citation] = made.offered(operation)
    address = f"/operations/{operation.pk}/lessons/{citation.pk}/"
    browser = as_("desk")

    empty = browser.post(address, {"answer": "applied", "how": "", "base_version": 1})
    done = browser.post(address, {"answer": "applied", "how": "Weekly.", "base_version": 1})
    stale = browser.post(address, {"answer": "not-applicable", "how": "None.", "base_version": 1})

    assert (empty.status_code, done.status_code, stale.status_code) == (422, 302, 409)
    assert [row.theirs for row in stale.context["rows"] if not row.same] == [["applied"], ["Weekly."]]
    assert Citation.objects.get(pk=citation.pk).how == "Weekly."


@pytest.mark.parametrize(("slug", "status"), [("post-officer", 403), ("la-office", 404), ("mm-office", 200)])
def test_only_the_desk_and_the_country_office_answer(as_, slug, status):
    made.a_lesson()
    operation = made.an_operation()
    [citation] = made.offered(operation)

    assert as_(slug).get(f"/operations/{operation.pk}/lessons/{citation.pk}/").status_code == status


def test_a_citation_of_another_operation_is_not_found_under_this_one(as_):
    made.a_lesson()
    operation, other = made.an_operation(), made.an_operation()
    [citation] = made.offered(other)

    assert as_("desk").get(f"/operations/{operation.pk}/lessons/{citation.pk}/").status_code == 404


def test_the_desk_says_it_has_seen_what_resembles_a_request(as_):
    lesson = made.a_lesson()
    coop_request = made.a_request()
    address = f"/requests/{coop_request.pk}/similar/"
    browser = as_("desk")

    before = browser.get(address)
    sent = browser.post(address)
    after = browser.get(address)

    assert before.context["may_mark"]
    assert [offer.code for offer in before.context["offers"]] == [lesson.code]
    assert sent["Location"] == coop_request.get_absolute_url()
    assert SimilarSeen.objects.get().coop_request == coop_request
    assert (after.context["may_mark"], after.context["seen"].seen_by) == (False, made.who("desk"))


def test_a_partner_never_learns_that_the_desk_has_looked(as_):
    coop_request = made.a_request()
    actions.mark_similar_seen(coop_request=coop_request, actor=made.who("desk"))
    browser = as_("la-officer")

    page = browser.get(f"/requests/{coop_request.pk}/similar/")

    assert (page.context["seen"], page.context["may_mark"]) == (None, False)
    assert browser.post(f"/requests/{coop_request.pk}/similar/").status_code == 403


def test_looking_again_after_the_review_began_is_told_with_its_obstacle(as_):
    coop_request = made.a_request("under_review")

    assert as_("desk").post(f"/requests/{coop_request.pk}/similar/").status_code == 409


def test_the_knowledge_officer_certifies_on_the_steps_page(as_):
    lesson = made.a_lesson("analysed")

    done = as_("knowledge").post(reverse("step", args=["lesson", lesson.pk, "certify"]), {})

    lesson.refresh_from_db()
    assert (done["Location"], lesson.state) == (lesson.get_absolute_url(), "certified")
    assert not Task.objects.filter(kind="lesson", subject_id=lesson.pk).exists()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_page_speaks_the_readers_language(as_, settings, language):
    lesson = made.a_lesson()
    operation, coop_request = made.an_operation(), made.a_request()
    [citation] = made.offered(operation)
    browser = as_("desk")
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    addresses = [
        "/lessons/",
        lesson.get_absolute_url(),
        f"/lessons/new/?operation={operation.pk}",
        f"/operations/{operation.pk}/lessons/",
        f"/operations/{operation.pk}/lessons/{citation.pk}/",
        f"/requests/{coop_request.pk}/similar/",
    ]

    pages = [browser.get(address) for address in addresses]

    assert [page.status_code for page in pages] == [200] * 6
    assert all(f'lang="{language}"' in page.content.decode() for page in pages)


# ── As many statements for many as for one ──


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long(as_, django_assert_num_queries, number):
    source = made.an_operation("evaluated")
    for _n in range(number):
        made.a_lesson(operation=source)
    browser = as_("desk")
    browser.get("/lessons/")

    with django_assert_num_queries(6):
        page = browser.get("/lessons/")

    assert len(titles(page)) == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_tab_of_an_operation_costs_the_same_however_many_lessons(as_, django_assert_num_queries, number):
    operation = made.an_operation()
    source = made.an_operation("evaluated")
    for _n in range(number):
        made.a_lesson(operation=source)
        made.a_lesson("draft", operation)
    made.offered(operation)
    browser = as_("desk")
    browser.get("/lessons/")

    with django_assert_num_queries(9):
        page = browser.get(f"/operations/{operation.pk}/lessons/")

    assert len(page.context["citations"]) == len(page.context["taught"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_what_resembles_a_request_costs_the_same_however_many(as_, django_assert_num_queries, number):
    for _n in range(number):
        made.a_lesson(operation=made.an_operation("evaluated"))
    coop_request = made.a_request()
    browser = as_("desk")
    browser.get("/lessons/")

    with django_assert_num_queries(14):
        page = browser.get(f"/requests/{coop_request.pk}/similar/")

    assert len(page.context["offers"]) == len(page.context["similar"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_lessons_page_costs_the_same_however_often_it_was_cited(as_, django_assert_num_queries, number):
    lesson = made.a_lesson()
    for _n in range(number):
        [citation] = made.offered(made.an_operation())
        actions.answer_lesson(
            citation=citation, answer="applied", how="So.", actor=made.who("desk"), base_version=1
        )
    browser = as_("desk")
    browser.get("/lessons/")

    with django_assert_num_queries(16):
        page = browser.get(lesson.get_absolute_url())

    assert len(page.context["uses"].seen) == number
