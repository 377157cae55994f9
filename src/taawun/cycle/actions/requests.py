"""Writing a request."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights, rows
from taawun.cycle.models import (
    CooperationRequest,
    RequestInput,
    RequestOutput,
)
from taawun.directory.models import Organisation
from taawun.directory.queries import coordination_body_of, country_office_for
from taawun.directory.roles import Role
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import Standing, fresh_standing
from taawun.foundation.steps import Context, Refused, perform
from taawun.foundation.taking_back import Back
from taawun.foundation.tasks import sync_tasks

# What a request submitted again says as the deferred one did.
CARRIED = (
    *("language", "title", "modality_id", "country_id", "sector_id", "requesting_id", "coordination_id"),
    *("provider_id", "country_office_id", "is_example", "need", "source", "consulted", "priority_area"),
    *("development_issue", "programme", "background", "overall_goal", "purpose", "indicator"),
    *("indicator_unit", "baseline", "baseline_on", "target", "site", "starts_on", "ends_on"),
    *("implementing_id", "implementing_note"),
)


def begin_request(
    *, actor: User, requesting: Organisation, provider: Organisation, values: dict[str, Any]
) -> CooperationRequest:
    """Open an idea for an organisation the actor is an officer of, or records for; refuses (403) anyone else.

    The coordination body and the provider's office follow from the country: nobody chooses them.
    """
    coordination = coordination_body_of(requesting.country_id)
    office = country_office_for(provider.pk, requesting.country_id)
    acting = _begins_for(requesting, office, fresh_standing(actor))
    if coordination is None or office is None:
        raise Refused(
            [
                Obstacle(
                    _(
                        "No coordination body or country office is known for this country and provider: "
                        "ask your administrator."
                    )
                )
            ]
        )
    with transaction.atomic():
        made = CooperationRequest.objects.create(
            state="idea",
            state_since=clock.now(),
            country_id=requesting.country_id,
            requesting=requesting,
            coordination=coordination,
            provider=provider,
            country_office=office,
            implementing=requesting,
            created_by=actor,
            is_example=requesting.is_example,
            **values,
        )
        record(made, "begun", actor=actor, **acting)
        sync_tasks(made)
    return made


def _begins_for(requesting: Organisation, office: Organisation | None, who: Standing) -> dict[str, Any]:
    """In which seat a person begins a request for an organisation; refuses (403) who has none."""
    if requesting.pk in who.holding(Role.LINE_OFFICER):
        return {"organisation_id": requesting.pk, "role": Role.LINE_OFFICER}
    if requesting.on_paper and office and office.pk in who.holding(Role.COUNTRY_OFFICE):
        return {
            "organisation_id": office.pk,
            "role": Role.COUNTRY_OFFICE,
            "on_behalf_of_id": requesting.pk,
        }
    raise PermissionDenied


def resubmit(coop_request: CooperationRequest, ctx: Context) -> None:
    """A deferred request is prepared again: a new draft with everything it said, linked to it, in no round yet."""
    again = CooperationRequest.objects.create(
        state="draft",
        state_since=clock.now(),
        resubmits=coop_request,
        created_by=ctx.actor,
        **{name: getattr(coop_request, name) for name in CARRIED},
    )
    RequestOutput.objects.bulk_create(
        RequestOutput(coop_request=again, number=o.number, text=o.text, activities=o.activities)
        for o in coop_request.outputs.all()
    )
    RequestInput.objects.bulk_create(
        RequestInput(coop_request=again, **{name: getattr(i, name) for name in rows.INPUT})
        for i in coop_request.inputs.all()
    )
    record(
        again,
        "begun-again",
        actor=ctx.actor,
        organisation_id=ctx.organisation_id,
        role=ctx.acting.role if ctx.acting else "",
        on_behalf_of_id=ctx.on_behalf_of_id,
        detail={"note": coop_request.code or ""},
    )
    sync_tasks(again)


def undo_resubmit(coop_request: CooperationRequest, back: Back) -> None:
    """Prepared again by mistake: the new request goes while it is a draft nobody has submitted."""
    again = CooperationRequest.objects.select_for_update(of=("self",)).get(resubmits=coop_request)
    if again.state != "draft" or again.code:
        raise Refused([Obstacle(_("The new request has been submitted already."))])
    perform(again, "withdraw", actor=back.actor, reason=back.reason)
    CooperationRequest.objects.filter(pk=again.pk).update(resubmits=None)


def save_request_part(
    coop_request: CooperationRequest, part: str, values: dict[str, Any], *, actor: User, base_version: int
) -> CooperationRequest:
    """Save one part of a request's form; never over another's save of the same part (`editing.Conflict`)."""
    rights.require(coop_request, actor, "request-texts")
    with transaction.atomic():
        saved = editing.save_part(coop_request, part, values, actor=actor, base_version=base_version)
        sync_tasks(saved)
    return saved


def save_request_rows(
    coop_request: CooperationRequest,
    part: str,
    given: list[dict[str, Any]],
    *,
    actor: User,
    base_version: int,
) -> CooperationRequest:
    """Save a part that is rows (outputs with activities, inputs): the rows given replace those held.

    Never over another's save of the same part (`editing.Conflict`); what says the same changes nothing. Raises
    `editing.Frozen` once the request is submitted.
    """
    rights.require(coop_request, actor, "request-texts")
    names, lines = rows.OF_A_REQUEST[part]
    with transaction.atomic():
        locked = CooperationRequest.objects.select_for_update(of=("self",)).get(pk=coop_request.pk)
        if not locked.is_editable:
            raise editing.Frozen
        held = rows.values_of(getattr(locked, part).all(), names)
        wanted = rows.values_of(given, names)
        if held != wanted:
            editing.claim_part(locked, part, base_version, theirs=lines(held), mine=lines(wanted))
            _replace_rows(locked, part, wanted)
            record(locked, "edited", actor=actor, detail={"part": part, "changed": {part: [held, wanted]}})
            sync_tasks(locked)
    return locked


def _replace_rows(coop_request: CooperationRequest, part: str, wanted: list[dict[str, Any]]) -> None:
    getattr(coop_request, part).all().delete()
    if part == "outputs":
        RequestOutput.objects.bulk_create(
            RequestOutput(coop_request=coop_request, number=n, **row) for n, row in enumerate(wanted, start=1)
        )
    else:
        RequestInput.objects.bulk_create(RequestInput(coop_request=coop_request, **row) for row in wanted)
