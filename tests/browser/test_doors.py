"""Every other door of the cycle, walked by its people in a real browser on the demonstration's world.

Each row is a story of its own: what goes back, waits, ends, comes back, is recorded for those who do not sign in.
"""

import re

import pytest

from taawun.workspace.demo.texts import weather
from tests.browser import asking, project
from tests.browser.hall import TODAY, Hall, plain, rows

pytestmark = pytest.mark.browser


def test_an_incomplete_request_comes_back_alone_with_its_rank(hall):
    case = hall.find("mm-coordinator", "Address register")

    hall.step("mm-coordinator", case, "Send again, completed")
    hall.step("mm-office", case, "Receive", checked=asking.LINES)

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


SERVICE = "Ministry in charge of meteorology, Morocco (example)"
SENEGAL = "National meteorological service, Senegal (example)"
AMCI = "Moroccan Agency for International Cooperation (AMCI)"


def opened_by_letter(hall: Hall, title: str, modality: str, place: str) -> str:
    """The desk opens the activity by an exchange of letters, with its supplier."""
    desk = hall.as_("amci-desk", "/operations/").press("Open an operation without a request")
    desk.write(partner=SENEGAL, title=title, language="fr", modality_id=f"modality:{modality}", site=place)
    desk.write(starts_on=TODAY, ends_on=TODAY, supplier=SERVICE, basis="letter", scan=hall.scan)
    desk.write(basis_number="L-9 (example)", basis_on=TODAY).press("Open")
    assert desk.sees("Exchange of letters")
    return re.search(r"/operations/\d+/", desk.path).group()


def asked_by_note(hall: Hall, title: str, modality: str, place: str) -> str:
    """Senegal asks by note verbale, Morocco decides and answers by note; the notes exchanged open the activity."""
    idea = {name: weather.IDEA[name] for name in ("source", "consulted", "priority_area")}
    case = asking.begin(
        *(hall, "sn-officer", SENEGAL, AMCI, idea | {"sector": weather.IDEA["sector_id"], "round": "2027"}),
        **{
            "title": title,
            "language": "fr",
            "modality": f"modality:{modality}",
            "need": weather.BEGIN["need"],
        },
    )
    hall.step("sn-officer", case, "Prepare the request")
    asking.write(hall, "sn-officer", case, weather)
    hall.save("sn-officer", f"{case}edit/site/", site=place, starts_on=TODAY, ends_on=TODAY)
    hall.step("sn-officer", case, "Submit to the coordination body")
    hall.step("sn-coordinator", case, "Retain")
    body = hall.as_("sn-coordinator", case).press("Rank and forward")
    body.write(letter_number="NV-311 (example)", letter_date=TODAY).press("Forward to the provider")
    assert {row[1] for row in rows(hall.as_("sn-embassy", "/letters/?q=NV-311"))} == {"In"}
    hall.step("sn-embassy", case, "Receive", checked=asking.LINES)
    asking.decide(hall, case, "amci-desk", ["ma-opinion"], ["amci-approver"], weather)
    asking.notify(hall, "sn-embassy", case, "AMB-40 (example)", TODAY)
    made = asking.reply(hall, "sn-embassy", case, "NV-312 (example)", TODAY)
    assert hall.as_("amci-desk", made).links(f"^{case}$") == [case]
    desk = hall.as_("amci-desk", f"{made}parties/edit/")
    project.fill(desk, "party", [{"organisation": SERVICE, "part": "supplier"}], first=3).save()
    [component] = hall.as_("amci-desk", f"{made}parties/").links(r"/components/\d+/$")
    hall.as_("amci-desk", component).write(place=place, supplier=SERVICE).save()
    return made


@pytest.mark.parametrize(
    ("opened", "title", "modality", "place"),
    [
        (asked_by_note, "Expert mission on drought (example)", "expert", "Dakar"),
        (opened_by_letter, "Expert mission on radar (example)", "expert", "Dakar"),
        (opened_by_letter, "Course on radar (example)", "training", "Casablanca"),
        (opened_by_letter, "Seminar on radar (example)", "seminar", "Casablanca"),
    ],
)
def test_an_activity_is_decided_agreed_carried_out_reported_and_closed(hall, opened, title, modality, place):
    case = opened(hall, title, modality, place)
    never_shown_a_design(hall, case, "amci-desk")
    expert = {"function": "expert", "person": "Officer for cooperation, meteorology"}
    people = hall.as_("amci-desk", f"{case}people/edit/")
    project.fill(people, "team", [expert | {"organisation": SERVICE, "held_from": TODAY}]).save()
    desk = hall.as_("amci-desk", case).press("Record the acceptance", exact=False)
    desk.write(place=place, confirmed_on=TODAY).save()
    hall.step("sn-embassy", case, "Record the agreement")
    hall.step("amci-desk", case, "Start the activity")
    hall.as_("ma-opinion", f"{case}report/edit/").write(
        done=f"Two weeks in {place} (example).", results="A plan (example).", participants="12"
    ).save()
    hall.step("amci-desk", case, "Accept the report")
    hall.step("amci-desk", case, "Close the activity")

    assert hall.sees("sn-officer", case, "Closed")
    assert hall.sees("sn-officer", f"{case}report/", f"Two weeks in {place} (example).")
    assert SERVICE in plain(hall.as_("sn-officer", f"{case}parties/").page.locator("main").inner_text())
    never_shown_a_design(hall, case, "sn-officer", "sn-embassy")


def never_shown_a_design(hall: Hall, case: str, *people: str) -> None:
    """No page of the activity leads to a design, and there is none at its address."""
    for slug in people:
        pages = hall.as_(slug, case).links(rf"^{case}[a-z-]+/$")
        assert {f"{case}parties/", f"{case}people/", f"{case}timeline/"} <= set(pages)
        assert [page for page in [case, *pages] if hall.as_(slug, page).links("/design/")] == []
        assert [page for page in [case, *pages] if hall.sees(slug, page, "PDM")] == []
        assert hall.as_(slug, f"{case}design/").answer.status == 404
        assert hall.as_(slug, f"{case}design/edit/objectives/").answer.status == 403


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
