"""Who is probably entered twice: a help for the administrator's eyes, never merged of itself."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from taawun.directory.models import Organisation, Person
from taawun.kernel.likeness import plain, plain_address

MOST_PAIRS = 50
Pair = tuple[Any, Any]


def _pairs(things: Iterable[tuple[Any, set[Any]]]) -> list[Pair]:
    """Two and two that share a mark, each pair once, the older first."""
    by_mark: dict[Any, list[Any]] = {}
    for one, marks in things:
        for mark in marks:
            by_mark.setdefault(mark, []).append(one)
    found = {}
    for alike in by_mark.values():
        ordered = sorted(alike, key=lambda one: one.pk)
        for first, second in pairwise(ordered):
            found[first.pk, second.pk] = (first, second)
    return [found[key] for key in sorted(found)][:MOST_PAIRS]


def probable_persons(people: Iterable[Person]) -> list[Pair]:
    """Persons with the same name in some script, or the same e-mail address but for what stands after a plus."""
    return _pairs((person, _marks_of(person)) for person in people)


def _marks_of(person: Person) -> set[Any]:
    names = {plain(name) for name in person.names.values()}
    address = plain_address(person.user.email) if person.user else ""
    return (names | {address}) - {""}


def probable_organisations(bodies: Iterable[Organisation]) -> list[Pair]:
    """Organisations of one country with the same name in some language."""
    return _pairs(
        (body, {(body.country_id, body.serves_id, name) for name in map(plain, body.names.values()) if name})
        for body in bodies
    )
