"""Every place that leads to a person, an account or an organisation: what becomes of it when two are merged.

Each room declares in its `ports.py` the columns of its tables: `moves` leads to the one that stays from now on, `stays`
is history and goes on naming whom it named. A test holds that every foreign key of the program is in one of the two.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class Reference:
    """A column that leads to a person, an account or an organisation.

    `told`: the case is told that it moved. `alike`: the columns in which a row of each must agree for the one merged
    away to keep its own, as of no further account; None: two such rows are two acts, and the merge is refused.
    `target`: the model it leads to, where the column is a plain number.
    """

    table: str
    column: str
    moves: bool
    what: Any = ""
    told: bool = False
    alike: tuple[str, ...] | None = None
    target: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.table, self.column

    @property
    def model(self) -> Any:
        return apps.get_model(self.table)

    @property
    def leads_to(self) -> Any:
        """The model of what it names."""
        return (
            apps.get_model(self.target)
            if self.target
            else self.model._meta.get_field(self.column).related_model
        )


# What a room says against merging two, in the reader's language: (the one that goes, the one that stays) -> sentences.
Objection = Callable[[Any, Any], Iterable[str]]

_held: dict[tuple[str, str], Reference] = {}
_objections: list[Objection] = []


def moves(
    table: str,
    *columns: str,
    what: Any,
    told: bool = False,
    alike: tuple[str, ...] | None = None,
    target: str = "",
) -> None:
    """Declare columns that lead to the one that stays. `what` names such a row in the preview."""
    for column in columns:
        _declare(Reference(table, column, True, what, told, alike, target))


def stays(table: str, *columns: str, target: str = "") -> None:
    """Declare columns that are history: who did it, for whom it was done that day."""
    for column in columns:
        _declare(Reference(table, column, False, target=target))


def _declare(reference: Reference) -> None:
    if reference.key in _held:
        raise ValueError(f"{reference.key} is declared already.")
    _held[reference.key] = reference


def objects_to_merging(objection: Objection) -> Objection:
    """Register what a room says against merging two of its people or organisations."""
    _objections.append(objection)
    return objection


def references() -> dict[tuple[str, str], Reference]:
    """Every declared column, in the order of declaration."""
    return _held


def moving_to(*targets: Any) -> list[Reference]:
    """The columns that move, of those that lead to these models."""
    return [one for one in _held.values() if one.moves and one.leads_to in targets]


def objections(gone: Any, kept: Any) -> list[str]:
    """Everything the rooms say against it."""
    return [text for objection in _objections for text in objection(gone, kept)]
