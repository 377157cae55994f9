"""A lesson from anywhere: drafted while an operation is monitored, told to whoever can use it until it is retired.

And whether it helped, where it was applied: what the evaluator says stands on its page once the evaluation is in.
"""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import Locator

from taawun.workspace.demo.texts import postal, vientiane
from tests.browser import project
from tests.browser.conftest import Person
from tests.browser.hall import JICA, TODAY, Hall, heading, rows, sideways, texts

pytestmark = pytest.mark.browser

TITLE = "Train two people for each sorting post (example)"
WORDS = {
    "title": TITLE,
    "language": "en",
    "stage": "implementation",
    "situation": "Half of those trained left within a year (example).",
    "keywords": "post, mail, sorting, training",
}
WHOLE = {
    "cause": "One person was trained for each post (example).",
    "countermeasure": "Train two for each post (example).",
    "conditions": "Services whose staff rotates (example).",
}


def test_a_lesson_is_drafted_returned_certified_cited_and_retired(hall):
    source = hall.find("mm-office", "MM-2015-PRJ-0001", "operations", "closed")
    lesson = it_is_drafted_from_a_monitoring_sheet(hall, source)
    it_is_returned_once_and_handed_in_again(hall, lesson)
    another_that_says_the_same_is_taken_up_in_it(hall, source, lesson)
    it_is_analysed_across_operations_and_certified(hall, lesson)
    case = it_is_offered_and_answered(hall, lesson)
    it_is_cited_and_then_retired(hall, lesson, case)
    assert "Retired" in texts(hall.as_("la-officer", lesson), ".st")


def it_is_drafted_from_a_monitoring_sheet(hall: Hall, source: str) -> str:
    office = hall.as_("mm-office", f"{source}monitoring/1/").press("Draft a lesson")
    assert office.sees("Drafted from: Monitoring sheet 1")
    return office.write(**WORDS).save().path


def it_is_returned_once_and_handed_in_again(hall: Hall, lesson: str) -> None:
    """What is missing is told; the author completes it on a phone."""
    hall.step("knowledge", lesson, "Take up for analysis")
    hall.step("knowledge", lesson, "Return to its author", reason="State the cause (example).")
    author = hall.as_("mm-office", lesson, width=360)
    assert (author.sees("State the cause (example)."), sideways(author)) == (True, False)
    author.go(f"{lesson}edit/").write(**WHOLE).save()
    hall.step("mm-office", lesson, "Hand in again")


def another_that_says_the_same_is_taken_up_in_it(hall: Hall, source: str, lesson: str) -> None:
    """The knowledge officer analyses both; the second draft ends, and its author reads where it went."""
    hall.step("knowledge", lesson, "Take up for analysis")
    code = code_of_lesson(hall.as_("knowledge", lesson))
    office = hall.as_("mm-office", f"{source}monitoring/2/").press("Draft a lesson")
    second = office.write(**{**WORDS, "title": "Two for each post (example)"}).save().path
    hall.step("knowledge", second, "Take up for analysis")
    hall.step("knowledge", second, "Take up in another lesson", into=code)
    author = hall.as_("mm-office", second)
    assert ("Taken up in another lesson" in texts(author, ".st"), author.sees(code)) == (True, True)


def code_of_lesson(person: Person) -> str:
    """The number of the lesson that is open before them."""
    return re.search(r"LES-\d{4}-\d{4}", person.page.locator("main").inner_text()).group()


def it_is_analysed_across_operations_and_certified(hall: Hall, lesson: str) -> None:
    """Without JavaScript: another operation where the same was seen."""
    other = hall.find("knowledge", "Counter software", "operations")
    code = code_of(hall.as_("knowledge", other))
    knowledge = hall.as_("knowledge", f"{lesson}analysis/", script=False)
    seen = {"operations-0-operation": code, "operations-0-note": "Two of four left (example)."}
    knowledge.write(**seen).save()
    assert knowledge.go(lesson).sees("Two of four left (example).")
    assert hall.as_("la-officer", lesson).answer.status == 404
    hall.step("knowledge", lesson, "Certify")
    assert heading(hall.as_("la-officer", lesson)) == TITLE


def code_of(person: Person) -> str:
    """The number of the case that is open before them."""
    return re.search(r"[A-Z]{2}-\d{4}-[A-Z]{3}-\d{4}", person.page.locator("main").inner_text()).group()


