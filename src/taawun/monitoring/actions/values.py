"""What a party measured of each indicator: in a sheet, or on a day outside any."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from taawun.cycle.actions import void_consents
from taawun.cycle.models import Operation, Party
from taawun.foundation import clock, editing
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.kernel import measures
from taawun.monitoring import queries
from taawun.monitoring.actions.writing import Desk, writing
from taawun.monitoring.models import IndicatorValue, Reporting, Sheet

# What the columns of a value hold: fourteen digits before the point, four after it.
LARGEST, SMALLEST = Decimal(10) ** 14, Decimal("0.0001")


@dataclass(frozen=True)
class Figure:
    """What was measured of an indicator; a ratio has both its numbers, everything else a value. All empty: nothing."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = ""


def report_values(
    operation: Operation, *, figures: dict[int, Figure], as_of: date, actor: User, base_version: int
) -> Reporting:
    """Report one side's indicator values of a day outside any sheet: the last values, above all.

    An empty figure removes what the side had reported for that day. In completion review a change voids the consents
    to the results. Refuses an indicator of another operation; never over another's save (`editing.Conflict`).
    """
    with writing(operation, actor, "sheet") as desk:
        party = desk.party()
        held, _made = Reporting.objects.select_for_update().get_or_create(
            operation=desk.operation, organisation_id=party.organisation_id, defaults={"version": 0}
        )
        theirs = held_figures(desk, party, None, figures)
        mine = named_figures(desk, figures, as_of)
        editing.bump(held, base_version, theirs=theirs, mine=mine)
        write_figures(desk, None, figures, as_of)
        void_consents(desk.operation, "confirm-results")
        desk.enter("values-reported", as_of=as_of, changed=changed(theirs, mine))
    return held


def write_figures(desk: Desk, sheet: Sheet | None, figures: dict[int, Figure], as_of: date) -> None:
    """Put one party's figures in the place of what it held there."""
    party = desk.party()
    if as_of > clock.today():
        raise Refused([Obstacle(_("The day the values were measured on lies in the future."))])
    definitions = _own_definitions(desk.operation, figures)
    place: dict[str, Any] = {"sheet": sheet} if sheet else {"sheet": None, "as_of": as_of}
    for pk, figure in figures.items():
        key = {
            "operation": desk.operation,
            "definition": definitions[pk],
            "organisation_id": party.organisation_id,
            **place,
        }
        columns = _columns(definitions[pk], figure)
        if columns is None:
            IndicatorValue.objects.filter(**key).delete()
            continue
        written = {
            "as_of": as_of,
            "note": figure.note,
            "entered_by": desk.actor,
            "entered_at": clock.now(),
            **columns,
        }
        IndicatorValue.objects.update_or_create(**key, defaults=written)


def _own_definitions(operation: Operation, figures: dict[int, Figure]) -> dict[int, Any]:
    """The definitions the figures speak of; one that is not of this operation is refused."""
    definitions = queries.definitions_of(operation, figures)
    if set(definitions) != set(figures):
        raise Refused([Obstacle(_("One of the indicators does not belong to this operation."))])
    return definitions


def _columns(definition: Any, figure: Figure) -> dict[str, Any] | None:
    """What is stored of a figure; None where nothing was measured. Half a ratio is refused, and a ratio of none."""
    given = {"value": figure.value, "numerator": figure.numerator, "denominator": figure.denominator}
    if not any(number is not None for number in given.values()):
        return None
    try:
        measured = measures.measure(definition.kind, steps=definition.steps, **given)
    except ValueError:
        measured = None
    counted = measured.comparable if measured else None
    if counted is None or abs(counted) >= LARGEST:
        text = _("Indicator %(code)s: what was given cannot be counted.") % {"code": definition.code}
        raise Refused([Obstacle(text)])
    pair = (
        given if definition.kind == measures.MeasureKind.RATIO else {"numerator": None, "denominator": None}
    )
    return pair | {"value": counted.quantize(SMALLEST)}


def held_figures(desk: Desk, party: Party, sheet: Sheet | None, figures: dict[int, Figure]) -> dict[str, Any]:
    """What a party holds of the same indicators, as a conflict shows it: by the indicator's name."""
    held = queries.own_values(desk.operation, party.organisation_id, sheet)
    definitions = queries.definitions_of(desk.operation, figures)
    return {
        str(definition): _plain(held[pk].value, held[pk].as_of, held[pk].note)
        for pk, definition in definitions.items()
        if pk in held
    }


def named_figures(desk: Desk, figures: dict[int, Figure], as_of: date) -> dict[str, Any]:
    """What a party would hold of the indicators with these figures, in the words of `held_figures`."""
    definitions = _own_definitions(desk.operation, figures)
    columns = {pk: _columns(definitions[pk], figure) for pk, figure in figures.items()}
    return {
        str(definitions[pk]): _plain(row["value"], as_of, figures[pk].note)
        for pk, row in columns.items()
        if row
    }


def _plain(value: Decimal, as_of: date, note: str) -> str:
    """A value in one line, the same in every language: for the record, and beside another's."""
    return f"{value.normalize():f} ({as_of.isoformat()}) {note}".strip()


def changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What an entry of the record tells of a change: of each thing that differs, before and after."""
    names = [*after, *(name for name in before if name not in after)]
    return {
        name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)
    }
