"""How sheets, values and the report are shown: both sides beside each other, prefilled from what is known."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from taawun.cycle.models import Operation, Party
from taawun.monitoring import queries
from taawun.monitoring.indicators import IndicatorRow, rows_of
from taawun.monitoring.models import SECTIONS, CompletionReport, IndicatorValue, Sheet
from taawun.planning.models import DesignVersion
from taawun.planning.queries.lists import activity_name
from taawun.ui import words


def indicator_table(operation: Operation) -> list[IndicatorRow]:
    """The table of indicators of an operation's tab."""
    return rows_of(
        queries.targets_of(operation),
        queries.reporters(operation),
        queries.values_of(operation),
        (operation.starts_on, operation.ends_on),
    )


def dropped_table(operation: Operation) -> list[IndicatorRow]:
    """The indicators that a revision of the design dropped, with their history."""
    dropped = queries.dropped_targets(operation)
    if not dropped:
        return []
    period = (operation.starts_on, operation.ends_on)
    return rows_of(dropped, queries.reporters(operation), queries.values_of(operation), period)


def sheet_table(operation: Operation, sheet: Sheet) -> list[IndicatorRow]:
    """The values of one sheet, both sides beside each other, by the design in force at the end of its period.

    An indicator that a revision dropped while the sheet was open keeps what was reported of it.
    """
    values = [value for value in queries.values_of(operation) if value.sheet_id == sheet.pk]
    targets = queries.targets_of_sheet(operation, sheet)
    others = {value.definition_id for value in values} - {target.definition_id for target in targets}
    if others:
        targets += [target for pk, target in queries.last_targets(operation).items() if pk in others]
    period = (operation.starts_on, operation.ends_on)
    return rows_of(targets, queries.reporters(operation), values, period)


@dataclass
class Beside:
    """What stands beside the fields of one side: its own last value, and the other sides' of the same sheet."""

    names: dict[int, str]
    own_last: dict[int, IndicatorValue] = field(default_factory=dict)
    others: dict[int, list[tuple[str, IndicatorValue]]] = field(default_factory=dict)

    def tell(self, rows: Any) -> None:
        """Give each row what it shows beside its fields."""
        for form, target in zip(rows.forms, rows.targets, strict=True):
            form.target = target
            form.last = self.own_last.get(target.definition_id)
            form.others = self.others.get(target.definition_id, [])


def others_of(operation: Operation, party: Party, sheet: Sheet | None) -> Beside:
    """The values to show beside one party's fields: its last one before, the other sides' in this sheet (or last)."""
    beside = Beside({p.organisation_id: p.organisation.name for p in queries.reporters(operation)})
    held: dict[tuple[int, int], IndicatorValue] = {}
    for value in queries.values_of(operation):
        here = sheet is not None and sheet.pk is not None and value.sheet_id == sheet.pk
        if value.organisation_id == party.organisation_id:
            if not here:
                beside.own_last[value.definition_id] = value
        elif here or sheet is None:
            held[value.definition_id, value.organisation_id] = value
    for (definition_id, organisation_id), value in held.items():
        named = (beside.names.get(organisation_id, ""), value)
        beside.others.setdefault(definition_id, []).append(named)
    return beside


# ── The completion report ──


@dataclass(frozen=True)
class Section:
    """One section of the report: its name, its label, its text."""

    name: str
    label: Any
    text: str

    @property
    def figure(self) -> str:
        """How an address names it."""
        return f"section-{self.name}"


def sections_of(report: CompletionReport | None) -> list[Section]:
    """The report's sections in their order, empty ones too."""
    fields = {field.name: field for field in CompletionReport._meta.fields}
    labels = {name: fields[name].verbose_name for name in SECTIONS}
    return [Section(name, label, getattr(report, name, "") or "") for name, label in labels.items()]


def prefilled_report(operation: Operation, lines: Sequence[queries.InputLine]) -> CompletionReport:
    """A report not yet saved, with what the plan and the versions of the design say already."""
    return CompletionReport(
        operation=operation,
        version=0,
        activities_done="\n".join(_done(line) for line in queries.activity_lines(operation)),
        design_history="\n".join(_version(design) for design in queries.design_versions(operation)),
    )


def _done(line: Any) -> str:
    days = {
        "activity": activity_name(line.activity),
        "planned": words.period(line.planned_start, line.planned_end),
        "done": words.period(line.actual_start, line.actual_end),
    }
    if line.actual_start:
        return _("%(activity)s: planned %(planned)s, done %(done)s") % days
    return _("%(activity)s: planned %(planned)s, not begun") % days


def _version(design: DesignVersion) -> str:
    told = {
        "number": design.number,
        "day": words.written(design.frozen_on, "d MMM y"),
        "reason": design.reason,
    }
    if design.reason:
        return _("Version %(number)s, %(day)s: %(reason)s") % told
    return _("Version %(number)s, %(day)s") % told
