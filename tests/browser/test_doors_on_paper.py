"""A country whose ministries have no accounts, from the idea to the closed operation: its letters do what it does.

Guinea does not sign in. Its embassy of Morocco records each step of the ministry and of the coordination body with
number, date and scan of the letter, eight days after the act; the rest is done by Morocco's own people. It happened
years ago, so that the ex-post evaluation has fallen due.
"""

import re
from types import SimpleNamespace

import pytest

from taawun.workspace.demo.texts import floods, weather
from tests.browser import asking, project
from tests.browser.hall import Hall, rows, texts

pytestmark = pytest.mark.browser

ACTED, RECORDED, ENDS, JUDGED = "2021-03-01", "2021-03-09", "2023-12-31", "2024-03-11"
MINISTRY = "Ministry in charge of agriculture, Guinea (example)"
COORDINATION = "Cooperation directorate, Guinea (example)"
AMCI = "Moroccan Agency for International Cooperation (AMCI)"
EMBASSY, DESK = "gn-embassy", "amci-desk"
ATTACHE = "Cooperation attaché, Conakry"
OFFICE = "Embassy of Morocco in Guinea (example)"
REASON = "La campagne n’attend pas (exemple)."
SAYS = SimpleNamespace(
    **{name: value for name, value in vars(weather).items() if name.isupper()}
    | {name: getattr(floods, name) for name in ("REPORT", "PROVIDED")}
    | {
        "BASELINE_ON": "2020-06-30",
        "LAST_VALUES": weather.SHEET_VALUES | {"G-1": (12,), "1-1": (12,), "2-1": (36,)},
        "PARTS": weather.PARTS
        | {
            "goal": weather.PARTS["goal"] | {"baseline_on": "2020-06-30"},
            "site": {"site": "Kindia", "starts_on": RECORDED, "ends_on": ENDS},
        },
    }
)


def test_a_country_without_any_account_goes_from_the_idea_to_the_closed_operation(hall):
    with hall.on(RECORDED):
        request = it_asks_by_letter(hall)
        case = the_provider_decides_and_notes_are_exchanged(hall, request)
        it_is_planned_signed_and_started(hall, case)
        the_ministry_stands_by_the_sheet_and_the_results(hall, case)
    with hall.on(JUDGED):
        it_is_evaluated_answered_and_closed(hall, case)
    assert told_by_letter(hall, request) == [
        ("Preparation begun", MINISTRY, "MA-1"),
        ("Submitted to the coordination body", MINISTRY, "MA-2"),
        ("Retained", COORDINATION, "DC-1"),
        ("Forwarded to the provider with its rank", COORDINATION, "DC-2"),
    ]
    assert told_by_letter(hall, case) == [
        ("Monitoring sheet confirmed", MINISTRY, "MA-3"),
        ("Results confirmed", MINISTRY, "MA-4"),
        ("Recommendation answered", MINISTRY, "MA-5"),
    ]
    assert [hall.as_("sn-embassy", place).answer.status for place in (request, case)] == [404, 404]


def letter(hall: Hall, number: str, day: str = ACTED) -> dict[str, str]:
    """The letter by which somebody without an account acts."""
    return {"letter_number": f"{number} (example)", "letter_date": day, "letter_scan": hall.scan}


def it_asks_by_letter(hall: Hall) -> str:
    idea = {name: weather.IDEA[name] for name in ("source", "consulted", "priority_area")}
    idea |= {"sector": "sector:31110", "out_of_round_reason": REASON}
    asked = {"title": "Sols de Kindia (exemple)", "language": "fr", "need": "Sols inconnus (exemple)."}
    modality = {"modality": weather.BEGIN["modality_id"]}
    case = asking.begin(hall, EMBASSY, MINISTRY, AMCI, idea, **asked, **modality)
    hall.step(EMBASSY, case, "Prepare the request", acted_on=ACTED, **letter(hall, "MA-1"))
    asking.write(hall, EMBASSY, case, SAYS)
    for number, step in (("MA-2", "Submit to the coordination body"), ("DC-1", "Retain")):
        hall.step(EMBASSY, case, step, acted_on=ACTED, **letter(hall, number))
    body = hall.as_(EMBASSY, case).press("Rank and forward")
    body.write(**letter(hall, "DC-2")).press("Forward to the provider")
    return case


def the_provider_decides_and_notes_are_exchanged(hall: Hall, request: str) -> str:
    hall.step(EMBASSY, request, "Receive", checked=asking.LINES)
    asking.decide(hall, request, DESK, ["ma-opinion"], ["amci-approver"], SAYS)
    asking.notify(hall, EMBASSY, request, "AMB-1 (example)", RECORDED)
    return asking.reply(hall, EMBASSY, request, "NV-1 (example)", RECORDED)


