"""The pages that a browser opens with axe (tests/browser/pages.py) are all the pages there are."""

import re

from django.urls import get_resolver, resolve

from taawun.foundation.ports import registry
from tests.browser.pages import PAGES
from tests.doors.names import names
from tests.doors.table import DOORS, HOUSE, STATES

# Addresses that can be asked for and are no page.
NO_PAGES = {
    "agreements:clause-version": "leads to the page of its clause",
    "batches:preview": "a workbook",
    "batches:template": "a workbook",
    "calendar-feed": "a calendar, for programs",
    "demo-sign-in": "signs in, and leads to the desk",
    "directory:paper-mark": "leads to the organisation that bears the mark",
    "governance:list-file": "a file",
    "governance:word-template-version": "leads to the page of its template",
    "interchange:original": "a file",
    "interchange:taken-text": "a file",
    "papers:file": "a file",
    "papers:file-page": "leads to the page on which the file stands",
    "set_language": "leads back to where the language was chosen",
}
FOR_PROGRAMS = {name for name, (path, *_) in HOUSE.items() if path.startswith("/api/v1/")}
OPENED = {re.sub(r"\{[^}]*\}", "1", page.path.partition("?")[0]) for rows in PAGES.values() for page in rows}
FOUND = [resolve(path) for path in sorted(OPENED)]


def only_sends():
    """The addresses at which nothing can be looked at."""
    doors = {door.name for door in DOORS} - {door.name for door in DOORS if door.shows}
    return doors | {name for name, (_, looked_at, _) in HOUSE.items() if looked_at == 405}


def test_every_page_of_the_program_is_opened():
    there = set(names(get_resolver())) - only_sends() - NO_PAGES.keys() - FOR_PROGRAMS

    assert sorted(there ^ {found.view_name for found in FOUND}) == []


def test_what_is_no_page_is_an_address_of_the_program():
    assert sorted(NO_PAGES.keys() - set(names(get_resolver()))) == []


def test_every_part_of_a_form_is_opened():
    """Where an address ends in one of several words, each is a form of its own."""
    words = {
        (door.name, word)
        for door in DOORS
        for part in [door.args.get("part", ())]
        for word in ([part] if isinstance(part, str) else part)
    }
    opened = {(found.view_name, found.kwargs["part"]) for found in FOUND if "part" in found.kwargs}

    assert sorted(words ^ opened) == []


def test_the_drawing_of_every_workflow_is_opened():
    assert {found.kwargs["slug"] for found in FOUND if found.view_name == "workflow"} == STATES.keys()


def test_every_form_of_a_step_is_opened():
    """What a step asks is one form for several; a step with a page of its own is an address of its own."""
    forms = {
        (kind.slug, step.name): step.form
        for kind in registry.kinds.values()
        for table in kind.workflows
        for step in table.transitions
        if not step.page
    }
    opened = {(found.kwargs["kind"], found.kwargs["name"]) for found in FOUND if found.view_name == "step"}

    wanted = {(kind, form) for (kind, _), form in forms.items()}
    assert wanted == {(kind, forms[kind, name]) for kind, name in opened}
