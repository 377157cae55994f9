"""What one side keeps to itself is told to no other, on any page; visitors learn nothing at all."""

from typing import Any

import pytest

from taawun.cycle.models import Operation
from taawun.foundation.ports import registry
from taawun.workspace.demo import cast
from taawun.workspace.demo.players import says
from tests.doors.asking import EVERYBODY, doors_of, sees, text_of
from tests.doors.people import Browser
from tests.doors.table import DOORS, OWN, PROVIDERS_SIDE, STRANGERS
from tests.doors.walk import NOT_THERE, NOTE, addresses, things_of


def pages_of(case: Any, browser: Browser) -> str:
    """Everything a person can read of a case."""
    shown = [browser.get(address.path) for address in doors_of(case) if not address.door.writers]
    return "\n".join(text_of(answer) for answer in shown)


def told_to(case: Any, browsers: dict[str, Browser], secrets: dict[str, str], readers: list[str]) -> Any:
    """Which of the secrets each reader finds."""
    texts = {slug: pages_of(case, browsers[slug]) for slug in readers}
    return {
        slug: {name for name, secret in secrets.items() if secret in text} for slug, text in texts.items()
    }


def past(kind: str, act: str) -> str:
    """How the record tells an act."""
    step = registry.kinds[kind].workflow.named(act)
    return str(step.past if step else registry.kinds[kind].acts[act].done)


@pytest.mark.parametrize("case", [("request", "adopted")], indirect=True)
def test_the_providers_papers_on_a_request_are_its_sides_alone(case, browsers):
    internal = ("similar-seen", "open-review", "opinion", "appraisal-note", "adopt", "note-verbale-written")
    secrets = {
        "opinion": says().OPINION,
        "appraisal note": says().NOTE,
        "note verbale not sent yet": NOTE,
        **{f"record of {act}": f">{past('request', act)}" for act in internal},
    }
    readers = [slug for slug in EVERYBODY if sees(case, slug)]

    told = told_to(case, browsers, secrets, readers)

    assert told == {slug: set(secrets) if slug in PROVIDERS_SIDE else set() for slug in readers}


@pytest.mark.parametrize("case", [("operation", "ex_post_due")], indirect=True)
def test_what_the_evaluator_writes_is_theirs_until_it_is_recorded(case, browsers):
    secrets = {"summary": says().EVALUATION, "recommendation": says().RECOMMENDATION}
    readers = ["post-officer", "desk", "evaluator"]

    told = told_to(case, browsers, secrets, readers)

    assert told == {slug: set(secrets) if slug == "evaluator" else set() for slug in readers}


@pytest.mark.parametrize("case", [("lesson", "draft")], indirect=True)
def test_a_lesson_that_grows_is_not_told_on_the_pages_of_its_operation(case, browsers):
    operation = Operation.objects.get(pk=case.operation_id)
    secrets = {"title": case.title, "number": case.code}
    readers = ["post-officer", "evaluator", "mm-office"]

    told = told_to(operation, browsers, secrets, readers)

    assert told == {slug: set(secrets) if slug in PROVIDERS_SIDE else set() for slug in readers}


@pytest.mark.parametrize("case", [("request", "draft")], indirect=True)
def test_what_a_person_began_to_type_is_shown_to_nobody_else(case, browsers):
    typed = {
        "background": "Only I have read this sentence.",
        "base_version": str(case.version_of("background")),
        "autosave": "1",
    }
    path = f"/requests/{case.pk}/edit/background/"
    assert browsers["post-officer"].post(path, typed).status_code == 200

    found = {slug: typed["background"] in text_of(browsers[slug].get(path)) for slug in EVERYBODY}
    desks = {
        slug: case.title in text_of(browsers[slug].get("/desk/")).partition("Half written")[2] for slug in OWN
    }

    assert [slug for slug, there in found.items() if there] == ["post-officer"]
    assert desks["post-clerk"] is False


@pytest.mark.parametrize(
    "case",
    [("request", "under_review"), ("operation", "completion_review"), ("lesson", "certified")],
    indirect=True,
    ids="-".join,
)
def test_a_visitor_is_sent_to_sign_in_from_every_address(case, browsers):
    visitor, wrong = Browser(), []
    for address in doors_of(case):
        for answer in (visitor.get(address.path), visitor.post(address.path, {})):
            if answer.status_code != 302 or not answer["Location"].startswith("/account/login/"):
                wrong.append(address.label)
            if case.title in text_of(answer):
                wrong.append(f"{address.label} tells the title")

    assert wrong == []


@pytest.mark.parametrize("case", [("operation", "in_implementation")], indirect=True)
def test_a_form_offers_nobody_from_outside_the_case(case, browsers):
    forms = [
        a
        for a in doors_of(case)
        if a.door.name in ("cycle:people-edit", "meetings:committee", "meetings:new")
    ]
    names = {player.slug: player.en for player in cast.PLAYERS}

    shown = "\n".join(text_of(browsers["mm-office"].get(address.path)) for address in forms)

    assert [slug for slug in STRANGERS if slug in names and names[slug] in shown] == []
    assert names["post-officer"] in shown
    assert len(forms) == 3


# ── What belongs to another case is not there under one's own ──


@pytest.mark.parametrize("case", [("operation", "evaluated")], indirect=True)
def test_a_part_of_another_case_is_not_found_under_ones_own(case, browsers):
    """Who writes on the Laotian operation, asking for parts of ours under it."""
    laotian = Operation.objects.get(country_id="country:LA")
    held = things_of(case) | {"case": laotian.pk}
    mixed = [
        address
        for door in DOORS
        if door.kind == "operation"
        and door.of == "#case"
        and any(str(v).startswith("#") for v in door.args.values())
        for address in addresses(door, held)
    ]

    asked = {
        (slug, address.label, method): getattr(browsers[slug], method)(address.path).status_code
        for address in mixed
        for slug in ("la-office", "desk", "la-officer")
        for method in ("get", "post")
    }

    assert {key: status for key, status in asked.items() if status not in (403, 404, 405)} == {}
    assert NOT_THERE not in held.values()
    assert len(mixed) > 5