def it_is_planned_signed_and_started(hall: Hall, case: str) -> None:
    """Director and manager have no account either: they are named by name."""
    project.plan(hall, DESK, case, SAYS, (RECORDED, ENDS), MINISTRY, first=1)
    for address in hall.as_(DESK, f"{case}lessons/").links(rf"{case}lessons/\d+/"):
        hall.save(DESK, address, answer="not-applicable", how=weather.ANSWER)
    hall.step(DESK, case, "Appraise")
    project.sign(hall, EMBASSY, case, RECORDED, "fr")
    director = ("Directrice des sols (exemple)", MINISTRY)
    project.start(hall, EMBASSY, case, director, [MINISTRY, AMCI], supplier=AMCI, day=RECORDED, known=False)
    served = rows(hall.as_(DESK, f"{case}people/"), director[0])
    assert [row[:3] for row in served] == [
        [director[0], "Project director", MINISTRY],
        [director[0], "Project manager", MINISTRY],
    ]


def the_ministry_stands_by_the_sheet_and_the_results(hall: Hall, case: str) -> None:
    sheet = hall.as_(EMBASSY, f"{case}monitoring/new/").write(period_to=RECORDED, **weather.SHEET)
    project.measure(sheet, weather.SHEET_VALUES).save()
    sheet.go(f"{case}monitoring/1/").press("Confirm this sheet for my side")
    sheet.go(f"{case}monitoring/1/").press("Record the letter of", exact=False)
    sheet.write(**letter(hall, "MA-3")).press("Record the confirmation")
    assert rows(sheet.go(f"{case}monitoring/"))[0][2] == "In: every side stands by it"
    hall.step(EMBASSY, case, "Open the completion review")
    project.report(hall, EMBASSY, case, SAYS)
    hall.step(EMBASSY, case, "Confirm the results")
    hall.step(EMBASSY, case, "Confirm the results", acted_on=ACTED, **letter(hall, "MA-4"))
    assert hall.sees(DESK, case, "Completed")


def it_is_evaluated_answered_and_closed(hall: Hall, case: str) -> None:
    """From within, by the embassy; the ministry answers what is recommended to it."""
    at = f"{case}evaluation/evaluator/"
    chosen = hall.as_(DESK, at).option(at, "person", ATTACHE)
    desk = hall.as_(DESK, at).write(sort="internal", person=chosen, reason="Petit projet (exemple).")
    desk.save("Name the evaluator")
    found = {f"evidence_{criterion}": words for criterion, words in floods.EVIDENCE.items()}
    advice = {"recommendations-0-text": floods.RECOMMENDATION, "recommendations-0-owner": MINISTRY}
    hall.save(EMBASSY, f"{case}evaluation/edit/", summary=floods.EVALUATION, **found, **advice)
    hall.step(EMBASSY, case, "Record the evaluation")
    answer = hall.as_(EMBASSY, f"{case}evaluation/").press("Answer it", exact=False)
    answer.write(response=floods.RESPONSE, **letter(hall, "MA-5", JUDGED)).save()
    hall.step(DESK, case, "Close the operation")
    assert hall.sees(DESK, case, "Closed")


def told_by_letter(hall: Hall, case: str) -> list[tuple[str, ...]]:
    """What the record tells of each step done by letter, oldest first: what, on whose behalf, by which letter.

    The day of the act stands at its head, the day of recording at its end where it is another; the scan opens.
    """
    person = hall.as_(EMBASSY, f"{case}timeline/")
    told = [text for text in texts(person, "ol.log > li") if "· letter " in text]
    scans = person.page.locator("main ol.log a", has_text="scan").evaluate_all("es => es.map(e => e.href)")
    assert [person.context.request.get(scan).status for scan in scans] == [200] * len(told)
    return [found_in(text) for text in reversed(told)]


def found_in(text: str) -> tuple[str, ...]:
    who = re.escape(f"{ATTACHE}, {OFFICE}")
    entry = re.fullmatch(
        rf"(?P<act>\d+ \w+ \d+) (.+?) {who} · on behalf of (.+?) · letter (\S+) \(example\) of (?P=act) \(scan\)"
        r"(?P<recorded> · recorded on 9 Mar 2021)?",
        text,
    )
    assert entry, text
    assert (entry["act"], bool(entry["recorded"])) in [("1 Mar 2021", True), ("11 Mar 2024", False)], text
    return entry[2], entry[3], entry[4]
