"""Nothing typed is lost, nothing of another's is overwritten: on every editing page of the cycle."""

from html import unescape
from uuid import uuid4

import pytest
from django.http import QueryDict

from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation.models import AuditEvent, Draft
from tests.cycle.made import events_of, everything, signed_in
from tests.cycle.pages import PAGES, WITH_ROWS, WITH_VERSIONS
from tests.factories import who

THEIRS = "What the colleague wrote"
every_page = pytest.mark.parametrize("page", PAGES, ids=str)
every_shared_page = pytest.mark.parametrize("page", WITH_VERSIONS, ids=str)
every_page_with_rows = pytest.mark.parametrize("page", WITH_ROWS, ids=str)


def text_of(answer):
    return unescape(answer.content.decode())


def typed_in(draft, name):
    return QueryDict(draft.data["post"]).get(name)


def without_drafts(held):
    return {label: rows for label, rows in held.items() if label != "foundation.Draft"}


# ── Drafts ──


@every_page
def test_what_is_typed_is_kept_by_itself_and_stands_there_when_one_comes_back(opening, page):
    opened, before = opening(page), everything()

    answer = opened.send(**page.typed(), autosave="1")

    assert (answer.status_code, list(answer.json())) == (200, ["saved_at"])
    assert without_drafts(everything()) == without_drafts(before)
    [draft] = opened.drafts()
    assert typed_in(draft, page.text) == page.mark
    again = opened.client.get(opened.url)
    assert again.status_code == 200
    assert page.mark in text_of(again)
    assert again.context["bundle"].form.errors == {}
    assert str(again.context["draft"]) == str(draft)


@every_page
def test_a_draft_is_one_persons(opening, page):
    mine = opening(page)
    mine.send(**page.typed(), autosave="1")

    colleague = opening(page)

    assert page.mark not in text_of(colleague.page)
    assert colleague.page.context["draft"] is None


@every_page
def test_a_later_draft_takes_the_place_of_the_earlier(opening, page):
    opened = opening(page)
    opened.send(**page.typed("First."), autosave="1")
    opened.send(**page.typed("Second."), keep="1")

    [draft] = opened.drafts()

    assert typed_in(draft, page.text) == "Second."


@every_page
def test_a_draft_may_be_half_filled_or_wrong(opening, page):
    opened = opening(page)

    answer = opened.send(**page.typed("x" * (page.limit + 1)), keep="1")

    assert (answer.status_code, answer.url) == (302, opened.url)
    assert typed_in(opened.drafts()[0], page.text) == "x" * (page.limit + 1)
    assert opened.client.get(opened.url).status_code == 200


@every_page
def test_a_draft_is_given_up(opening, page):
    opened = opening(page)
    opened.send(**page.typed(), autosave="1")

    answer = opened.send(discard="1")

    assert (answer.status_code, answer.url, opened.drafts()) == (302, opened.url, [])
    assert page.mark not in text_of(opened.client.get(opened.url))


@every_page
def test_what_is_saved_leaves_no_draft(opening, page):
    opened = opening(page)
    opened.send(**page.typed("Begun."), autosave="1")

    answer = opened.send(**page.typed())

    assert answer.status_code == 302, text_of(answer)
    assert (opened.drafts(), page.stored(opened.case)) == ([], page.mark)


@every_page
def test_what_is_wrong_is_said_and_kept(opening, page):
    opened, before = opening(page), everything()

    answer = opened.send(**page.typed("x" * (page.limit + 1)))

    assert answer.status_code == 422
    assert f"at most {page.limit} characters" in text_of(answer)
    assert "x" * (page.limit + 1) in text_of(answer)
    assert without_drafts(everything()) == without_drafts(before)
    assert typed_in(opened.drafts()[0], page.text) == "x" * (page.limit + 1)


# ── Two people ──


@every_shared_page
def test_a_save_never_goes_over_anothers(opening, page):
    mine = opening(page)
    theirs = opening(page)
    assert theirs.send(**page.typed(THEIRS)).status_code == 302
    held = without_drafts(everything())

    answer = mine.send(**page.typed())

    assert answer.status_code == 409
    assert page.mark in text_of(answer)
    assert THEIRS in text_of(answer)
    assert page.stored(mine.case) == THEIRS
    assert without_drafts(everything()) == held
    [draft] = Draft.objects.filter(kind=mine.case.kind, subject_id=mine.case.pk)
    assert typed_in(draft, page.text) == page.mark


@every_shared_page
def test_a_save_never_goes_over_two_of_anothers(opening, page):
    """Twice, so that no comparison of version and version plus one lets it through."""
    mine = opening(page)
    opening(page).send(**page.typed("In between."))
    opening(page).send(**page.typed(THEIRS))

    answer = mine.send(**page.typed())

    assert (answer.status_code, page.stored(mine.case)) == (409, THEIRS)
    assert page.mark in text_of(answer)
    assert [typed_in(d, page.text) for d in mine.drafts()] == [page.mark]


