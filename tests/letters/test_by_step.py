"""What steps send stands in the registers by itself."""

import pytest

from taawun.cycle import actions as cycle
from taawun.cycle.models import CooperationRequest
from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.seats import Letter as Paper
from taawun.foundation.steps import perform
from taawun.foundation.taking_back import take_back
from taawun.letters.actions import covering_letter_left
from taawun.letters.models import Letter
from taawun.letters.queries import letters_of
from taawun.letters.showing import history
from taawun.papers.queries import may_open
from taawun.workspace.demo.cast import user
from taawun.workspace.demo.exchange import scan
from taawun.workspace.demo.story import REQUEST_STATES
from tests.cycle.made import signed_in
from tests.factories import a_request

pytestmark = pytest.mark.usefixtures("world")


def lines() -> list[tuple]:
    return sorted(
        (letter.organisation.slug, letter.direction, letter.number, letter.correspondent.slug, letter.made_by)
        for letter in Letter.objects.select_related("organisation", "correspondent")
    )


def test_before_a_step_sends_anything_the_registers_are_empty():
    a_request("retained")

    assert lines() == []


def test_a_forwarded_list_leaves_one_register_and_enters_the_other():
    a_request("endorsed")

    assert lines() == [
        ("jica-mm", "in", "COORD/123 (example)", "mm-coordination", "covering-letter"),
        ("mm-coordination", "out", "COORD/123 (example)", "jica-mm", "covering-letter"),
    ]


def test_a_list_of_two_requests_is_one_letter_shown_on_both():
    first, second = a_request("retained"), a_request("retained")
    cycle.forward_lot(
        cycle.lot_of(first), actor=user("mm-coordinator"), letter_number="C/1", letter_date=clock.today()
    )
    first.refresh_from_db()
    second.refresh_from_db()

    shown = [[letter.code for letter in letters_of(case, user("mm-office"))] for case in (first, second)]

    assert shown == [[f"{clock.today().year}-0001"]] * 2


def test_the_notes_exchanged_enter_the_registers():
    made = a_request("confirmed")

    assert [line for line in lines() if line[4] != "covering-letter"] == [
        ("jica-mm", "in", "NV-45 (example)", "mm-coordination", "note-verbale-reply"),
        ("jica-mm", "out", "JM-118 (example)", "mm-coordination", "note-verbale"),
        ("mm-coordination", "in", "JM-118 (example)", "jica-mm", "note-verbale"),
    ]
    reply = Letter.objects.get(made_by="note-verbale-reply")
    assert (reply.subject, reply.scan.gate) == (f"Reply to the note verbale – {made.title}", "instrument")


def test_a_reader_of_both_registers_meets_each_letter_once_on_the_case():
    made = a_request("confirmed")

    seen = {
        slug: sorted(letter.made_by for letter in letters_of(made, user(slug)))
        for slug in ("mm-office", "mm-coordinator", "desk", "post-officer")
    }

    three = ["covering-letter", "note-verbale", "note-verbale-reply"]
    assert seen == {"mm-office": three, "mm-coordinator": three, "desk": three, "post-officer": []}


def test_a_step_told_twice_enters_nothing_twice():
    made = a_request("endorsed")

    covering_letter_left(made.lot, [made], user("mm-coordinator"))

    assert len(lines()) == 2


def test_what_a_step_entered_is_neither_corrected_nor_struck_by_hand():
    a_request("endorsed")
    letter = Letter.objects.get(organisation__slug="jica-mm")
    client = signed_in("mm-office")

    assert client.get(f"/letters/{letter.pk}/edit/").status_code == 409
    assert client.post(f"/letters/{letter.pk}/strike/", {"reason": "Mine"}).status_code == 409
    page = client.get(letter.get_absolute_url())
    assert (page.context["may_correct"], page.context["source"]["paper"]) == (
        False,
        f"/lots/{letter.lot_id}/paper/",
    )
    letter.refresh_from_db()
    assert letter.struck_on is None


def test_a_list_taken_back_strikes_its_letter_out_of_both_registers():
    made = a_request("endorsed")

    take_back(made, actor=user("mm-coordinator"), reason="The wrong annex.")

    struck = Letter.objects.filter(made_by="covering-letter")
    assert {(x.organisation.slug, x.struck_on, x.struck_reason) for x in struck} == {
        ("jica-mm", clock.today(), "The wrong annex."),
        ("mm-coordination", clock.today(), "The wrong annex."),
    }
    told = history(struck.get(organisation__slug="mm-coordination"), user("mm-coordinator"))
    assert [str(entry["title"]) for entry in told] == ["Entry struck out", "Entered by a step"]


# ── Parties on paper ──


@pytest.fixture
def on_paper():
    Organisation.objects.filter(slug__in=["mm-post", "mm-coordination"]).update(on_paper=True)


def recorded(made, step: str, number: str):
    office = user("mm-office")
    letter = Paper(number, clock.today(), scan(f"Letter {number}", office))
    return perform(made, step, actor=office, letter=letter)


def test_a_letter_by_which_a_party_on_paper_acts_enters_the_register_of_the_office(on_paper):
    made = recorded(a_request("submitted"), "retain", "DC-7")

    letter = Letter.objects.get(made_by="on-paper")
    assert (letter.organisation.slug, letter.direction, letter.number, letter.correspondent.slug) == (
        "jica-mm",
        "in",
        "DC-7",
        "mm-coordination",
    )
    assert (letter.coop_request, letter.subject) == (made, f"Retained – {made.title}")
    assert may_open(user("mm-office"), letter.scan) is True


def test_two_letters_of_one_party_about_one_request_are_two_entries(on_paper):
    made = recorded(a_request("submitted"), "retain", "DC-7")
    Letter.objects.filter(made_by="on-paper").update(number="DC-6")
    take_back(made, actor=user("mm-office"), reason="Again.")

    recorded(CooperationRequest.objects.get(pk=made.pk), "retain", "DC-7")

    numbers = Letter.objects.filter(made_by="on-paper").order_by("pk").values_list("number", flat=True)
    assert list(numbers) == ["DC-6", "DC-7"]


def test_a_list_on_paper_is_one_letter_in_the_office_s_register_with_its_scan(on_paper):
    first, second = (recorded(a_request("submitted"), "retain", number) for number in ("DC-1", "DC-2"))
    office = user("mm-office")

    cycle.forward_lot(
        cycle.lot_of(first),
        actor=office,
        letter_number="DC-3",
        letter_date=clock.today(),
        scan=scan("List", office),
    )

    listed = Letter.objects.filter(lot__isnull=False)
    assert [(x.organisation.slug, x.number, x.scan is not None) for x in listed] == [
        ("jica-mm", "DC-3", True)
    ]
    assert Letter.objects.filter(number="DC-3").count() == 1
    assert second.lot_id is None


def test_the_story_knows_the_states_these_tests_walk():
    assert {"retained", "endorsed", "confirmed"} <= set(REQUEST_STATES)
