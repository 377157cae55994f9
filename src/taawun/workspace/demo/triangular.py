"""A triangular operation of the demonstration: Senegal asks, Morocco is the pivotal provider, Japan facilitates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from taawun.cycle import actions as cycle
from taawun.cycle.models import Operation, OperationPart
from taawun.foundation.models import User
from taawun.monitoring import actions as monitoring, disputes, disputing
from taawun.monitoring.models import Dispute, DisputeKind, IndicatorValue, Sheet
from taawun.planning.models import Activity
from taawun.workspace.demo import operation as op, walks
from taawun.workspace.demo.exchange import scan
from taawun.workspace.demo.players import FLOODS, actor, body, played_by, says
from taawun.workspace.demo.story import on

DAYS = {
    "planning": date(2025, 2, 24),
    "appraised": date(2025, 4, 14),
    "agreed": date(2025, 6, 23),
    "in_implementation": date(2025, 7, 21),
}
PERIOD = (date(2025, 7, 21), date(2026, 1, 20))


def build() -> None:
    """Under way: signed, reported and confirmed by three; of two disputed figures one is settled, one is open."""
    made = walk("in_implementation", day=DAYS["planning"], days=DAYS)
    with played_by(FLOODS):
        with on(PERIOD[1]):
            made = op.monitor(made, PERIOD)
        with on(date(2026, 1, 22)):
            dispute(made, "1-1", reason=says().DISPUTE, actor=actor("third"))
        with on(date(2026, 1, 26)):
            correct(made)
        with on(date(2026, 1, 28)):
            left = dispute(made, "P-1", reason=says().DISPUTE_LEFT_OPEN, actor=actor("line"))
        with on(date(2026, 1, 30)):
            disputing.explain(left, text=says().EXPLANATION, actor=actor("office"))


def dispute(operation: Operation, code: str, *, reason: str, actor: User) -> Dispute:
    """A party disputes what the pivotal provider reported of an indicator in the sheet."""
    held = IndicatorValue.objects.filter(operation=operation, organisation=body("provider"))
    value = held.get(definition__code=code)
    return disputing.dispute_figure(
        operation,
        (DisputeKind.VALUE, value.pk, ""),
        reason=reason,
        saw=disputes.fingerprint(disputes.said(value)),
        actor=actor,
    )


def correct(operation: Operation) -> None:
    """Office and partner correct the sheet, and all three stand by it again: that settles the dispute."""
    sheet = Sheet.objects.get(operation=operation)
    for part in ("office", "line"):
        sheet = monitoring.save_sheet(
            sheet,
            values={},
            figures=op.figures_of(operation, says().CORRECTED),
            as_of=PERIOD[1],
            actor=actor(part),
            base_version=sheet.version,
        )
    for part in op.signing():
        sheet = monitoring.confirm_sheet(sheet, actor=actor(part), version=sheet.version)


def walk(state: str = "planning", *, day: date, days: Mapping[str, date] | None = None) -> Operation:
    """The operation, from the arrangement that decided it to a state, by the three parties' people."""
    with played_by(FLOODS):
        with on((days or {}).get("planning", day)):
            made = design(name_third(begin()))
        return walks.carry_on(made, state, day=day, days=days)


def begin() -> Operation:
    """The desk opens it by the arrangement of the three governments."""
    desk = actor("desk")
    values = {
        **says().OPEN,
        "basis_on": says().BASIS_ON,
        "scan": scan("Arrangement triangulaire (exemple)", desk),
        "supplier": None,
    }
    return cycle.open_without_request(
        actor=desk, provider=body("provider"), partner=body("requesting"), values=values
    )


def rows_of(operation: Operation) -> list[dict[str, Any]]:
    """The parties as the page sends them."""
    return [
        {"organisation": p.organisation, "part": p.part, "signs": p.signs, "contributes": p.contributes}
        for p in operation.party_rows
    ]


def name_third(operation: Operation) -> Operation:
    """The desk names the facilitating provider, which signs."""
    third = {
        "organisation": body("facilitating"),
        "part": OperationPart.FACILITATING,
        "signs": True,
        "contributes": says().FACILITATES,
    }
    cycle.name_parties(
        operation, [*rows_of(operation), third], actor=actor("desk"), base_version=operation.version
    )
    return Operation.objects.get(pk=operation.pk)


def design(operation: Operation) -> Operation:
    """Goal, purpose, outputs, the inputs of each of the three, and when each activity is done."""
    op.plan_part(operation, "objectives", **says().OBJECTIVES)
    op.plan_part(operation, "outputs", outputs=says().OUTPUTS)
    parties = {party.part: party.pk for party in operation.party_rows}
    inputs = [
        {"id": None, "party": parties[part], "quantity": None, "unit": "", **row}
        for part, rows in says().INPUTS.items()
        for row in rows
    ]
    op.plan_part(operation, "inputs", inputs=inputs)
    dates = {
        "planned_start": operation.starts_on,
        "planned_end": operation.ends_on,
        "responsible": parties["implementing"],
    }
    activities = Activity.objects.filter(output__design__operation=operation)
    op.plan_part(operation, "plan", activities=[{"id": one.pk, **dates} for one in activities])
    return Operation.objects.get(pk=operation.pk)
