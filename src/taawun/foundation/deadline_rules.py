"""Rules of deadlines: each room names the dates its cases know (domain.md §11); settings say how far, how reminded."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from taawun.foundation.ports import registry

F = TypeVar("F", bound=Callable[..., Any])
Seat = tuple[int, str]  # an organisation and a role in it


@dataclass(frozen=True)
class DeadlineRule:
    """A kind of deadline. `amount` units from its trigger, before it where `back`; None: its day is told elsewhere.

    `units`: those an agency may choose from, the first where it chose none. `from_what` says in words what is counted
    from; `column` names the setting that holds the amount; `ladder` is the usual one: a beginning, not what any agency
    has published.
    """

    slug: str
    label: Any
    from_what: Any
    ladder: tuple[int, ...]
    amount: int | None = None
    units: tuple[str, ...] = ()
    back: bool = False
    column: str = ""
    url: Callable[[int, int], str] | None = None

    @property
    def unit(self) -> str:
        """The unit where nobody chose another."""
        return self.units[0] if self.units else ""


@dataclass(frozen=True)
class DeadlineSpec:
    """Something due on a day. `seats` and `people` must act and are reminded, `copied` are reminded too.

    `sides`: whose sides alone may know of it, beside those who must act (none: whoever sees the case).
    """

    rule: str
    due: date
    ladder: tuple[int, ...]
    seats: tuple[Seat, ...] = ()
    people: tuple[int, ...] = ()
    copied: tuple[Seat, ...] = ()
    sides: tuple[int, ...] = ()
    ref: int = 0


RULES: dict[str, DeadlineRule] = {}
SOURCES: dict[str, list[Callable[[Any], Iterable[DeadlineSpec]]]] = {}


def deadline_rule(slug: str, **fields: Any) -> None:
    """Name a kind of deadline; its room calls it in `ports`. A second one of the same name is refused at once."""
    if slug in RULES:
        raise ValueError(f"“{slug}” is a rule already.")
    RULES[slug] = DeadlineRule(slug, **fields)


def deadline_source(kind_slug: str, *, workflow: str = "") -> Callable[[F], F]:
    """Supply deadlines that follow from a room's facts; called with the case (of one workflow alone, if named)."""

    def register(function: F) -> F:
        def of_its_workflow(case: Any) -> Iterable[DeadlineSpec]:
            return function(case) if workflow in ("", case.workflow.slug) else ()

        SOURCES.setdefault(kind_slug, []).append(of_its_workflow)
        return function

    return register


def label_of(slug: str) -> Any:
    """The name of a kind of deadline in the reader's language; of one that is gone, its slug."""
    return RULES[slug].label if slug in RULES else slug


def address_of(slug: str, kind: str, subject_id: int, ref: int) -> str:
    """Where what is due is done: the rule's own page, else the case."""
    rule = RULES.get(slug)
    if rule and rule.url:
        return rule.url(subject_id, ref)
    return str(registry.kinds[kind].model(pk=subject_id).get_absolute_url())
