"""Merging two persons or two organisations that are one, and setting them apart again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.directory import merges
from taawun.directory.handovers import GOVERNING
from taawun.directory.merges import MergePlan
from taawun.directory.merging_cases import CaseKey, cases_of, hold_cases, kinds_and_keys, seats_in_tasks
from taawun.directory.merging_mail import tell
from taawun.directory.merging_rows import Rows, late_rows, move, put_back, rows_again, rows_of
from taawun.directory.models import Merge, Organisation, Person
from taawun.foundation import clock, outbox
from taawun.foundation.audit import record
from taawun.foundation.closing import close_account
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks


def merge(gone: Any, kept: Any, *, actor: User, reason: str, seen: str = "") -> Merge:
    """Merge a person into another, or an organisation: every living reference moves, row by row, and is entered.

    Nothing is deleted and no history is rewritten: the record, papers and who signed keep the one merged away, shown
    with the name it goes by now. A person's account is closed; the organisation is offered no more. By the
    administrator of the house, or of the one above it (403 to others). `seen` is the fingerprint of what was previewed.
    Refuses (`Refused`) with every obstacle. One entry in the record of each case in which somebody was exchanged, and
    one of the merge; what waits, waits on the one that stays, with its deadline.
    """
    with transaction.atomic():
        hold_cases(cases_of(row for rows in rows_of(gone, kept) for row in rows.found) | seats_in_tasks(gone))
        gone, kept = _locked(gone, kept)
        scope = merges.scope_of(gone, kept, fresh_standing(actor))
        if scope is None:
            raise PermissionDenied
        plan = merges.plan_of(gone, kept, actor)
        _refuse(plan, reason, seen)
        side = "person" if isinstance(gone, Person) else "organisation"
        made = Merge.objects.create(
            **{f"gone_{side}": gone, f"kept_{side}": kept},
            scope_id=scope,
            reason=reason.strip(),
            made_by=actor,
            closed_account=_close_account(gone, actor),
        )
        waiting = seats_in_tasks(gone)
        move(made, plan.rows)
        type(gone).objects.filter(pk=gone.pk).update(merged_into=kept, present_names=kept.names)
        _tell_the_cases(made, plan.rows, actor)
        _bring_desks_in_line(waiting | cases_of(row for rows in plan.rows for row in rows.found))
        _record(made, "merged", actor, made.reason)
        tell(made, actor=actor)
    return Merge.objects.get(pk=made.pk)


def _locked(gone: Any, kept: Any) -> tuple[Any, Any]:
    """Both rows, locked in one order: of two merges at once the second finds what the first did."""
    rows = type(gone).objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[gone.pk, kept.pk])
    held = {row.pk: row for row in rows.order_by("pk")}
    return held[gone.pk], held[kept.pk]


def _refuse(plan: MergePlan, reason: str, seen: str) -> None:
    told = list(plan.obstacles)
    if not told and seen and seen != plan.fingerprint:
        told.append(_("Something has changed since you looked: look again at what would move."))
    if not reason.strip():
        told.append(_("Give the reason."))
    if told:
        raise Refused([Obstacle(text) for text in told])


def _close_account(gone: Any, actor: User) -> bool:
    """Whether an open account was closed."""
    if not isinstance(gone, Person) or gone.user_id is None:
        return False
    return close_account(gone.user_id, actor=actor)


def _tell_the_cases(made: Merge, plan: list[Rows], actor: User) -> None:
    """One entry in the record of each case in which a party, or somebody on the team, is now the one that stays."""
    note = f"{made.gone.own_name} → {made.kept.own_name}"
    told = cases_of(row for rows in plan if rows.reference.told for row in rows.moving)
    for case in kinds_and_keys(told):
        record(case, "merged", actor=actor, detail={"note": note, "merge": made.pk})


def _bring_desks_in_line(cases: set[CaseKey]) -> None:
    """The desk's table follows from the cases; nobody gets a mail for what waited already."""
    with outbox.quiet():
        for case in kinds_and_keys(cases):
            sync_tasks(case)


def gather(merge: Merge, *, actor: User) -> Merge:
    """Lead what came late to the one merged away to the one that stays too, entered in the merge like the rest.

    By an administrator of the house that answers for it (403 to others). Refuses where nothing came late.
    """
    with transaction.atomic():
        cases = cases_of(row for rows in late_rows(merge) for row in rows.found) | seats_in_tasks(merge.gone)
        hold_cases(cases)
        _locked(merge.gone, merge.kept)
        held = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        if held.scope_id not in fresh_standing(actor).holding(GOVERNING):
            raise PermissionDenied
        late = late_rows(held)
        if not late:
            raise Refused([Obstacle(_("Nothing leads to the one merged away any more."))])
        move(held, late)
        _tell_the_cases(held, late, actor)
        _bring_desks_in_line(cases)
        _record(held, "late-rows-moved", actor, "")
    return held


def unmerge(merge: Merge, *, actor: User, reason: str) -> Merge:
    """Set the two apart again: every row that still leads to the one that stays, and led to the other, leads back.

    What has moved on since stays where it is, and the merge says so. The account that was closed opens again. By an
    administrator of the house that answers for the merge (403 to others). Refuses one that is undone already.
    """
    with transaction.atomic():
        rows = rows_again(merge)
        cases = cases_of(row for found in rows.values() for row in found) | seats_in_tasks(merge.kept)
        hold_cases(cases)
        gone, _kept = _locked(merge.gone, merge.kept)
        held = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        if held.scope_id not in fresh_standing(actor).holding(GOVERNING):
            raise PermissionDenied
        told = [_("This merge was undone already.")] if held.is_undone else []
        told += [] if reason.strip() else [_("Give the reason.")]
        if told:
            raise Refused([Obstacle(text) for text in told])
        put_back(held)
        type(gone).objects.filter(pk=gone.pk).update(merged_into=None, present_names=None)
        if held.closed_account:
            User.objects.filter(pk=gone.user_id).update(is_active=True)
        held.undone_by, held.undone_at, held.undone_reason = actor, clock.now(), reason.strip()
        held.save(update_fields=["undone_by", "undone_at", "undone_reason"])
        _tell_again(held, cases_of(row for one, found in rows.items() if one.told for row in found), actor)
        _bring_desks_in_line(cases | seats_in_tasks(gone))
        _record(held, "unmerged", actor, held.undone_reason)
        tell(held, actor=actor)
    return Merge.objects.get(pk=held.pk)


def _tell_again(held: Merge, told: set[CaseKey], actor: User) -> None:
    """The cases that were told of the merge are told that it was undone."""
    note = f"{held.kept.own_name} → {held.gone.own_name}"
    for case in kinds_and_keys(told):
        record(case, "unmerged", actor=actor, detail={"note": note, "merge": held.pk})


def _record(made: Merge, act: str, actor: User, reason: str) -> None:
    sort = "organisation" if isinstance(made.gone, Organisation) else "person"
    record(
        made,  # type: ignore[arg-type]  # a kind without states
        act,
        actor=actor,
        organisation_id=made.scope_id,
        role=GOVERNING,
        audience_id=made.scope_id,
        detail={"reason": reason, "of": sort, "gone": made.gone.pk, "kept": made.kept.pk},
    )
