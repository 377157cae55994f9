"""How an agency works is its administrator's to say, in versions; how it rates is in rule sets."""

import re

import pytest

from taawun.workspace.demo.texts import postal
from tests.browser.conftest import Person
from tests.browser.hall import Hall, heading, rows, sideways, texts

pytestmark = pytest.mark.browser

JICA = "Japan International Cooperation Agency (JICA)"
MINISTRY = "Ministry of Foreign Affairs of Japan"


def test_a_seat_falls_away_and_a_running_case_is_moved_to_the_new_settings(hall):
    case = hall.find("desk", "Sorting by optical reading")
    try:
        the_administrator_leaves_one_seat_unused(hall)
        the_running_case_keeps_what_it_began_under(hall, case)
        the_desk_moves_it_and_one_approval_is_enough(hall, case)
    finally:
        the_next_version_begins_from_a_preset(hall)


def settings(person: Person) -> str:
    """The address of the agency's settings, from the list of those the person may see."""
    return person.go("/settings/").links(r"^/settings/\d+/$")[0]


def the_administrator_leaves_one_seat_unused(hall: Hall) -> None:
    admin = hall.as_("jica-admin", "/settings/")
    admin.go(settings(admin)).press("New version of the settings")
    admin.page.locator('main [name="seats-0-used"]').uncheck()
    admin.write(opinion_days="14", reason="The agency decides alone (example).").press("Make this version")

    now, then = f"1. {MINISTRY}, 2. {JICA}", f"1. {JICA} (not used: {MINISTRY})"
    assert [row[4] for row in rows(admin, "decides alone")] == [
        f"Seats that approve: from “{now}” to “{then}” Days for an opinion: from “21 days” to “14 days”"
    ]
    assert hall.as_("amci-admin", settings(admin)).answer.status == 404


def the_running_case_keeps_what_it_began_under(hall: Hall, case: str) -> None:
    desk = hall.as_("desk", case)
    assert desk.sees("Its settings: version 1")
    hall.as_("desk", f"{case}appraisal-note/").write(text="Feasible (example).").save()
    assert hall.as_("mofa-approver", case).page.get_by_role("link", name="Adopt", exact=True).count() == 1


def the_desk_moves_it_and_one_approval_is_enough(hall: Hall, case: str) -> None:
    """Without JavaScript: what the move does is told before; then the ministry has no seat any more."""
    desk = hall.as_("desk", case, script=False).press("Its settings: version 1").go(case)
    number = case.split("/")[2]
    desk.go(f"/settings/cases/request/{number}/")
    assert heading(desk) == "Move to the present settings"
    told = desk.page.locator("main .lede").inner_text()
    assert re.fullmatch(r"It goes by version 1; version \d is in force\.", told)
    desk.write(reason="One seat is enough (example).").press("Move this case")
    assert hall.sees("desk", f"{case}timeline/", "One seat is enough (example).")

    assert hall.as_("mofa-approver", case).page.get_by_role("link", name="Adopt", exact=True).count() == 0
    hall.step("jica-approver", case, "Adopt")
    assert hall.sees("desk", case, "Adopted")


def the_next_version_begins_from_a_preset(hall: Hall) -> None:
    """Both seats again; read in French, and in Arabic on a phone."""
    admin = hall.as_("jica-admin", "/settings/")
    place = settings(admin)
    admin.go(place).press("Begin from “JICA-like”")
    admin.write(rating_rules="jica-3-level", ex_post_type="desk", reason="As before (example).")
    admin.press("Make this version")
    assert rows(admin, "Seats that approve")[0] == ["Seats that approve", f"1. {MINISTRY}, 2. {JICA}"]
    french = hall.as_("jica-admin", place, language="fr")
    assert texts(french, "h2")[0] == "Réglages en vigueur"
    assert not sideways(hall.as_("jica-admin", place, language="ar", width=360))


def test_a_combination_the_rule_set_does_not_hold_asks_for_a_judgement(hall):
    case = hall.take_over("Vans (example)", "ex_post_due", "OLD-9 (example)")
    at = f"{case}evaluation/evaluator/"
    desk = hall.as_("desk", at)
    desk.write(sort="external", person=desk.option(at, "person", "External evaluator"))
    desk.save("Name the evaluator")
    evaluator = hall.as_("evaluator", f"{case}evaluation/edit/")
    evidence = {f"evidence_{name}": words for name, words in postal.EVIDENCE.items()}
    evaluator.write(summary=postal.EVALUATION, **evidence, **levels(1))
    advice = {"recommendations-0-text": postal.RECOMMENDATION, "recommendations-0-owner": "Myanmar Post"}
    evaluator.write(**advice).save()

    missing = "holds no overall rating for these sub-ratings: give your own with its reasons."
    assert evaluator.go(case).sees(missing)
    evaluator.go(f"{case}evaluation/edit/").write(overall="D").press("Save")
    assert evaluator.sees("Give the reasons for the overall rating.")
    evaluator.write(judgement_reason="Nothing was reached (example).").save()
    assert evaluator.sees("Nothing was reached (example).")

    it_departs_from_the_rule_with_its_reasons(hall, case)


def levels(level: int) -> dict[str, int]:
    """The same level for each sub-rating of the three-level rule set."""
    return {f"level_{criterion}": level for criterion in postal.LEVELS}


def it_departs_from_the_rule_with_its_reasons(hall: Hall, case: str) -> None:
    """All high gives A by the rule set; the evaluator says B, and page and paper show both, with the reasons."""
    evaluator = hall.as_("evaluator", f"{case}evaluation/edit/", language="fr")
    evaluator.write(overall="B", judgement_reason="Deux régions seulement (exemple).", **levels(3))
    evaluator.save("Enregistrer")
    hall.step("evaluator", case, "Record the evaluation")
    post = hall.as_("post-officer", f"{case}evaluation/")
    departs = "The rule set gives A, Highly satisfactory; the evaluator departs from it."
    assert [post.sees(words) for words in ("Overall: B, Satisfactory", departs)] == [True, True]
    assert post.sees("The reasons: Deux régions seulement (exemple).")
    assert post.press("Print the summary on A4").sees("Deux régions seulement (exemple).")
    assert not sideways(hall.as_("post-officer", f"{case}evaluation/", language="ar", width=360))
