"""Opening an operation, and what is written on it besides its steps."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights, rows, team
from taawun.cycle.actions.beginning import supplying
from taawun.cycle.models import Component, Operation, TeamMember
from taawun.directory.actions import enter_person
from taawun.directory.models import Organisation
from taawun.foundation import editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks

BEFORE_THE_SIGNATURE = ("planning", "appraised")
# What the parties sign of a component.
AGREED = ("starts_on", "ends_on", "ceiling", "currency_id")
BEFORE_THE_START = ("planning", "appraised", "agreed")


def name_people(operation: Operation, given: list[dict[str, Any]], *, actor: User, base_version: int) -> None:
    """Set who works on the operation (directors, managers, counterparts, experts). Evaluators are named elsewhere.

    The rows given replace those that are not over yet. Of whoever is left out the function ends today; only one that
    has not begun vanishes. One that is over already stays, unless given anew from the same day: then it was struck
    out by mistake. Never over another's save (`editing.Conflict`); what says the same changes nothing. Refuses a
    person twice in one function from one day. A row without a person gives the `name` of somebody who is not known
    here: they are entered, so that whoever has no account is named too.
    """
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
        seat, organisation_id = rights.require(locked, actor, "people")
        held_team = list(team.named_team(locked))
        held = rows.values_of(held_team, rows.MEMBER)
        wanted = rows.values_of(_with_persons(given, held_team), rows.MEMBER)
        if held == wanted:
            return
        _refuse_twice_named(wanted)
        editing.bump(locked, base_version, theirs=rows.member_lines(held), mine=rows.member_lines(wanted))
        left = team.left_out(held_team, wanted)
        team.replace(locked, held_team, left, wanted)
        record(
            locked,
            "people-named",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail={"ended": [[member.function, member.person_id] for member in left]},
        )
        sync_tasks(locked)


def _with_persons(given: list[dict[str, Any]], named: list[TeamMember]) -> list[dict[str, Any]]:
    """The rows with a person each. One name stands for one person of an organisation, on one operation."""
    by_name = {(member.person.own_name, member.organisation_id): member.person for member in named}
    found = []
    for row in given:
        person = row.get("person")
        if person is None:
            key = (row["name"], row["organisation"].pk)
            person = by_name[key] = by_name.get(key) or enter_person(row["name"])
        found.append({**row, "person": person})
    return found


def _refuse_twice_named(wanted: list[dict[str, Any]]) -> None:
    seen = [team.function_of(row) for row in wanted]
    twice = {row["person"].name for row, one in zip(wanted, seen, strict=True) if seen.count(one) > 1}
    if twice:
        raise Refused(
            [_("Named twice in one function from one day: %(name)s.") % {"name": name} for name in twice]
        )


def save_component(component: Component, values: dict[str, Any], *, actor: User, base_version: int) -> None:
    """Set a component's period, place, ceiling and supplier, and the date the supplier accepted them.

    From the signature of the Record of Discussions on, period and ceiling are the parties': an amendment alone changes
    them (`Refused`).
    """
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=component.operation_id)
        seat, organisation_id = rights.require(locked, actor, "component")
        if locked.state not in BEFORE_THE_START:
            raise editing.Frozen
        before = Component.objects.get(pk=component.pk, operation=locked)
        held = {name: getattr(before, name) for name in values}
        if held == values:
            return
        _refuse_agreed(locked, held, values)
        editing.bump(locked, base_version, theirs=held, mine=values)
        Component.objects.filter(pk=component.pk).update(**values)
        _let_supplier_take_part(locked, values.get("supplier"))
        record(
            locked,
            "component-edited",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail={"component": component.title},
        )
        sync_tasks(locked)


def _refuse_agreed(operation: Operation, held: dict[str, Any], values: dict[str, Any]) -> None:
    if period_agreed(operation) and any(held[n] != values[n] for n in AGREED if n in values):
        raise Refused([_("Period and ceiling are agreed: an amendment signed by the parties changes them.")])


def period_agreed(operation: Operation) -> bool:
    """Whether the parties have signed period and ceilings: then no edit changes them."""
    return operation.is_project and operation.state not in BEFORE_THE_SIGNATURE


def _let_supplier_take_part(operation: Operation, supplier: Organisation | None) -> None:
    if supplier and not operation.parties.filter(organisation=supplier).exists():
        supplying(operation, supplier).save()


def mark_monitored(operation: Operation, *, on: date, actor: User | None) -> None:
    """The first monitoring sheet is in: the operation passes from station 3 to station 4 of the cycle."""
    Operation.objects.filter(pk=operation.pk, monitored_since__isnull=True).update(monitored_since=on)
