"""One world for all doors: everybody, their browsers, and the case led from stage to stage."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.template.backends.django import Template
from django.test import override_settings

from taawun.foundation.ports import registry
from tests.conftest import acting_in
from tests.doors.another import laotian_case
from tests.doors.asking import told
from tests.doors.people import Browser, everybody as make_everybody
from tests.doors.walk import Address, Walk, ended, stage_number

HERE = Path(__file__).parent


@pytest.fixture(scope="package")
def everybody(_cast_database, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, Any]]:
    """The accounts of all who come to the doors, by slug; Laos has its own cases already."""
    elsewhere = override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("files"),
        SESSION_ENGINE="django.contrib.sessions.backends.cache",  # a query less for each of thousands of pages
    )
    with elsewhere, acting_in(_cast_database[1], django_db_blocker):
        found = make_everybody()
        laotian_case()
        yield found


@pytest.fixture(scope="package")
def browsers(everybody) -> dict[str, Browser]:
    """A browser of each person, signed in."""
    return {slug: Browser(user) for slug, user in everybody.items()}


@pytest.fixture(scope="package")
def every_door(pytestconfig) -> bool:
    """Whether everybody goes to every address at every stage; else some, in turns (`asking.py`)."""
    return bool(pytestconfig.getoption("--every-door"))


@pytest.fixture(scope="package")
def walk(browsers) -> Walk:
    """The case at its beginning."""
    return Walk()


@pytest.fixture(scope="package")
def nowhere(browsers) -> Callable[[str, Address], tuple[Any, ...]]:
    """What a person is told at an address like this one where nothing is: the same wherever it begins alike."""
    known: dict[tuple[str, str], tuple[Any, ...]] = {}

    def ask(slug: str, address: Address) -> tuple[Any, ...]:
        kept = (slug, address.nowhere.split("/")[1])
        if kept not in known:
            known[kept] = told(browsers[slug].get(address.nowhere), address.nowhere)
        return known[kept]

    return ask


@pytest.fixture
def bare(every_door, monkeypatch) -> None:
    """Where everybody goes everywhere, whoever sees a case is asked for the answer's number alone: what stands on the
    page is not drawn (a page of 404 is), and a person's posts are read once for all they ask at a stage.
    """
    if not every_door:
        return
    drawn, held, known = Template.render, registry.services["standing"], {}

    def render(template: Template, context: Any = None, request: Any = None) -> str:
        return drawn(template, context, request) if template.template.name == "404.html" else ""

    def standing(user: Any) -> Any:
        if user.pk not in known:
            known[user.pk] = held(user)
        return known[user.pk]

    monkeypatch.setattr(Template, "render", render)
    monkeypatch.setitem(registry.services, "standing", standing)


@pytest.fixture
def case(request, walk) -> Iterator[Any]:
    """The case at the stage the test is given; what the test does there is undone."""
    reached = walk.to(request.param)
    with transaction.atomic():
        yield ended(reached, request.param)
        transaction.set_rollback(True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The case goes its way once: the tests follow it from stage to stage."""
    if not config.getoption("--every-door"):
        items[:] = [item for item in items if not item.get_closest_marker("every_door")]
    mine = [place for place, item in enumerate(items) if item.path.parent == HERE]
    along = sorted((items[place] for place in mine), key=_stage_of)
    for place, item in zip(mine, along, strict=True):
        items[place] = item


def _stage_of(item: pytest.Item) -> int:
    stage = item.callspec.params.get("case") if hasattr(item, "callspec") else None
    return stage_number(stage) if stage else -1


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of refusals are no warnings here."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
