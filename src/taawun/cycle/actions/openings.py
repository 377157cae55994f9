"""Opening an operation: by notes exchanged, by a decision without a request, as follow-up of another."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle.actions.beginning import (
    first_component,
    form_of,
    hand_basis_over,
    parties_of,
    parties_of_request,
    prepare,
    sort_of,
)
from taawun.cycle.actions.numbering import case_number
from taawun.cycle.models import (
    Basis,
    CooperationRequest,
    Operation,
    Party,
    settings_of,
)
from taawun.directory.models import Organisation
from taawun.directory.queries import country_office_for
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Context, Refused
from taawun.papers.models import File


def open_operation(coop_request: CooperationRequest, ctx: Context) -> None:
    """Open the operation a confirmed request leads to, everything carried over: nothing is typed twice."""
    settings = settings_of(coop_request.provider_id)
    form = form_of(coop_request.modality_id, settings)
    operation = Operation.objects.create(
        state="planning",
        state_since=clock.now(),
        settings_id=settings.pk,
        form=form,
        code=case_number(coop_request.country_id, sort_of(form), ctx.acted_on, settings),
        basis=Basis.NOTES,
        basis_number=ctx.data.get("number", ""),
        basis_on=ctx.data.get("dated_on"),
        language=coop_request.language,
        title=coop_request.title,
        modality_id=coop_request.modality_id,
        country_id=coop_request.country_id,
        sector_id=coop_request.sector_id,
        coop_request=coop_request,
        provider_id=coop_request.provider_id,
        country_office_id=coop_request.country_office_id,
        site=coop_request.site,
        starts_on=coop_request.starts_on,
        ends_on=coop_request.ends_on,
        opened_on=ctx.acted_on,
        is_example=coop_request.is_example,
    )
    Party.objects.bulk_create(parties_of_request(operation, coop_request))
    first_component(operation, None)
    record(
        operation,
        "opened",
        actor=ctx.actor,
        to_state="planning",
        acted_on=ctx.acted_on,
        detail={"request": coop_request.code},
    )
    ctx.notes["operation"] = operation.code
    ctx.data["operation"] = operation


# ── A decision without a request ──


def open_without_request(
    *, actor: User, provider: Organisation, partner: Organisation, values: dict[str, Any]
) -> Operation:
    """Open an operation in *planning* by a decision that no request led to (cycle.md: desk, decision, date, scan).

    A joint commission's line, a triangular arrangement, an annual programme, an exchange of letters. `values`: title,
    language, modality_id, sector_id, site, starts_on, ends_on, basis, basis_number, basis_on, scan, supplier. Refuses
    (403) who is no desk officer of the provider; (`Refused`) a decision without number, date or scan.
    """
    if provider.pk not in fresh_standing(actor).holding(Role.DESK):
        raise PermissionDenied
    scan, supplier = values.pop("scan", None), values.pop("supplier", None)
    _refuse_undecided(values, scan)
    with transaction.atomic():
        operation = _opened(
            provider=provider,
            country_id=partner.country_id,
            day=values["basis_on"],
            is_example=partner.is_example,
            **values,
        )
        Party.objects.bulk_create(parties_of(operation, partner, supplier))
        first_component(operation, supplier)
        _keep_scan(operation, scan, actor)
        record(
            operation,
            "opened",
            actor=actor,
            to_state="planning",
            organisation_id=provider.pk,
            role=Role.DESK,
            acted_on=values["basis_on"],
            detail={"note": values["basis_number"]},
        )
        prepare(operation)
    return operation


def _refuse_undecided(values: dict[str, Any], scan: Any) -> None:
    missing = [
        text
        for value, text in (
            (values.get("basis_number"), _("Give the number of the decision.")),
            (values.get("basis_on"), _("Give the date of the decision.")),
            (scan, _("Attach the scan of the decision.")),
        )
        if not value
    ]
    if values.get("basis_on") and values["basis_on"] > clock.today():
        missing.append(_("The date of the decision lies in the future."))
    if missing:
        raise Refused([Obstacle(text) for text in missing])


def _opened(*, provider: Organisation, country_id: str, day: date, **values: Any) -> Operation:
    settings = settings_of(provider.pk)
    form = form_of(values["modality_id"], settings)
    return Operation.objects.create(
        state="planning",
        state_since=clock.now(),
        settings_id=settings.pk,
        code=case_number(country_id, sort_of(form), day, settings),
        form=form,
        country_id=country_id,
        provider=provider,
        country_office=country_office_for(provider.pk, country_id) or provider,
        opened_on=day,
        **values,
    )


def _keep_scan(operation: Operation, scan: File | None, actor: User) -> None:
    if scan is not None:
        hand_basis_over(operation, scan, actor)


# ── Follow-up ──


def open_follow_up(operation: Operation, ctx: Context) -> None:
    """At the partner's request: an operation of its own, linked to this one, with its parties (cycle.md)."""
    values, scan = dict(ctx.data), ctx.data.get("scan")
    values.pop("scan", None)
    basis = {name: values.get(name) for name in ("basis_number", "basis_on")}
    _refuse_undecided(basis, scan)
    made = _opened(
        provider=operation.provider,
        country_id=operation.country_id,
        day=ctx.acted_on,
        title=values["title"],
        language=operation.language,
        modality_id=values["modality_id"],
        sector_id=operation.sector_id,
        site=operation.site,
        follows=operation,
        basis=Basis.FOLLOW_UP,
        is_example=operation.is_example,
        **basis,
    )
    Party.objects.bulk_create(
        Party(
            operation=made,
            **{
                name: getattr(party, name)
                for name in ("organisation_id", "part", "signs", "acts_through_id", "acts_as")
            },
        )
        for party in operation.party_rows
    )
    first_component(made, None)
    if ctx.actor:
        _keep_scan(made, scan, ctx.actor)
    record(
        made,
        "opened",
        actor=ctx.actor,
        to_state="planning",
        organisation_id=ctx.organisation_id,
        role=ctx.acting.role if ctx.acting else "",
        acted_on=ctx.acted_on,
        detail={"note": operation.code},
    )
    prepare(made)
    ctx.notes["note"] = made.code
