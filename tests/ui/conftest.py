"""The frame without a database: a request that is signed in by word alone, and a fixed day."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from taawun.ui import clock, context, nav


@pytest.fixture(autouse=True)
def _a_fixed_day(monkeypatch):
    """24 November 2026, 14:32 UTC, whatever the machine says."""
    monkeypatch.setattr(clock, "_now", [lambda: datetime(2026, 11, 24, 14, 32, tzinfo=UTC)])


@pytest.fixture(autouse=True)
def _a_small_house(settings, monkeypatch):
    """No other room fills the menu or says who one is."""
    settings.ROOT_URLCONF = "tests.ui.addresses"
    monkeypatch.setattr(nav, "_entries", {})
    monkeypatch.setattr(context, "_words", {})


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def ask():
    """A request to an address, by someone signed in or by nobody."""

    def make(address="/", signed_in=False, method="get", data=None):
        request = getattr(RequestFactory(), method)(address, data)
        request.user = SimpleNamespace(is_authenticated=True, pk=1) if signed_in else AnonymousUser()
        return request

    return make


@pytest.fixture
def draw():
    """What a piece of template code becomes."""

    def make(code, request=None, /, **values):
        return engines["django"].from_string(code).render(values, request)

    return make
