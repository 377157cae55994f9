"""The index over one operation that was evaluated, what led to it, and a request nobody has sent yet."""

import pytest
from django.db import transaction
from tests.factories import CooperationRequest, a_request, an_operation

from taawun.search import current


@pytest.fixture(scope="module")
def indexed(shared_world):
    """The operation and the draft; everything is in the index."""
    operation, draft = an_operation("evaluated"), a_request("draft")
    words = {
        "title": "Zebra crossings of Kalaw",
        "need": "",
        "implementing_note": "",
        "site": "",
        "background": "",
        "overall_goal": "",
        "purpose": "",
    }
    CooperationRequest.objects.filter(pk=draft.pk).update(**words)
    draft.outputs.all().delete()
    current.rebuild()
    return operation, draft


@pytest.fixture
def index(indexed):
    """The same, for a test that may change it."""
    with transaction.atomic():
        yield indexed
        transaction.set_rollback(True)
