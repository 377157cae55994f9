"""What people do to tell how an operation is going."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.actions import mark_monitored, void_consents
from taawun.cycle.models import Operation, Party
from taawun.directory.queries import accounts_of
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.seats import on_paper
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.kernel import measures
from taawun.kernel.workflow import Seat
from taawun.monitoring import queries, settling
from taawun.monitoring.models import (
    CompletionReport,
    IndicatorValue,
    InputActual,
    Reporting,
    Sheet,
    SheetActions,
    SheetConfirmation,
)

# What the columns of a value hold: fourteen digits before the point, four after it.
LARGEST, SMALLEST = Decimal(10) ** 14, Decimal("0.0001")


@dataclass(frozen=True)
class Figure:
    """What was measured of an indicator; a ratio has both its numbers, everything else a value. All empty: nothing."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class _Desk:
    """A locked operation with the seat that writes on it."""

    operation: Operation
    seat: Seat
    organisation_id: int | None
    actor: User

    def party(self) -> Party:
        party = queries.party_of(self.operation, self.organisation_id, self.seat.role)
        if party is None:
            raise Refused(
                [Obstacle(_("Your organisation has no part in this operation: ask the country office."))]
            )
        return party

    def enter(self, act: str, **detail: Any) -> None:
        record(
            self.operation,
            act,
            actor=self.actor,
            organisation_id=self.organisation_id,
            role=self.seat.role,
            detail=detail,
        )


@contextmanager
def _writing(operation: Operation, actor: User, right: str) -> Iterator[_Desk]:
    """One transaction on the locked operation: who may, in which states, and the tasks that follow from it."""
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
        seat, organisation_id = rights.require(locked, actor, right)
        if locked.state not in queries.WRITABLE[right]:
            raise editing.Frozen
        yield _Desk(locked, seat, organisation_id, actor)
        settling.refuse_taking_back(locked)
        sync_tasks(locked)


# ── Sheets ──


def open_sheet(
    operation: Operation, *, values: dict[str, Any], figures: dict[int, Figure], as_of: date, actor: User
) -> Sheet:
    """Begin the next monitoring sheet with one party's texts and indicator values; `values["actions"]`: what it did.

    Refuses (`Refused`) a period that another sheet covers, and an indicator of another operation; `Frozen` outside
    implementation and completion review. A sheet entered in completion review voids the consents to the results.
    """
    with _writing(operation, actor, "sheet") as desk:
        number = (
            Sheet.objects.filter(operation=desk.operation).aggregate(last=Max("number"))["last"] or 0
        ) + 1
        _refuse_covered_period(desk.operation, values["period_from"], values["period_to"], number)
        common = {name: value for name, value in values.items() if name != "actions"}
        sheet = Sheet.objects.create(operation=desk.operation, number=number, opened_by=actor, **common)
        _write_actions(desk, sheet, values)
        _write_figures(desk, sheet, figures, as_of)
        void_consents(desk.operation, "confirm-results")
        desk.enter("sheet-opened", sheet=number, period=[values["period_from"], values["period_to"]])
    return sheet


def save_sheet(
    sheet: Sheet,
    *,
    values: dict[str, Any],
    figures: dict[int, Figure],
    as_of: date,
    actor: User,
    base_version: int,
) -> Sheet:
    """Save one party's changes of a sheet; what the others reported, and say they did, stays as it is.

    A change voids the confirmations given, and in completion review the consents to the results. Saving what is
    held already changes nothing. Never over another's save (`editing.Conflict`).
    """
    with _writing(sheet.operation, actor, "sheet") as desk:
        held = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        party = desk.party()
        common = {name: value for name, value in values.items() if name != "actions"}
        theirs = {name: getattr(held, name) for name in common} | _held_figures(desk, party, held, figures)
        if "actions" in values:
            theirs["actions"] = queries.own_actions(held, party)
        mine = values | _named_figures(desk, figures, as_of)
        if theirs == mine:
            return held
        editing.bump(held, base_version, theirs=theirs, mine=mine)
        period = {"period_from": held.period_from, "period_to": held.period_to} | common
        _refuse_covered_period(desk.operation, period["period_from"], period["period_to"], held.number)
        Sheet.objects.filter(pk=held.pk).update(**common)
        _write_actions(desk, held, values)
        _write_figures(desk, held, figures, as_of)
        _void_confirmations(held)
        void_consents(desk.operation, "confirm-results")
        desk.enter("sheet-edited", sheet=held.number, changed=_changed(theirs, mine))
    return Sheet.objects.get(pk=sheet.pk)


def _write_actions(desk: _Desk, sheet: Sheet, values: dict[str, Any]) -> None:
    if "actions" not in values:
        return
    party, text = desk.party(), values["actions"].strip()
    if text:
        SheetActions.objects.update_or_create(sheet=sheet, party=party, defaults={"text": text})
    else:
        SheetActions.objects.filter(sheet=sheet, party=party).delete()


