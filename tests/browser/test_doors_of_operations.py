"""An operation on bad days: sent back to planning, suspended, resumed, judged from within, not closed unjudged."""

import pytest

from tests.browser.hall import heading, sideways, texts

pytestmark = pytest.mark.browser

ROAD = "La route est coupée (exemple)."


def test_an_appraised_operation_goes_back_to_planning_and_is_appraised_again(hall):
    case = hall.find("desk", "Delivery in hill districts", "operations")
    hall.step("desk", case, "Appraise")
    assert hall.sees("post-officer", case, "Appraised")
    hall.step("mm-office", case, "Back to planning", reason="A rate was old (example).")

    assert hall.sees("post-officer", case, "A rate was old (example).")
    assert hall.as_("desk", f"{case}design/edit/risks/").answer.status == 200
    assert hall.sees("desk", "/desk/", "Delivery in hill districts (example)")


def test_an_operation_is_suspended_with_notice_and_resumed(hall):
    """Without JavaScript; the partner reads the reason in French, the desk in Arabic on a phone."""
    case = hall.find("sn-embassy", "Services climatiques", "operations")
    embassy = hall.as_("sn-embassy", case, script=False).press("Suspend")
    embassy.write(reason=ROAD).press("Suspend")

    officer = hall.as_("sn-officer", case, language="fr")
    assert (officer.sees("Suspendue"), officer.sees(ROAD)) == (True, True)
    assert hall.as_("sn-officer", f"{case}monitoring/new/").answer.status == 409
    assert not sideways(hall.as_("amci-desk", case, language="ar", width=360))
    hall.step("amci-desk", case, "Resume", reason="La route est ouverte (exemple).")
    assert hall.sees("sn-officer", case, "In implementation")


def test_what_was_evaluated_from_within_says_so(hall):
    case = hall.take_over("Bags (example)", "ex_post_due", "OLD-31 (example)")
    at = f"{case}evaluation/evaluator/"
    desk = hall.as_("desk", at)
    desk.write(sort="internal", person=desk.option(at, "person", "Programme officer, Myanmar office"))
    desk.press("Name the evaluator")
    assert desk.path == at  # not without a reason
    desk.write(reason="A small operation (example).").save("Name the evaluator")

    office = "JICA Myanmar Office (Programme officer, Myanmar office)"
    said = f"Internal ex-post evaluation by {office}, the provider's own."
    assert desk.go(f"{case}evaluation/").sees(said)
    assert desk.sees("A small operation (example).")
    assert hall.as_("mm-office", f"{case}evaluation/edit/").answer.status == 200
    assert hall.as_("evaluator", f"{case}evaluation/edit/").answer.status == 404
    french = hall.as_("desk", f"{case}evaluation/", language="fr")
    assert "Évaluation ex post" in texts(french, "h2")


def test_what_the_settings_ask_an_evaluation_of_is_not_closed_without_one(hall):
    case = hall.take_over("Scales (example)", "completed", "OLD-32 (example)")

    desk = hall.as_("desk", case).press("Close without ex-post evaluation")

    assert heading(desk) == "Close without ex-post evaluation"
    told = "The settings of its provider ask an ex-post evaluation of an operation of this size"
    assert (desk.sees(told), desk.sees("Administrator of the agency")) == (True, True)
    assert desk.page.get_by_role("button", name="Close without ex-post evaluation").count() == 0


def test_an_agency_that_evaluates_nothing_closes_without_an_evaluation(hall):
    """Its administrator says so in a new version; the desk moves the case there, and closes it with its reason."""
    case = hall.find("amci-desk", "Entretien des stations agricoles", "operations")
    admin = hall.as_("amci-admin", "/settings/")
    admin.go(admin.links(r"^/settings/\d+/$")[0]).press("New version of the settings")
    admin.page.locator('main [name="ex_post"]').uncheck()
    admin.write(reason="No evaluations this year (example).").press("Make this version")

    number = case.split("/")[2]
    desk = hall.as_("amci-desk", f"/settings/cases/operation/{number}/", script=False)
    desk.write(reason="Small work (example).").press("Move this case")
    hall.step("amci-desk", case, "Close without ex-post evaluation", reason="Small work, closed (example).")

    assert hall.sees("amci-desk", case, "Closed")
    assert hall.sees("sn-officer", f"{case}timeline/", "Small work, closed (example).")
    assert not sideways(hall.as_("sn-embassy", case, language="ar", width=360))
