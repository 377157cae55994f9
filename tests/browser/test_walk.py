"""The walk of the spine: one cooperation from request to lesson, by its people, in a real browser.

Every later issue keeps this green. It is walked four times: on a wide screen, at 360 pixels, without JavaScript, and
by keyboard alone. The dates are those of the postal project's published pages where they exist
(docs/explanation/demo.md); the clock of the demonstration is moved along with them.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from taawun.workspace.demo import world
from taawun.workspace.demo.scan import a_scan
from taawun.workspace.demo.texts import postal as texts
from tests.browser import asking
from tests.browser.conftest import Person

pytestmark = pytest.mark.browser

WAYS: dict[str, dict[str, Any]] = {
    "wide": {"width": 1280},
    "narrow": {"width": 360},
    "no-script": {"script": False},
    "keyboard": {"keyboard": True},
}
TITLE = texts.BEGIN["title"]
JICA = "Japan International Cooperation Agency (JICA)"
DAYS = world.POSTAL_DAYS


class Walk:
    """The people of the story, each at a browser of their own, and where the case has got to."""

    def __init__(self, someone: Callable[..., Person], scan: Path, **way: Any) -> None:
        self._someone, self._way, self.scan = someone, way, scan
        self._people: dict[str, Person] = {}
        self.request = self.operation = self.lesson = ""

    def as_(self, slug: str, place: str = "/desk/") -> Person:
        """The person, at their desk or where they are wanted."""
        if slug not in self._people:
            self._people[slug] = self._someone(slug, **self._way)
        return self._people[slug].go(place)

    def on(self, day: date) -> None:
        """The clock of the demonstration stands at a day."""
        self.as_("desk").write(today=day.isoformat()).press("Move the clock")

    def step(self, slug: str, case: str, label: str, **fields: Any) -> Person:
        """A person takes a step from the page of the case."""
        person = self.as_(slug, case).press(label)
        assert "/steps/" in person.path, person.path
        person.write(**fields).press(label)
        assert "/steps/" not in person.path, person.page.locator("main").inner_text()
        return person

    def save(self, slug: str, page: str, label: str = "Save", **fields: Any) -> Person:
        """A person fills a form and saves it; the form lets them go."""
        return self.as_(slug, page).write(**fields).save(label)


@pytest.fixture(params=sorted(WAYS))
def walk(request, someone, tmp_path):
    scan = tmp_path / "signed.pdf"
    scan.write_bytes(a_scan(f"Signed copy, {request.param} (example)"))
    story = Walk(someone, scan, **WAYS[request.param])
    yield story
    story.on(date.today())  # noqa: DTZ011 (the machine's own day)


def test_one_cooperation_from_request_to_lesson(walk):
    the_post_asks(walk)
    the_coordination_body_ranks_and_forwards(walk)
    the_provider_reviews_and_adopts(walk)
    notes_are_exchanged(walk)
    the_operation_is_planned_and_appraised(walk)
    the_record_of_discussions_is_signed(walk)
    it_starts_and_is_monitored(walk)
    the_parties_confirm_the_results(walk)
    it_is_evaluated_and_closed(walk)
    the_lesson_is_certified_and_offered_to_a_second_country(walk)


def the_post_asks(walk: Walk) -> None:
    walk.on(DAYS["submitted"])
    post = walk.as_("post-officer", "/requests/").press("Begin a request")
    post.write(
        requesting="Myanmar Post",
        provider=JICA,
        title=TITLE,
        language="en",
        modality=texts.BEGIN["modality_id"],
        need=texts.BEGIN["need"],
    ).press("Begin")
    walk.request = re.search(r"/requests/\d+/", post.path).group()
    idea = {
        name: texts.IDEA[name] for name in ("consulted", "priority_area", "development_issue", "programme")
    }
    walk.save(
        "post-officer",
        f"{walk.request}edit/idea/",
        sector=texts.IDEA["sector_id"],
        round="JFY 2015",
        source="dialogue",
        **idea,
    )
    walk.step("post-officer", walk.request, "Prepare the request")
    asking.write(walk, "post-officer", walk.request, texts)
    walk.step("post-officer", walk.request, "Submit to the coordination body")
    assert walk.as_("post-officer", walk.request).sees("Submitted to the coordination body")


def the_coordination_body_ranks_and_forwards(walk: Walk) -> None:
    walk.step("mm-coordinator", walk.request, "Retain")
    body = walk.as_("mm-coordinator", walk.request).press("Rank and forward")
    body.write(letter_number="COORD 45/2014 (example)", letter_date=DAYS["submitted"].isoformat())
    body.press("Forward to the provider")
    assert body.page.locator("table").inner_text().count(TITLE) == 1
    walk.step("mm-office", walk.request, "Receive", checked=asking.LINES)


def the_provider_reviews_and_adopts(walk: Walk) -> None:
    approvers = ("mofa-approver", "jica-approver")
    asking.decide(walk, walk.request, "desk", ("comms-opinion", "finance-opinion"), approvers, texts)
    assert not walk.as_("post-officer", walk.request).sees(texts.NOTE)


def notes_are_exchanged(walk: Walk) -> None:
    walk.on(DAYS["notified"])
    asking.notify(walk, "mm-office", walk.request, "JM-118 (example)", DAYS["notified"].isoformat())
    walk.on(DAYS["confirmed"])
    day = DAYS["confirmed"].isoformat()
    walk.operation = asking.reply(walk, "mm-office", walk.request, "NV-45 (example)", day)
    assert walk.as_("mm-office", walk.operation).sees("MM-2015-PRJ-")


def the_operation_is_planned_and_appraised(walk: Walk) -> None:
    walk.on(DAYS["appraised"])
    edit = f"{walk.operation}design/edit/"
    desk = walk.as_("desk", f"{edit}indicators/")
    objectives = {"goal": "Overall goal", "output": "Output"}
    for number, row in enumerate(texts.INDICATORS, start=1):
        desk.more_rows("indicators", number + 1)
        label = objectives[row["level"]] + (f" {row['number']}" if row["level"] == "output" else "")
        desk.choose_beginning(f"indicators-{number}-objective", label)
        shown = {name: row[name] for name in ("name", "unit", "baseline", "target", "means_of_verification")}
        days = {"kind": "number", "baseline_on": "2015-06-30", "target_on": row["target_on"].isoformat()}
        desk.write(**{f"indicators-{number}-{name}": value for name, value in (shown | days).items()})
    desk.save()
    walk.save("desk", f"{edit}assumptions/", **{f"assumptions-0-{k}": v for k, v in texts.ASSUMPTION.items()})
    risk = {k: v for k, v in texts.RISK.items() if v}
    walk.save("desk", f"{edit}risks/", **{f"risks-0-{k}": v for k, v in risk.items()})
    walk.save("desk", f"{edit}ex-ante/", **texts.EX_ANTE)
    desk = walk.as_("desk", f"{walk.operation}lessons/")
    for address in desk.links(rf"{walk.operation}lessons/\d+/"):
        walk.save("desk", address, answer="not-applicable", how=texts.ANSWER)
    assert desk.go(f"{walk.operation}design/").sees("Sorting and delivery follow improved procedures")
    walk.step("desk", walk.operation, "Appraise")


def the_record_of_discussions_is_signed(walk: Walk) -> None:
    signed = DAYS["agreed"].isoformat()
    walk.on(DAYS["agreed"])
    versions = {"versions-0-use": "authentic", "versions-1-use": "translation"}
    names = {f"signatures-{n}-name": f"Signatory {n + 1} (example)" for n in (0, 1)}
    dates = {f"signatures-{n}-signed_on": signed for n in (0, 1)}
    walk.save(
        "mm-office",
        f"{walk.operation}agreements/record-of-discussions/",
        **{"dated_on": signed, "place": texts.PLACE, "prevailing_language": "en", "scan": walk.scan},
        **versions,
        **names,
        **dates,
    )
    walk.step("mm-office", walk.operation, "Record the signature")
    assert walk.as_("post-officer", f"{walk.operation}agreements/").sees("27 Nov 2015")


def it_starts_and_is_monitored(walk: Walk) -> None:
    start = DAYS["in_implementation"]
    walk.on(start)
    people = [
        ("director", "Officer, Myanmar Post", "Myanmar Post"),
        ("manager", "Officer, Myanmar Post", "Myanmar Post"),
    ]
    fields = {}
    for n, (function, person, organisation) in enumerate(people):
        row = {
            "function": function,
            "person": person,
            "organisation": organisation,
            "held_from": start.isoformat(),
        }
        fields |= {f"team-{n}-{name}": value for name, value in row.items()}
    walk.save("mm-office", f"{walk.operation}people/edit/", **fields)
    office = walk.as_("mm-office", f"{walk.operation}parties/").press("Edit", exact=False)
    office.write(place=texts.SITE, supplier=JICA, confirmed_on=start.isoformat()).save()
    walk.save(
        "mm-office",
        f"{walk.operation}meetings/committee/",
        **{
            "members-0-capacity": "chair",
            "members-0-name": "Chair (example)",
            "members-0-held_from": start.isoformat(),
        },
        **{
            "members-1-capacity": "member",
            "members-1-name": "Member (example)",
            "members-1-held_from": start.isoformat(),
        },
    )
    walk.step("mm-office", walk.operation, "Start the implementation")
    walk.on(date(2016, 12, 15))
    post = walk.as_("post-officer", f"{walk.operation}monitoring/new/").write(**texts.SHEET)
    report_values(post, texts.SHEET_VALUES)
    post.save()
    sheet = f"{walk.operation}monitoring/1/"
    office = walk.as_("mm-office", f"{sheet}edit/").write(actions=texts.ACTIONS)
    report_values(office, texts.SHEET_OTHER)
    office.save()
    for slug in ("post-officer", "mm-office"):
        walk.as_(slug, sheet).press("Confirm", exact=False)
    held = {"held_on": "2016-12-15", "place": texts.PLACE, **texts.MEETING}
    decision = {
        "decisions-0-text": texts.DECISION,
        "decisions-0-owner": JICA,
        "decisions-0-due_on": "2017-02-15",
    }
    walk.save("mm-office", f"{walk.operation}meetings/new/", **held, **decision)
    assert walk.as_("post-officer", f"{walk.operation}meetings/").sees(texts.DECISION)
    walk.on(DAYS["completion_review"])
    # It has opened by itself: its date is some months before the end of the period.
    assert walk.as_("desk", walk.operation).sees("Completion review opened")


def report_values(person: Person, values: dict[str, tuple[Any, ...]]) -> None:
    """One side's values, each in the row of its indicator."""
    for code, numbers in values.items():
        names = ["value"] if len(numbers) == 1 else ["numerator", "denominator"]
        for name, number in zip(names, numbers, strict=True):
            person.write_in_row(code, name, number)


