"""What a signed-in person may stand for: read once a request, passed to queries as literals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from taawun.foundation.ports import registry

Seat = tuple[int, str]  # an organisation and a role in it


@dataclass(frozen=True)
class ActsFor:
    """Whose seat a person fills as deputy: the holder with their names by language, the house, the last day."""

    delegation_id: int
    person_id: int
    names: Any
    house: Any
    until: date

    def told(self) -> dict[str, Any]:
        """What the record keeps of it, in the erasable detail of an entry."""
        return {"delegation": self.delegation_id, "person": self.person_id, "names": self.names}


@dataclass(frozen=True)
class Standing:
    """The person behind a user, the posts they hold today, and the organisations those posts open.

    `posts` count one's own and those one fills as deputy; `delegated` tells the latter apart, and for whom: a seat held
    in one's own right is never among them.
    `posts` are (organisation id, role); `governs` their own organisations and those directly below them; `sides` the
    organisations whose internal papers they may read, on a case they may see (their own, those directly above and
    below; no sister: two offices of an agency share its papers, not each other's).
    `houses` are the names, by language, of their own organisations: the masthead shows them,
    with their own name (`names`, by language).
    """

    user_id: int | None = None
    person_id: int | None = None
    posts: frozenset[tuple[int, str]] = field(default_factory=frozenset)
    governs: frozenset[int] = field(default_factory=frozenset)
    sides: frozenset[int] = field(default_factory=frozenset)
    houses: tuple[Any, ...] = field(default=(), compare=False)
    names: Any = field(default=None, compare=False)
    delegated: Mapping[Seat, ActsFor] = field(default_factory=dict, compare=False)

    @property
    def own_posts(self) -> frozenset[Seat]:
        """The seats held in one's own right."""
        return self.posts - self.delegated.keys()

    def acting_for(self, organisation_id: int | None, role: str) -> ActsFor | None:
        """Whose deputy the person is in this seat; None where they act in their own right.

        An act that names no role is done in one's own right as soon as one holds any post of one's own there.
        """
        if role or organisation_id is None:
            return self.delegated.get((organisation_id or 0, role))
        if organisation_id in {org for org, _role in self.own_posts}:
            return None
        return next((held for (org, _r), held in self.delegated.items() if org == organisation_id), None)

    @property
    def organisations(self) -> frozenset[int]:
        """The organisations the person holds a post in."""
        return frozenset(org for org, _role in self.posts)

    def holding(self, *roles: str) -> frozenset[int]:
        """The organisations in which the person holds one of the roles."""
        return frozenset(org for org, role in self.posts if role in roles)

    def roles(self) -> frozenset[str]:
        """Every role the person holds somewhere."""
        return frozenset(role for _org, role in self.posts)


NOBODY = Standing()


def fresh_standing(user: Any) -> Standing:
    """Read anew: inside a step's lock, and wherever a stale answer would let someone in."""
    if user is None or not user.is_authenticated or not user.is_active:
        return NOBODY
    read = registry.services.get("standing")
    held: Standing = read(user) if read else Standing(user_id=user.pk)
    user._last_standing = held
    return held


def standing(user: Any) -> Standing:
    """The standing of a user, read once for the object that stands for them in this request."""
    if user is None or not user.is_authenticated:
        return NOBODY
    held = getattr(user, "_standing", None)
    if held is None:
        held = user._standing = fresh_standing(user)
    return held


def take_seat(user: Any, organisation_id: int | None, role: str, on_behalf_of_id: int | None = None) -> None:
    """Note in which seat a check let the person through: what they record next is done in it.

    `on_behalf_of_id`: the party on paper for which the seat's office writes.
    """
    user._seat_taken = (organisation_id, role)
    user._seat_on_behalf = on_behalf_of_id


def writing_for(user: Any, organisation_id: int | None, role: str) -> int | None:
    """The party on paper for which somebody writes in this seat, if the check that let them in said so."""
    if getattr(user, "_seat_taken", None) != (organisation_id, role):
        return None
    held: int | None = getattr(user, "_seat_on_behalf", None)
    return held


def acting_for(user: Any, organisation_id: int | None, role: str) -> ActsFor | None:
    """Whose deputy somebody is in what they record: by the seat an entry names, else the one they were let in by.

    Reads the standing that the check of the act has read: the record asks no second time.
    """
    if user is None:
        return None
    held = getattr(user, "_last_standing", None)
    who = held if held is not None else fresh_standing(user)
    if not role:
        organisation_id, role = getattr(user, "_seat_taken", (organisation_id, role))
    return who.acting_for(organisation_id, role)
