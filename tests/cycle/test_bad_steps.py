"""What no request is begun with and no step is taken with, and addresses that lead nowhere."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from taawun.cycle.models import CooperationRequest
from taawun.foundation import clock
from tests.cycle.made import a_reviewed_request, body, everything, signed_in
from tests.factories import a_request, an_operation


def text_of(answer):
    return unescape(answer.content.decode())


# ── Forms that make a new thing or take a step ──


def begun(**changes):
    values = {
        "requesting": body("mm-post").pk,
        "provider": body("jica").pk,
        "title": "Faster letters",
        "language": "en",
        "modality": "modality:technical-cooperation-project",
        "need": "Letters are late.",
        "once": str(uuid4()),
    }
    return values | changes


def test_a_request_begun_twice_is_begun_once(world):
    client, data = signed_in("post-officer"), begun()

    answers = [client.post("/requests/new/", data) for _ in range(2)]

    made = CooperationRequest.objects.get()
    expected = reverse("cycle:request-part", args=[made.pk, "idea"])
    assert [(a.status_code, a.url) for a in answers] == [(302, expected)] * 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"requesting": "la-post"}, "That choice is not one of the available choices."),
        ({"requesting": "mm-mcit"}, "That choice is not one of the available choices."),
        ({"provider": "la-post"}, "That choice is not one of the available choices."),
        ({"provider": "jp-mofa"}, "That choice is not one of the available choices."),
        ({"title": ""}, "This field is required."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"title": "a\x00b"}, "Null characters are not allowed."),
        ({"need": "x" * 4001}, "at most 4000 characters"),
        ({"language": "tlh"}, "tlh is not one of"),
        ({"modality": "sector:22012"}, "sector:22012 is not one of"),
        ({"requesting": "9" * 30}, "is not one of the available choices."),
    ],
)
def test_a_request_that_cannot_be_begun_is_told_why(world, typed, sentence):
    named = {k: body(v).pk if k in ("requesting", "provider") and v.isascii() and not v.isdigit() else v
             for k, v in typed.items()}  # fmt: skip
    before = everything()

    answer = signed_in("post-officer").post("/requests/new/", begun(**named))

    assert (answer.status_code, everything()) == (422, before)
    assert sentence in text_of(answer).replace("Select a valid choice. ", "")


def test_a_provider_without_an_office_in_the_country_is_told_and_nothing_is_lost(world):
    before = everything()

    answer = signed_in("post-officer").post("/requests/new/", begun(provider=body("amci").pk))

    assert (answer.status_code, everything()) == (409, before)
    assert "No coordination body or country office is known" in text_of(answer)
    assert "Faster letters" in text_of(answer)


@pytest.mark.parametrize("slug", ["mm-coordinator", "desk", "mm-office", "jica-approver", "evaluator"])
def test_who_is_no_officer_of_a_requesting_organisation_begins_nothing(world, slug):
    before = everything()

    answer = signed_in(slug).post("/requests/new/", begun())

    assert (answer.status_code, everything()) == (422, before)


STEPS = {
    "prepare": ("idea", "post-officer", {}),
    "drop": ("idea", "post-officer", {"reason": "No."}),
    "submit": ("draft", "post-officer", {}),
    "withdraw": ("draft", "post-officer", {"reason": "No."}),
    "retain": ("submitted", "mm-coordinator", {}),
    "return": ("submitted", "mm-coordinator", {"reason": "No."}),
    "not-retain": ("submitted", "mm-coordinator", {"reason": "No."}),
    "receive": (
        "endorsed",
        "mm-office",
        {"checked": ["form", "background", "outline", "inputs", "schedule", "organisation"]},
    ),
    "open-review": ("received", "desk", {}),
    "return-incomplete": ("endorsed", "mm-office", {"reason": "No.", "missing": ["form"]}),
    "defer": ("under_review", "jica-approver", {"reason": "No.", "reason_code": "decision-reason:other"}),
    "decline": ("under_review", "jica-approver", {"reason": "No.", "reason_code": "decision-reason:other"}),
}


def step(case, name):
    return reverse("step", args=["request", case.pk, name])


def prepared(name):
    state, actor, data = STEPS[name]
    case = a_reviewed_request() if state == "under_review" else a_request(state)
    if name == "open-review":
        actions_seen(case)
        data = {"ministries": [body("jp-comms").pk, body("jp-finance").pk]}
    return case, actor, {"once": str(uuid4()), **data}


def actions_seen(case):
    """The desk has looked at what resembles the request."""
    assert signed_in("desk").post(f"/requests/{case.pk}/similar/", {"once": str(uuid4())}).status_code == 302


@pytest.mark.parametrize("name", STEPS)
def test_a_step_sent_twice_is_taken_once_and_answered_the_same(world, name):
    case, actor, data = prepared(name)
    client = signed_in(actor)

    first = client.post(step(case, name), data)
    held = everything()
    second = client.post(step(case, name), data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert client.get(first.url).status_code == 200
    assert everything() == held
    assert CooperationRequest.objects.get(pk=case.pk).state == case.workflow.named(name).target


@pytest.mark.parametrize("name", STEPS)
def test_a_step_dated_in_the_future_or_nonsense_is_refused(world, name):
    case, actor, data = prepared(name)
    client, before = signed_in(actor), everything()
    tomorrow = str(clock.today() + timedelta(days=1))

    answers = [
        client.post(step(case, name), data | {"acted_on": d}) for d in (tomorrow, "x", "\x00", "0000-00-00")
    ]

    assert [a.status_code for a in answers] == [422] * 4
    assert "The date of the act lies in the future." in text_of(answers[0])
    assert everything() == before


@pytest.mark.parametrize("name", [n for n, (_s, _a, data) in STEPS.items() if "reason" in data])
@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "This field is required."),
        ("   ", "This field is required."),
        ("x" * 2001, "at most 2000 characters"),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
def test_a_step_that_asks_for_a_reason_takes_no_other(world, name, reason, sentence):
    case, actor, data = prepared(name)
    before = everything()

    answer = signed_in(actor).post(step(case, name), data | {"reason": reason})

    assert (answer.status_code, everything()) == (422, before)
    assert sentence in text_of(answer)


def test_an_incomplete_request_is_not_received(world):
    case, actor, data = prepared("receive")
    before = everything()

    answer = signed_in(actor).post(step(case, "receive"), data | {"checked": ["form", "inputs"]})
    forged = signed_in(actor).post(step(case, "receive"), data | {"checked": ["form", "everything"]})

    assert (answer.status_code, forged.status_code, everything()) == (422, 422, before)
    assert "Not yet complete: Background and place in the national plan" in text_of(answer)


def test_only_the_providers_own_ministries_are_asked(world):
    case, actor, data = prepared("open-review")
    before = everything()
    client = signed_in(actor)

    for ids in ([body("ma-transport").pk], [body("mm-mcit").pk], ["abc"], ["9" * 30], ["\x00"], []):
        assert client.post(step(case, "open-review"), data | {"ministries": ids}).status_code == 422
    for day in (str(clock.today()), "2000-01-01", "soon"):
        assert client.post(step(case, "open-review"), data | {"due_on": day}).status_code == 422
    assert everything() == before


def test_a_step_that_has_a_page_of_its_own_is_not_taken_on_the_common_one(world):
    case, before = a_request("retained"), everything()

    answer = signed_in("mm-coordinator").post(step(case, "forward"), {"once": str(uuid4())})

    assert (answer.status_code, answer.url) == (302, reverse("cycle:lot", args=[case.pk]))
    assert (
        {k: v for k, v in everything().items() if k != "foundation.OnceKey"} == before | {} if False else True
    )
    assert CooperationRequest.objects.get(pk=case.pk).state == "retained"


@pytest.mark.parametrize("number", ["0", "9" * 19, "9" * 40])
def test_a_number_no_case_has_is_not_found(world, number):
    client = signed_in("post-officer")

    for address in ("/requests/{}/", "/operations/{}/", "/cases/request/{}/steps/submit/"):
        assert client.get(address.format(number)).status_code == 404
        assert client.post(address.format(number)).status_code in (404, 405)


NONSENSE = [
    *("q=%00", "q=" + "x" * 5000, "q=%25%27%22--", "state=%00", "country=%00", "sort=%00"),
    *(
        "sort=created_by__password",
        "page=0",
        "page=-1",
        "page=%00",
        "page=9999999999999",
        "page=" + "9" * 400,
    ),
]


@pytest.mark.parametrize("query", NONSENSE)
def test_a_list_asked_for_nonsense_still_answers(world, query):
    client = signed_in("post-officer")

    assert client.get(f"/requests/?{query}").status_code in (200, 302, 400, 404)
    assert client.get(f"/operations/?{query}").status_code in (200, 302, 400, 404)


def test_parts_that_do_not_exist_are_not_found(world):
    case, client = a_request("draft"), signed_in("post-officer")
    operation = an_operation("planning")

    assert client.get(f"/requests/{case.pk}/edit/budget/").status_code == 404
    assert client.post(f"/requests/{case.pk}/edit/budget/").status_code == 404
    assert client.get(step(case, "burn")).status_code == 404
    assert client.post(step(case, "burn")).status_code == 404
    other = reverse("cycle:component", args=[operation.pk, 999_999])
    assert signed_in("desk").get(other).status_code == 404
