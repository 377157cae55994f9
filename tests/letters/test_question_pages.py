import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse

from taawun.foundation import clock
from taawun.foundation.models import Draft
from taawun.letters import actions
from taawun.letters.models import Question
from taawun.workspace.demo.cast import organisation, user
from tests.factories import a_request
from tests.letters.made import SEATS, a_question
from tests.meetings.made import an_operation, signed_in

pytestmark = pytest.mark.usefixtures("world")


def key(slug: str) -> str:
    through, role = SEATS[slug]
    return f"{organisation(through).pk}:{role}"


def posted(to: str = "post-officer", **more):
    return {
        "base_version": "1",
        "asked": key(to),
        "part": "",
        "subject": "Counters in Mandalay",
        "text": "How many counters are open on Saturdays?",
        "due_on": str(clock.today() + timedelta(days=10)),
    } | more


PAIRS = [
    ("post-officer", "mm-coordinator"),
    ("mm-coordinator", "mm-office"),
    ("mm-office", "post-officer"),
    ("desk", "mm-office"),
]


@pytest.mark.parametrize(("slug", "to"), PAIRS)
def test_a_question_is_asked_answered_and_read_on_its_pages(slug, to):
    operation = an_operation()
    asker, asked = signed_in(slug), signed_in(to)
    tab = asker.get(reverse("letters:operation-questions", args=[operation.pk]))

    sent = asker.post(tab.context["ask"], posted(to))
    question = Question.objects.get()
    answered = asked.post(f"/questions/{question.pk}/answer/", {"text": "Four."})
    read = asker.post(f"/questions/{question.pk}/read/")

    page = question.get_absolute_url()
    assert [(a.status_code, a["Location"]) for a in (sent, answered, read)] == [(302, page)] * 3
    shown = asker.get(page)
    assert "Four." in shown.content.decode()
    assert [str(entry["title"]) for entry in shown.context["history"]] == [
        "Answer read",
        "Question answered",
        "Question asked",
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"asked": ""}, "asked"),
        ({"asked": "x"}, "asked"),
        ({"asked": "999999:desk"}, "asked"),
        ({"part": "nothing"}, "part"),
        ({"subject": ""}, "part"),
        ({"subject": "x" * 201}, "subject"),
        ({"text": ""}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"text": "nul \0"}, "text"),
        ({"due_on": ""}, "due_on"),
        ({"due_on": "2001-01-01"}, "due_on"),
        ({"due_on": "soon"}, "due_on"),
    ],
    ids=str,
)
def test_a_wrong_field_is_told_at_its_place_and_nothing_typed_is_lost(wrong, field):
    operation = an_operation()

    answer = signed_in("mm-office").post(
        reverse("letters:operation-ask", args=[operation.pk]), posted(**wrong)
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Draft.objects.filter(user=user("mm-office"), kind="operation", part="question").count() == 1
    assert not Question.objects.exists()


def test_a_party_of_another_case_and_oneself_cannot_be_chosen():
    operation = an_operation()
    address = reverse("letters:operation-ask", args=[operation.pk])
    client = signed_in("mm-office")

    offered = {choice for choice, _label in client.get(address).context["form"].fields["asked"].choices}

    assert offered == {"", key("post-officer"), key("mm-coordinator"), key("desk")}


def test_who_holds_no_seat_of_the_case_asks_nothing():
    operation = an_operation()
    client = signed_in("knowledge")

    assert client.get(reverse("letters:operation-questions", args=[operation.pk])).context["ask"] == ""
    assert client.get(reverse("letters:operation-ask", args=[operation.pk])).status_code == 403


def test_a_closed_operation_says_that_nothing_is_asked_any_more():
    operation = an_operation("closed")

    assert signed_in("desk").get(reverse("letters:operation-ask", args=[operation.pk])).status_code == 409


@pytest.mark.parametrize("slug", ["la-officer", "la-office", "la-coordinator", "sn-officer", "sn-embassy"])
def test_another_countrys_people_find_no_question_at_any_address(slug):
    operation = an_operation()
    question = a_question(operation)
    client = signed_in(slug)
    shown = ["", "answer/", "withdraw/", "more-time/"]

    assert [client.get(f"/questions/{question.pk}/{path}").status_code for path in shown] == [404] * 4
    pressed = ["more-time/settle/", "read/", "answer/", "withdraw/", "more-time/"]
    assert [client.post(f"/questions/{question.pk}/{path}").status_code for path in pressed] == [404] * 5
    assert client.get(f"/operations/{operation.pk}/questions/").status_code == 404
    assert client.get(f"/operations/{operation.pk}/questions/new/").status_code == 404
    assert question.text not in client.get("/questions/").content.decode()


def test_the_other_parties_read_and_their_doors_are_barred():
    question = a_question(an_operation())
    client = signed_in("mm-coordinator")

    assert client.get(question.get_absolute_url()).status_code == 200
    assert [
        client.get(f"/questions/{question.pk}/{path}").status_code
        for path in ("answer/", "withdraw/", "more-time/")
    ] == [403] * 3
    assert [
        client.post(f"/questions/{question.pk}/{path}").status_code for path in ("more-time/settle/", "read/")
    ] == [403] * 2


def test_an_answer_sent_twice_is_given_once_and_a_late_one_stays_a_draft():
    question = a_question(an_operation())
    client, address = signed_in("post-officer"), f"/questions/{question.pk}/answer/"
    data = {"text": "Four.", "once": "7d1f5a0e-0f3a-4c8a-9a61-4f6f6e4b2d12"}

    first, second = client.post(address, data), client.post(address, data)
    late = client.post(address, {"text": "Five, on reflection."})

    assert (first["Location"], late.status_code) == (second["Location"], 409)
    assert Question.objects.get().answer == "Four."
    assert "Five" in Draft.objects.get(user=user("post-officer"), kind="question").data["post"]


def test_more_time_is_asked_and_agreed_to_on_the_pages():
    question = a_question(an_operation())
    asked, asker = signed_in("post-officer"), signed_in("mm-office")
    later = question.due_on + timedelta(days=5)

    early = asked.post(f"/questions/{question.pk}/more-time/", {"until": str(question.due_on), "reason": "x"})
    sent = asked.post(f"/questions/{question.pk}/more-time/", {"until": str(later), "reason": "Count first."})
    assert (early.status_code, sent.status_code) == (422, 302)
    assert "Count first." in asker.get(question.get_absolute_url()).content.decode()
    asker.post(f"/questions/{question.pk}/more-time/settle/", {"agreed": "yes"})

    question.refresh_from_db()
    assert (question.due_on, question.more_until) == (later, None)
    again = asker.post(f"/questions/{question.pk}/more-time/settle/", {"agreed": "yes"})
    assert again.status_code == 409


def test_a_question_is_withdrawn_on_its_page():
    question = a_question(an_operation())
    client, address = signed_in("mm-office"), f"/questions/{question.pk}/withdraw/"

    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Settled."}).status_code == 302
    assert client.post(address, {"reason": "Again."}).status_code == 409
    assert signed_in("post-officer").get(f"/questions/{question.pk}/answer/").status_code == 409


# ── Where the field is shown ──


def test_the_page_of_the_part_says_that_a_question_is_open_on_it():
    operation = an_operation()
    question = a_question(operation, part="people", subject="")
    client = signed_in("post-officer")

    def told(name: str) -> bool:
        page = client.get(reverse(name, args=[operation.pk])).content.decode()
        return "1 question is open here" in page and f'href="/questions/{question.pk}/"' in page

    names = ("cycle:operation", "cycle:people", "cycle:parties", "meetings:meetings", "cycle:timeline")
    assert [told(name) for name in names] == [True, True, False, False, False]
    actions.answer_question(question, "Four.", actor=user("post-officer"))
    assert told("cycle:people") is False


def test_the_requests_page_and_the_form_of_the_part_say_it_too():
    made = a_request("submitted")
    a_question(made, "mm-coordinator", "post-officer", part="background", subject="")
    client = signed_in("post-officer")

    page = client.get(made.get_absolute_url()).content.decode()

    assert "1 question is open here" in page
    assert "Question 1: <bdi>Background</bdi>" in page


def test_a_returned_request_shows_the_question_on_the_part_it_is_about():
    made = a_request("draft")
    question = a_question(a_request("submitted"), "mm-coordinator", "post-officer", part="goal", subject="")
    Question.objects.filter(pk=question.pk).update(coop_request=made)
    client = signed_in("post-officer")

    told = [
        "1 question is open here" in client.get(f"/requests/{made.pk}/edit/{part}/").content.decode()
        for part in ("goal", "background")
    ]

    assert told == [True, False]


# ── Lists and exports ──


def test_the_cases_list_is_filtered_and_exported_with_questions_and_answers():
    operation = an_operation()
    actions.answer_question(a_question(operation, text="=First?"), "Four.", actor=user("post-officer"))
    a_question(operation, text="Second?")
    client = signed_in("mm-office")
    address = reverse("letters:operation-questions", args=[operation.pk])

    open_ones = client.get(f"{address}?state=open").context["list"].rows
    answer = client.get(f"{address}?export=csv&sort=number")
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert len(open_ones) == 1
    assert [(r["No."], r["Question"], r["Answer"], r["State"], r["Asked of"]) for r in rows] == [
        ("1", "'=First?", "Four.", "Answered", "Myanmar Post"),
        ("2", "Second?", "", "Open", "Myanmar Post"),
    ]


def test_the_list_of_all_questions_holds_those_of_the_reader_s_cases_alone():
    a_question(an_operation(), text="Ours?")
    made = a_request("under_review")
    a_question(made, "desk", "mm-office", text="Within the agency?")

    def found(slug: str) -> tuple[bool, bool]:
        page = signed_in(slug).get("/questions/").content.decode()
        return "Ours?" in page, "Within the agency?" in page

    assert {slug: found(slug) for slug in ("desk", "post-officer", "la-officer")} == {
        "desk": (True, True),
        "post-officer": (True, False),
        "la-officer": (False, False),
    }


@pytest.mark.parametrize("many", [1, 9])
def test_pages_cost_the_same_however_many_questions(many, django_assert_max_num_queries):
    operation = an_operation()
    for number in range(many):
        a_question(operation, part="people", text=f"Question {number}?")
    client = signed_in("mm-office")

    for path in (
        "/questions/",
        f"/operations/{operation.pk}/questions/",
        f"/operations/{operation.pk}/people/",
    ):
        with django_assert_max_num_queries(13):
            client.get(path)
    with django_assert_max_num_queries(15):
        client.get(f"/questions/{Question.objects.first().pk}/")
