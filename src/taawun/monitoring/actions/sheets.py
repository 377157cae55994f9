"""The monitoring sheet: opened, written by each party, and stood by."""

from datetime import date
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle.actions import mark_monitored, void_consents
from taawun.cycle.models import Operation
from taawun.directory.queries import accounts_of
from taawun.foundation import clock, editing
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.seats import on_paper
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused
from taawun.monitoring import queries, settling
from taawun.monitoring.actions.values import Figure, changed, held_figures, named_figures, write_figures
from taawun.monitoring.actions.writing import Desk, writing
from taawun.monitoring.models import Sheet, SheetActions, SheetConfirmation


def open_sheet(
    operation: Operation, *, values: dict[str, Any], figures: dict[int, Figure], as_of: date, actor: User
) -> Sheet:
    """Begin the next monitoring sheet with one party's texts and indicator values; `values["actions"]`: what it did.

    Refuses (`Refused`) a period that another sheet covers, and an indicator of another operation; `Frozen` outside
    implementation and completion review. A sheet entered in completion review voids the consents to the results.
    """
    with writing(operation, actor, "sheet") as desk:
        number = (
            Sheet.objects.filter(operation=desk.operation).aggregate(last=Max("number"))["last"] or 0
        ) + 1
        _refuse_covered_period(desk.operation, values["period_from"], values["period_to"], number)
        common = {name: value for name, value in values.items() if name != "actions"}
        sheet = Sheet.objects.create(operation=desk.operation, number=number, opened_by=actor, **common)
        _write_actions(desk, sheet, values)
        write_figures(desk, sheet, figures, as_of)
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
    with writing(sheet.operation, actor, "sheet") as desk:
        held = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        party = desk.party()
        common = {name: value for name, value in values.items() if name != "actions"}
        theirs = {name: getattr(held, name) for name in common} | held_figures(desk, party, held, figures)
        if "actions" in values:
            theirs["actions"] = queries.own_actions(held, party)
        mine = values | named_figures(desk, figures, as_of)
        if theirs == mine:
            return held
        editing.bump(held, base_version, theirs=theirs, mine=mine)
        period = {"period_from": held.period_from, "period_to": held.period_to} | common
        _refuse_covered_period(desk.operation, period["period_from"], period["period_to"], held.number)
        Sheet.objects.filter(pk=held.pk).update(**common)
        _write_actions(desk, held, values)
        write_figures(desk, held, figures, as_of)
        _void_confirmations(held)
        void_consents(desk.operation, "confirm-results")
        desk.enter("sheet-edited", sheet=held.number, changed=changed(theirs, mine))
    return Sheet.objects.get(pk=sheet.pk)


def _write_actions(desk: Desk, sheet: Sheet, values: dict[str, Any]) -> None:
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
    with writing(sheet.operation, actor, "sheet-confirmation") as desk:
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


def _confirmed_for_another(sheet: Sheet, desk: Desk) -> bool:
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
