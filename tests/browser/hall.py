"""The people at the doors of the cycle, and how the stories read the pages."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.browser.conftest import Person

JICA = "Japan International Cooperation Agency (JICA)"
TODAY = date.today().isoformat()  # noqa: DTZ011 (the machine's own day)


def in_days(number: int) -> str:
    """So many days from today."""
    return (date.fromisoformat(TODAY) + timedelta(days=number)).isoformat()


class Hall:
    """The people at the doors, each at a browser of their own; `scan` is a paper they may hand in."""

    def __init__(self, someone: Callable[..., Person], scan: Path) -> None:
        self._someone, self.scan = someone, str(scan)
        self._people: dict[tuple[Any, ...], Person] = {}

    def as_(self, slug: str, place: str, **way: Any) -> Person:
        """The person, where they are wanted; `language`, `width` and `script` say at which browser."""
        at = (slug, *sorted(way.items()))
        if at not in self._people:
            self._people[at] = self._someone(slug, **way)
        return self._people[at].go(place)

    @contextmanager
    def on(self, day: str) -> Iterator[None]:
        """The clock of the demonstration stands at a day, and comes back."""
        self.as_("desk", "/desk/").write(today=day).press("Move the clock")
        try:
            yield
        finally:
            self.as_("desk", "/desk/").write(today=TODAY).press("Move the clock")

    def find(self, slug: str, title: str, kind: str = "requests", state: str = "") -> str:
        """The address of the case of this title (and state) in the person's list."""
        person = self.as_(slug, f"/{kind}/?per_page=100&state={state}")
        row = person.page.locator("main tr", has_text=title).first
        return re.search(rf"/{kind}/\d+/", row.locator("a").first.get_attribute("href") or "").group()

    def step(self, slug: str, case: str, label: str, **fields: object) -> Person:
        """A person takes a step from the page of the case."""
        person = self.as_(slug, case).press(label)
        assert "/steps/" in person.path, person.path
        person.write(**fields).press(label)
        assert "/steps/" not in person.path, person.page.locator("main").inner_text()
        return person

    def save(self, slug: str, place: str, **fields: Any) -> Person:
        """A person fills a form and saves it; the form lets them go."""
        return self.as_(slug, place).write(**fields).save()

    def take_over(self, title: str, state: str, number: str) -> str:
        """The desk takes over an operation of before, in the state it is in. Its address."""
        desk = self.as_("desk", "/operations/take-over/")
        desk.write(provider=JICA, partner="Myanmar Post", title=title, language="en", site="Yangon")
        desk.write(modality_id="Technical cooperation project", state=state, state_on="2026-04-01")
        desk.write(starts_on="2018-04-01", ends_on="2022-03-31", completed_on="2026-04-01", scan=self.scan)
        desk.write(old_number=number, source="Register, volume 2 (example)").press("Take over")
        return re.search(r"/operations/\d+/", desk.path).group()

    def sees(self, slug: str, case: str, text: str) -> bool:
        """Whether a page tells a person this."""
        return self.as_(slug, case).sees(text)


def plain(words: str) -> str:
    """Words on one line, hard and narrow spaces as plain ones."""
    return re.sub(r"\s+", " ", words).strip()


def heading(person: Person) -> str:
    """What the page is called."""
    return plain(person.page.locator("main h1").first.inner_text())


def texts(person: Person, selector: str) -> list[str]:
    """What stands in each of these elements."""
    return [plain(each) for each in person.page.locator(f"main {selector}").all_inner_texts()]


def rows(person: Person, words: str = "") -> list[list[str]]:
    """The rows of the page's tables that say these words, cell by cell, headings left out."""
    found = person.page.locator("main tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
    )
    cells = [[plain(cell) for cell in row] for row in found]
    return [row for row in cells if any(words in cell for cell in row)]


def sideways(person: Person) -> bool:
    """Whether the page is wider than the screen."""
    page = "document.documentElement"
    return person.page.evaluate(f"{page}.scrollWidth > {page}.clientWidth")
