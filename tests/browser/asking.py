"""A request on its pages: written part by part, forwarded, decided by the provider, notes exchanged."""

import re
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from tests.browser.project import Row, fill

LINES = ["form", "background", "outline", "inputs", "schedule", "organisation"]


def begin(people: Any, slug: str, requesting: str, provider: str, idea: Row, **asked: Any) -> str:
    """Somebody enters what an organisation asks of a provider, as an idea. Its address."""
    person = people.as_(slug, "/requests/new/").write(requesting=requesting, provider=provider, **asked)
    person.press("Begin")
    case = re.search(r"/requests/\d+/", person.path).group()
    people.save(slug, f"{case}edit/idea/", **idea)
    return case


def write(people: Any, slug: str, case: str, says: ModuleType) -> None:
    """The request, part by part."""
    for part, values in says.PARTS.items():
        people.save(slug, f"{case}edit/{part}/", **values)
    fill(people.as_(slug, f"{case}edit/outputs/"), "outputs", says.OUTPUTS).save()
    fill(people.as_(slug, f"{case}edit/inputs/"), "inputs", [_input(row) for row in says.INPUTS]).save()


def _input(row: Row) -> Row:
    values = {name: row[name] for name in ("side", "kind", "text")}
    return values | ({"amount": row["amount"], "currency": row["currency_id"]} if row["amount"] else {})


def decide(
    people: Any, case: str, desk: str, opinions: Iterable[str], approvers: Iterable[str], says: ModuleType
) -> None:
    """The desk opens the review, each ministry gives its opinion, the seats adopt in their order."""
    people.as_(desk, f"{case}similar/").press("I have seen", exact=False)
    people.step(desk, case, "Open the review")
    for slug in opinions:
        ministry = people.as_(slug, case).press("Give the opinion of your ministry")
        ministry.write(verdict="favourable", text=says.OPINION).press("Give the opinion")
    people.save(desk, f"{case}appraisal-note/", text=says.NOTE)
    for slug in approvers:
        people.step(slug, case, "Adopt")


def notify(people: Any, slug: str, case: str, number: str, day: str) -> None:
    """The office writes the note verbale, and it leaves."""
    people.save(slug, f"{case}note-verbale/", number=number, dated_on=day)
    people.step(slug, case, "Notify the partner")


def reply(people: Any, slug: str, case: str, number: str, day: str) -> str:
    """The office records the partner's reply: the operation opens. Its address."""
    office = people.step(slug, case, "Record the reply", number=number, dated_on=day, scan=people.scan)
    [opened] = office.links(r"^/operations/\d+/$")
    return opened
