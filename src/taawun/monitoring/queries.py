"""Questions about how an operation is going: who reports, what is in, what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch
from django.db.models.functions import JSONObject
from django.utils.translation import pgettext

from taawun.cycle import rights
from taawun.cycle.models import Operation, Party, settings_for
from taawun.foundation import clock
from taawun.foundation.requests import there
from taawun.kernel.money import Money
from taawun.kernel.periods import DAY, add_months
from taawun.monitoring.marks import marked
from taawun.monitoring.models import (
    CompletionReport,
    IndicatorValue,
    InputActual,
    Reporting,
    Sheet,
    SheetActions,
    SheetConfirmation,
)
from taawun.planning import queries as planning
from taawun.planning.models import DesignVersion, IndicatorDefinition, Input, PlanLine, Target

MONITORED = ("in_implementation", "completion_review")
WRITABLE = {"sheet": MONITORED, "sheet-confirmation": MONITORED, "completion-report": ("completion_review",)}
SHOWN_FROM_AGREED = (
    *("agreed", *MONITORED, "suspended", "completed", "ex_post_due", "evaluated", "closed", "cancelled"),
)
SHOWN_FROM_COMPLETION = ("completion_review", "completed", "ex_post_due", "evaluated", "closed")


# ── Sides ──


def party_of(operation: Operation, organisation_id: int | None, role: str) -> Party | None:
    """The party a seat speaks for: the one that acts through it, else the organisation's own part."""
    rows = operation.party_rows
    through = [p for p in rows if (p.acts_through_id, p.acts_as) == (organisation_id, role)]
    own = [p for p in rows if p.organisation_id == organisation_id]
    return next(iter(sorted(through, key=lambda p: not p.signs) + own), None)


def reporters(operation: Operation) -> list[Party]:
    """The parties that report values: those the seats of the table “sheet” speak for, in the order of the parties."""
    relations = operation.seat_organisations()
    spoken = {
        party.pk
        for seat in rights.RIGHTS["sheet"]
        for organisation_id in relations.get(seat.relation, ())
        if (party := party_of(operation, organisation_id, seat.role))
    }
    return [party for party in operation.party_rows if party.pk in spoken]


def reporting_party(operation: Operation, user: Any) -> Party | None:
    """The party this person reports values for; None when they report none."""
    seat = rights.seat_for(operation, user, "sheet")
    return party_of(operation, seat[1], seat[0].role) if seat else None


def is_shut(operation: Operation, right: str) -> bool:
    """Whether the operation's state no longer lets anybody write, or not yet."""
    return operation.state not in WRITABLE[right]


def may_write(operation: Operation, user: Any, right: str) -> bool:
    """Whether a page offers this person to write: their seat allows it, and the state still does."""
    return not is_shut(operation, right) and rights.seat_for(operation, user, right) is not None


def signing_parties(operation: Operation) -> list[Party]:
    """The parties whose confirmation a sheet needs."""
    return [party for party in operation.party_rows if party.signs]


# ── Indicators ──


def targets_of(operation: Operation, day: date | None = None) -> list[Target]:
    """Every indicator of the design in force today, or on a day, with its baseline and target."""
    design = planning.design_on(operation, day) if day else planning.design_of(operation)
    return planning.targets_of(operation, design) if design else []


def targets_of_sheet(operation: Operation, sheet: Sheet) -> list[Target]:
    """The indicators a sheet speaks of: those of the design in force at the end of its period (or today, before)."""
    return targets_of(operation, min(sheet.period_to, clock.today()))


def last_targets(operation: Operation) -> dict[int, Target]:
    """Every indicator any version in force had, as the last one that had it aims at it: one SQL statement."""
    rows = Target.objects.filter(design__operation=operation, design__frozen_on__isnull=False)
    rows = rows.select_related("definition", "objective", "design").order_by(
        "design__number", "position", "pk"
    )
    return {row.definition_id: row for row in rows}


def dropped_targets(operation: Operation) -> list[Target]:
    """The indicators a revision has dropped, each as the last version that had it aims at it."""
    last = list(last_targets(operation).values())
    newest = max((row.design.number for row in last), default=0)
    return [row for row in last if row.design.number < newest]


def values_of(operation: Operation) -> list[IndicatorValue]:
    """Everything reported, in the order of the days it was measured on, with what is disputed: one SQL statement."""
    rows = IndicatorValue.objects.filter(operation=operation).select_related("sheet", "entered_by__person")
    return list(marked(rows).order_by("as_of", "pk"))


