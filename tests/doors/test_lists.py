"""Lists, searches, filters, counts, exports and the desk hold what a person sees, and give nothing else away."""

from typing import Any

import pytest
from django.test import Client

from taawun.foundation.models import Draft
from tests.doors import another, digests
from tests.doors.asking import EVERYBODY, sees, text_of
from tests.doors.table import HOUSE, LAOS_SEES, SEES, STATES, STRANGERS, house

LISTS = {"request": "/requests/", "operation": "/operations/", "lesson": "/lessons/"}
# One stage of each kind in `make check`; with `--every-door`, every stage (`conftest.py`).
AT_ONCE = [("request", "under_review"), ("operation", "in_implementation"), ("lesson", "draft")]
LATER = [(kind, state) for kind in LISTS for state in STATES[kind] if (kind, state) not in AT_ONCE]
at_every_stage = pytest.mark.parametrize(
    "case",
    [*AT_ONCE, *(pytest.param(stage, marks=pytest.mark.every_door) for stage in LATER)],
    indirect=True,
    ids="-".join,
)


def sees_laos(case: Any, slug: str) -> bool:
    """Whether the table lets a person know of the Laotian case of the same kind."""
    return LAOS_SEES[case.kind] is None or slug in LAOS_SEES[case.kind]


def named_in(text: str, case: Any) -> dict[str, bool]:
    """Which of the two cases, ours and the Laotian one, a text names."""
    ours = any(name in text for name in (case.title, case.code) if name)  # an idea has no number yet
    return {"ours": ours, "laotian": another.TITLES[case.kind] in text}


def seen(case: Any, slug: str) -> dict[str, bool]:
    """Which of the two cases this person may find."""
    return {"ours": sees(case, slug), "laotian": sees_laos(case, slug)}


# ── Lists ──


@at_every_stage
def test_a_list_holds_what_a_person_sees(case, browsers):
    # The Laotian ones are numbered and called otherwise. Not the whole name: the page repeats what was sought.
    sought = case.code[:8] if case.code else case.title[:-1]
    question = f"?q={sought}&sort=-title&page=7"

    found = {slug: text_of(browsers[slug].get(LISTS[case.kind] + question)) for slug in EVERYBODY}

    assert {slug: named_in(text, case) for slug, text in found.items()} == {
        slug: seen(case, slug) | {"laotian": False} for slug in EVERYBODY
    }


@at_every_stage
def test_an_export_holds_what_a_person_sees_and_no_line_more(case, browsers):
    path = LISTS[case.kind] + "?export=csv&sort=-title"

    found = {slug: text_of(browsers[slug].get(path)).strip() for slug in EVERYBODY}

    assert {slug: named_in(text, case) for slug, text in found.items()} == {
        slug: seen(case, slug) for slug in EVERYBODY
    }
    # What was joined went into another, which the same people see.
    beside = case.state == "joined"
    assert {slug: len(text.splitlines()) - 1 for slug, text in found.items()} == {
        slug: sum(seen(case, slug).values()) + (beside and sees(case, slug)) for slug in EVERYBODY
    }


def strangers_to(case: Any) -> list[str]:
    return [slug for slug in EVERYBODY if not sees(case, slug) and not sees_laos(case, slug)]


@at_every_stage
def test_nothing_asked_of_a_list_betrays_what_it_does_not_show(case, browsers):
    """A search or filter that only another's case would match reads as one that matches nothing at all."""
    path = LISTS[case.kind]
    questions = {
        **({f"q={case.code}": "q=XX-2026-REQ-0001"} if case.code else {}),
        f"q={case.title.split()[0]}": "q=Nowhere",
        f"state={case.state}": f"state={another.STATES_OF_NONE[case.kind]}",
        f"country={case.country_id}": "country=country:FJ",
    }
    if case.kind != "lesson":
        for asked, nothing in questions.items():
            for slug in strangers_to(case)[:4]:
                told = [shown_by(browsers[slug].get(f"{path}?{one}")) for one in (asked, nothing)]
                assert told[0] == told[1], f"{slug} learns from {asked}"
    finder = next(slug for slug in SEES[case.kind] if sees(case, slug))
    hidden = [
        one for one in questions if not named_in(text_of(browsers[finder].get(f"{path}?{one}")), case)["ours"]
    ]
    assert hidden == []


def shown_by(answer: Any) -> str:
    """What a list shows below its search."""
    return text_of(answer).partition('class="sift"')[2].partition("</form>")[2].partition("<footer")[0]


