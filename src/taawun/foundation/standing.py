"""What a signed-in person may stand for: read once a request, passed to queries as literals."""

from dataclasses import dataclass, field
from typing import Any

from taawun.foundation.ports import registry


@dataclass(frozen=True)
class Standing:
    """The person behind a user, the posts they hold today, and the organisations those posts open.

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
    return read(user) if read else Standing(user_id=user.pk)


def standing(user: Any) -> Standing:
    """The standing of a user, read once for the object that stands for them in this request."""
    if user is None or not user.is_authenticated:
        return NOBODY
    held = getattr(user, "_standing", None)
    if held is None:
        held = user._standing = fresh_standing(user)
    return held