def it_is_offered_and_answered(hall: Hall, lesson: str) -> str:
    """An operation that opens is offered it, with the reasons, beside no more than four others."""
    request = hall.find("mm-office", "Postal Services Capacity", state="adopted")
    hall.as_("mm-office", f"{request}note-verbale/").write(number="JM-9 (example)", dated_on=TODAY).save()
    hall.step("mm-office", request, "Notify the partner")
    reply = {"number": "NV-9 (example)", "dated_on": TODAY, "scan": hall.scan}
    case = hall.step("mm-office", request, "Record the reply", **reply).links(r"^/operations/\d+/$")[0]
    desk = hall.as_("desk", f"{case}lessons/")
    offered = desk.links(r"^/lessons/\d+/$")
    assert (lesson in offered, len(offered) <= 5) == (True, True)
    assert desk.sees("Same sector: Postal services")
    return case


def it_is_cited_and_then_retired(hall: Hall, lesson: str, case: str) -> None:
    """The desk applies it; it stays cited when it is retired, and is read in French and Arabic."""
    desk = hall.as_("desk", f"{case}lessons/")
    offer = desk.page.locator("main article", has_text=TITLE)
    offer.get_by_role("link", name="Answer the lesson").click()
    desk.write(answer="applied", how="Two for each counter (example).").save()
    assert [row[1].split(",")[0] for row in rows(hall.as_("desk", lesson), "Two for each counter")] == [
        "Applied"
    ]
    hall.step("knowledge", lesson, "Retire", reason="The post trains three now (example).")
    french = hall.as_("desk", lesson, language="fr")
    assert french.sees("The post trains three now (example).")
    assert rows(french, "Two for each counter (example).") != []
    assert not sideways(hall.as_("desk", lesson, language="ar", width=360))


# ── Whether it helped ──

LAO_POST = "Postal enterprise, Laos (example)"
ROUNDS = "Parcel rounds in Savannakhet (example)"
BEGUN, ENDS, JUDGED = (
    "2021-03-01",
    "2021-12-31",
    "2024-03-04",
)  # the clock goes back: nothing of the others falls due
APPLIED = "Bags come with the first expert (example)."
HELPED = "Every carrier had a bag on the first day (example)."
PURPOSE = {
    "level": "purpose",
    "number": 1,
    "name": "Parcels delivered on time (example)",
    "unit": "parcels",
    "baseline": 100,
    "target": 400,
    "target_on": ENDS,
    "means_of_verification": "Register of parcels (example)",
}
AIMS = [{**row, "target_on": ENDS} for row in vientiane.INDICATORS] + [PURPOSE]
LAST = {code: values for code, values in vientiane.LAST_VALUES.items() if code != "P-1"} | {"P-1": (420,)}
SAYS = SimpleNamespace(
    INDICATORS=AIMS,
    BASELINE_ON="2021-01-31",
    ASSUMPTION=postal.ASSUMPTION,
    RISK=postal.RISK,
    EX_ANTE=vientiane.EX_ANTE,
    LAST_VALUES=LAST,
    REPORT=vientiane.REPORT,
    PROVIDED=postal.PROVIDED,
)


def test_a_lesson_that_was_applied_is_judged_by_the_evaluator_and_its_page_says_how(hall):
    lesson = hall.as_("knowledge", "/lessons/?q=LES-2017-0001").links(r"^/lessons/\d+/$")[0]
    with hall.on(BEGUN):
        case = it_is_offered_to_an_operation_that_opens(hall, lesson)
        it_is_applied_and_the_others_are_not(hall, case, lesson)
        the_operation_runs_its_course(hall, case)
    assert told_of(hall.as_("knowledge", lesson)) == [["Applied, 1 Mar 2021", APPLIED, "not evaluated yet"]]
    with hall.on(JUDGED):
        the_evaluator_must_say_whether_it_helped(hall, case, lesson)
        assert told_of(hall.as_("knowledge", lesson))[0][2] == "not evaluated yet"
        hall.step("evaluator", case, "Record the evaluation")
    its_page_says_so_to_each_reader(hall, lesson)


def told_of(person: Person) -> list[list[str]]:
    """What the lesson's page says of the operation: answer and day, how, with what result."""
    return [row[1:] for row in rows(person, ROUNDS)]


def it_is_offered_to_an_operation_that_opens(hall: Hall, lesson: str) -> str:
    """Laos is helped by an exchange of letters."""
    desk = hall.as_("desk", "/operations/new/").write(partner=LAO_POST, title=ROUNDS, language="en")
    desk.write(modality_id="Technical cooperation project", sector_id=vientiane.IDEA["sector_id"])
    desk.write(
        site="Savannakhet", starts_on=BEGUN, ends_on=ENDS, basis="letter", basis_number="L-21 (example)"
    )
    desk.write(basis_on=BEGUN, scan=hall.scan).press("Open")
    case = re.search(r"/operations/\d+/", desk.path).group()
    offered = desk.go(f"{case}lessons/")
    assert lesson in offered.links(r"^/lessons/\d+/$")
    assert (offered.sees("Same sector: Postal services"), offered.sees("Not answered yet")) == (True, True)
    return case


