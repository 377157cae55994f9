"""The walk of the spine: one cooperation from request to lesson, by its people, in a real browser.

Every later issue keeps this green. The dates are those of the postal project's published pages where they exist
(docs/explanation/demo.md); the clock of the demonstration is moved along with them.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from taawun.workspace.demo.scan import a_scan
from taawun.workspace.demo.texts import postal as texts
from tests.browser.conftest import Person

pytestmark = pytest.mark.browser

WAYS = {
    "wide": {"width": 1280},
    "narrow": {"width": 360},
    "no-script": {"script": False},
    "keyboard": {"keyboard": True},
}
TITLE = texts.BEGIN["title"]


class Walk:
    """The people of the story, each at a browser of their own, and where the case has got to."""

    def __init__(self, someone: Callable[..., Person], scan: Path, **way: object) -> None:
        self._someone, self._way, self.scan = someone, way, scan
        self._people: dict[str, Person] = {}
        self.request = self.operation = self.lesson = ""

    def as_(self, slug: str) -> Person:
        """The person, at their desk."""
        if slug not in self._people:
            self._people[slug] = self._someone(slug, **self._way)
        return self._people[slug].go("/desk/")

    def on(self, day: date) -> None:
        """The clock of the demonstration stands at a day."""
        self.as_("desk").write(today=day.isoformat()).press("Move the clock")

    def step(self, slug: str, kind: str, name: str, label: str, **fields: object) -> Person:
        """A person takes a step from the page of the case."""
        person = self.as_(slug).go(
            self.request if kind == "request" else self.operation if kind == "operation" else self.lesson
        )
        person.press(label)
        assert person.path.endswith(f"/steps/{name}/"), person.path
        person.write(**fields)
        person.press(label)
        assert not person.path.endswith("/steps/{name}/"), person.page.locator("main").inner_text()
        return person


@pytest.fixture(params=sorted(WAYS))
def walk(request, someone, tmp_path):
    scan = tmp_path / "signed.pdf"
    scan.write_bytes(a_scan("Signed copy (example)"))
    story = Walk(someone, scan, **WAYS[request.param])
    yield story
    story.on(date.today())  # noqa: DTZ011 (the machine's own day)


def test_one_cooperation_from_request_to_lesson(walk):
    the_post_asks(walk)
    the_coordination_body_ranks_and_forwards(walk)
    the_provider_reviews_and_adopts(walk)
    notes_are_exchanged(walk)


def the_post_asks(walk: Walk) -> None:
    walk.on(date(2014, 8, 1))
    post = walk.as_("post-officer").go("/requests/").press("Begin a request")
    post.write(
        requesting="Myanmar Post",
        provider="Japan International Cooperation Agency (JICA)",
        title=TITLE,
        language="en",
        modality="Technical cooperation project",
        need=texts.BEGIN["need"],
    )
    post.press("Begin")
    walk.request = re.search(r"/requests/\d+/", post.path).group()
    post.write(
        **{"sector": "Postal services", "round": "JFY 2015", "source": "Dialogue"},
        **{
            name: texts.IDEA[name]
            for name in ("consulted", "priority_area", "development_issue", "programme")
        },
    )
    post.press("Save")
    post.press("Prepare the request").press("Prepare the request")
    for part, values in texts.PARTS.items():
        post.go(f"{walk.request}edit/{part}/").write(**values).press("Save")
    post.go(f"{walk.request}edit/outputs/")
    for number, output in enumerate(texts.OUTPUTS):
        if number:
            post.press("Add a row")
        post.write(**{f"outputs-{number}-{name}": value for name, value in output.items()})
    post.press("Save")
    post.go(f"{walk.request}edit/inputs/")
    for number, row in enumerate(texts.INPUTS):
        if number > 1:
            post.press("Add a row")
        values = {"side": row["side"], "kind": row["kind"], "text": row["text"]}
        if row["amount"] is not None:
            values |= {"amount": row["amount"], "currency": row["currency_id"]}
        post.write(**{f"inputs-{number}-{name}": value for name, value in values.items()})
    post.press("Save")
    walk.step("post-officer", "request", "submit", "Submit to the coordination body")
    assert post.sees("Submitted to the coordination body")


def the_coordination_body_ranks_and_forwards(walk: Walk) -> None:
    walk.step("mm-coordinator", "request", "retain", "Retain")
    body = walk.as_("mm-coordinator").go(walk.request).press("Rank and forward")
    body.write(letter_number="COORD 45/2014 (example)", letter_date="2014-08-01").press(
        "Forward to the provider"
    )
    assert body.sees(TITLE)
    walk.step(
        "mm-office",
        "request",
        "receive",
        "Receive",
        checked=["form", "background", "outline", "inputs", "schedule", "organisation"],
    )


def the_provider_reviews_and_adopts(walk: Walk) -> None:
    desk = walk.as_("desk").go(walk.request).press("See the similar cases", exact=False)
    desk.press("I have seen them", exact=False)
    walk.step("desk", "request", "open-review", "Open the review")
    for slug in ("comms-opinion", "finance-opinion"):
        ministry = walk.as_(slug)
        ministry.press("Give the opinion of your ministry")
        ministry.write(verdict="favourable", text="In line with our cooperation (example).").press(
            "Give the opinion"
        )
    desk = walk.as_("desk").go(f"{walk.request}appraisal-note/")
    desk.write(text="The need is well shown (example).").press("Save")
    walk.step("mofa-approver", "request", "adopt", "Adopt")
    walk.step("jica-approver", "request", "adopt", "Adopt")


def notes_are_exchanged(walk: Walk) -> None:
    """Completed below."""
