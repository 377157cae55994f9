"""The monitoring sheets: who stands by each, what it covers, which one is awaited."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch
from django.db.models.functions import JSONObject
from django.utils.translation import pgettext

from taawun.cycle import rights
from taawun.cycle.models import Operation, Party, settings_for
from taawun.foundation.requests import there
from taawun.kernel.periods import DAY, add_months
from taawun.monitoring.models import (
    Sheet,
    SheetActions,
    SheetConfirmation,
)
from taawun.monitoring.queries.sides import may_write, party_of, reporters, signing_parties


@dataclass(frozen=True)
class SheetState:
    """A sheet with who stands by it and who does not yet."""

    sheet: Sheet
    confirmed: list[SheetConfirmation] = field(default_factory=list)
    open: list[Party] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return not self.open

    @property
    def label(self) -> str:
        """Where the sheet stands, in words."""
        if self.complete:
            return pgettext("monitoring sheet", "In: every side stands by it")
        return pgettext("monitoring sheet", "Open")

    @property
    def tone(self) -> str:
        return "ok" if self.complete else "wait"


def sheets_of(operation: Operation) -> list[SheetState]:
    """The sheets with their confirmations, the latest first: two SQL statements."""
    standing = SheetConfirmation.objects.filter(voided_at__isnull=True).select_related("party__organisation")
    rows = Sheet.objects.filter(operation=operation).order_by("-number")
    return [
        state_of(operation, sheet)
        for sheet in rows.prefetch_related(Prefetch("confirmations", standing, "standing"))
    ]


def state_of(operation: Operation, sheet: Any) -> SheetState:
    """Which sides stand by a sheet."""
    held = getattr(sheet, "standing", None)
    if held is None:
        held = list(
            sheet.confirmations.filter(voided_at__isnull=True).select_related(
                "party__organisation", "by__person"
            )
        )
    confirmed = {row.party_id for row in held}
    return SheetState(sheet, held, [p for p in signing_parties(operation) if p.pk not in confirmed])


def own_actions(sheet: Sheet, party: Party) -> str:
    """What a party says in a sheet that it did."""
    held = SheetActions.objects.filter(sheet_id=sheet.pk, party=party).values_list("text", flat=True).first()
    return held or ""


def actions_of(operation: Operation, sheet: Sheet) -> list[tuple[Party, str]]:
    """What each reporting party says it did, those that said nothing too; `sheet_of` read it with the sheet."""
    texts = {row["party"]: row["text"] for row in getattr(sheet, "told_rows", ())}
    reporting = {party.pk for party in reporters(operation)} | texts.keys()
    return [(party, texts.get(party.pk, "")) for party in operation.party_rows if party.pk in reporting]


def may_confirm(operation: Operation, user: Any, state: SheetState) -> bool:
    """Whether this person may confirm the sheet now, for a party that has not."""
    if not may_write(operation, user, "sheet-confirmation"):
        return False
    seat = rights.seat_for(operation, user, "sheet-confirmation")
    party = party_of(operation, seat[1], seat[0].role) if seat else None
    return party is not None and party.pk in {p.pk for p in state.open}


def sheet_of(operation: Operation, number: int) -> Sheet:
    """A sheet of this operation by its number; another's is not there."""
    told = SheetActions.objects.filter(sheet=OuterRef("pk")).order_by("party")
    rows = Sheet.objects.annotate(
        told_rows=ArraySubquery(told.values(row=JSONObject(party="party_id", text="text")))
    )
    return there(rows.filter(operation=operation, number=number).select_related("opened_by").first())


def next_period(operation: Operation) -> tuple[date, date]:
    """The period the next sheet covers: from the day after the last one, as long as the provider's settings say."""
    last = (
        Sheet.objects.filter(operation=operation)
        .order_by("-period_to")
        .values_list("period_to", flat=True)
        .first()
    )
    start = last + DAY if last else operation.starts_on or operation.opened_on
    months = settings_for(operation).monitoring_months
    end = add_months(start, months) - DAY
    if operation.ends_on and start <= operation.ends_on < end:
        end = operation.ends_on
    return start, end


def _counted_from(operation: Operation) -> date:
    """From when sheets are counted: the beginning, or the day on which running work was taken over."""
    begun = operation.starts_on or operation.state_since.date()
    return max(begun, operation.taken_over_on) if operation.taken_over_on else begun


def awaited_sheet(operation: Operation) -> tuple[int, date, list[Party]] | None:
    """The next sheet that is not in: its number, the day it falls due, the signing parties that have not confirmed.

    None outside implementation, and when the next one would fall due only after the end of the period.
    """
    if operation.state != "in_implementation":
        return None
    states = sorted(sheets_of(operation), key=lambda s: s.sheet.number)
    opened = next((s for s in states if not s.complete), None)
    done = [s.sheet.period_to for s in states if s.complete]
    begun = max(done) if done else _counted_from(operation)
    due = add_months(begun, settings_for(operation).monitoring_months)
    if done and opened is None and operation.ends_on and due > operation.ends_on:
        return None
    number = opened.sheet.number if opened else len(states) + 1
    return number, due, opened.open if opened else signing_parties(operation)