@every_shared_page
def test_having_seen_the_other_version_one_may_save(opening, page):
    mine = opening(page)
    opening(page).send(**page.typed(THEIRS))
    seen = mine.send(**page.typed())

    answer = mine.send(**page.typed(), base_version=seen.context["base_version"])

    assert answer.status_code == 302
    assert (page.stored(mine.case), mine.drafts()) == (page.mark, [])


@every_shared_page
def test_two_who_wrote_the_same_are_not_in_each_others_way(opening, page):
    mine = opening(page)
    opening(page).send(**page.typed())

    answer = mine.send(**page.typed())

    assert (answer.status_code, page.stored(mine.case), mine.drafts()) == (302, page.mark, [])


@every_shared_page
def test_keeping_a_draft_tells_that_someone_saved_meanwhile_and_keeps_it(opening, page):
    mine = opening(page)
    opening(page).send(**page.typed(THEIRS))

    answer = mine.send(**page.typed(), autosave="1")

    assert answer.status_code == 409
    assert [typed_in(d, page.text) for d in mine.drafts()] == [page.mark]
    assert page.stored(mine.case) == THEIRS


@every_shared_page
def test_a_draft_begun_before_anothers_save_still_meets_it(opening, page):
    mine = opening(page)
    mine.send(**page.typed(), autosave="1")
    opening(page).send(**page.typed(THEIRS))
    mine.page = mine.client.get(mine.url)

    answer = mine.client.post(mine.url, mine.data())

    assert (answer.status_code, page.stored(mine.case)) == (409, THEIRS)
    assert page.mark in text_of(answer)


# ── Sent twice, forged ──


