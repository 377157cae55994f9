"""A triangular operation for tests: Senegal asks, Morocco is the pivotal provider, Japan facilitates."""

from typing import Any

from taawun.cycle import actions as cycle
from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.workspace.demo import triangular
from taawun.workspace.demo.triangular import rows_of
from tests.cycle.made import body
from tests.factories import who

PIVOT, OFFICE, PARTNER = "amci-desk", "sn-embassy", "sn-officer"
THIRD = "sn-jica"  # the facilitating provider's office in Senegal; its desk sees what the office does


def a_triangular(state: str = "planning") -> Operation:
    """The triangular operation, walked to a state by its people, today."""
    return triangular.walk(state, day=clock.today())


def row(slug: str, part: str, *, signs: bool = False, contributes: str = "") -> dict[str, Any]:
    """A row of the page of parties."""
    return {"organisation": body(slug), "part": part, "signs": signs, "contributes": contributes}


def parties_of(operation: Operation) -> list[tuple[str, str, bool, str, str]]:
    """Who takes part, in which part, whether it signs, through whom it acts and as whom."""
    rows = Operation.objects.get(pk=operation.pk).party_rows
    return [(p.organisation.slug, p.part, p.signs, p.acts_through.slug, p.acts_as) for p in rows]


def name(
    operation: Operation, rows: list[dict[str, Any]], by: str = PIVOT, version: int | None = None
) -> Operation:
    """Name these parties, as the person who opened the page just now or at an earlier version."""
    fresh = Operation.objects.get(pk=operation.pk)
    cycle.name_parties(fresh, rows, actor=who(by), base_version=version or fresh.version)
    return Operation.objects.get(pk=operation.pk)


__all__ = [
    "OFFICE",
    "PARTNER",
    "PIVOT",
    "THIRD",
    "a_triangular",
    "body",
    "name",
    "parties_of",
    "row",
    "rows_of",
    "who",
]
