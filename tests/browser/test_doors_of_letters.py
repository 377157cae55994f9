"""Letters in and out of one organisation, and a question from one party to another: neither moves a state."""

import csv
import re

import pytest

from tests.browser.conftest import Person
from tests.browser.hall import TODAY, Hall, heading, rows, sideways, texts

pytestmark = pytest.mark.browser

LATER = "2027-03-31"


def test_an_organisation_keeps_its_register_of_letters_in_and_out(hall):
    post = hall.as_("post-officer", "/letters/").press("Enter a letter")
    letter = {"dated_on": TODAY, "correspondent_name": "Union of posts (example)", "language": "English"}
    post.write(direction="in", number="U-12 (example)", subject="Tariffs (example)", scan=hall.scan)
    post.write(**letter).save()
    received = post.path
    number = re.search(r"\d{4}-\d{4}", post.page.locator("main").inner_text()).group()
    assert [post.sees(words) for words in ("U-12 (example)", "Tariffs (example)", "letter.pdf")] == [True] * 3
    post.go("/letters/").press("Enter a letter")
    post.write(direction="out", number="P-7 (example)", subject="Tariffs: our answer (example)")
    post.choose_beginning("answers", number).write(**letter).save()

    register = rows(post.go("/letters/?q=Tariffs"))
    assert [row[1] for row in register] == ["Out", "In"]
    assert int(register[0][0][-4:]) == int(register[1][0][-4:]) + 1
    assert exported(post) == [
        [register[0][0], "Out", "P-7 (example)", ""],
        [register[1][0], "In", "U-12 (example)", "letter.pdf"],
    ]
    assert hall.as_("mm-office", received).answer.status == 404
    in_other_languages(hall, received)


def exported(post: Person) -> list[list[str]]:
    """The register as the browser saves it: number, direction, number of the writer, scan."""
    with post.page.expect_download() as saved:
        post.page.get_by_role("link", name="Export (CSV)").click()
    lines = csv.DictReader(saved.value.path().read_text(encoding="utf-8-sig").splitlines())
    return [[line[name] for name in ("No.", "In or out", "Letter number", "Scan")] for line in lines]


def in_other_languages(hall: Hall, letter: str) -> None:
    """The register in French, a letter in Arabic on a phone."""
    assert heading(hall.as_("post-officer", "/letters/", language="fr")) == "Courrier"
    assert not sideways(hall.as_("post-officer", letter, language="ar", width=360))


def test_a_party_asks_another_on_a_part_of_the_case_and_no_state_moves(hall):
    case = hall.find("mm-office", "School of the post", "operations")
    office = hall.as_("mm-office", f"{case}questions/").press("Ask a question")
    office.choose_beginning("asked", "Myanmar Post").write(part="design", due_on=LATER)
    office.write(text="Which rooms are free in May (example)?").press("Send the question")
    assert hall.sees("post-officer", "/desk/", "Answer a question")
    assert hall.sees("post-officer", f"{case}design/", "1 question is open here")

    post = hall.as_("post-officer", f"{case}questions/", script=False)
    question = post.links(r"^/questions/\d+/$")[0]
    post.go(question).press("Answer", exact=False)
    post.write(text="Two, on the first floor (example).").press("Send the answer")
    office.go(question)
    assert office.sees("Two, on the first floor (example).")
    office.press("I have read the answer")

    assert hall.sees("post-officer", case, "Agreed")
    assert not hall.sees("post-officer", f"{case}design/", "question is open here")
    assert hall.as_("la-officer", question).answer.status == 404
    french = hall.as_("post-officer", question, language="fr")
    assert french.sees("Which rooms are free in May (example)?")
    arabic = hall.as_("mm-office", f"{case}questions/", language="ar", width=360)
    assert (texts(arabic, "h2")[0], sideways(arabic)) == ("الأسئلة", False)