def confirm_sheet(sheet: Sheet, *, actor: User, version: int) -> Sheet:
    """Stand by a sheet for one's party. When every signing party does, the sheet is in.

    The first sheet that is in marks the operation as monitored. `version` is the one the person read: refuses when the
    sheet has changed since, a second confirmation of the same party, a figure in it that this party disputes, and one
    person confirming for two parties (a deputy who stands in both seats).
    """
    with _writing(sheet.operation, actor, "sheet-confirmation") as desk:
        held = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        party = desk.party()
        if held.version != version:
            raise Refused(
                [
                    Obstacle(
                        _("The sheet was changed since you opened it: read it again before you confirm it.")
                    )
                ]
            )
        if party.pk not in {p.pk for p in queries.state_of(desk.operation, held).open}:
            raise Refused([Obstacle(_("Your side has confirmed this sheet already."))])
        settling.refuse_own_dispute(desk.operation, held, party.pk)
        if _confirmed_for_another(held, desk):
            told = _(
                "You have confirmed this sheet for another party: another person confirms it for this one."
            )
            raise Refused([Obstacle(told)])
        today = clock.today()
        SheetConfirmation.objects.create(sheet=held, party=party, confirmed_on=today, by=actor)
        desk.enter("sheet-confirmed", sheet=held.number)
        if queries.state_of(desk.operation, held).complete:
            mark_monitored(desk.operation, on=today, actor=actor)
            settling.settle_confirmed(desk.operation, held, actor)
    return held


def _confirmed_for_another(sheet: Sheet, desk: _Desk) -> bool:
    """Whether the person stood by the sheet for another party; what came by letter is that party's own word."""
    who = standing(desk.actor)
    accounts = accounts_of(who.person_id, who.user_id)
    mine = sheet.confirmations.filter(by__in=accounts, voided_at__isnull=True)
    return mine.exclude(party__acts_through_id__in=on_paper(desk.operation)).exists()


def _refuse_covered_period(operation: Operation, start: date, end: date, number: int) -> None:
    others = Sheet.objects.filter(operation=operation, period_from__lte=end, period_to__gte=start)
    if other := others.exclude(number=number).order_by("number").first():
        link = reverse("monitoring:sheet", args=[operation.pk, other.number])
        text = _("Monitoring sheet %(number)s covers a part of this period already.") % {
            "number": other.number
        }
        raise Refused([Obstacle(text, link, _("Open it"))])


def _void_confirmations(sheet: Sheet) -> None:
    SheetConfirmation.objects.filter(sheet=sheet, voided_at__isnull=True).update(voided_at=clock.now())


# ── Values ──


def report_values(
    operation: Operation, *, figures: dict[int, Figure], as_of: date, actor: User, base_version: int
) -> Reporting:
    """Report one side's indicator values of a day outside any sheet: the last values, above all.

    An empty figure removes what the side had reported for that day. In completion review a change voids the consents
    to the results. Refuses an indicator of another operation; never over another's save (`editing.Conflict`).
    """
    with _writing(operation, actor, "sheet") as desk:
        party = desk.party()
        held, _made = Reporting.objects.select_for_update().get_or_create(
            operation=desk.operation, organisation_id=party.organisation_id, defaults={"version": 0}
        )
        theirs = _held_figures(desk, party, None, figures)
        mine = _named_figures(desk, figures, as_of)
        editing.bump(held, base_version, theirs=theirs, mine=mine)
        _write_figures(desk, None, figures, as_of)
        void_consents(desk.operation, "confirm-results")
        desk.enter("values-reported", as_of=as_of, changed=_changed(theirs, mine))
    return held


def _write_figures(desk: _Desk, sheet: Sheet | None, figures: dict[int, Figure], as_of: date) -> None:
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


def _held_figures(
    desk: _Desk, party: Party, sheet: Sheet | None, figures: dict[int, Figure]
) -> dict[str, Any]:
    """What a party holds of the same indicators, as a conflict shows it: by the indicator's name."""
    held = queries.own_values(desk.operation, party.organisation_id, sheet)
    definitions = queries.definitions_of(desk.operation, figures)
    return {
        str(definition): _plain(held[pk].value, held[pk].as_of, held[pk].note)
        for pk, definition in definitions.items()
        if pk in held
    }


def _named_figures(desk: _Desk, figures: dict[int, Figure], as_of: date) -> dict[str, Any]:
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


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    names = [*after, *(name for name in before if name not in after)]
    return {
        name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)
    }


# ── The report at the end ──


@dataclass(frozen=True)
class Provided:
    """What was provided of one planned input; an empty text removes the line."""

    text: str = ""
    amount: Decimal | None = None


def save_completion_report(
    operation: Operation,
    *,
    values: dict[str, str],
    provided: dict[int, Provided],
    actor: User,
    base_version: int,
) -> CompletionReport:
    """Write the completion report and what was provided of each planned input.

    A change voids the consents to the results: the parties consented to another report. Refuses an input of another
    operation; never over another's save (`editing.Conflict`).
    """
    with _writing(operation, actor, "completion-report") as desk:
        report, _made = CompletionReport.objects.select_for_update().get_or_create(
            operation=desk.operation, defaults={"version": 0, "written_by": actor}
        )
        theirs = {name: getattr(report, name) for name in values}
        editing.bump(report, base_version, theirs=theirs, mine=values)
        CompletionReport.objects.filter(pk=report.pk).update(
            **values, written_by=actor, written_at=clock.now()
        )
        _write_provided(desk.operation, report, provided)
        void_consents(desk.operation, "confirm-results")
        desk.enter("completion-report", changed=sorted(n for n in values if theirs[n] != values[n]))
    return CompletionReport.objects.get(pk=report.pk)


def _write_provided(operation: Operation, report: CompletionReport, provided: dict[int, Provided]) -> None:
    planned = {line.planned.pk for line in queries.input_lines(operation)}
    if not planned.issuperset(provided):
        raise Refused([Obstacle(_("One of the inputs does not belong to the design of this operation."))])
    for pk, given in provided.items():
        if given.text:
            InputActual.objects.update_or_create(
                planned_id=pk, defaults={"report": report, "text": given.text, "amount": given.amount}
            )
        else:
            InputActual.objects.filter(planned_id=pk).delete()