def entry_of(person: Person, lesson: str) -> Locator:
    """Where a page tells of a lesson."""
    return person.page.locator(f'main article:has(a[href="{lesson}"])')


def it_is_applied_and_the_others_are_not(hall: Hall, case: str, lesson: str) -> None:
    """The ex-ante table says it; until each is answered nobody appraises."""
    desk = hall.as_("desk", f"{case}lessons/")
    ours = entry_of(desk, lesson).locator("a.btn").get_attribute("href")
    for address in desk.links(rf"{case}lessons/\d+/"):
        mine = {"answer": "applied", "how": APPLIED} if address == ours else {}
        hall.save("desk", address, **({"answer": "not-applicable", "how": "No courses (example)."} | mine))
    assert rows(hall.as_("la-officer", f"{case}design/ex-ante/"), APPLIED) != []


def the_operation_runs_its_course(hall: Hall, case: str) -> None:
    """Designed, appraised, signed, started and confirmed, on one day."""
    bodies = {"provider": JICA, "partner": LAO_POST}
    inputs = [
        {"party": bodies[row["side"]], "kind": row["kind"], "text": row["text"], "amount": row["amount"]}
        | {"currency": row["currency_id"].removeprefix("currency:")}
        for row in vientiane.INPUTS
    ]
    goal = vientiane.PARTS["goal"]
    aims = {"goal": goal["overall_goal"], "purpose": goal["purpose"]}
    project.design(hall, "desk", case, aims, vientiane.OUTPUTS, inputs)
    project.plan(hall, "desk", case, SAYS, (BEGUN, ENDS), LAO_POST)
    hall.step("desk", case, "Appraise")
    project.sign(hall, "la-office", case, BEGUN, "en")
    staff = ("Officer, postal enterprise, Laos", LAO_POST)
    project.start(hall, "la-office", case, staff, [LAO_POST, JICA], supplier=JICA, day=BEGUN)
    hall.step("la-office", case, "Open the completion review")
    project.report(hall, "la-office", case, SAYS)
    hall.step("la-officer", case, "Confirm the results")
    hall.step("la-office", case, "Confirm the results")


def the_evaluator_must_say_whether_it_helped(hall: Hall, case: str, lesson: str) -> None:
    """On a phone; the desk neither says it nor reads it before the evaluation is recorded."""
    at = f"{case}evaluation/evaluator/"
    chosen = hall.as_("desk", at).option(at, "person", "External evaluator")
    hall.as_("desk", at).write(sort="external", person=chosen).save("Name the evaluator")
    found = {f"evidence_{criterion}": words for criterion, words in vientiane.EVIDENCE.items()}
    rated = {f"level_{criterion}": level for criterion, level in postal.LEVELS.items()}
    advice = {"recommendations-0-text": vientiane.RECOMMENDATION, "recommendations-0-owner": LAO_POST}
    summary = {"summary": vientiane.EVALUATION}
    hall.save("evaluator", f"{case}evaluation/edit/", **summary, **found, **rated, **advice)
    assert hall.sees("evaluator", case, "It is not said whether the lesson")

    evaluator = hall.as_("evaluator", f"{case}lessons/", width=360)
    entry_of(evaluator, lesson).get_by_role("link", name="Say whether").click()
    judging = evaluator.path
    assert (evaluator.sees(APPLIED), sideways(evaluator)) == (True, False)
    evaluator.write(result="helped", outcome=HELPED).save()
    assert hall.as_("desk", judging).answer.status == 403
    assert [hall.sees(slug, f"{case}lessons/", HELPED) for slug in ("evaluator", "desk", "la-officer")] == [
        *(True, False, False)
    ]


def its_page_says_so_to_each_reader(hall: Hall, lesson: str) -> None:
    """The knowledge officer and the post of Laos read how it showed; Myanmar reads how often."""
    whole = [["Applied, 1 Mar 2021", APPLIED, f"Helped {HELPED}"]]
    assert [told_of(hall.as_(slug, lesson)) for slug in ("knowledge", "la-officer")] == [whole, whole]
    french = hall.as_("knowledge", lesson, language="fr", width=360)
    assert (told_of(french), sideways(french)) == (
        [["Appliqué, 1 mars 2021", APPLIED, f"A été utile {HELPED}"]],
        False,
    )
    arabic = hall.as_("knowledge", lesson, language="ar", width=360)
    assert (told_of(arabic)[0][1:], sideways(arabic)) == ([APPLIED, f"أفاد {HELPED}"], False)
    numbers = hall.as_("post-officer", lesson)
    assert numbers.page.locator("main table", has_text="In operations that you may not see").count() == 1
    assert [row for row in rows(numbers, "Applied") if len(row) == 3] == [
        ["Applied", "Helped", "1"],
        ["Applied", "Helped partly", "1"],
    ]
    assert told_of(numbers) == []
