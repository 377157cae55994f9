"""People and cases for tests, made the way the program makes them."""

from typing import Any
from uuid import uuid4

from taawun.cycle.models import CooperationRequest, Operation, Round
from taawun.directory.models import Organisation, Person, Post
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.reference.models import Code
from taawun.workspace.demo import activities, cast, on_paper, players, walks

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
    "a_request_on_paper",
    "an_activity",
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


def an_activity(state: str = "planning") -> Operation:
    """A seminar that Morocco holds with Senegal, decided without a request, walked to a state today."""
    with players.played_by(players.WEATHER):
        made = activities.decided("Seminar (example)", "seminar")
        if state != "planning":
            activities.carry_out(made, clock.today(), state)
    return Operation.objects.get(pk=made.pk)


def a_request_on_paper() -> CooperationRequest:
    """What Guinea asks: an idea the embassy entered for a ministry that does not sign in."""
    with players.played_by(players.GUINEA):
        return on_paper.idea()


def an_operation(state: str = "planning", **changes: Any) -> Operation:
    """The postal operation, walked to a state by the people of the cast, today."""
    return walks.walk_operation(state, day=clock.today(), **changes)
