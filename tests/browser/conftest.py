"""A real browser on the running program: one program and one browser for the session, a context for each person."""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from taawun.workspace.demo.cast import BY_SLUG
from taawun.workspace.demo.scan import a_scan
from tests import database
from tests.browser.chromium import CHROMIUM, FLAGS
from tests.program import Program

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def program() -> Iterator[Program]:
    """The program over a copy of the demonstration world; or one that runs already, by its var folder and port
    (TAAWUN_RUNNING=var:8000, for those who write tests).
    """
    if at := os.environ.get("TAAWUN_RUNNING"):
        folder, _, port = at.rpartition(":")
        yield Program(Path(folder), int(port))
        return
    with database.copy("world") as folder, Program(folder) as running:
        assert running.said[-1].startswith("Ready in"), "\n".join(running.said)
        yield running


@pytest.fixture(scope="session")
def links(program: Program) -> dict[str, str]:
    """The sign-in link of each person, by their name."""
    return links_of(program)


def links_of(program: Program) -> dict[str, str]:
    """The sign-in links a program offers, by the person's name."""
    rows = json.loads((program.var / "run" / "links.json").read_text(encoding="utf-8"))
    return {person: url for _role, person, url in rows}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, once."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Person:
    """Somebody at a browser of their own: what they see, type and press."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)

    def go(self, path: str) -> "Person":
        """Open an address of the program."""
        self.answer = self.page.goto(path if path.startswith("http") else self.address + path)
        return self

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address).partition("?")[0]

    def press(self, name: str, *, exact: bool = True) -> "Person":
        """Press the button, or follow the link, of this name."""
        main = self.page.locator("main")
        button = main.get_by_role("button", name=name, exact=exact)
        target = button if button.count() else main.get_by_role("link", name=name, exact=exact)
        assert target.count(), f"Nothing to press is called “{name}” on {self.path}:\n{main.inner_text()}"
        self._press(target.first)
        self.page.wait_for_load_state()
        return self

    def save(self, label: str = "Save") -> "Person":
        """Press the button of a form; the form lets them go."""
        page = self.path
        self.press(label)
        assert self.path != page, f"{page} was not left:\n{self.page.locator('main').inner_text()}"
        return self

    def _press(self, target: Locator) -> None:
        target.click()

    def write(self, **fields: Any) -> "Person":
        """Fill, choose or tick fields, each by the name it is sent under."""
        for name, value in fields.items():
            for each in value if isinstance(value, list) else [value]:
                self._put(name, each)
        return self

    def _put(self, name: str, value: Any) -> None:
        field = self.page.locator(f'main [name="{name}"]:not([type="hidden"])')
        assert field.count(), f"No field is called “{name}” on {self.path}"
        sort = field.first.evaluate("e => e.type")
        if sort == "file":
            field.first.set_input_files(value)
        elif sort == "select-one":
            self._choose(field.first, str(value))
        elif value is True:
            self._tick(field.first)
        elif sort in ("checkbox", "radio"):
            self._tick(self.page.locator(f'main [name="{name}"][value="{value}"]').first)
        else:
            self._type(field.first, sort, str(value))

    def _choose(self, field: Locator, value: str) -> None:
        values = field.evaluate("e => [...e.options].map(o => o.value)")
        field.select_option(value) if value in values else field.select_option(label=value)

    def _tick(self, field: Locator) -> None:
        field.check()

    def _type(self, field: Locator, sort: str, value: str) -> None:
        field.fill(value)

    def more_rows(self, prefix: str, wanted: int) -> "Person":
        """Add rows to a formset until it has as many as wanted; a row more is a sending of the form."""
        for _ in range(wanted):
            if int(self.page.locator(f'[name="{prefix}-TOTAL_FORMS"]').input_value()) >= wanted:
                return self
            button = self.page.locator(f'button[name="add"][value="{prefix}"]')
            self._press(button)
            self.page.wait_for_load_state()
        raise AssertionError(f"No row more in {prefix} on {self.path}")

    def option(self, page: str, name: str, beginning: str) -> str:
        """The value of the choice whose words begin so, on a page."""
        self.go(page)
        options = self.page.locator(f'main select[name="{name}"] option')
        for option in options.all():
            if option.inner_text().strip().startswith(beginning):
                return option.get_attribute("value") or ""
        raise AssertionError(f"“{beginning}” is not offered on {self.path}: {options.all_inner_texts()}")

    def choose_beginning(self, name: str, beginning: str) -> "Person":
        """Choose the option whose words begin so."""
        field = self.page.locator(f'main select[name="{name}"]')
        for option in field.locator("option").all():
            if option.inner_text().strip().startswith(beginning):
                self._choose(field, option.get_attribute("value") or "")
                return self
        raise AssertionError(f"“{beginning}” is not offered on {self.path}")

    def names(self, pattern: str) -> list[str]:
        """The fields of the form whose names fit."""
        found = self.page.locator("main [name]").evaluate_all("es => es.map(e => e.name)")
        return [name for name in dict.fromkeys(found) if re.search(pattern, name)]

    def write_in_row(self, words: str, ending: str, value: Any) -> "Person":
        """Fill the field with this ending that stands with these words (a fieldset or a table row)."""
        row = self.page.locator("main fieldset, main tr", has_text=words)
        field = row.locator(f'[name$="-{ending}"]').first
        return self.write(**{field.get_attribute("name") or "": value})

    def links(self, pattern: str) -> list[str]:
        """The addresses the page leads to that fit, each once."""
        found = self.page.locator("main a[href]").evaluate_all("es => es.map(e => e.getAttribute('href'))")
        return [address for address in dict.fromkeys(found) if re.search(pattern, address)]

    def sees(self, text: str) -> bool:
        """Whether the main part of the page says this."""
        return text in self.page.locator("main").inner_text()

    def problems(self) -> list[str]:
        """What axe-core finds wrong with the page (WCAG 2.0-2.2 A and AA, best practices)."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [f"{v['id']}: {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]]


