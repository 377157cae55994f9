"""The description (OpenAPI 3.1), and that the interface keeps to it: asked good and bad things by schemathesis."""

import json
from collections import Counter
from pkgutil import iter_modules

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, assume, given, settings
from ninja import Schema
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup

from taawun.api import rooms
from taawun.api.house import ROOMS, description
from taawun.api.scopes import Scope
from tests.api.made import a_token

EXAMPLES = 15  # of each kind at each address
# A word may be a string and no code of its list, or no cursor: that is refused, by name.
CONFIG = {"checks": {"positive_data_acceptance": {"expected-statuses": ["200", "400", "404"]}}}
UNWRITTEN = ([], {}, None)  # an address cannot say these: a parameter that has one is not sent at all
PATHS = sorted(description()["paths"])


# ── What it says ──


def test_anybody_reads_the_description_and_the_page_about_it(shared_world):
    answer = Client().get("/api/v1/openapi.json")

    assert (answer.status_code, answer.json()["openapi"]) == (200, "3.1.0")
    assert answer.json() == json.loads(json.dumps(description()))
    page = Client().get("/api/").content.decode()
    assert [path for path in PATHS if f"<code>{path.removeprefix('/api/v1/')}</code>" not in page] == []
    assert [scope for scope in Scope.values if f'<code dir="ltr">{scope}</code>' not in page] == []


def test_every_room_has_a_scope_of_its_own_and_every_scope_a_room():
    assert sorted(room.scope for room in ROOMS) == sorted(Scope.values)
    assert len(ROOMS) == len([*iter_modules(rooms.__path__)]) - len({"design", "published_results"})


def shapes(shape=Schema):
    return {each for child in shape.__subclasses__() for each in {child, *shapes(child)}}


def test_no_two_shapes_have_one_name():
    """The framework would let one take the other's place in the description."""
    ours = [shape.__name__ for shape in shapes() if shape.__module__.startswith("taawun.")]

    assert [name for name, number in Counter(ours).items() if number > 1] == []


def test_every_address_says_which_scope_it_asks_and_what_it_refuses():
    for path in PATHS:
        told = description()["paths"][path]
        assert told.keys() == {"get"}
        assert {"200", "400", "401", "403"} <= {str(status) for status in told["get"]["responses"]}
        assert told["get"]["security"] == [{"Token": []}]
        assert len([scope for scope in Scope.values if f"`{scope}`" in told["get"]["description"]]) == 1


# ── That it keeps to it ──


@pytest.fixture(scope="module")
def asked(shared_world):
    """The interface as schemathesis reads it, and the header of somebody who may read everything."""
    config = SchemathesisConfig.from_dict(CONFIG)
    for signal in (request_started, request_finished):
        signal.disconnect(
            close_old_connections
        )  # as Django's own test client does: the world is one connection's
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=config)
    for address in schema.raw_schema["paths"].values():
        address["get"].pop(
            "security"
        )  # the header is ours to send: what happens without it is in test_tokens.py
    yield schema, {"Authorization": f"Bearer {a_token('desk')}", "Accept-Encoding": "identity"}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def narrowed(path):
    """Whether an address has parameters that can be wrong; a number in it that is none leads to another address."""
    return any(one["in"] == "query" for one in description()["paths"][path]["get"]["parameters"])


GOOD = [(path, GenerationMode.POSITIVE) for path in PATHS]
BAD = [(path, GenerationMode.NEGATIVE) for path in PATHS if narrowed(path)]


@pytest.mark.slow
@pytest.mark.parametrize(("path", "mode"), GOOD + BAD, ids=lambda one: getattr(one, "value", one))
def test_the_interface_keeps_to_its_description(asked, path, mode):
    schema, headers = asked

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path]["GET"].as_strategy(generation_mode=mode))
    def ask(case):
        assume(not any(value in UNWRITTEN for value in case.query.values()))
        case.call_and_validate(headers=headers)

    ask()


def test_the_examination_finds_what_is_wrong(asked, monkeypatch):
    """An answer that is not as described would be found."""
    schema, headers = asked
    case = schema["/api/v1/codes"]["GET"].Case()
    case.call_and_validate(headers=headers)

    monkeypatch.setattr("taawun.api.listing.goes_on", lambda *given: 7)

    with pytest.raises(FailureGroup, match="Server error"):
        case.call_and_validate(headers=headers)
