"""Cases made once for a module of tests, each of which lays a savepoint of its own."""

import pytest
from django.db import transaction

from taawun.foundation import clock
from taawun.reference import forms as code_forms
from tests.cycle.pages import PAGES


@pytest.fixture(scope="module")
def _ready(shared_world):
    return {page.slug: page.case() for page in PAGES}


CHOSEN = ["currency:JPY", "currency:MMK", "sector:22012", "modality:technical-cooperation-project"]


@pytest.fixture
def opening(_ready, monkeypatch):
    """Opens an editing page in the browser of somebody new who may write there; each time of the same case.

    Its lists of codes offer a few: hundreds of options in every row would be most of what these tests do.
    """
    monkeypatch.setattr(
        code_forms, "code_choices", lambda slug, **_: [(c, c) for c in CHOSEN if c.startswith(slug)]
    )
    monkeypatch.setattr(code_forms, "grouped_choices", code_forms.code_choices)

    def opened(page, person=None):
        made = _ready[page.slug]
        return page.open(type(made).objects.get(pk=made.pk), person)

    with transaction.atomic():
        yield opened
        transaction.set_rollback(True)
    clock.forget()
