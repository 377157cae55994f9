"""What steps send stands in the registers by itself."""

import pytest

from taawun.cycle import actions as cycle
from taawun.foundation import clock
from taawun.letters.actions import covering_letter_left
from taawun.letters.models import Letter
from taawun.letters.queries import letters_of
from taawun.workspace.demo.cast import user
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


def test_the_story_knows_the_states_these_tests_walk():
    assert {"retained", "endorsed", "confirmed"} <= set(REQUEST_STATES)
