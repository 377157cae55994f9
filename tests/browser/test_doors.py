"""Every other door of the cycle, walked by its people in a real browser on the demonstration's world.

Each row is a story of its own: what goes back, waits, ends, comes back, is recorded for those who do not sign in.
"""

import re

import pytest

from tests.browser.hall import TODAY

pytestmark = pytest.mark.browser

LINES = ["form", "background", "outline", "inputs", "schedule", "organisation"]


def test_an_incomplete_request_comes_back_alone_with_its_rank(hall):
    case = hall.find("mm-coordinator", "Address register")

    hall.step("mm-coordinator", case, "Send again, completed")
    hall.step("mm-office", case, "Receive", checked=LINES)

    assert hall.sees("mm-office", f"{case}timeline/", "Sent again with its rank")


def test_a_deferred_request_leads_to_the_one_prepared_again(hall):
    case = hall.find("post-officer", "Training centre for carriers", state="deferred")

    assert hall.sees("post-officer", case, "No budget in this fiscal year")
    person = hall.as_("post-officer", case)
    person.press("Training centre for carriers", exact=False)
    assert person.sees("Submitted again after a deferral")


def test_a_step_taken_by_mistake_goes_back_and_forward_again(hall):
    case = hall.find("post-officer", "Rural counters")

    hall.step("post-officer", case, "Submit to the coordination body")
    person = hall.as_("post-officer", case).press("Take back:", exact=False)
    person.write(reason="The site was wrong (example).").press("Take back the last step")

    assert hall.sees("post-officer", case, "Last step taken back")
    assert hall.sees("post-officer", case, "The site was wrong (example).")


def test_the_same_asked_of_two_providers_is_told_to_who_sees_both(hall):
    case = hall.find("sn-coordinator", "Services climatiques", state="under_review")

    assert hall.sees("sn-coordinator", case, "Much the same is asked of")
    assert not hall.sees("sn-embassy", case, "Much the same is asked of")


def test_a_suspended_operation_is_resumed_cancelled_and_reopened(hall):
    case = hall.find("desk", "Counter software", "operations")

    hall.step("desk", case, "Resume", reason="The road is open (example).")
    hall.step("jica-approver", case, "Cancel", reason="The ministry withdrew (example).")
    assert hall.sees("post-officer", case, "The ministry withdrew (example).")
    hall.step("mofa-approver", case, "Reopen", reason="It came back (example).")

    assert hall.sees("post-officer", case, "In implementation")


@pytest.mark.parametrize(
    ("title", "modality", "place"),
    [
        ("Expert mission on radar (example)", "expert", "Dakar"),
        ("Course on radar (example)", "training", "Casablanca"),
        ("Seminar on radar (example)", "seminar", "Casablanca"),
    ],
)
def test_an_activity_is_opened_agreed_carried_out_reported_and_closed(hall, title, modality, place):
    desk = hall.as_("amci-desk", "/operations/").press("Open an operation without a request")
    desk.write(
        partner="National meteorological service, Senegal (example)",
        title=title,
        language="fr",
        modality_id=f"modality:{modality}",
        site=place,
        starts_on=TODAY,
        ends_on=TODAY,
        supplier="Ministry in charge of meteorology, Morocco (example)",
        basis="letter",
        basis_number="L-9 (example)",
        basis_on=TODAY,
        scan=hall.scan,
    ).press("Open")
    case = re.search(r"/operations/\d+/", desk.path).group()
    assert not desk.sees("Design (PDM)")
    people = hall.as_("amci-desk", f"{case}people/edit/")
    people.write(
        **{
            "team-0-function": "expert",
            "team-0-person": "Officer for cooperation, meteorology",
            "team-0-organisation": "Ministry in charge of meteorology, Morocco (example)",
            "team-0-held_from": TODAY,
        }
    ).save()
    desk = hall.as_("amci-desk", case).press("Record the acceptance", exact=False)
    desk.write(confirmed_on=TODAY).save()
    hall.step("sn-embassy", case, "Record the agreement")
    hall.step("amci-desk", case, "Start the activity")
    hall.as_("ma-opinion", f"{case}report/edit/").write(
        done=f"Two weeks in {place} (example).", results="A plan (example).", participants="12"
    ).save()
    hall.step("amci-desk", case, "Accept the report")
    hall.step("amci-desk", case, "Close the activity")

    assert hall.sees("sn-officer", case, "Closed")
    assert hall.sees("sn-officer", f"{case}report/", f"Two weeks in {place} (example).")
    assert hall.as_("amci-desk", f"{case}design/").answer.status == 404


def test_a_country_without_accounts_is_recorded_on_paper(hall):
    embassy = hall.as_("gn-embassy", "/requests/new/")
    embassy.write(
        requesting="Ministry in charge of agriculture, Guinea (example)",
        provider="Moroccan Agency for International Cooperation (AMCI)",
        title="Soil laboratory (example)",
        language="fr",
        modality="modality:technical-cooperation-project",
        need="Sols inconnus (exemple).",
    ).press("Begin")
    case = re.search(r"/requests/\d+/", embassy.path).group()
    hall.as_("gn-embassy", f"{case}edit/idea/").write(
        sector="sector:31110",
        source="visit",
        consulted="Directions régionales (exemple).",
        priority_area="Agriculture (exemple)",
        round="2027",
    ).save()

    hall.step(
        "gn-embassy",
        case,
        "Prepare the request",
        letter_number="MA-300 (example)",
        letter_date=TODAY,
        letter_scan=hall.scan,
    )

    assert hall.sees("gn-embassy", case, "on behalf of Ministry in charge of agriculture")
    assert hall.sees("gn-embassy", case, "letter MA-300 (example)")
    assert hall.as_("sn-embassy", case).answer.status == 404


def test_follow_up_is_opened_from_a_closed_operation(hall):
    case = hall.find("mm-office", "Postal Services Capacity", "operations")

    hall.step(
        "mm-office",
        case,
        "Open follow-up cooperation",
        title="Follow-up: two experts (example)",
        modality_id="modality:expert",
        basis_number="NV-90 (example)",
        basis_on=TODAY,
        scan=hall.scan,
    )

    assert hall.sees("post-officer", case, "Follow-up: two experts (example)")
