"""An agency gives a paper a Word template of its own, looks at the preview, makes a document with it, and goes back."""

from io import BytesIO

import pytest
from docx import Document
from playwright.sync_api import expect

from tests.papers.word import docx

pytestmark = pytest.mark.browser
WAIT = 90_000  # the page looks again by itself; the worker may have others before
PLACE = "/settings/2/word/covering-letter/en/"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def upload(person, data: bytes) -> None:
    file = {"name": "letterhead.docx", "mimeType": KIND, "buffer": data}
    person.page.locator("main input[type=file]").set_input_files(file)
    person.write(reason="Our letterhead (example).").press("Use this template")


def fetched(person) -> list[str]:
    """The paragraphs of the Word file of the document that is open."""
    file = person.page.locator("a[download]")
    expect(file).to_have_count(1, timeout=WAIT)
    with person.page.expect_download() as saved:
        file.click()
    return [one.text for one in Document(BytesIO(saved.value.path().read_bytes())).paragraphs]


def test_a_paper_is_made_with_the_agencys_own_template_and_no_longer(hall):
    admin = hall.as_("jica-admin", PLACE)
    upload(admin, docx("{{ nobody }}"))
    assert admin.sees("The field “nobody” is not known.")
    upload(
        admin,
        docx(
            "OUR OWN HEAD", "{{ number }}", "{%p for one in requests %}", "{{ one.title }}", "{%p endfor %}"
        ),
    )
    try:
        admin.page.locator("main table a", has_text="TRIAL-").click()
        assert fetched(admin)[:2] == ["OUR OWN HEAD", "[Number]"]

        desk = hall.as_("desk", "/lots/1/paper/")
        desk.page.locator("header.bar").get_by_role("button", name="Word", exact=True).click()
        assert fetched(desk)[0] == "OUR OWN HEAD"
        assert desk.sees("with the agency’s own template, version 1")
    finally:
        back = hall.as_("jica-admin", PLACE)
        form = back.page.locator("section[aria-labelledby=back]")
        form.locator("[name=reason]").fill("Only to try it (example).")
        form.get_by_role("button").click()
    assert back.sees("The built-in template is used.")
