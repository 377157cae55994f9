"""A triangular operation on its pages: from the arrangement of three governments to the results that three confirm.

Senegal is helped, Morocco is the pivotal provider, Japan facilitates. It is opened by the arrangement, so no note
verbale precedes it. Each page is read in one of the three languages by somebody of one of the three.
"""

import re
from typing import Any

import pytest

from taawun.workspace.demo.texts import floods as says
from tests.browser import project
from tests.browser.conftest import Person
from tests.browser.hall import JICA, TODAY, Hall, heading, in_days, rows, sideways, texts

pytestmark = pytest.mark.browser

SENEGAL = "National meteorological service, Senegal (example)"
AMCI = "Moroccan Agency for International Cooperation (AMCI)"
TITLE = "Alerte aux feux de brousse (exemple)"
BROUGHT = "Deux experts en télédétection (exemple)"
BODIES = {"implementing": SENEGAL, "provider": AMCI, "facilitating": JICA}
PARTNER, PIVOT, THIRD = "sn-officer", "sn-embassy", "sn-jica"
THREE = {
    "en": [SENEGAL, AMCI, JICA],
    "fr": [
        "Service météorologique national, Sénégal (exemple)",
        "Agence marocaine de coopération internationale (AMCI)",
        "Agence japonaise de coopération internationale (JICA)",
    ],
    "ar": [
        "المصلحة الوطنية للأرصاد الجوية، السنغال (مثال)",
        "الوكالة المغربية للتعاون الدولي",
        "الوكالة اليابانية للتعاون الدولي (جايكا)",
    ],
}
PHONE: dict[str, Any] = {"language": "ar", "width": 360}


def test_three_parties_arrange_sign_report_and_confirm(hall):
    case = the_arrangement_opens_it(hall)
    the_third_party_is_named_before_the_signature(hall, case)
    the_three_bring_their_inputs(hall, case)
    the_three_sign(hall, case)
    everybody_reads_the_signed_papers(hall, case)
    it_starts_with_a_committee_of_three(hall, case)
    each_reports_and_stands_by_the_sheet(hall, case)
    the_three_confirm_the_results(hall, case)
    a_fourth_country_finds_nothing(hall, case)


def the_arrangement_opens_it(hall: Hall) -> str:
    """The desk of the pivotal provider, with the scan of what the three governments decided."""
    desk = hall.as_("amci-desk", "/operations/").press("Open an operation without a request")
    desk.write(partner=SENEGAL, title=TITLE, language="fr", modality_id="Technical cooperation project")
    desk.write(sector_id="sector:41010", site="Ferlo", starts_on=TODAY, ends_on=in_days(700))
    desk.write(basis="triangular", basis_number="AT-9 (exemple)", basis_on=TODAY, scan=hall.scan).press(
        "Open"
    )
    case = re.search(r"/operations/\d+/", desk.path).group()
    assert framework(desk.go(f"{case}parties/")) == "Framework of cooperation: Bilateral"
    assert hall.as_(THIRD, case).answer.status == 404  # not a party yet
    return case


def framework(person: Person) -> str:
    return texts(person, "section[aria-labelledby=parties] > p")[0]


def the_third_party_is_named_before_the_signature(hall: Hall, case: str) -> None:
    """Named, then named anew with what it brings: the page of the third party's office says both."""
    desk = hall.as_("amci-desk", f"{case}parties/edit/")
    third = {"organisation": JICA, "part": "facilitating", "signs": True, "contributes": "Un expert"}
    project.fill(desk, "party", [third], first=3).save()
    project.fill(desk.go(f"{case}parties/edit/"), "party", [{"contributes": BROUGHT}], first=3).save()
    office = hall.as_(THIRD, f"{case}parties/")
    assert framework(office) == "Framework of cooperation: Triangular"
    assert rows(office, JICA)[0] == [
        *(JICA, "Japan", "Facilitating provider", "JICA Senegal Office", "Yes", BROUGHT)
    ]
    assert office.links(r"parties/edit/$") == []
    arabic = hall.as_(THIRD, f"{case}parties/", **PHONE)
    assert (texts(arabic, "tbody th")[3], sideways(arabic)) == (THREE["ar"][2], False)


def the_three_bring_their_inputs(hall: Hall, case: str) -> None:
    """The design, with the inputs of each; the budget is read party by party."""
    inputs = [
        {**row, "party": BODIES[part], "currency": row["currency"].removeprefix("currency:")}
        for part, brought in says.INPUTS.items()
        for row in brought
    ]
    project.design(hall, "amci-desk", case, says.OBJECTIVES, says.OUTPUTS, inputs)
    project.plan(hall, "amci-desk", case, says, (TODAY, in_days(600)), SENEGAL)
    hall.step("amci-desk", case, "Appraise")
    for language, names in THREE.items():
        paper = hall.as_(THIRD, f"{case}design/ex-ante/paper/", language=language)
        said = paper.page.locator("main .letterhead > div").all_inner_texts()
        assert said == THREE["fr"], language  # the paper is in the operation's language, whoever reads it
        assert texts(hall.as_(THIRD, f"{case}design/", language=language), "th.band bdi") == names


