"""What every test may ask for. tests/README.md tells which database a test gets, and how it comes about."""

import os
from contextlib import ExitStack

import pytest
from django.db import connections

from tests import database

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
