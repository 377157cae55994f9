"""Whatever is asked or sent at a door, it answers: no forged number, no broken byte, no mistaken method breaks it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction

from tests.doors import digests
from tests.doors.asking import answers, doors_of, text_of
from tests.doors.table import DOORS, STEPS, Door, leaves, life
from tests.doors.walk import WAY, Address, addresses, things_of

NUMBERS = [0, 2**63, 10**40]
AT_WORK = [("request", "under_review"), ("operation", "completion_review"), ("lesson", "draft")]
at_work = pytest.mark.parametrize("case", AT_WORK, indirect=True, ids="-".join)


@contextmanager
def undone() -> Iterator[None]:
    """What is sent inside comes to nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def broken(asked: dict[Any, Any], *good: int) -> dict[Any, int]:
    """The answers that are none of the good ones."""
    return {what: answer.status_code for what, answer in asked.items() if answer.status_code not in good}


# ── Addresses ──


def numbered(door: Door, number: int) -> list[Address]:
    """A door's addresses with this for every number in them."""
    named = [value[1:] for value in (door.of, *door.args.values()) if str(value).startswith("#")]
    return addresses(door, dict.fromkeys([*named, "case"], number), 0)


@at_work
def test_a_number_nobody_has_is_not_there(case, browsers):
    doors = [door for door in DOORS if door.kind == case.kind]
    asked = {
        (address.label, number): browsers["desk"].get(address.path)
        for door in doors
        for number in (NUMBERS[::2] if door.key else NUMBERS[:1])
        for address in numbered(door, number)
        if door.shows
    }

    assert broken(asked, 404) == {}


@at_work
def test_a_part_with_a_number_nobody_has_is_not_there(case, browsers):
    asked = {}
    for door in DOORS:
        if door.kind == case.kind and any(str(v).startswith("#") for v in door.args.values()):
            for number in NUMBERS[1:]:
                held = {value[1:]: number for value in door.args.values() if value.startswith("#")}
                [address] = addresses(door, held | {"case": case.pk})
                for slug in (*door.writers[:1], "desk"):
                    asked[slug, address.label, "GET", number] = browsers[slug].get(address.path)
                    asked[slug, address.label, "POST", number] = browsers[slug].post(address.path, {})

    assert broken(asked, 403, 404, 405) == {}


ADDRESSES = [
    *(
        "/requests/-1/",
        "/requests/1%00/",
        "/requests/%ff/",
        "/requests/٣/",
        "/requests/1/../2/",
        "/requests/1.5/",
    ),
    *("/operations/x/", "/operations/1/design/edit/%00/", "/lessons/1e5/", "/files/0x1/", "/lots//paper/"),
    *("/workflows/nothing/", f"/workflows/{'x' * 3000}/", "/workflows/%00/", "/demo/sign-in/%00/"),
    *("/cases/request/1/steps/%00/", "/cases/nothing/1/steps/submit/", "/" + "x/" * 500),
]


@pytest.mark.parametrize("case", AT_WORK[:1], indirect=True)
def test_an_address_that_is_none_is_not_there(case, browsers):
    desk = browsers["desk"]
    asked = {(path[:60], ask.__name__): ask(path) for path in ADDRESSES for ask in (desk.get, desk.post)}

    assert broken(asked, 404, 405) == {}


WORDS = ["nothing", "x" * 4000, "__class__", "-", "ideas", "0"]


@at_work
def test_a_word_nobody_knows_is_not_there(case, browsers):
    steps = Door("step", case.kind, {"kind": case.kind, "name": ()}, writers=("post-officer",))
    worded = [
        door for door in DOORS if door.kind == case.kind and isinstance([*door.args.values(), ""][0], tuple)
    ]
    asked = {}
    for door in [*worded, steps]:
        name = next(name for name, value in door.args.items() if isinstance(value, tuple))
        for word in WORDS:
            one = Door(door.name, door.kind, door.args | {name: word})
            [address] = addresses(one, {"case": case.pk})
            for slug in door.writers[:1] if case.kind != "lesson" else ("knowledge",):
                asked[slug, address.label[:60], "GET"] = browsers[slug].get(address.path)
                asked[slug, address.label[:60], "POST"] = browsers[slug].post(address.path, {})

    assert broken(asked, 404) == {}
    assert asked != {}


@at_work
def test_a_method_no_page_uses_is_refused(case, browsers):
    asked = {
        (address.label, method): browsers["desk"].generic(method, address.path)
        for address in doors_of(case)
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "WHATEVER")
    }

    assert broken(asked, 405) == {}