class Typist(Person):
    """Somebody who never touches a mouse: every field and button is reached with the tabulator."""

    MOST = 400  # stops on the largest page, twice over

    def _reach(self, target: Locator) -> None:
        wanted = target.element_handle()
        for _ in range(self.MOST):
            if wanted.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached by keyboard on {self.path}")

    def _press(self, target: Locator) -> None:
        self._reach(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _choose(self, field: Locator, value: str) -> None:
        self._reach(field)
        place = field.evaluate(
            "(e, v) => [...e.options].findIndex(o => o.value === v || o.label === v)", value
        )
        assert place >= 0, f"“{value}” is not offered on {self.path}"
        self.page.keyboard.press("Home")
        for _ in range(place):
            self.page.keyboard.press("ArrowDown")

    def _tick(self, field: Locator) -> None:
        if field.get_attribute("type") == "radio":
            group = field.evaluate("e => [...document.getElementsByName(e.name)].findIndex(o => o === e)")
            name = field.get_attribute("name")
            self._reach(self.page.locator(f'main [name="{name}"]').first)
            self.page.keyboard.press("Space")
            for _ in range(group):
                self.page.keyboard.press("ArrowDown")
            return
        if not field.is_checked():
            self._reach(field)
            self.page.keyboard.press("Space")

    def _type(self, field: Locator, sort: str, value: str) -> None:
        self._reach(field)
        if sort == "date":  # typed as the browser's language writes it: month, day, year
            year, month, day = value.split("-")
            self.page.keyboard.type(month + day + year)
            return
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(value)


@pytest.fixture
def someone(browser: Browser, program: Program, links: dict[str, str]) -> Iterator[Callable[..., Person]]:
    """`someone("desk", language="ar", width=360, script=False)`: a person of the cast, signed in."""
    contexts: list[BrowserContext] = []

    def sign_in(
        slug: str = "",
        *,
        language: str = "en",
        width: int = 1280,
        script: bool = True,
        keyboard: bool = False,
    ) -> Person:
        context = browser.new_context(
            locale={"en": "en-US"}.get(language, language),
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            bypass_csp=True,
        )
        contexts.append(context)
        context.add_cookies([{"name": "taawun_language", "value": language, "url": program.address}])
        person = (Typist if keyboard else Person)(context, program.address)
        return person.go(links[BY_SLUG[slug].en]) if slug else person

    yield sign_in
    for context in contexts:
        context.close()


@pytest.fixture
def hall(someone: Callable[..., Person], tmp_path: Path) -> Any:
    """The people at the doors of the cycle, with a signed paper in their hands."""
    from tests.browser.hall import Hall  # noqa: PLC0415 (it reads Person from here)

    scan = tmp_path / "letter.pdf"
    scan.write_bytes(a_scan("Letter (example)"))
    return Hall(someone, scan)
