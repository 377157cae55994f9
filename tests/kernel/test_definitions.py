"""A table of definitions: each name once, found by it, in the order in which they came."""

from dataclasses import dataclass

import pytest

from taawun.kernel.definitions import Definitions


@dataclass(frozen=True)
class Told:
    slug: str
    says: str = ""


def test_a_definition_is_found_by_its_name_and_all_stand_in_their_order():
    held: Definitions[Told] = Definitions()
    second, first = held.define(Told("b")), held.define(Told("a"))

    assert (held.named("a"), held.named("b"), held.named("c")) == (first, second, None)
    assert held.all() == [second, first]


def test_a_name_is_taken_once_and_the_first_stays_until_it_is_forgotten():
    held: Definitions[Told] = Definitions()
    first = held.define(Told("a"))

    with pytest.raises(ValueError, match=r"^“a” is defined already\.$"):
        held.define(Told("a", "again"))

    assert held.all() == [first]
    held.forget("a")
    held.forget("a")  # once more is no mistake
    assert held.define(Told("a", "again")).says == "again"


def test_two_tables_know_nothing_of_one_another():
    one, other = Definitions[Told](), Definitions[Told]()
    one.define(Told("a"))

    assert other.all() == []
