"""What is one side's affair does not stand on the other side's pages: not in words, not in numbers."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from taawun.cycle import actions
from taawun.cycle.models import CooperationRequest
from taawun.foundation import clock
from taawun.foundation.steps import perform
from tests.cycle.made import a_reviewed_request, body, declined, signed_in
from tests.factories import a_person, a_request, who

NOTE, OPINION, REASON = "The cost seems high to us.", "We see a risk in Yangon.", "No funds this year."
INSIDE = [
    NOTE,
    OPINION,
    REASON,
    "Review opened",
    "Opinion given",
    "Appraisal note",
    "Adoption approved",
    "Similar cases and lessons seen",
    "Every opinion in",
    "Ministry in charge of finance, Japan",
    "Ministry in charge of posts, Japan",
    "Ministry of Foreign Affairs of Japan",
    "Approver",
    "Favourable",
    "Unfavourable",
    "consulted ministry",
]
STEPS = ["Adopt", "Decline"]  # on a list these are states one may ask for
PARTNERS = ["post-officer", "mm-coordinator"]


def page(slug, case, address=None):
    answer = signed_in(slug).get(address or case.get_absolute_url())
    assert answer.status_code == 200
    return " ".join(unescape(answer.getvalue().decode()).split())


def addresses(case):
    """Every page of the partner's that tells of the case."""
    return [
        case.get_absolute_url(),
        reverse("cycle:request-paper", args=[case.pk]),
        "/requests/",
        "/requests/?export=csv",
        "/desk/",
    ]


@pytest.fixture
def reviewed(world):
    """Under review: one opinion given, one awaited; the note written; one of two approvals given."""
    case = a_request("under_review")
    opinion = case.opinions.get(organisation=body("jp-comms"))
    actions.give_opinion(opinion, verdict="unfavourable", text=OPINION, actor=who("comms-opinion"))
    actions.write_appraisal_note(case, NOTE, actor=who("desk"), base_version=0)
    return CooperationRequest.objects.get(pk=case.pk)


def leaks(slug, case):
    found = set()
    for address in addresses(case):
        told = page(slug, case, address).casefold()
        secrets = INSIDE if "/requests/?" in address or address == "/requests/" else INSIDE + STEPS
        found |= {(address, secret) for secret in secrets if secret.casefold() in told}
    return found


@pytest.mark.parametrize("slug", PARTNERS)
def test_a_partner_reads_nothing_of_the_review(reviewed, slug):
    assert leaks(slug, reviewed) == set()


@pytest.mark.parametrize("slug", PARTNERS)
def test_a_partner_reads_whose_turn_it_is_and_no_more(reviewed, slug):
    told = page(slug, reviewed)

    assert "The other side decides" in told
    assert "Japan International Cooperation Agency (JICA)" in told
    assert "Under review" in told


@pytest.mark.parametrize("slug", PARTNERS)
def test_a_partner_reads_nothing_of_the_approvals_and_their_order(world, slug):
    case = a_reviewed_request()
    perform(case, "adopt", actor=who("mofa-approver"))

    assert leaks(slug, case) == set()


@pytest.mark.parametrize("slug", PARTNERS)
def test_a_partner_reads_that_it_was_declined_and_why_and_nothing_of_the_review(reviewed, slug):
    clock.set_today(max(o.due_on for o in reviewed.opinions.all()) + timedelta(days=1))
    declined(reviewed, REASON)

    told = page(slug, reviewed)

    assert "Declined" in told
    assert REASON in told
    told_now = {"Decline", "Approver", REASON}  # who decided, and why, is told with the decision
    assert {leak for leak in leaks(slug, reviewed) if leak[1] not in told_now} == set()


@pytest.mark.parametrize("slug", PARTNERS)
@pytest.mark.parametrize("name", ["open-review", "adopt", "decline"])
def test_the_page_of_an_inside_step_tells_a_partner_nothing_but_the_state(reviewed, slug, name):
    address = reverse("step", args=["request", reviewed.pk, name])
    client = signed_in(slug)

    answers = [client.get(address), client.post(address, {"reason": "x"}), client.post(address)]

    assert [a.status_code for a in answers] == [409] * 3
    for answer in answers:
        told = unescape(answer.content.decode()).casefold()
        assert [
            s
            for s in (NOTE, OPINION, "is not in", "not written", "Ministry in charge")
            if s.casefold() in told
        ] == []


