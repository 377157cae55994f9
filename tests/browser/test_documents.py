"""A paper becomes a document: made from its page, rendered by the worker, fetched, and checked by anybody."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
WAIT = 90_000  # the page looks again by itself; the worker may have others before


@pytest.mark.parametrize(
    ("button", "beside", "begins"), [("PDF", "العربية", b"%PDF-"), ("Word", "", b"PK\x03\x04")]
)
def test_a_request_form_is_made_fetched_and_checked(hall, someone, button, beside, begins):
    post = hall.as_("post-officer", "/requests/1/paper/")
    bar = post.page.locator("header.bar")
    if beside:
        bar.get_by_label("Beside it").select_option(label=beside)
    bar.get_by_role("button", name=button, exact=True).click()
    file = post.page.locator("a[download]")
    expect(file).to_have_count(1, timeout=WAIT)

    with post.page.expect_download() as saved:
        file.click()
    data = saved.value.path().read_bytes()
    assert data[: len(begins)] == begins
    assert button == "PDF" or "word/document.xml" in ZipFile(BytesIO(data)).namelist()

    number = post.page.locator("h1").inner_text().removeprefix("Document ")
    check = post.page.get_by_role("link", name="Check this document").get_attribute("href")
    visitor = someone()
    visitor.go(check)
    assert visitor.answer.status == 200
    assert [visitor.sees(text) for text in (number, "This document was made here.")] == [True, True]
    assert [visitor.sees(text) for text in ("Postal Services", "Myanmar Post")] == [False, False]
    assert number in hall.as_("post-officer", "/documents/").page.locator("main").inner_text()
