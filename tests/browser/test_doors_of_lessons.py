"""A lesson from anywhere: drafted while an operation is monitored, told to whoever can use it until it is retired."""

import re

import pytest

from tests.browser.conftest import Person
from tests.browser.hall import TODAY, Hall, heading, rows, sideways, texts

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
    source = hall.find("mm-office", "Postal Services Capacity", "operations", "closed")
    lesson = it_is_drafted_from_a_monitoring_sheet(hall, source)
    it_is_returned_once_and_handed_in_again(hall, lesson)
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


def it_is_analysed_across_operations_and_certified(hall: Hall, lesson: str) -> None:
    """Without JavaScript: another operation where the same was seen."""
    hall.step("knowledge", lesson, "Take up for analysis")
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