def definitions_of(operation: Operation, ids: Iterable[int]) -> dict[int, IndicatorDefinition]:
    """Those of the ids that are indicators of this operation: another operation's is not among them.

    Nor is one that only a revision not adopted yet would have.
    """
    rows = IndicatorDefinition.objects.filter(operation=operation, pk__in=list(ids))
    drafted = Target.objects.filter(
        design__operation=operation, design__frozen_on__isnull=True, design__number__gt=0
    )
    counted = Target.objects.filter(design__operation=operation).exclude(pk__in=drafted.values("pk"))
    return {d.pk: d for d in rows.filter(pk__in=counted.values("definition_id"))}


def own_values(operation: Operation, organisation_id: int, sheet: Sheet | None) -> dict[int, IndicatorValue]:
    """What one party reported in a sheet, or last outside of any, by indicator."""
    rows = IndicatorValue.objects.filter(operation=operation, organisation_id=organisation_id, sheet=sheet)
    return {row.definition_id: row for row in marked(rows).order_by("as_of", "pk")}


def own_values_on(operation: Operation, organisation_id: int, day: date) -> dict[int, IndicatorValue]:
    """What one party reported for a day outside any sheet, by indicator."""
    rows = IndicatorValue.objects.filter(
        operation=operation, organisation_id=organisation_id, sheet=None, as_of=day
    )
    return {row.definition_id: row for row in marked(rows)}


def last_values_since(operation: Operation) -> date:
    """From which day on a value counts as a last one: within one monitoring period before the end.

    The end is the end of the period, or the day the completion review was opened where that came first.
    """
    reviewed = operation.state_since.date() if operation.state == "completion_review" else clock.today()
    end = min(filter(None, [operation.ends_on, reviewed]))
    return add_months(end, -settings_for(operation).monitoring_months)


def without_last_value(operation: Operation) -> list[Target]:
    """The indicators for which no party has reported a last value."""
    since = last_values_since(operation)
    rows = IndicatorValue.objects.filter(operation=operation, as_of__gte=since)
    valued = set(rows.values_list("definition_id", flat=True))
    return [target for target in targets_of(operation) if target.definition_id not in valued]


def reporting_of(operation: Operation, organisation_id: int) -> Reporting | None:
    """The row that guards what a party reports outside the sheets."""
    return Reporting.objects.filter(operation=operation, organisation_id=organisation_id).first()


# ── Sheets ──


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
    sheet = there(rows.filter(operation=operation, number=number).select_related("opened_by").first())
    return sheet


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


def plan_lines_in(operation: Operation, start: date, end: date) -> list[PlanLine]:
    """The lines of the plan of operation that touch a period, as planned or as done."""
    design = planning.design_of(operation)
    rows = PlanLine.objects.filter(design=design).select_related(
        "activity__output", "responsible__organisation"
    )
    return [line for line in rows if _touches(line, start, end)] if design else []


def activity_lines(operation: Operation) -> list[PlanLine]:
    """The activities of the plan, in the order of their numbers."""
    design = planning.design_of(operation)
    rows = PlanLine.objects.filter(design=design, kind="activity").select_related("activity__output")
    return list(rows.order_by("activity__output__number", "activity__number")) if design else []


def design_versions(operation: Operation) -> list[DesignVersion]:
    """The frozen versions of the design, in their order."""
    return list(DesignVersion.objects.filter(operation=operation, frozen_on__isnull=False).order_by("number"))


def _touches(line: Any, start: date, end: date) -> bool:
    begun = line.actual_start
    done = begun and begun <= end and (line.actual_end or end) >= start
    return bool(done or (line.planned_start <= end and line.planned_end >= start))


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


# ── The report at the end ──


def report_of(operation: Operation) -> CompletionReport | None:
    """The completion report, once it was begun."""
    rows = CompletionReport.objects.filter(operation=operation).select_related("written_by__person")
    return marked(rows).first()


@dataclass(frozen=True)
class InputLine:
    """One planned input and what was provided of it."""

    planned: Input
    actual: InputActual | None

    @property
    def actual_money(self) -> Money | None:
        """What it did cost, in the plan's currency; nothing where no amount was given."""
        if self.actual is None or self.actual.amount is None or self.planned.money is None:
            return None
        return Money(self.actual.amount, self.planned.money.currency)


def input_lines(operation: Operation) -> list[InputLine]:
    """Planned against actual, line by line."""
    design = planning.design_of(operation)
    if design is None:
        return []
    held = {row.planned_id: row for row in marked(InputActual.objects.filter(report__operation=operation))}
    planned = Input.objects.filter(design=design).select_related("party__organisation")
    return [InputLine(row, held.get(row.pk)) for row in planned]
