"""Every page of the demonstration, in three languages: axe finds nothing, nothing scrolls sideways at 360 pixels."""

import pytest

from tests.browser.conftest import Person

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "fr", "ar")
# The demonstration world: request 1 and operation 1 are the postal project's, closed; operation 2 is under way,
# operation 3 too, with three parties and a disputed figure; the last request is the Lao post's, being written.
PAGES = [
    ("", "/"),
    ("", "/account/login/"),
    ("", "/account/password/reset/"),
    ("desk", "/desk/"),
    ("amci-knowledge", "/desk/"),
    ("amci-knowledge", "/desk/absence/"),
    ("amci-approver", "/desk/absence/"),
    ("amci-approver", "/desk/absence/1/"),
    ("sn-officer", "/desk/handover/"),
    ("sn-officer", "/desk/handover/1/"),
    ("amci-admin", "/desk/people/"),
    ("amci-admin", "/desk/merges/"),
    ("amci-admin", "/desk/merges/1/"),
    ("amci-admin", "/desk/merges/persons/"),
    ("amci-admin", "/desk/organisations/"),
    ("amci-admin", "/desk/organisations/22/"),
    ("desk", "/requests/"),
    ("desk", "/requests/1/"),
    ("desk", "/requests/1/timeline/"),
    ("desk", "/requests/1/paper/"),
    ("desk", "/requests/1/similar/"),
    ("desk", "/requests/1/note-verbale/paper/"),
    ("desk", "/operations/"),
    ("desk", "/operations/?q=nothing-is-called-so"),
    ("desk", "/operations/1/"),
    ("desk", "/operations/1/parties/"),
    ("desk", "/operations/1/design/"),
    ("desk", "/operations/1/design/paper/"),
    ("desk", "/operations/1/design/ex-ante/"),
    ("desk", "/operations/1/design/ex-ante/paper/"),
    ("desk", "/operations/1/plan/"),
    ("desk", "/operations/1/lessons/"),
    ("desk", "/operations/1/agreements/"),
    ("desk", "/operations/1/agreements/record-of-discussions/paper/"),
    ("desk", "/operations/1/meetings/"),
    ("desk", "/operations/1/monitoring/"),
    ("desk", "/operations/1/monitoring/1/"),
    ("desk", "/operations/1/monitoring/1/paper/"),
    ("desk", "/operations/1/people/"),
    ("desk", "/operations/1/completion/"),
    ("desk", "/operations/1/completion/paper/"),
    ("desk", "/operations/1/evaluation/"),
    ("desk", "/operations/1/evaluation/paper/"),
    ("desk", "/operations/1/timeline/"),
    ("desk", "/letters/"),
    ("desk", "/letters/paper/"),
    ("desk", "/letters/1/"),
    ("sn-embassy", "/requests/2/letters/"),
    ("sn-embassy", "/operations/2/letters/"),
    ("sn-embassy", "/operations/2/letters/new/"),
    ("sn-embassy", "/questions/"),
    ("sn-embassy", "/questions/1/"),
    ("sn-officer", "/questions/2/answer/"),
    ("sn-officer", "/questions/2/more-time/"),
    ("sn-embassy", "/operations/2/questions/"),
    ("sn-embassy", "/operations/2/questions/new/"),
    ("desk", "/lessons/"),
    ("desk", "/lessons/1/"),
    ("knowledge", "/lessons/1/analysis/"),
    ("desk", "/ratings/"),
    ("desk", "/lessons/new/?operation=1"),
    ("desk", "/workflows/request/"),
    ("desk", "/workflows/operation/"),
    ("desk", "/operations/987654/"),
    ("sn-embassy", "/operations/2/monitoring/new/"),
    ("sn-embassy", "/operations/2/meetings/new/"),
    ("sn-embassy", "/operations/2/people/edit/"),
    ("sn-embassy", "/operations/2/design/"),
    ("sn-embassy", "/operations/2/design/versions/0/"),
    ("sn-embassy", "/operations/2/design/compare/"),
    ("sn-embassy", "/operations/2/design/compare/paper/"),
    ("sn-embassy", "/operations/2/design/revision/"),
    ("sn-embassy", "/operations/2/agreements/"),
    ("sn-embassy", "/operations/2/agreements/amendment/"),
    ("sn-embassy", "/operations/2/agreements/amendments/1/paper/"),
    ("sn-embassy", "/operations/2/meetings/"),
    ("sn-embassy", "/operations/2/meetings/surveys/1/paper/"),
    ("sn-embassy", "/cases/operation/2/steps/open-completion/"),
    ("sn-embassy", "/operations/3/"),
    ("sn-embassy", "/operations/3/monitoring/"),
    ("sn-embassy", "/operations/3/monitoring/1/"),
    ("sn-embassy", "/operations/3/monitoring/1/paper/"),
    ("sn-embassy", "/operations/3/disputes/"),
    ("sn-officer", "/operations/3/disputes/2/"),
    ("sn-embassy", "/operations/3/disputes/2/"),
    ("jica-admin", "/settings/"),
    ("jica-admin", "/settings/2/"),
    ("jica-admin", "/settings/2/new/"),
    ("jica-admin", "/settings/2/new/?preset=amci-like"),
    ("desk", "/settings/2/compare/"),
    ("desk", "/settings/2/requests/"),
    ("desk", "/settings/versions/1/"),
    ("desk", "/settings/cases/request/5/"),
    ("la-officer", "/requests/new/"),
    ("la-officer", "/requests/7/edit/idea/"),
    ("la-officer", "/requests/7/edit/outputs/"),
    ("la-officer", "/requests/7/edit/inputs/"),
    ("la-officer", "/cases/request/7/steps/submit/"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_has_a_fault_that_axe_can_find(someone, language, width):
    people: dict[str, Person] = {}
    faults: dict[str, list[str]] = {}

    for slug, path in PAGES:
        if slug not in people:
            people[slug] = someone(slug, language=language, width=width)
        found = people[slug].go(path).problems()
        if people[slug].page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        ):
            found.append("scrolls sideways")
        if found:
            faults[path] = found

    assert faults == {}
