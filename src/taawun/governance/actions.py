"""Changing an agency's settings, and moving a running case to those in force."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.actions import void_consents
from taawun.cycle.models import ApprovingSeat, ConsultedMinistry, ExPostType, Waiver
from taawun.directory.models import Organisation
from taawun.directory.queries import names_of
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.editing import Conflict
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.governance.deadline_terms import problems_of
from taawun.governance.models import Version
from taawun.governance.moving import move_of
from taawun.governance.saying import differences
from taawun.governance.terms import Terms, terms_of
from taawun.reference.names import Listing, known


def make_version(
    agency: Organisation,
    terms: Terms,
    *,
    actor: User,
    reason: str,
    base_version: int,
    in_force_from: date | None = None,
    preset: str = "",
) -> Version:
    """Make the next version of an agency's settings, in force from a day; running cases keep theirs.

    Refuses (403) whoever is not its administrator; a `Conflict` with whoever made a version since `base_version`. The
    first version holds from the beginning; a later one from today or a day to come, and replaces one that still waits.
    """
    with transaction.atomic():
        # The agency's row orders competing versions.
        Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
        if agency.pk not in fresh_standing(actor).holding(Role.ADMINISTRATOR):
            raise PermissionDenied
        last = Version.objects.filter(provider_id=agency.pk).order_by("-version").first()
        held = terms_of(last) if last else None
        if last and held and last.version != base_version:
            lines = differences(held, terms, names_of(terms.organisations | held.organisations))
            raise Conflict(
                last, {line.label: line.before for line in lines}, {line.label: line.after for line in lines}
            )
        day = (in_force_from or clock.today()) if last else None
        _refuse_version(last, held == terms, terms, day, reason)
        made: Any = _store(agency, terms, last, day, reason.strip(), actor, preset)
        record(
            made,
            "version-made",
            actor=actor,
            organisation_id=agency.pk,
            role=Role.ADMINISTRATOR,
            audience_id=agency.pk,
            detail={
                "reason": made.reason,
                "version": made.version,
                "in_force_from": day,
                "changed": _changed(held.raw() if held else {}, terms.raw()),
            },
        )
    return made


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: [before.get(name), after[name]] for name in after if before.get(name) != after[name]}


def _refuse_version(last: Version | None, same: bool, terms: Terms, day: date | None, reason: str) -> None:
    obstacles = []
    if not reason.strip():
        obstacles.append(_("Give the reason."))
    if day and day < clock.today():
        obstacles.append(_("Settings come into force today or later, never before."))
    if last and same and last.in_force_from in (None, day):
        obstacles.append(_("Nothing differs from version %(number)s.") % {"number": last.version})
    if len({seat.organisation_id for seat in terms.seats}) < len(terms.seats):
        obstacles.append(_("An organisation approves in one seat only."))
    if terms.values["approvals_needed"] > max(len(terms.approving), 1):
        obstacles.append(_("More approvals are needed than seats are used."))
    amounts = [terms.values[name] for name in ("ex_post_threshold", "ex_post_external_from")]
    if any(amount is not None for amount in amounts) and not terms.values["ex_post_currency_id"]:
        obstacles.append(_("Choose the currency of the amount."))
    if terms.values["ex_post_type"] == ExPostType.AMOUNT and amounts[1] is None:
        obstacles.append(_("Give the amount from which the evaluation is external."))
    if any(not registry.requirements[slug].waivable for _modality, slug in terms.waived):
        obstacles.append(_("A condition on which the step rests cannot be waived."))
    if terms.alone - {*known().get("modality", Listing()).entries}:
        obstacles.append(_("A stand-alone activity is in one of the forms of cooperation of the list."))
    obstacles += problems_of(terms.deadlines)
    if obstacles:
        raise Refused(obstacles)


def _store(
    agency: Organisation,
    terms: Terms,
    last: Version | None,
    day: date | None,
    reason: str,
    actor: User,
    preset: str,
) -> Version:
    made = Version.objects.create(
        provider_id=agency.pk,
        version=last.version + 1 if last else 1,
        in_force_from=day,
        reason=reason,
        made_by=actor,
        preset=preset or (last.preset if last else "own"),
        stand_alone=sorted(terms.alone),
        deadlines=terms.deadlines,
        **terms.values,
    )
    ApprovingSeat.objects.bulk_create(
        ApprovingSeat(settings=made, position=n, organisation_id=seat.organisation_id, used=seat.used)
        for n, seat in enumerate(terms.seats, start=1)
    )
    ConsultedMinistry.objects.bulk_create(
        ConsultedMinistry(settings=made, organisation_id=pk) for pk in sorted(terms.ministries)
    )
    Waiver.objects.bulk_create(
        Waiver(settings=made, modality_id=modality, requirement=slug)
        for modality, slug in sorted(terms.waived)
    )
    return made


def move_case(case: Any, *, actor: User, reason: str, seen: str) -> Any:
    """Move one running case from the settings it began under to those in force: the desk's act, with its reason.

    `seen` names what the person was told would change (`Move.seen`): when that is no longer so, it is refused and
    looked at again. Approvals already given under other seats are voided; what depends on a period gets its new day;
    numbers given and opinions asked stay. Refuses (403) anyone but the desk of the provider.
    """
    with transaction.atomic():
        locked = type(case)._default_manager.select_for_update(of=("self",)).get(pk=case.pk)
        seat, organisation_id = rights.require(locked, actor, "settings")
        move = move_of(locked)
        obstacles = [Obstacle(one) for one in move.obstacles]
        if not reason.strip():
            obstacles.append(Obstacle(_("Give the reason.")))
        if not obstacles and move.seen != seen:
            obstacles.append(
                Obstacle(_("The case or the settings changed meanwhile: look again at what changes."))
            )
        if obstacles:
            raise Refused(obstacles)
        type(case)._default_manager.filter(pk=locked.pk).update(settings=move.present, **move.stored)
        moved = type(case)._default_manager.get(pk=locked.pk)
        if move.voided:
            void_consents(moved, "adopt")
        record(
            moved,
            "settings-moved",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            audience_id=moved.provider_id if moved.kind == "request" else None,
            detail={
                "reason": reason.strip(),
                "settings": [move.before.version if move.before.pk else 0, move.present.version],
                "voided": [consent.organisation_id for consent in move.voided],
            },
        )
        sync_tasks(moved)
    return moved
