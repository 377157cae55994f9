"""Cases made once for a module of tests, each of which lays a savepoint of its own."""

import pytest
from django.db import transaction

from taawun.foundation import clock
from tests.cycle.pages import PAGES


@pytest.fixture(scope="module")
def _ready(shared_world):
    return {page.slug: page.case() for page in PAGES}


@pytest.fixture
def opening(_ready):
    """Opens an editing page in the browser of somebody new who may write there; each time of the same case."""

    def opened(page, person=None):
        made = _ready[page.slug]
        return page.open(type(made).objects.get(pk=made.pk), person)

    with transaction.atomic():
        yield opened
        transaction.set_rollback(True)
    clock.forget()
