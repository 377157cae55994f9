"""Naming the parties of an operation, before its signature."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _, override

from taawun.cycle import parties, rights, rows
from taawun.cycle.actions.consents import void_consents
from taawun.cycle.models import Operation, OperationPart, Party
from taawun.foundation import editing, outbox
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.ui import words

BEFORE_THE_SIGNATURE = ("planning", "appraised")


def name_parties(
    operation: Operation, given: list[dict[str, Any]], *, actor: User, base_version: int
) -> None:
    """Set who takes part in an operation, in which part, who signs, and what each contributes.

    Right `parties`; the rows given replace those held. Whose seat each acts in is derived (`parties.seat_of`). Consents
    given to joint steps are void, the parties are told, the new ones too. What says the same changes nothing. Refuses
    what may not stand (`parties.problems_of`) and the removal of a party that the design or a paper still names;
    `Frozen` once it is signed: from then on by amendment alone; never over another's save (`editing.Conflict`).
    """
    with transaction.atomic():
        locked = (
            Operation.objects.select_for_update(of=("self",)).select_related("provider").get(pk=operation.pk)
        )
        seat, organisation_id = rights.require(locked, actor, "parties")
        if locked.state not in BEFORE_THE_SIGNATURE:
            raise editing.Frozen
        held = rows.values_of(locked.party_rows, parties.PARTY)
        wanted = rows.values_of(given, parties.PARTY)
        if held == wanted:
            return
        if problems := parties.problems_of(locked, wanted):
            raise Refused([Obstacle(text) for text in problems])
        editing.bump(locked, base_version, theirs=parties.party_lines(held), mine=parties.party_lines(wanted))
        told = _replace(locked, wanted)
        for step in locked.workflow.transitions:
            if step.joint:
                void_consents(locked, step.name)
        event = record(
            locked,
            "parties-named",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail={"note": told},
        )
        sync_tasks(locked)
        outbox.tell(locked, event)


def _replace(operation: Operation, wanted: list[dict[str, Any]]) -> str:
    """Write the parties wanted: one that stays keeps its row, with the inputs that hang on it. Tells the change."""
    stay = _matched(list(operation.party_rows), wanted)
    gone = [party for party in operation.party_rows if party not in stay]
    made = [Party(operation=operation, organisation=row["organisation"]) for row in wanted]
    now = [party or new for party, new in zip(stay, made, strict=True)]
    for party, row in zip(now, wanted, strict=True):
        party.part, party.signs, party.contributes = row["part"], row["signs"], row["contributes"]
        party.acts_through_id, party.acts_as = parties.seat_of(operation, party.organisation, party.part)
    _remove(gone)
    Party.objects.bulk_update(
        [party for party in now if party.pk], ["part", "signs", "contributes", "acts_through", "acts_as"]
    )
    added = Party.objects.bulk_create(party for party in now if not party.pk)
    del operation.party_rows
    with override(operation.language):
        return words.listed(
            [*(f"+ {_called(party)}" for party in added), *(f"− {_called(party)}" for party in gone)]
        )


def _matched(held: list[Party], wanted: list[dict[str, Any]]) -> list[Party | None]:
    """The party each row speaks of: the same organisation in the same part, else in another part."""
    found: list[Party | None] = [
        next((p for p in held if (p.organisation_id, p.part) == (row["organisation"].pk, row["part"])), None)
        for row in wanted
    ]
    left = [party for party in held if party not in found]
    for place, row in enumerate(wanted):
        if found[place] is None:
            same = (party for party in left if party.organisation_id == row["organisation"].pk)
            found[place] = party = next(same, None)
            left = [one for one in left if one is not party]
    return found


def _called(party: Party) -> str:
    return f"{party.organisation.name} ({OperationPart(party.part).label})"


def _remove(gone: list[Party]) -> None:
    problems = []
    for party in gone:
        try:
            with transaction.atomic():
                Party.objects.filter(pk=party.pk).delete()
        except ProtectedError as named:
            where = dict.fromkeys(str(one._meta.verbose_name) for one in named.protected_objects)
            text = _("%(party)s is still named elsewhere: %(where)s. Take it out there first.")
            problems.append(Obstacle(text % {"party": party.organisation.name, "where": words.listed(where)}))
    if problems:
        raise Refused(problems)