def the_parties_confirm_the_results(walk: Walk) -> None:
    walk.on(DAYS["completed"])
    office = walk.as_("mm-office", f"{walk.operation}monitoring/values/")
    report_values(office, texts.LAST_VALUES)
    office.save()
    office.go(f"{walk.operation}completion/edit/").write(**texts.REPORT)
    for name in office.names(r"^input-\d+-text$"):
        office.write(**{name: texts.PROVIDED})
    office.save()
    walk.step("post-officer", walk.operation, "Confirm the results")
    walk.step("mm-office", walk.operation, "Confirm the results")
    assert office.sees("Completed")


def it_is_evaluated_and_closed(walk: Walk) -> None:
    walk.on(DAYS["evaluated"])
    desk = walk.as_("desk", walk.operation)
    assert desk.sees("Ex-post evaluation due")
    walk.save(
        "desk",
        f"{walk.operation}evaluation/evaluator/",
        "Name the evaluator",
        sort="external",
        person=desk.option(f"{walk.operation}evaluation/evaluator/", "person", "External evaluator"),
    )
    evidence = {f"evidence_{criterion}": words for criterion, words in texts.EVIDENCE.items()}
    levels = {f"level_{criterion}": level for criterion, level in texts.LEVELS.items()}
    advice = {"recommendations-0-text": texts.RECOMMENDATION, "recommendations-0-owner": "Myanmar Post"}
    walk.save(
        "evaluator",
        f"{walk.operation}evaluation/edit/",
        summary=texts.EVALUATION,
        **evidence,
        **levels,
        **advice,
    )
    walk.step("evaluator", walk.operation, "Record the evaluation")
    post = walk.as_("post-officer", f"{walk.operation}evaluation/")
    assert post.sees("Highly satisfactory")
    post.press("Answer", exact=False).write(response=texts.RESPONSE).save()
    walk.on(DAYS["closed"])
    closed = walk.step("desk", walk.operation, "Close the operation")
    assert closed.sees("Closed")


def the_lesson_is_certified_and_offered_to_a_second_country(walk: Walk) -> None:
    words = dict(texts.LESSON) | {"title": f"{texts.LESSON['title']}, as walked"}
    office = (
        walk.as_("mm-office", f"/lessons/new/?operation={walk.operation.split('/')[2]}").write(**words).save()
    )
    walk.lesson = office.path
    walk.step("knowledge", walk.lesson, "Take up for analysis")
    walk.step("knowledge", walk.lesson, "Certify")
    walk.on(date.today())  # noqa: DTZ011 (the machine's own day)
    lao = walk.as_("la-officer", "/requests/new/").write(
        requesting="Postal enterprise, Laos (example)",
        provider=JICA,
        title=world.LAO["title"],
        language="en",
        modality=world.LAO["modality_id"],
        need=world.LAO["need"],
    )
    lao.press("Begin").write(sector=texts.IDEA["sector_id"]).save()
    assert lao.sees(words["title"])
    assert lao.sees("Same sector: Postal services")
    assert lao.sees("Same region: South-eastern Asia")
