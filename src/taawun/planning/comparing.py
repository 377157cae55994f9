"""How a part of a design reads, row by row: whoever saved second sees both versions in words."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from taawun.cycle.models import InputKind, Operation
from taawun.planning.models import (
    Activity,
    DesignVersion,
    Frequency,
    Level,
    Likelihood,
    LineKind,
    MeasureKind,
    Milestone,
    Objective,
)
from taawun.planning.queries import line_names, objective_label, parties_by_id
from taawun.planning.queries.lists import activity_name
from taawun.ui import words

NOUNS = {
    "outputs": _("Output %(number)s"),
    "indicators": _("Indicator %(number)s"),
    "assumptions": _("Assumption %(number)s"),
    "preconditions": _("Precondition %(number)s"),
    "inputs": _("Input %(number)s"),
    "risks": _("Risk %(number)s"),
    "lines": _("Other line %(number)s"),
    "milestones": _("Milestone %(number)s"),
}
CHOICES: dict[tuple[str, str], Any] = {
    ("indicators", "kind"): MeasureKind,
    ("indicators", "frequency"): Frequency,
    ("assumptions", "level"): Level,
    ("inputs", "kind"): InputKind,
    ("risks", "likelihood"): Likelihood,
    ("lines", "kind"): LineKind,
}
PARTY_FIELDS = ("party", "owner", "responsible")
Both = tuple[dict[str, Any], dict[str, Any]]


def compared(
    theirs: dict[str, Any], mine: dict[str, Any], operation: Operation, design: DesignVersion
) -> Both:
    """Both versions by the same labels: a text by its field's name, a row by what it is called."""
    told = _Teller(operation, design)
    left: dict[str, Any] = {}
    right: dict[str, Any] = {}
    for name, value in theirs.items():
        if not isinstance(value, list):
            left[name], right[name] = value, mine.get(name)
            continue
        for label, their_row, my_row in told.pairs(name, value, mine.get(name, [])):
            left[label], right[label] = told.row(name, their_row), told.row(name, my_row)
    return left, right


class _Teller:
    """Knows the names behind the ids of one operation's design."""

    def __init__(self, operation: Operation, design: DesignVersion) -> None:
        self.parties = {pk: str(party) for pk, party in parties_by_id(operation).items()}
        objectives = Objective.objects.filter(design=design)
        self.objectives = {o.pk: objective_label(o.level, o.number) for o in objectives}
        activities = Activity.objects.filter(output__design=design).select_related("output")
        self.names = {
            "activities": {a.pk: activity_name(a) for a in activities},
            "done": line_names(design),
            "reached": dict(Milestone.objects.filter(design=design).values_list("pk", "label")),
        }

    def pairs(
        self, name: str, theirs: list[dict[str, Any]], mine: list[dict[str, Any]]
    ) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
        """Rows side by side: those both know by their id, then what only one of the two has."""
        typed = {row["id"]: row for row in mine if row.get("id")}
        for number, row in enumerate(theirs, start=1):
            yield self.label(name, row["id"], number), row, typed.pop(row["id"], {})
        added = [*typed.values(), *(row for row in mine if not row.get("id"))]
        for number, row in enumerate(added, start=len(theirs) + 1):
            yield self.label(name, None, number), {}, row

    def label(self, name: str, pk: int | None, number: int) -> str:
        if name in self.names:
            return self.names[name].get(pk or 0, str(number))
        return str(NOUNS[name] % {"number": number})

    def row(self, name: str, row: dict[str, Any]) -> str:
        """A row in words; a struck out or missing one says nothing."""
        if row.get("delete"):
            return ""
        said = (
            self.value(name, field, value) for field, value in row.items() if field not in ("id", "delete")
        )
        return " · ".join(filter(None, said))

    def value(self, name: str, field: str, value: Any) -> str:
        if value in (None, ""):
            return ""
        if (name, field) in CHOICES:
            return str(CHOICES[name, field](value).label)
        if isinstance(value, date):
            return words.written(value, "d MMM y")
        if isinstance(value, Decimal):
            return words.figure(value)
        if field == "objective":
            return self.objectives.get(value, "")
        if field == "currency":
            return str(value).partition(":")[2]
        return self.parties.get(value, "") if field in PARTY_FIELDS and isinstance(value, int) else str(value)