@at_work
def test_the_head_of_a_page_answers_as_the_page(case, browsers):
    asked = [address for address in doors_of(case) if not address.door.writers]

    heads = {address.label: browsers["desk"].head(address.path) for address in asked}

    pages = {address.label: answers(address, case, "desk", "GET") for address in asked}
    assert {label: heads[label].status_code in allowed for label, allowed in pages.items()} == dict.fromkeys(
        pages, True
    )
    assert {label for label, answer in heads.items() if answer.body} == set()


# ── Questions ──

QUESTIONS = [
    *(
        "q=%00",
        "q=%ff%fe",
        "q=" + "x" * 5000,
        "q=" + "a+" * 500,
        "q=%25_%27%22%5C",
        "q=%F0%9F%93%AE",
        "q=%ED%A0%80",
    ),
    *("page=abc", "page=-1", "page=0", "page=99999999999999999999", "page=%D9%A3", "page=999999"),
    *("sort=unknown", "sort=-", "sort=--title", "sort=%00", "sort=pk", "sort=requesting__slug", "sort=?"),
    *("state=unknown", "state=%00", "state=%ff", "country=country:XX", "country=%00", "sector=1;drop"),
    *(
        "export=CSV",
        "export=%00",
        "export=csv&sort=%00&q=%00",
        "state=&country=&q=&page=",
        "%00=%00",
        "q[]=1&q=2&q=3",
    ),
]


@pytest.mark.parametrize("case", AT_WORK[:1], indirect=True)
@pytest.mark.parametrize(
    ("path", "step"),
    [("/requests/", 1), ("/operations/", 4), ("/lessons/", 4), ("/letters/", 3), ("/questions/", 4)],
)
def test_a_list_answers_every_question(case, browsers, path, step):
    asked = {question: browsers["desk"].get(f"{path}?{question}") for question in QUESTIONS[::step]}

    assert broken(asked, 200) == {}


@at_work
def test_a_paper_in_a_language_we_do_not_have_comes_in_its_own(case, browsers):
    papers = [
        door for door in DOORS if door.kind == case.kind and door.name.endswith("paper") and door.shut != 404
    ]
    held, asked = things_of(case), {}
    for door in papers:
        for address in addresses(door, held):
            own = browsers["desk"].get(address.path)
            for language in ("../../", "%00", "x" * 3000, "en%0d%0aX-Made-Up:1"):
                answer = browsers["desk"].get(f"{address.path}?language={language}")
                if (answer.status_code, _stripped(answer)) != (own.status_code, _stripped(own)):
                    asked[address.label, language] = answer.status_code

    assert asked == {}


def _stripped(answer: Any) -> str:
    """The text of a paper without the addresses and keys of its frame."""
    return re.sub(r'value="[^"]*"', "", text_of(answer))


NEW_LESSONS = [
    "",
    "operation=",
    "operation=x",
    "operation=%00",
    "operation=-1",
    "operation=%D9%A3",
    "operation=1e3",
]


@pytest.mark.parametrize("case", AT_WORK[:1], indirect=True)
def test_a_lesson_of_no_operation_is_led_to_the_operations(case, browsers):
    asked = {query: browsers["desk"].get(f"/lessons/new/?{query}") for query in NEW_LESSONS}
    gone = {number: browsers["desk"].get(f"/lessons/new/?operation={number}") for number in (0, 10**14)}

    assert broken(asked, 302) == {}
    assert broken(gone, 404) == {}


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "///evil.example",
    "http:x",
]


@pytest.mark.parametrize("case", AT_WORK[:1], indirect=True)
@pytest.mark.parametrize("address", ["/language/", "/demo/clock/"])
def test_no_address_leads_out_of_the_house(case, browsers, address):
    asked = {
        wanted: browsers["desk"].post(address, {"next": wanted, "language": "xx"}) for wanted in ELSEWHERE
    }
    split = browsers["desk"].post(address, {"next": "/desk/\r\nX-Made-Up: 1"})

    assert {answer["Location"] for answer in asked.values()} <= {"/", "/desk/"}
    assert "X-Made-Up" not in split.headers
    assert broken(asked | {"split": split}, 302) == {}


# ── Forms ──

LONG = "x" * 20_000
RUBBISH = (
    "a\x00b",
    "\udcff",
    LONG,
    "9" * 60,
    "-1",
    "<script>alert(1)</script>",
    "9999-99-99",
    "1e9999",
    "٣",
    "",
)


def fields_of(page: Any) -> list[str]:
    """The names of the fields a page sends back."""
    names = re.findall(r'<(?:input|select|textarea)[^>]*?\sname="([^"]+)"', text_of(page))
    return [
        unescape(name)
        for name in dict.fromkeys(names)
        if name not in ("csrfmiddlewaretoken", "language", "next")
    ]


