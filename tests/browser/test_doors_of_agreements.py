"""The register of agreements is narrowed and exported; papers are made for three cases as one job, and fetched."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
WAIT = 90_000  # the page looks again by itself; the worker may have others before


def test_the_register_is_narrowed_and_exported(hall):
    desk = hall.as_("desk", "/desk/")
    desk.page.locator("header, nav").get_by_role("link", name="Agreements", exact=True).first.click()
    desk.page.get_by_label("Agreement", exact=True).select_option(label="Record of Discussions")
    desk.page.get_by_role("button", name="Show", exact=True).click()

    kinds = set(desk.page.locator("td[data-l='Agreement']").all_inner_texts())
    with desk.page.expect_download() as saved:
        desk.page.get_by_role("link", name="Export (CSV)").click()

    assert kinds == {"Record of Discussions"}
    lines = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert [lines[0].startswith("Number,Agreement,Title"), len(lines) > 1] == [True, True]


def test_three_papers_are_made_as_one_job_and_fetched_together(hall):
    desk = hall.as_("desk", "/documents/many/request-form/")
    boxes = desk.page.locator("input[name=case]")
    for number in range(3):
        boxes.nth(number).check()
    desk.page.get_by_role("button", name="Go on with the cases ticked").click()
    assert desk.sees("3 papers are made.")
    desk.page.get_by_role("button", name="Make them").click()
    fetch = desk.page.get_by_role("link", name="Fetch all papers (ZIP)")
    expect(fetch).to_have_count(1, timeout=WAIT)

    with desk.page.expect_download() as saved:
        fetch.click()
    archive = ZipFile(BytesIO(saved.value.path().read_bytes()))

    papers = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert [archive.read(name)[:5] for name in papers] == [b"%PDF-"] * 3
    assert len(archive.read("index.csv").decode("utf-8-sig").splitlines()) == 4
