"""Where a request ends or comes back: dropped, withdrawn, not retained, returned, declined; and answered in English."""

import re

import pytest

from tests.browser.hall import JICA, heading, sideways

pytestmark = pytest.mark.browser

NEED = "Nobody keeps the old stamps (example)."
PLAN = "Not in the plan of this year (example)."
RENT = "State who pays the rent (example)."
MODEL = "No proven model to build on (example)."
MISTAKE = "The wrong request was open (example)."


def begun(hall, title):
    """An idea of the post's, with what it takes to prepare it. Its address."""
    post = hall.as_("post-officer", "/requests/new/")
    post.write(requesting="Myanmar Post", provider=JICA, title=title, language="en", need=NEED)
    post.write(modality="modality:technical-cooperation-project").press("Begin")
    case = re.search(r"/requests/\d+/", post.path).group()
    idea = {"consulted": "The museums (example).", "priority_area": "Culture (example)", "source": "dialogue"}
    hall.save("post-officer", f"{case}edit/idea/", sector="sector:22010", round="JFY 2027", **idea)
    return case


def taken_back(hall, slug, case):
    """Whoever took the last step takes it back."""
    person = hall.as_(slug, case).press("Take back:", exact=False)
    person.write(reason=MISTAKE).press("Take back the last step")


def test_an_idea_is_dropped_and_nobody_else_ever_knew_of_it(hall):
    case = begun(hall, "Museum of stamps (example)")

    hall.step("post-officer", case, "Drop the idea", reason="Another partner was found (example).")

    officer = hall.as_("post-officer", case)
    assert officer.sees("Dropped")
    assert officer.sees("Another partner was found (example).")
    assert hall.as_("mm-coordinator", case).answer.status == 404
    assert hall.as_("post-officer", f"{case}edit/idea/").answer.status == 409


def test_a_draft_is_withdrawn_by_those_who_wrote_it(hall):
    case = begun(hall, "Catalogue of stamps (example)")
    hall.step("post-officer", case, "Prepare the request")

    hall.step("post-officer", case, "Withdraw the request", reason="The fund pays for it (example).")

    french = hall.as_("post-officer", case, language="fr", width=360)
    assert french.sees("Retirée")
    assert french.sees("The fund pays for it (example).")
    assert not sideways(french)
    assert hall.as_("mm-coordinator", case).answer.status == 404


def test_what_the_coordination_body_does_not_retain_or_returns_says_why(hall):
    case = hall.find("post-officer", "Parcel lockers", state="draft")
    hall.step("post-officer", case, "Submit to the coordination body")

    hall.step("mm-coordinator", case, "Do not retain", reason=PLAN)
    officer = hall.as_("post-officer", case)
    assert officer.sees("Not retained")
    assert officer.sees(PLAN)
    assert hall.as_("mm-office", case).answer.status == 404
    taken_back(hall, "mm-coordinator", case)

    hall.step("mm-coordinator", case, "Return to the requesting organisation", reason=RENT)
    arabic = hall.as_("post-officer", case, language="ar", width=360)
    assert arabic.sees(RENT)
    assert not sideways(arabic)
    assert heading(hall.as_("post-officer", f"{case}edit/background/")) == "Background"


def test_a_declined_request_tells_the_partner_why_until_it_is_taken_back(hall):
    case = hall.find("desk", "Sorting by optical reading", state="under_review")

    hall.save("desk", f"{case}appraisal-note/", text="Feasible (example).")
    hall.step("jica-approver", case, "Decline", reason_code="decision-reason:preparation", reason=MODEL)
    officer = hall.as_("post-officer", case)
    assert officer.sees("Declined")
    assert officer.sees(MODEL)

    taken_back(hall, "jica-approver", case)
    assert hall.sees("post-officer", case, "Under review")


def test_a_request_in_french_is_answered_in_english(hall):
    case = hall.find("sn-officer", "Services climatiques", state="notified")

    note = hall.as_("sn-officer", f"{case}note-verbale/paper/", language="fr")
    assert note.sees("The Embassy presents its compliments")
    assert note.page.locator("html").get_attribute("lang") == "en"
    officer = hall.as_("sn-officer", case, language="fr")
    assert officer.page.locator("main h1[lang=fr]").inner_text().startswith("Services climatiques")
