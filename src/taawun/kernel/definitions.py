"""A table of definitions by name: the rooms that own the facts fill it once, at the start; one room reads it."""

from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    """Whatever is known by a name of its own."""

    @property
    def slug(self) -> str: ...


Some = TypeVar("Some", bound=Named)


class Definitions(Generic[Some]):
    """Definitions of one kind, each name once, in the order in which they came."""

    def __init__(self) -> None:
        self._held: dict[str, Some] = {}

    def define(self, one: Some) -> Some:
        """Enter a definition. A second one of its name is a mistake of the program: `ValueError`."""
        if one.slug in self._held:
            raise ValueError(f"“{one.slug}” is defined already.")
        self._held[one.slug] = one
        return one

    def forget(self, slug: str) -> None:
        """Take a definition away again: for tests that make one of their own."""
        self._held.pop(slug, None)

    def named(self, slug: str) -> Some | None:
        """The definition of this name."""
        return self._held.get(slug)

    def all(self) -> list[Some]:
        """Every definition, in the order in which they came."""
        return list(self._held.values())
