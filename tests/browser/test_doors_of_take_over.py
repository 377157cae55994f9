"""Work that ran before the program enters it: one operation by the form, many by Excel, looked at, applied, undone."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.browser.conftest import Person
from tests.browser.hall import Hall, heading, plain, rows, sideways, texts

pytestmark = pytest.mark.browser

POST = "Myanmar Post"
PROJECT = "Technical cooperation project"
FIRST_ROW = 4  # below the mark, the headings and the example


def test_a_running_operation_is_taken_over_by_the_form(hall):
    desk = hall.as_("desk", "/operations/").press("Take over running work")
    desk.write(
        provider="Japan International Cooperation Agency (JICA)", partner=POST, title="Cranes (example)"
    )
    desk.write(language="en", modality_id=PROJECT, site="Yangon", state="in_implementation")
    desk.write(state_on="2024-04-01", starts_on="2024-04-01", ends_on="2029-03-31", started_on="2024-04-01")
    desk.write(old_number="OLD-1 (example)", source="Register, volume 3 (example)", scan=hall.scan)
    desk.press("Take over")
    case = re.search(r"/operations/\d+/", desk.path).group()

    assert heading(desk) == "Cranes (example)"
    assert texts(desk, "#taken-over")[0].endswith("in the state “In implementation”")
    assert not_checked(hall, case) > 5
    assert hall.sees("mm-office", f"{case}timeline/", "Taken over")
    assert hall.as_("sn-embassy", case).answer.status == 404
    assert (
        heading(hall.as_("desk", "/operations/take-over/", language="fr")) == "Reprendre un travail en cours"
    )
    assert not sideways(hall.as_("desk", case, language="ar", width=360))


def not_checked(hall: Hall, case: str) -> int:
    """How many conditions of the steps behind it nobody checked."""
    desk = hall.as_("desk", case)
    desk.page.locator("main summary", has_text="Conditions of the steps behind it").click()
    return len([line for line in texts(desk, "details li li") if line.endswith("Not checked")])


def test_many_are_taken_over_by_a_workbook_and_undone_as_one(hall, tmp_path):
    book = template(hall.as_("desk", "/batches/sheets/take-over/"), tmp_path)

    refused = sent(hall, filled(book, "In implementation", date(2019, 4, 1), "Nobody’s office"))
    assert verdicts(refused) == ["Added", "Refused"]
    assert refused.sees("1 row stands in the way: nothing is applied.")
    cell = refused.page.locator("main tbody tr", has_text="Refused").locator(".bad").locator("xpath=..")
    assert cell.count() == 1
    told = "It is not among the choices of this column (sheet “Choices”)."
    assert rows(refused, told)[0][1] == f"Refused Partner organisation D5 {told}"
    assert plain(cell.inner_text()) == "Nobody’s office D5"
    assert refused.page.get_by_role("button", name="Apply").count() == 0

    batch = sent(hall, filled(book, "In implementation", date(2019, 4, 1), POST))
    assert verdicts(batch) == ["Added", "Added"]
    batch.press("Apply all 2 rows")
    made = batch.links(r"^/operations/\d+/$")
    assert len(made) == 2
    assert hall.sees("mm-office", made[0], "Register, volume 3 (example)")
    assert not_checked(hall, made[0]) > 5
    assert len(rows(hall.as_("desk", "/operations/?entered=taken-over&q=workbook"))) == 2
    in_other_languages(hall, batch.path)

    undone(hall, batch.path, made)


def template(desk: Person, folder: Path) -> Path:
    """The template as the browser saves it."""
    with desk.page.expect_download() as saved:
        desk.page.get_by_role("link", name="Template (Excel)").click()
    saved.value.save_as(folder / saved.value.suggested_filename)
    return folder / saved.value.suggested_filename


def filled(book: Path, state: str, since: date, second: str) -> str:
    """Two operations written below the example; the second one's partner as given."""
    workbook = load_workbook(book)
    sheet: Any = workbook.worksheets[0]
    headings = [cell.value for cell in sheet[2]]
    for number, partner in enumerate([POST, second]):
        facts = {
            "Number in the old register *": f"OLD-2{number} (example)",
            "Title *": f"Sorting by workbook {number} (example)",
            "Partner organisation *": partner,
            "Language of the texts *": "English",
            "Form of cooperation (one only) *": PROJECT,
            "Begins": since,
            "Ends": date(2031, 3, 31),
            "State it is in *": state,
            "In this state since *": since,
            "Source paper or file *": "Register, volume 3 (example)",
        }
        for column, heading_ in enumerate(headings, start=1):
            sheet.cell(FIRST_ROW + number, column).value = facts.get(heading_)
    workbook.save(book)
    return str(book)


def sent(hall: Hall, book: str) -> Person:
    """Without JavaScript: the workbook is handed in and read."""
    desk = hall.as_("desk", "/batches/sheets/take-over/", script=False)
    return desk.write(sheet=book).press("Read it")


def verdicts(desk: Person) -> list[str]:
    """What would become of each row."""
    return [row[1].split()[0] for row in rows(desk)]


def in_other_languages(hall: Hall, batch: str) -> None:
    """What was made is read in French and Arabic, also on a phone, by whoever may."""
    french = hall.as_("desk", batch, language="fr")
    assert "Ce qu’il a créé ou modifié" in texts(french, "h2")
    assert not sideways(hall.as_("desk", batch, language="ar", width=360))
    assert hall.as_("amci-desk", batch).answer.status == 404


def undone(hall: Hall, batch: str, made: list[str]) -> None:
    """All of it goes, with the reason; the record keeps both acts."""
    desk = hall.as_("desk", batch).press("Undo the batch")
    desk.write(reason="The wrong volume (example).").press("Undo all of it")
    assert [hall.as_("desk", case).answer.status for case in made] == [404, 404]
    assert hall.as_("desk", batch).sees("The wrong volume (example).")
