"""Every refusal names what is missing and who can supply it."""

import pytest

from taawun.foundation.steps import checklist
from tests.factories import a_request, an_activity, an_operation

REQUEST = [
    *("idea", "draft", "submitted", "retained", "endorsed", "received", "under_review"),
    *("adopted", "notified"),
]
OPERATION = [
    *("planning", "appraised", "agreed", "in_implementation", "completion_review"),
    *("completed", "ex_post_due", "evaluated"),
]


def unnamed(case):
    """The obstacles of every step that leaves the case's state for which nobody is named."""
    found = []
    for step in case.workflow.leaving(case.state):
        for line in checklist(case, step):
            found += [(step.name, str(o)) for o in line.obstacles if not (str(o) and o.who)]
    return found


@pytest.mark.parametrize("state", REQUEST)
def test_of_a_request(world, state):
    assert unnamed(a_request(state)) == []


@pytest.mark.parametrize("state", OPERATION)
def test_of_a_project(world, state):
    assert unnamed(an_operation(state)) == []


@pytest.mark.parametrize("state", ["planning", "agreed", "in_implementation"])
def test_of_an_activity(world, state):
    assert unnamed(an_activity(state)) == []
