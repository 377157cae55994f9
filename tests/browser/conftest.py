"""A real browser on the running program: one program and one browser for the session, a context for each person."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from taawun.workspace.demo.cast import BY_SLUG
from tests import database
from tests.browser.chromium import CHROMIUM, FLAGS
from tests.program import Program

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def program() -> Iterator[Program]:
    """The program over a copy of the demonstration world."""
    with database.copy("world") as folder, Program(folder) as running:
        assert running.said[-1].startswith("Ready in"), "\n".join(running.said)
        yield running


@pytest.fixture(scope="session")
def links(program: Program) -> dict[str, str]:
    """The sign-in link of each person, by their name."""
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
        button = self.page.get_by_role("button", name=name, exact=exact)
        target = button if button.count() else self.page.get_by_role("link", name=name, exact=exact)
        target.first.click()
        self.page.wait_for_load_state()
        return self

    def write(self, **fields: Any) -> "Person":
        """Fill fields by the name they are sent under; `outputs-0-text` is written outputs_0_text."""
        for name, value in fields.items():
            self.put(name, value)
        return self

    def put(self, name: str, value: Any) -> "Person":
        """Fill, choose or tick one field."""
        field = self.page.locator(f'main [name="{name}"]:not([type="hidden"])').first
        kind = field.evaluate("e => e.type")
        if kind == "file":
            field.set_input_files(value)
        elif kind == "select-one":
            field.select_option(str(value))
        elif kind == "checkbox" or kind == "radio":
            self.page.locator(f'main [name="{name}"][value="{value}"]').check()
        else:
            field.fill(str(value))
        return self

    def sees(self, text: str) -> bool:
        """Whether the main part of the page says this."""
        return text in self.page.locator("main").inner_text()

    def problems(self) -> list[str]:
        """What axe-core finds wrong with the page (WCAG 2.0-2.2 A and AA, best practices)."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [f"{v['id']}: {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]]


@pytest.fixture
def someone(browser: Browser, program: Program, links: dict[str, str]) -> Iterator[Callable[..., Person]]:
    """`someone("desk", language="ar", width=360, script=False)`: a person of the cast, signed in."""
    contexts: list[BrowserContext] = []

    def sign_in(slug: str = "", *, language: str = "en", width: int = 1280, script: bool = True) -> Person:
        context = browser.new_context(
            locale=language,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            bypass_csp=True,
        )
        contexts.append(context)
        context.add_cookies([{"name": "taawun_language", "value": language, "url": program.address}])
        person = Person(context, program.address)
        return person.go(links[BY_SLUG[slug].en]) if slug else person

    yield sign_in
    for context in contexts:
        context.close()
