"""One load, as its page shows it."""

from typing import Any

from taawun.interchange.models import Load, LoadFinding
from taawun.interchange.queries.gates import loads_visible_to

MOST_FINDINGS = 200


def load_for(user: Any, pk: int) -> Load | None:
    """One load through the gate."""
    return loads_visible_to(user).filter(pk=pk).first()


def findings_of(load: Load) -> list[LoadFinding]:
    """The first of what was found in its file, in the order of the lines."""
    return list(LoadFinding.objects.filter(load=load).order_by("line", "pk")[:MOST_FINDINGS])