@every_page
def test_a_form_sent_twice_is_saved_once_and_answered_the_same(opening, page):
    opened = opening(page)
    data = opened.data(**page.typed())
    known = len(events_of(opened.case))

    answers = [opened.client.post(opened.url, data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert len(events_of(opened.case)) == known + 1


@every_shared_page
def test_a_change_is_one_entry_and_no_change_is_none(opening, page):
    opened = opening(page)
    known = AuditEvent.objects.count()
    opened.send(**page.typed())
    changed = AuditEvent.objects.count() - known

    answer = opening(page).send(**page.typed())

    assert answer.status_code == 302
    assert (changed, AuditEvent.objects.count() - known) == (1, 1)


@every_shared_page
def test_a_version_that_was_never_read_saves_nothing(opening, page):
    opened = opening(page)
    read = opened.page.context["base_version"]
    unborn = max(read, type(opened.case).objects.get(pk=opened.case.pk).version) + 1
    before = without_drafts(everything())

    answers = [opened.send(**page.typed(), base_version=n) for n in (read - 1, unborn, 999_999_999)]

    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert without_drafts(everything()) == before


@every_shared_page
def test_a_version_that_is_no_number_saves_nothing(opening, page):
    opened = opening(page)
    forged = ["", "-1", "abc", "\x00", "1e3", "٣", "2147483648", "9" * 400]
    before = without_drafts(everything())

    answers = [opened.send(**page.typed(), base_version=version) for version in forged]

    assert [answer.status_code for answer in answers] == [409] * len(forged)
    assert without_drafts(everything()) == before


@every_page
def test_nul_bytes_are_refused_wherever_they_stand(opening, page):
    opened = opening(page)
    data = {name: f"\x00{value}" for name, value in opened.data(**page.typed()).items()}
    before = without_drafts(everything())

    assert opened.client.post(opened.url, data).status_code == 422
    for act in ("autosave", "keep", "add", "discard"):
        assert opened.client.post(opened.url, data | {act: "\x00"}).status_code in (200, 302, 409)
        assert opened.client.get(opened.url).status_code == 200

    assert without_drafts(everything()) == before


@every_page
def test_a_nul_byte_in_a_text_is_said(opening, page):
    opened = opening(page)

    answer = opened.send(**page.typed("be\x00hind"))

    assert answer.status_code == 422
    assert "Null characters are not allowed." in text_of(answer)


@every_page
def test_nothing_at_all_is_no_error_of_the_program(opening, page):
    opened = opening(page)

    for data in ({}, {"once": str(uuid4())}, {"autosave": "1"}, {"keep": "1"}, {"add": ""}, {"add": "x"}):
        assert opened.client.post(opened.url, data).status_code in (200, 302, 409, 422)


# ── Rows ──


@every_page_with_rows
def test_one_row_more_keeps_what_was_typed_and_judges_nothing(opening, page):
    opened, before = opening(page), everything()
    prefix = page.text.partition("-")[0]
    rows = int(opened.data()[f"{prefix}-TOTAL_FORMS"])

    answer = opened.send(**page.typed("x" * (page.limit + 1)), add=prefix)

    assert answer.status_code == 200
    assert len(answer.context["bundle"].rows[0].forms) == rows + 1
    assert "x" * (page.limit + 1) in text_of(answer)
    assert [form.errors for form in answer.context["bundle"].rows[0].forms if form.errors] == []
    assert everything() == before


@every_page_with_rows
def test_a_row_struck_out_is_gone_even_if_it_is_wrong(opening, page):
    opened = opening(page)
    prefix = page.text.partition("-")[0]
    rows = opening(page).page.context["bundle"].rows[0].initial_form_count()

    answer = opened.send(**page.typed("x" * (page.limit + 1)), **{f"{prefix}-0-DELETE": "on"})

    assert answer.status_code == 302, text_of(answer)
    assert opening(page).page.context["bundle"].rows[0].initial_form_count() == rows - 1


@pytest.mark.parametrize(
    "forged",
    [
        {"TOTAL_FORMS": None, "INITIAL_FORMS": None},
        {"TOTAL_FORMS": "abc"},
        {"INITIAL_FORMS": "abc"},
        {"TOTAL_FORMS": ""},
        {"TOTAL_FORMS": "0"},
        {"TOTAL_FORMS": "-5"},
        {"INITIAL_FORMS": "50"},
        {"TOTAL_FORMS": "1000"},
        {"TOTAL_FORMS": "999999999999999999999"},
        {"TOTAL_FORMS": "\x00"},
    ],
    ids=str,
)
@every_page_with_rows
def test_a_forged_number_of_rows_loses_no_row_and_shows_no_thousand(opening, page, forged):
    opened = opening(page)
    prefix = page.text.partition("-")[0]
    data = opened.data()
    for name, value in forged.items():
        data.pop(f"{prefix}-{name}")
        data |= {f"{prefix}-{name}": value} if value is not None else {}
    before = without_drafts(everything())

    answers = [opened.client.post(opened.url, data | act) for act in ({}, {"add": prefix})]

    assert [answer.status_code for answer in answers] == [422, 200]
    assert without_drafts(everything()) == before
    assert max(len(answer.context["bundle"].rows[0].forms) for answer in answers) <= 100
    assert opened.client.post(opened.url, data | {"autosave": "1"}).status_code == 200
    assert opened.client.get(opened.url).status_code == 200


@every_page_with_rows
def test_a_row_the_colleague_added_is_not_taken_for_one_of_mine(opening, page):
    """My page ends with a blank row, where the colleague's new one stands by now."""
    mine, theirs = opening(page), opening(page)
    prefix = page.text.partition("-")[0]
    new = theirs.page.context["bundle"].rows[0].initial_form_count()
    copied = {
        name.replace("-0-", f"-{new}-"): value
        for name, value in theirs.data().items()
        if name.startswith(f"{prefix}-0-")
    }
    copied[page.text.replace("-0-", f"-{new}-")] = THEIRS
    if prefix == "team":
        copied[f"team-{new}-function"] = "director"
    assert theirs.send(**copied).status_code == 302

    answer = mine.send(**page.typed())

    assert answer.status_code == 409
    assert THEIRS in text_of(answer)
    assert page.mark in text_of(answer)


@every_page_with_rows
def test_more_rows_than_allowed_are_refused_and_shown(opening, page):
    opened = opening(page)
    prefix = page.text.partition("-")[0]
    data = opened.data()
    row = {name: value for name, value in data.items() if name.startswith(f"{prefix}-0-")}
    most = opened.page.context["bundle"].rows[0].max_num
    for number in range(most + 1):
        data |= {name.replace("-0-", f"-{number}-"): value for name, value in row.items()}
    data[f"{prefix}-TOTAL_FORMS"] = str(most + 1)
    before = without_drafts(everything())

    answer = opened.client.post(opened.url, data)

    assert answer.status_code == 422
    assert f"Please submit at most {most} forms." in text_of(answer)
    assert without_drafts(everything()) == before


# ── The case moves on ──


def moved_on(opened):
    """As another's step would: the state alone is what the page looks at."""
    kind = type(opened.case)
    states = {CooperationRequest: "submitted", Operation: "in_implementation"}
    review = opened.url.endswith("/appraisal-note/") or "/opinions/" in opened.url
    kind.objects.filter(pk=opened.case.pk).update(state="declined" if review else states[kind])


@pytest.mark.parametrize("page", [p for p in PAGES if p.slug != "people"], ids=str)
def test_after_the_case_moved_on_nothing_is_saved_and_the_text_is_a_draft(opening, page):
    opened = opening(page)
    moved_on(opened)
    before = without_drafts(everything())

    answer = opened.send(**page.typed())

    assert answer.status_code == 409
    assert page.mark in text_of(answer)
    assert without_drafts(everything()) == before
    assert [typed_in(d, page.text) for d in opened.drafts()] == [page.mark]
    assert page.mark in text_of(opened.client.get(opened.url))


def test_a_refused_part_says_why_and_what_became_of_the_text(opening):
    page = next(p for p in PAGES if p.slug == "background")
    opened = opening(page)
    opened.client.post(f"/cases/request/{opened.case.pk}/steps/submit/", {"once": str(uuid4())})

    answer = opened.send(**page.typed())

    assert answer.status_code == 409
    assert "What you typed is kept as your draft." in text_of(answer)


def test_a_draft_left_behind_is_found_on_the_desk(opening):
    page = next(p for p in PAGES if p.slug == "background")
    opened = opening(page, who("post-officer"))
    opened.send(**page.typed(), autosave="1")

    desk = signed_in("post-officer").get("/desk/")

    assert [draft["title"] for draft in desk.context["drafts"]] == [opened.case.title]
