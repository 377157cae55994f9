"""People and cases for tests, made the way the program makes them."""

from typing import Any
from uuid import uuid4

from taawun.cycle.models import CooperationRequest, Operation, Round
from taawun.directory.models import Organisation, Person, Post
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.reference.models import Code
from taawun.workspace.demo import cast, walks

__all__ = [
    "Code",
    "CooperationRequest",
    "Operation",
    "Organisation",
    "Person",
    "Post",
    "Round",
    "User",
    "a_person",
    "a_request",
    "an_operation",
    "who",
]


def who(slug: str) -> User:
    """A player of the demonstration's cast, read anew (no remembered standing)."""
    return cast.user(slug)


def a_person(role: str, organisation: Organisation | str) -> User:
    """A fresh person with one post in an organisation (or in the one of this slug)."""
    body = organisation if isinstance(organisation, Organisation) else cast.organisation(organisation)
    name = f"{role}-{uuid4().hex[:8]}"
    return cast.join(cast.Player(name, body.slug, role, name, name, name), body)


def a_request(state: str = "draft", **changes: Any) -> CooperationRequest:
    """The postal request, walked to a state by the people of the cast, today."""
    return walks.walk_request(state, day=clock.today(), **changes)


def an_operation(state: str = "planning", **changes: Any) -> Operation:
    """The postal operation, walked to a state by the people of the cast, today."""
    return walks.walk_operation(state, day=clock.today(), **changes)