def encoded(values: dict[str, str]) -> str:
    """As a browser would send it, were it allowed to send such bytes."""
    return urlencode({name: value.encode("utf-8", "surrogateescape") for name, value in values.items()})


FORM = "application/x-www-form-urlencoded"


def opened(case: Any) -> list[tuple[str, Address]]:
    """Every form and every step that is open in this state, each with who opens it; a form in one state alone."""
    held = things_of(case)
    forms = [
        (door.senders or door.writers, address)
        for door in DOORS
        if door.kind == life(case)
        and door.posts
        and (door.senders or door.writers)
        and case.state == _tried_in(door)
        for address in addresses(door, held)
        if address.exists
    ]
    steps = [
        (people, address)
        for name, (_states, people) in STEPS[life(case)].items()
        if leaves(case, name) and people
        for address in addresses(Door("step", life(case), {"kind": case.kind, "name": name}), held)
    ]
    return [(people[0], address) for people, address in forms + steps]


# Forms that are open in many states, and where there is something in them.
TRIED_IN = {"cycle:lot": "retained", "lessons:similar": "received", "cycle:people-edit": "agreed"}


def _tried_in(door: Door) -> str:
    """The state in which a form is tried: the last in which it opens."""
    states = [state for kind, state in WAY if kind == door.kind and state in door.states]
    return TRIED_IN.get(door.name) or (states[-1] if states else "completion_review")


STAGES = [stage for stage in WAY if stage != ("lesson", "retired")]


@pytest.mark.parametrize("case", STAGES, indirect=True, ids="-".join)
def test_rubbish_sent_to_a_form_is_answered_and_a_draft_of_it_opens(case, browsers):
    asked = {}
    for slug, address in opened(case):
        browser, names = browsers[slug], fields_of(browsers[slug].get(address.path))
        with undone():
            sent = encoded(rubbish(names, 0, rows="1"))
            asked[slug, address.label, "saved"] = browser.post(address.path, sent, content_type=FORM)
        with undone():
            sent = encoded(rubbish(names, 3, rows="9" * 40) | {"autosave": "1"})
            asked[slug, address.label, "kept"] = browser.post(address.path, sent, content_type=FORM)
            if address.door.shows:
                asked[slug, address.label, "opened"] = browser.get(address.path)

    assert broken(asked, 200, 302, 400, 404, 409, 422) == {}


def rubbish(names: list[str], turn: int, *, rows: str) -> dict[str, str]:
    """Something else in each field, at each turn; so many rows."""
    sent = {name: RUBBISH[(number + turn) % len(RUBBISH)] for number, name in enumerate(names)}
    counts = {name: rows for name in names if name.endswith("TOTAL_FORMS")}
    return sent | counts | {"version": "9" * 5000, "base_version": "9" * 5000 if turn else "1"}


BODIES = {
    "no boundary": (b"--x", "multipart/form-data"),
    "cut short": (
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nab',
        "multipart/form-data; boundary=x",
    ),
    "no form": (b'{"text": 1}', "application/json"),
    "odd charset": (b"text=%FF", "application/x-www-form-urlencoded; charset=no-such"),
    "other charset": ("text=é".encode("latin-1"), "application/x-www-form-urlencoded; charset=utf-16"),
    "many fields": (b"&".join(b"a%d=1" % n for n in range(3000)), FORM),
    "nothing": (b"", FORM),
}


@at_work
def test_a_body_that_is_no_form_is_answered(case, browsers):
    asked = {}
    for slug, address in opened(case)[:4]:
        for name, (data, content_type) in BODIES.items():
            with undone():
                asked[slug, address.label, name] = browsers[slug].generic(
                    "POST", address.path, data, content_type=content_type
                )

    assert broken(asked, 200, 302, 400, 409, 422) == {}
    assert asked != {}


@pytest.mark.parametrize("case", AT_WORK[:1], indirect=True)
@pytest.mark.parametrize("slug", ["la-officer", "no-post", "mm-coordinator", "desk"])
def test_a_request_is_not_begun_in_anothers_name(case, browsers, slug):
    before = digests.of_everything()
    forged = {
        "requesting": str(case.requesting_id),
        "provider": str(case.provider_id),
        "title": "Forged",
        "language": "en",
        "modality": case.modality_id,
    }

    answer = browsers[slug].post("/requests/new/", forged)

    assert answer.status_code == 422
    assert digests.changed(before) == []
    with undone():
        assert browsers["post-officer"].post("/requests/new/", forged).status_code == 302
