"""Every page of the program, in three languages, wide and narrow: axe finds nothing, nothing scrolls sideways."""

from collections.abc import Iterator
from pprint import pformat
from typing import Any

import pytest
from django.template.loader import render_to_string

from tests import database
from tests.browser import farther
from tests.browser.conftest import Person, links_of
from tests.browser.pages import PAGES
from tests.program import Program

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "fr", "ar")
WIDTHS = (1280, 360)
SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def program() -> Iterator[Program]:
    """A program of these tests alone: what other tests do changes none of its pages."""
    with database.copy("world") as folder, Program(folder) as running:
        assert running.said[-1].startswith("Ready in"), "\n".join(running.said)
        yield running


@pytest.fixture(scope="module")
def found(program) -> dict[str, Any]:
    """What stands for the words in braces."""
    return farther.add_to(program)


@pytest.fixture(scope="module")
def links(program, found) -> dict[str, str]:
    """The sign-in link of each person, by their name."""
    return links_of(program)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", PAGES)
def test_no_page_has_a_fault_that_axe_can_find(someone, found, room, language):
    people: dict[str, Person] = {}
    wrong: dict[str, list[str]] = {}

    for slug, path, status in PAGES[room]:
        if slug not in people:
            people[slug] = someone(slug, language=language)
        person = people[slug].go(path.format_map(found))
        if told := faults(person, status):
            wrong[f"{slug} {path}"] = told

    assert wrong == {}, pformat(wrong, width=200)


def faults(person: Person, status: int) -> list[str]:
    """What is wrong with the page a person has come to, at each width of the window."""
    told = [] if person.answer.status == status else [f"answers {person.answer.status}, not {status}"]
    for width in WIDTHS:
        person.page.set_viewport_size({"width": width, "height": 900})
        told += [f"{fault} at {width}" for fault in person.problems()]
        told += [f"scrolls sideways at {width}"] * person.page.evaluate(SCROLLS)
    return told


# ── Pages that no address opens ──


def send(person: Person) -> Person:
    """Send the form; what comes back is the answer."""
    with person.page.expect_navigation() as left:
        person.page.locator("main form .btn-primary").first.click()
    person.answer = left.value
    return person


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_that_say_what_went_wrong_have_no_fault(someone, program, language):
    visitor = someone(language=language)

    visitor.go(program.address.replace("127.0.0.1", "elsewhere.localhost"))
    assert faults(visitor, 400) == []

    visitor.go("/account/login/").context.clear_cookies(name="csrftoken")
    assert faults(send(visitor), 403) == []

    broken = {"status": 500, "content_type": "text/html", "body": render_to_string("500.html")}
    visitor.page.route("**/broken/", lambda asked: asked.fulfill(**broken))
    assert faults(visitor.go("/broken/"), 500) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_a_form_that_is_not_taken_have_no_fault(someone, language):
    form = "/requests/7/edit/background/"
    first, second = (someone("la-officer", language=language).go(form) for _ in range(2))
    send(first.write(background=f"Mail is late ({language})."))
    second.write(background=f"Mail arrives late ({language}).")
    empty = someone("sn-embassy", language=language).go("/operations/2/meetings/new/")

    assert faults(send(second), 409) == []
    assert faults(send(empty), 422) == []
