"""Who would newly see what, if two persons or two organisations were one: told before anything is merged."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from taawun.directory.models import Organisation, Person, Post
from taawun.directory.queries import posts_held_on
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.ports import registry
from taawun.foundation.standing import Seat, Standing

# What opens of itself with the merge and is no case: the acts of these are their own.
NOT_CASES = ("merge", "paper-mark", "register")
MOST_NAMED = 20


@dataclass(frozen=True)
class Opened:
    """What opens to somebody: of one kind how many, and the first of them."""

    kind: str
    number: int
    first: list[Any]


@dataclass(frozen=True)
class Sight:
    """Those who would newly see something: a person, or the holders of one post; and what."""

    seat: Seat | None
    people: list[Person]
    opened: list[Opened]


class _Reader:
    """Somebody with this standing, as a gate asks: no account is read."""

    is_authenticated = True
    is_active = True

    def __init__(self, who: Standing) -> None:
        self.pk, self._standing = who.user_id, who


def new_sight(gone: Any, kept: Any) -> list[Sight]:
    """Who would newly see which cases, by today's posts: a number of SQL statements that grows with posts, not cases.

    Of persons: what the one that stays would see more. Of organisations: what opens through each post in either, in
    the one above and those below; somebody may know a case already by another post.
    """
    if isinstance(gone, Person):
        return _sight_of_person(gone, kept)
    return _sight_of_bodies(gone, kept)


def _sight_of_person(gone: Person, kept: Person) -> list[Sight]:
    both = list(posts_held_on(clock.today()).filter(person__in=[gone, kept]).order_by("pk"))
    own = [post for post in both if post.person_id == kept.pk]
    now = _standing_of({(p.organisation_id, p.role) for p in own}, kept)
    seats = {(p.organisation_id, p.role) for p in both}
    after = [_standing_of(seats, kept), _standing_of(seats, gone)]
    opened = _opened(now, after)
    return [Sight(None, [kept], opened)] if opened else []


def _sight_of_bodies(gone: Organisation, kept: Organisation) -> list[Sight]:
    two = {gone.pk, kept.pk}
    above = {one for one in (gone.parent_id, kept.parent_id) if one}
    near = Q(organisation_id__in=two | above) | Q(organisation__parent_id__in=two)
    by_seat: dict[Seat, list[Post]] = {}
    held = posts_held_on(clock.today()).filter(near)
    for post in held.select_related("person", "organisation").order_by("organisation_id", "role", "pk"):
        by_seat.setdefault((post.organisation_id, post.role), []).append(post)
    family = _family(two | above)
    found = []
    for (house, role), posts in by_seat.items():
        now = _with_family(house, role, family)
        houses = two if house in two else {house}
        after = _joined([_with_family(one, role, family) for one in houses], two)
        if opened := _opened(now, [after]):
            found.append(Sight((house, role), [post.person for post in posts], opened))
    return found


def _family(houses: set[int]) -> dict[int, int | None]:
    """The organisations around these, each with the one above it."""
    near = Q(pk__in=houses) | Q(parent_id__in=houses) | Q(merged_into_id__in=houses)
    return dict(Organisation.objects.filter(near).order_by().values_list("pk", "parent_id"))


def _with_family(house: int, role: str, family: dict[int, int | None]) -> Standing:
    """What one post opens (as `directory.queries.standing_of` reads it)."""
    below = {pk for pk, top in family.items() if top == house}
    above = {top for top in [family.get(house)] if top}
    return Standing(
        user_id=0,
        person_id=0,
        posts=frozenset({(house, role)}),
        governs=frozenset({house} | below),
        sides=frozenset({house} | below | above),
    )


def _joined(standings: list[Standing], two: set[int]) -> Standing:
    """The same when the two organisations are one: whoever reaches one of them reaches both."""

    def both(ids: frozenset[int]) -> frozenset[int]:
        return ids | two if ids & two else ids

    held = standings[0]
    for one in standings[1:]:
        held = replace(
            held,
            posts=held.posts | one.posts,
            governs=held.governs | one.governs,
            sides=held.sides | one.sides,
        )
    return replace(held, governs=both(held.governs), sides=both(held.sides))


def _standing_of(seats: set[Seat], person: Person) -> Standing:
    """What these seats open to a person: one SQL statement where there are any."""
    houses = {house for house, _role in seats}
    family = _family(houses) if houses else {}
    above = {top for house in houses if (top := family.get(house))}
    below = {pk for pk, top in family.items() if top in houses}
    return Standing(
        user_id=person.user_id or 0,
        person_id=person.pk,
        posts=frozenset(seats),
        governs=frozenset(houses | below),
        sides=frozenset(houses | below | above),
    )


def _opened(now: Standing, after: list[Standing]) -> list[Opened]:
    """What the first reads not yet and these do, kind by kind: as many SQL statements as kinds and standings."""
    found = []
    for slug, kind in registry.kinds.items():
        if slug in NOT_CASES:
            continue
        known = kind.visible_to(_Reader(now)).order_by().values("pk")
        new: set[int] = set()
        for who in after:
            seen = kind.visible_to(_Reader(who)).exclude(pk__in=known).order_by()
            new |= set(seen.values_list("pk", flat=True))
        if new:
            rows = kind.model._default_manager.filter(pk__in=sorted(new)[:MOST_NAMED]).order_by("pk")
            found.append(Opened(slug, len(new), list(rows)))
    return found


def role_label(role: str) -> Any:
    """How a role reads."""
    return dict(Role.choices).get(role, role)