@pytest.mark.parametrize("slug", [*PARTNERS, "la-officer", "sn-officer", "amci-desk", "la-office"])
def test_the_pages_of_the_review_do_not_open_to_others(reviewed, slug):
    client = signed_in(slug)
    pages = [
        reverse("cycle:appraisal-note", args=[reviewed.pk]),
        *(reverse("cycle:opinion", args=[reviewed.pk, o.pk]) for o in reviewed.opinions.all()),
    ]

    assert {client.get(address).status_code for address in pages} <= {403, 404}
    assert {client.post(address, {"text": "x"}).status_code for address in pages} <= {403, 404}


@pytest.mark.parametrize("slug", ["desk", "mm-office", "jica-approver", "mofa-approver", "knowledge"])
def test_the_providers_side_reads_its_own_affairs(reviewed, slug):
    told = page(slug, reviewed)

    for inside in (NOTE, OPINION, "Review opened", "Opinion given", "Appraisal note written"):
        assert inside in told


def test_a_ministry_reads_the_request_and_its_own_task_alone(reviewed):
    told = page("finance-opinion", reviewed)

    assert reviewed.title in told
    assert [
        s
        for s in (NOTE, OPINION, "Opinion given", "Appraisal note", "Ministry in charge of posts")
        if s in told
    ] == []
    other = reviewed.opinions.get(organisation=body("jp-comms"))
    assert (
        signed_in("finance-opinion").get(reverse("cycle:opinion", args=[reviewed.pk, other.pk])).status_code
        == 404
    )


def test_a_ministry_that_was_not_asked_does_not_know_the_request(reviewed):
    officer = a_person("opinion", "ma-transport")

    assert signed_in(officer).get(reviewed.get_absolute_url()).status_code == 404


# ── Drafts ──


@pytest.mark.parametrize("state", ["idea", "draft"])
@pytest.mark.parametrize(
    "slug",
    ["mm-coordinator", "mm-office", "desk", "comms-opinion", "mofa-approver", "knowledge", "la-officer"],
)
def test_a_draft_is_the_requesting_organisations_alone(world, state, slug):
    case, client = a_request(state), signed_in(slug)
    gone = [
        case.get_absolute_url(),
        reverse("cycle:request-paper", args=[case.pk]),
        reverse("cycle:request-part", args=[case.pk, "idea"]),
        reverse("cycle:lot", args=[case.pk]),
        reverse("step", args=["request", case.pk, "submit"]),
        reverse("step", args=["request", case.pk, "retain"]),
    ]

    assert {client.get(address).status_code for address in gone} == {404}
    assert {client.post(address).status_code for address in gone} <= {404, 405}
    for address in ("/requests/", "/requests/?q=Postal", "/desk/"):
        assert case.title not in page(slug, case, address)


def test_the_coordination_body_reads_of_the_drafting_nothing_but_that_it_was_done(world):
    case = a_request("draft")
    values = {"background": "A first thought nobody should read."}
    actions.save_request_part(
        case, "background", values, actor=who("post-officer"), base_version=case.version
    )
    case.refresh_from_db()
    actions.save_request_part(
        case,
        "background",
        {"background": "What was sent."},
        actor=who("post-officer"),
        base_version=case.version,
    )
    perform(case, "submit", actor=who("post-officer"))

    told = page("mm-coordinator", case)

    assert "What was sent." in told
    assert "A first thought" not in told


@pytest.mark.parametrize("slug", ["mm-office", "desk", "mofa-approver", "knowledge"])
@pytest.mark.parametrize("state", ["submitted", "retained"])
def test_the_provider_knows_nothing_until_it_is_forwarded(world, state, slug):
    case = a_request(state)

    assert signed_in(slug).get(case.get_absolute_url()).status_code == 404
    assert case.title not in page(slug, case, "/requests/")


def test_a_request_given_back_is_again_the_requesters_alone(world):
    case = a_request("submitted")

    perform(case, "return", actor=who("mm-coordinator"), reason="Name the sites.")

    assert signed_in("mm-coordinator").get(case.get_absolute_url()).status_code == 404
    assert "Name the sites." in page("post-officer", case)
