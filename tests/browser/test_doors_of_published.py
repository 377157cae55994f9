"""What others publish: a file is sent, read, applied and undone; one becomes an operation; a country is read."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Person
from tests.browser.hall import JICA, Hall, heading, plain, rows, sideways, texts
from tests.interchange.made import PUBLISHER, XML_FILE, xml_activity

pytestmark = pytest.mark.browser

SEND = "/published/loads/new/"
WAIT = 90_000  # the page looks again by itself; the worker may have others before
PROJECT = "Technical cooperation project"
REAL = "Climate Adaptation and Resilience for South Asia"  # of the World Bank, with results
MEASURED = [
    "Climate-informed decision-making tools and systems developed/enhanced in focus countries",
    *("0", "40 27 Jul 2025", "24 13 Apr 2025", "60 %"),
]


def a_file(folder: Path, *activities: str, name: str, more: str = "") -> Path:
    path = folder / name
    path.write_text(XML_FILE.format(activities="".join(activities) + more), encoding="utf-8")
    return path


def whole(folder: Path, name: str) -> Path:
    """Two activities and so much beside them that the file is sent in pieces."""
    padding = f"<!-- {name} {'padding ' * 160_000}-->"
    return a_file(folder, xml_activity(901), xml_activity(902), name=name, more=padding)


def read(admin: Person, link: str) -> Person:
    """Wait until the page itself says that the worker has read the file, and follow its way on."""
    expect(admin.page.locator("main").get_by_role("link", name=link, exact=True)).to_be_visible(timeout=WAIT)
    return admin.press(link)


def found(hall: Hall) -> list[str]:
    """The activities of this publisher that are held, as a reader finds them."""
    return [row[0] for row in rows(hall.as_("desk", f"/published/?q={PUBLISHER}-90"), "Safe water")]


def test_a_file_is_sent_in_pieces_read_applied_and_undone(hall, tmp_path):
    admin, pieces = hall.as_("jica-admin", SEND), []
    admin.page.on("request", lambda one: pieces.append(one.url) if one.method == "PATCH" else None)
    admin.write(file=str(whole(tmp_path, "pieces.xml")), licence="CC BY 4.0 (example)")
    kept = admin.page.locator('[data-upload-of="file"] [data-state="kept"]')
    expect(kept).to_be_visible(timeout=WAIT)
    assert len(pieces) > 1

    read(admin.press("Read the file"), "See what it would change")
    assert (heading(admin), texts(admin, "ul.plain.mb-3 li")) == ("pieces.xml", ["2 new"])
    assert found(hall) == []
    load = admin.press("Apply all of it").path
    assert admin.sees("Applied: all of it, as one.")

    assert len(found(hall)) == 2
    admin.go(f"/published/?q={PUBLISHER}-901").press("Safe water 901")
    assert [row[-2:] for row in rows(admin, "Disbursement")] == [["USD 1,000.50", "1"]]
    activity = admin.path

    admin.go(load).press("Undo the load").write(reason="Sent to try it (example).").press("Undo all of it")
    assert admin.path == load
    assert found(hall) == []
    assert admin.go(activity).answer.status == 404


def test_without_script_the_same_file_is_sent_whole_and_given_up_in_french(hall, tmp_path):
    admin = hall.as_("jica-admin", SEND, language="fr", script=False)
    admin.write(file=str(whole(tmp_path, "entier.xml"))).press("Lire le fichier")
    assert heading(admin) == "entier.xml"

    read(admin, "Voir ce qui changerait")  # the page without script renews itself
    assert texts(admin, "ul.plain.mb-3 li") == ["2 nouvelles"]

    admin.press("Abandonner")
    assert "Abandonné : rien n’a été appliqué." in texts(admin, "[role=status]")
    assert found(hall) == []


def test_a_file_that_is_not_valid_is_refused_whole_with_its_line_on_a_phone(hall, tmp_path):
    wrong = xml_activity(904).replace('<activity-status code="2"/>', "<activity-status/>")
    admin = hall.as_("jica-admin", SEND, width=360)
    admin.write(file=str(a_file(tmp_path, xml_activity(903), wrong, name="wrong.xml")))
    admin.press("Read the file")

    refused = admin.page.locator("main .note.no")
    expect(refused).to_be_visible(timeout=WAIT)
    number = wrong.split("<activity-status/>")[0].count("\n") + xml_activity(903).count("\n") + 2
    told = "The attribute “code” of “activity-status” is missing."
    assert [plain(one) for one in refused.locator("li").all_inner_texts()] == [
        f"Line {number}, {PUBLISHER}-904: {told}"
    ]
    assert not sideways(admin)
    assert found(hall) == []


def test_a_published_activity_becomes_an_operation_and_is_given_back_untouched(hall):
    desk = hall.as_("desk", "/published/?q=44000-P171054").press(REAL)
    activity = desk.path
    desk.press("Take over")
    assert desk.sees("What the file does not say")
    desk.write(provider=JICA, partner="Myanmar Post", modality_id=PROJECT, state="in_implementation")
    desk.write(state_on="2020-05-12").press("Take over")
    case = re.search(r"/operations/\d+/", desk.path).group()
    assert heading(desk) == REAL

    assert MEASURED in rows(desk.go(f"{case}publication/"))
    [told] = rows(desk.go(f"{case}monitoring/"), f"1-1 {MEASURED[0]}")
    assert [told[1], told[3], told[4], told[-1]] == [
        "0",
        "24 Apr 2025",
        "40",
        "Behind by 13.8 Achieved: 60 %",
    ]

    desk.go(f"{case}publication/").press("Undo the taking over")
    desk.write(reason="The partner was another (example).").press("Undo the taking over")
    assert desk.path == activity
    assert desk.go(case).answer.status == 404


def test_a_reader_opens_a_country_and_follows_a_number_to_its_rows(hall):
    reader = hall.as_("post-officer", "/countries/", width=360).press("Bolivia")
    number = reader.page.locator("main .counts a", has_text="published activities")
    told = number.locator("b").inner_text()
    assert not sideways(reader)
    number.click()
    reader.page.wait_for_load_state()

    assert reader.path == "/figures/published-activities/"
    assert texts(reader, "[data-figure]") == [f"{told} activities"]
    assert reader.sees(f"{told} found")
    title = reader.page.locator("#rows tbody a").first
    said = plain(title.inner_text())
    title.click()
    reader.page.wait_for_load_state()
    assert heading(reader) == said