@pytest.mark.parametrize("case", [("request", "under_review")], indirect=True)
def test_the_partner_finds_nothing_of_another_country(case, browsers):
    for slug in ("post-officer", "mm-coordinator", "mm-office"):
        for question in (
            "q=Vientiane",
            "country=country:LA",
            "q=LA-2026",
            "q=la-post",
            "export=csv&q=Vientiane",
        ):
            assert named_in(text_of(browsers[slug].get(f"/requests/?{question}")), case) == {
                "ours": False,
                "laotian": False,
            }
    assert named_in(text_of(browsers["desk"].get("/requests/?q=Vientiane")), case)["laotian"]


@pytest.mark.parametrize("case", [("request", "received")], indirect=True)
def test_similar_cases_are_those_the_reader_sees(case, browsers):
    page = f"/requests/{case.pk}/similar/"
    readers = [slug for slug in EVERYBODY if sees(case, slug)]

    found = {slug: another.TITLES["request"] in text_of(browsers[slug].get(page)) for slug in readers}

    assert found == {slug: slug in LAOS_SEES["request"] for slug in readers}


# ── The desk ──


def desk_of(browsers: Any, slug: str) -> Any:
    client = Client()
    client.cookies = browsers[slug].cookies
    return client.get("/desk/")


@at_every_stage
def test_the_desk_counts_what_a_person_sees_and_names_nothing_else(case, browsers, walk):
    ours = dict([*walk.cases])  # where the cases of ours stand by now
    if ours["request"] == "confirmed":
        ours.setdefault("operation", "planning")  # the exchange of notes opened it
    pages = {slug: desk_of(browsers, slug) for slug in EVERYBODY}

    counts = {slug: page.context["counts"] for slug, page in pages.items()}
    counted = {slug: [each["number"] for each in told[: len(COUNTED)]] for slug, told in counts.items()}
    warned = {slug for slug, told in counts.items() if told[len(COUNTED) :]}  # of agreements that expire
    naming = [slug for slug in STRANGERS if case.title in pages[slug].content.decode()]

    assert counted == {slug: [how_many(ours, kind, slug) for kind in COUNTED] for slug in EVERYBODY}
    assert warned - {slug for slug in EVERYBODY if how_many(ours, "operation", slug) != "0"} == set()
    assert naming == []


COUNTED = ("request", "operation")


def how_many(ours: dict[str, str], kind: str, slug: str) -> str:
    """How many cases of a kind the table lets this person see: ours, where it is by now, and the Laotian one."""
    mine = ours.get(kind) in SEES[kind].get(slug, ())
    return str(mine + (slug in (LAOS_SEES[kind] or ())))


@pytest.mark.parametrize("case", [("operation", "planning")], indirect=True)
def test_a_draft_leaves_the_desk_when_its_case_is_out_of_sight(case, browsers, everybody):
    drafts = [
        Draft(
            user=everybody[slug],
            kind="operation",
            subject_id=case.pk,
            part="people",
            base_version=1,
            data={},
            title=case.title,
        )
        for slug in ("desk", "other-evaluator")
    ]
    Draft.objects.bulk_create(drafts)

    kept = {slug: list(desk_of(browsers, slug).context["drafts"]) for slug in ("desk", "other-evaluator")}

    assert {slug: [draft["title"] for draft in rows] for slug, rows in kept.items()} == {
        "desk": [case.title],
        "other-evaluator": [],
    }


# ── What belongs to no case ──


@pytest.mark.parametrize("case", [("request", "under_review")], indirect=True)
def test_the_houses_own_addresses_answer_everybody_as_the_table_says(case, browsers, everybody):
    before, answered = digests.of_everything(), {}
    drafts = Draft.objects.count()
    for name, (path, _get, _post) in HOUSE.items():
        for slug in EVERYBODY:
            looked, sent = browsers[slug].get(path), browsers[slug].post(path, {"title": ""})
            answered[name, slug] = (looked.status_code, sent.status_code)

    assert answered == {(name, slug): house(name, slug) for name in HOUSE for slug in EVERYBODY}
    # Of a form that is not complete yet, what its writer typed is kept; a calendar's address is made; nothing else.
    assert digests.changed(before) == ["foundation_draft", "foundation_feedaddress"]
    kept = Draft.objects.order_by("pk")[drafts:].values_list("kind", "user_id")
    admin = everybody["jica-admin"].pk
    assert sorted(set(kept)) == [("clauses", admin), ("settings", admin)]
