"""The page of a request: what each reader may follow from it, and what it no longer carries in full."""

import pytest
from django.utils import translation

from taawun.cycle.showing import request_parts
from tests.cycle.made import signed_in
from tests.factories import a_request, an_operation

NOTE = "/requests/{}/note-verbale/"
APPRAISAL = "/requests/{}/appraisal-note/"


def links_of(page) -> list[str]:
    return [o.link for line in page.context["next"]["lines"] for o in line.obstacles]


@pytest.mark.parametrize(
    ("state", "address", "writes", "reads"),
    [("adopted", NOTE, "mm-office", "desk"), ("under_review", APPRAISAL, "desk", "jica-approver")],
)
def test_what_is_missing_leads_those_alone_who_may_supply_it(world, state, address, writes, reads):
    coop_request = a_request(state)
    target = address.format(coop_request.pk)

    assert target in links_of(signed_in(writes).get(coop_request.get_absolute_url()))
    assert target not in links_of(signed_in(reads).get(coop_request.get_absolute_url()))


def test_the_step_page_leads_no_further_than_the_reader_may_go(world):
    coop_request = a_request("under_review")

    page = signed_in("mofa-approver").get(f"/cases/request/{coop_request.pk}/steps/adopt/")

    assert [o.link for line in page.context["lines"] for o in line.obstacles if o.link] == []


def test_the_page_shows_the_last_entries_and_leads_to_all_of_them(world):
    coop_request = a_request("received")
    desk = signed_in("desk")

    page = desk.get(coop_request.get_absolute_url())
    whole = desk.get(f"/requests/{coop_request.pk}/timeline/")

    assert page.context["timeline_all"] == f"/requests/{coop_request.pk}/timeline/"
    assert len(page.context["timeline"]) == 5
    assert len(whole.context["entries"]) == page.context["timeline_count"] > 5
    assert whole.context["entries"][:5] == page.context["timeline"]
    assert f'<a href="{coop_request.get_absolute_url()}">' in whole.content.decode()


def test_the_operation_is_a_link_for_those_who_may_open_it(world):
    operation = an_operation("planning")
    coop_request = operation.coop_request

    def told(slug):
        page = signed_in(slug).get(coop_request.get_absolute_url())
        return [(f["value"], f["link"]) for f in page.context["facts"] if f["value"] == operation.code]

    assert told("desk") == [(operation.code, operation.get_absolute_url())]
    assert told("comms-opinion") == [(operation.code, "")]


def test_a_part_with_some_answers_is_begun(world):
    coop_request = a_request("draft")
    coop_request.need, coop_request.source, coop_request.round = "A need", "", None
    coop_request.overall_goal, coop_request.purpose = "", ""
    states = {part["url"].split("/")[-2]: part["state"] for part in request_parts(coop_request)}

    assert (states["idea"], states["goal"]) == ("begun", "todo")


def test_a_paper_names_the_other_languages_in_themselves(world):
    made = a_request("submitted")
    paper = signed_in("post-officer").get(f"{made.get_absolute_url()}paper/?language=fr")
    assert paper.context["paper_links"] == [("?language=en", "English"), ("?language=ar", "العربية")]


def test_who_has_one_organisation_and_reads_french_finds_both_chosen(world):
    officer = signed_in("la-officer")
    officer.cookies["taawun_language"] = "fr"
    with translation.override("fr"):  # and back, after the request
        form = officer.get("/requests/new/").context["form"]

    assert form["requesting"].initial == form.fields["requesting"].queryset.get().pk
    assert form["language"].initial == "fr"


@pytest.mark.parametrize(
    ("language", "amount"), [("en", "JPY 180,000,000"), ("fr", "180\u202f000\u202f000\u00a0JPY")]
)
def test_an_amount_reads_on_the_request_as_on_the_operation_it_becomes(world, language, amount):
    coop_request = a_request("submitted")
    client = signed_in("post-officer")
    client.cookies["taawun_language"] = language

    shown, printed = (
        client.get(page).content.decode()
        for page in (
            coop_request.get_absolute_url(),
            f"/requests/{coop_request.pk}/paper/?language={language}",
        )
    )

    assert shown.count(f"<bdi>{amount}</bdi>") == 1
    assert printed.count(f"<bdi>{amount}</bdi>") == 1
