"""What every test may ask for. tests/README.md tells which database a test gets, and how it comes about."""

import math
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.db import connections, transaction
from django.utils import translation

from taawun.foundation import clock
from taawun.reference import names
from taawun.reference.actions import load_code_lists
from taawun.workspace.demo import cast
from tests import database


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page read in French leaves its process in French: the next test begins in English all the same."""
    with translation.override("en"):
        yield


DATABASES = {"db", "transactional_db", "world", "shared_world", "committed_world"}


@pytest.fixture(autouse=True)
def _no_clock_of_another(request: pytest.FixtureRequest) -> None:
    """A test without a database finds no day that the test before it set: alone or after others, it is the same."""
    if not DATABASES & set(request.fixturenames) and not request.node.get_closest_marker("django_db"):
        clock.forget()


names.ASKED_EVERY = math.inf  # no test counts a statement more because it began later
_server = pytest.StashKey[ExitStack]()


def _start(config: pytest.Config) -> dict[str, str]:
    """The server of this run: the reader's own (DATABASE_URL), else one over a copy of the empty mould."""
    if own := os.environ.get("DATABASE_URL"):
        return {"url": own, "template": database.template_on(own)}
    stack = config.stash.setdefault(_server, ExitStack())
    server = stack.enter_context(database.running_copy("empty"))
    return {"url": server.url("postgres"), "template": database.NAME}


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Run with -n: the controller starts one server, before its first worker."""
    shared = getattr(node.config, "_taawun_database", None) or _start(node.config)
    node.config._taawun_database = shared
    node.workerinput["database"] = shared


def pytest_unconfigure(config: pytest.Config) -> None:
    if stack := config.stash.get(_server, None):
        stack.close()


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_test_environment, django_db_blocker):
    """A clone of the migrated template, one for each process that runs tests."""
    shared = getattr(request.config, "workerinput", {}).get("database") or _start(request.config)
    request.config._taawun_database = shared
    name = f"test_taawun_run_{os.getpid()}"
    with database.clone(shared["url"], shared["template"], name):
        settings = connections["default"].settings_dict
        settings |= _connection_settings(database.at(shared["url"], name))
        yield
        with django_db_blocker.unblock():
            connections.close_all()


def _connection_settings(url: str) -> dict:
    parts = database.psycopg.conninfo.conninfo_to_dict(url)
    keys = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {key: parts.get(part, "") for key, part in keys.items()}


# ── The cast: code lists, organisations, people and posts of the demonstration, without its cases ──


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """Let this process's connection be to another database of the same server."""
    connections.close_all()
    settings = connections["default"].settings_dict
    before, settings["NAME"] = settings["NAME"], name
    try:
        yield
    finally:
        connections.close_all()
        settings["NAME"] = before
        names.forget()


@pytest.fixture(scope="session")
def _cast_database(request: pytest.FixtureRequest, django_db_setup, django_db_blocker):
    """One database a process, with the cast in it; nothing is ever committed to it after."""
    shared = getattr(request.config, "workerinput", {}).get("database") or request.config._taawun_database
    name = f"test_taawun_cast_{os.getpid()}"
    with database.clone(shared["url"], shared["template"], name):
        with django_db_blocker.unblock(), _connected_to(name):
            load_code_lists()
            cast.build()
        yield shared["url"], name


@contextmanager
def acting_in(name: str, django_db_blocker) -> Iterator[None]:
    """A transaction in the cast's database that comes to nothing, for one test or for many."""
    with django_db_blocker.unblock(), _connected_to(name):
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        clock.forget()


@pytest.fixture
def world(_cast_database, django_db_blocker):
    """The cast to act with; what the test does is rolled back."""
    with acting_in(_cast_database[1], django_db_blocker):
        yield


@pytest.fixture(scope="module")
def shared_world(_cast_database, django_db_blocker):
    """The cast for all tests of a module, which lay their own savepoints; rolled back after the last."""
    with acting_in(_cast_database[1], django_db_blocker):
        yield


@pytest.fixture
def committed_world(_cast_database, django_db_blocker):
    """The cast in a database of the test's own, with real commits: for races and for the running program.

    Gives the database's address.
    """
    url, name = _cast_database
    own = f"{name}_own"
    connections.close_all()
    with database.clone(url, name, own), django_db_blocker.unblock(), _connected_to(own):
        yield database.at(url, own)
        clock.forget()