def the_three_sign(hall: Hall, case: str) -> None:
    """The embassy writes the Record of Discussions: a third signature is missing, then it is there."""
    at = f"{case}agreements/record-of-discussions/"
    assert hall.as_(PARTNER, at).answer.status == 403
    embassy = hall.as_(PIVOT, at).write(dated_on=TODAY, place="Dakar", scan=hall.scan)
    embassy.write(prevailing_language="fr", **{f"versions-{n}-use": use for n, use in enumerate(USES)})
    two = [{"name": f"Signataire {n + 1} (exemple)", "signed_on": TODAY} for n in range(2)]
    project.fill(embassy, "signatures", two).save()
    assert embassy.go(case).sees(f"The signatory for {JICA} is not named")
    last = {"name": "Signataire 3 (exemple)", "signed_on": TODAY}
    project.fill(embassy.go(at), "signatures", [{"party": JICA, **last}], first=2).save()
    hall.step(PIVOT, case, "Record the signature")
    assert hall.as_("amci-desk", f"{case}parties/edit/").answer.status == 409


USES = ("authentic", "translation", "translation")  # French, English, Arabic


def everybody_reads_the_signed_papers(hall: Hall, case: str) -> None:
    """In each language the paper names the three at its head, among the parties and over the signatures."""
    for slug in (PARTNER, PIVOT, THIRD):
        signed = rows(hall.as_(slug, f"{case}agreements/"), "Record of Discussions")[0]
        assert re.findall(r"Signataire \d \(exemple\) (.+?), \d", signed[4]) == THREE["en"]
    for language, names in THREE.items():
        paper = hall.as_(
            THIRD, f"{case}agreements/record-of-discussions/paper/?language={language}", width=360
        )
        main = paper.page.locator("main")
        assert main.get_attribute("lang") in (None, language)
        assert main.locator(".letterhead > div").all_inner_texts() == names
        assert main.locator(".signature .side").all_inner_texts() == names
        said = main.locator("[data-clause=parties] .said").inner_text()
        assert [said.count(f"– {name} (") for name in names] == [1, 1, 1]
        # What was said in French keeps its full stops at the end of its lines in the Arabic text too.
        assert main.locator(".said").first.evaluate("e => getComputedStyle(e).unicodeBidi") == "plaintext"
        assert not sideways(paper)


def it_starts_with_a_committee_of_three(hall: Hall, case: str) -> None:
    staff = ("Officer, meteorological service, Senegal", SENEGAL)
    project.start(hall, PIVOT, case, staff, THREE["en"], supplier=AMCI)
    members = rows(hall.as_(THIRD, f"{case}meetings/"), "Member ")
    assert [row[0] for row in members] == ["Member 1 (example)", "Member 2 (example)", "Member 3 (example)"]


def each_reports_and_stands_by_the_sheet(hall: Hall, case: str) -> None:
    """The partner begins it, the two providers add theirs; it is in when the third of them confirmed."""
    officer = hall.as_(PARTNER, f"{case}monitoring/new/").write(period_to=TODAY, **says.SHEET)
    project.measure(officer, says.SHEET_VALUES).save()
    sheet = f"{case}monitoring/1/"
    for slug, actions, values in (
        (PIVOT, says.ACTIONS, says.SHEET_OTHER),
        (THIRD, says.ACTIONS_THIRD, says.SHEET_THIRD),
    ):
        project.measure(hall.as_(slug, f"{sheet}edit/").write(actions=actions), values).save()
    for slug in (PARTNER, THIRD):
        hall.as_(slug, sheet).press("Confirm this sheet for my side")
    assert hall.sees(PARTNER, sheet, "Open It is in when every side has confirmed it.")
    hall.as_(PIVOT, sheet).press("Confirm this sheet for my side")

    listed = rows(hall.as_(THIRD, f"{case}monitoring/"))
    assert listed[0][2] == "In: every side stands by it"
    assert re.findall(r"(\S.*?) confirmed on \d+ \w+ \d+", listed[0][3]) == [SENEGAL, JICA, AMCI]
    assert [re.sub(r" .*", "", cell) for cell in rows(officer.go(sheet), "1-1 Limni")[-1][2:5]] == [
        *("6", "6", "4")
    ]
    french = hall.as_(PARTNER, f"{sheet}paper/", language="fr")
    assert french.page.locator("main .letterhead > div").all_inner_texts() == THREE["fr"]
    assert not sideways(hall.as_("amci-desk", sheet, **PHONE))


def the_three_confirm_the_results(hall: Hall, case: str) -> None:
    """After each confirmation the page names who is still waited for."""
    hall.step(PIVOT, case, "Open the completion review")
    project.report(hall, PIVOT, case, says)
    waited = []
    for slug in (PARTNER, THIRD, PIVOT):
        [ball] = texts(hall.step(slug, case, "Confirm the results"), ".ball strong")
        waited.append(ball.split(" · "))
    embassy = "Country office officer, Embassy of Morocco in Senegal (example)"
    assert waited == [
        [embassy, "Country office officer, JICA Senegal Office"],
        [embassy],
        [f"Desk officer, {AMCI}"],  # to name the evaluator
    ]
    assert texts(hall.as_(THIRD, case, **PHONE), ".st")[0] == "منجزة"


def a_fourth_country_finds_nothing(hall: Hall, case: str) -> None:
    """Neither the operation nor its papers are there for Laos, nor for Morocco's embassy elsewhere."""
    places = [
        *("", "parties/", "design/", "agreements/", "agreements/record-of-discussions/paper/"),
        *("monitoring/", "monitoring/1/", "monitoring/1/paper/", "completion/", "timeline/"),
    ]
    for slug in ("la-officer", "gn-embassy"):
        found = {place: hall.as_(slug, f"{case}{place}").answer.status for place in places}
        assert found == dict.fromkeys(places, 404), slug
    assert heading(hall.as_("la-officer", case)) == "Page not found"
