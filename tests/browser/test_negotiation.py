"""A text goes out as Word, the other party changes it, and each change is answered: one taken in, one not."""

import re

import pytest
from playwright.sync_api import expect

from tests.agreements.negotiated import edited
from tests.browser.hall import Hall, sideways

pytestmark = pytest.mark.browser
WAIT = 90_000  # the worker may have others before


def longer(xml: str, mark: str, words: str) -> str:
    """More words at the end of the last paragraph of a clause."""
    begins = re.search(rf'<w:bookmarkStart w:id="(\d+)" w:name="{mark}"/>', xml)
    end = xml.index(f'<w:bookmarkEnd w:id="{begins[1]}"/>', begins.end())
    place = xml.rindex("</w:t>", begins.end(), end)
    return xml[:place] + words + xml[place:]


def test_a_text_goes_out_as_word_and_comes_back(hall: Hall, tmp_path):
    case = hall.find("mm-office", "School of the post", "operations")
    office = hall.as_("mm-office", f"{case}agreements/amendment/")
    office.write(reason="Clearance took a year (example).", ends_on="2027-12-31").save()
    office.go(f"{case}agreements/amendment/text/").write(**{"versions-0-use": "authentic"}).save()
    office.go(f"{case}agreements/").press("Send a text out as Word")
    office.write(message="Please read (example).").press("Send out")
    assert office.sees("With the other party")

    post = hall.as_("post-officer", "/desk/", width=360)
    waits = post.page.locator("main .due li", has_text="School of the post")
    waits.get_by_role("link", name="Enter the text that came back").first.click()
    post.page.wait_for_load_state()
    assert (post.sees("Please read (example)."), sideways(post)) == (True, False)
    post.page.locator("main dd a").first.click()
    file = post.page.locator("a[download]")
    expect(file).to_have_count(1, timeout=WAIT)
    with post.page.expect_download() as saved:
        file.click()
    sent = saved.value.path().read_bytes()
    changed = edited(sent, lambda xml: longer(longer(xml, "clause_1", " First."), "clause_2", " Second."))
    back = tmp_path / "back.docx"
    back.write_bytes(changed)
    text = f"{case}agreements/texts/1/"
    post.go(f"{text}return/").write(file=back).press("Enter the document")
    assert [post.sees(words) for words in ("Came back", "First.", "Second.")] == [True] * 3

    office = hall.as_("mm-office", text, script=False).press("Decide of the changes")
    office.page.get_by_label("Accepted", exact=True).nth(0).check()
    office.page.get_by_label("Not accepted").nth(1).check()
    office.write(**{"rows-1-remark": "Not agreed (example)."}).save()
    assert [office.sees(words) for words in ("Decided", "Not agreed (example).")] == [True, True]
    paper = office.go(f"{case}agreements/amendments/1/paper/").page.locator("main").inner_text()
    assert ("First." in paper, "Second." in paper) == (True, False)
    arabic = hall.as_("post-officer", text, language="ar")
    assert arabic.page.locator("html").get_attribute("dir") == "rtl"
