"""Opening an operation: by notes exchanged, by a decision without a request, as follow-up of another."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle.actions.numbering import case_number
from taawun.cycle.models import (
    Basis,
    Component,
    CooperationRequest,
    Form,
    Operation,
    OperationPart,
    Party,
    ProviderSettings,
    settings_of,
)
from taawun.directory.models import Organisation
from taawun.directory.queries import coordination_body_of, country_office_for
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Context, Refused
from taawun.foundation.tasks import sync_tasks
from taawun.papers.actions import hand_over
from taawun.papers.models import File

BASIS_GATE = "basis"


def form_of(modality_id: str, settings: ProviderSettings) -> str:
    """Whether what begins under these settings is carried out as a project or as a stand-alone activity.

    Asked once, when an operation begins: it keeps its form, whatever is settled later (ADR 16).
    """
    return Form.ACTIVITY if modality_id in settings.stand_alone else Form.PROJECT


def sort_of(form: str) -> str:
    """What stands in the number people quote: PRJ for a project, ACT for an activity."""
    return "ACT" if form == Form.ACTIVITY else "PRJ"


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
    Party.objects.bulk_create(_parties(operation, coop_request))
    Component.objects.create(
        operation=operation,
        modality_id=coop_request.modality_id,
        title=coop_request.title,
        place=coop_request.site[:200],
        starts_on=coop_request.starts_on,
        ends_on=coop_request.ends_on,
        supplier_id=coop_request.provider_id,
    )
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


def _parties(operation: Operation, coop_request: CooperationRequest) -> Iterable[Party]:
    implementing_id = coop_request.implementing_id or coop_request.requesting_id
    yield Party(
        operation=operation,
        organisation_id=implementing_id,
        part=OperationPart.IMPLEMENTING,
        signs=True,
        acts_through_id=implementing_id,
        acts_as=Role.LINE_OFFICER,
    )
    if coop_request.requesting_id != implementing_id:
        yield Party(
            operation=operation,
            organisation_id=coop_request.requesting_id,
            part=OperationPart.BENEFICIARY,
            acts_through_id=coop_request.requesting_id,
            acts_as=Role.LINE_OFFICER,
        )
    yield Party(
        operation=operation,
        organisation_id=coop_request.coordination_id,
        part=OperationPart.COORDINATION,
        acts_through_id=coop_request.coordination_id,
        acts_as=Role.COORDINATION,
    )
    yield Party(
        operation=operation,
        organisation_id=coop_request.provider_id,
        part=OperationPart.PROVIDER,
        signs=True,
        acts_through_id=coop_request.country_office_id,
        acts_as=Role.COUNTRY_OFFICE,
    )


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


def parties_of(operation: Operation, partner: Organisation, supplier: Organisation | None) -> Iterable[Party]:
    """Who takes part from the first day: the partner, its coordination body, the provider, a supplying institution."""
    yield Party(
        operation=operation,
        organisation=partner,
        part=OperationPart.IMPLEMENTING,
        signs=True,
        acts_through=partner,
        acts_as=Role.LINE_OFFICER,
    )
    coordination = coordination_body_of(partner.country_id)
    if coordination and coordination.pk != partner.pk:
        yield Party(
            operation=operation,
            organisation=coordination,
            part=OperationPart.COORDINATION,
            acts_through=coordination,
            acts_as=Role.COORDINATION,
        )
    has_office = operation.country_office_id != operation.provider_id
    yield Party(
        operation=operation,
        organisation_id=operation.provider_id,
        part=OperationPart.PROVIDER,
        signs=True,
        acts_through_id=operation.country_office_id,
        acts_as=Role.COUNTRY_OFFICE if has_office else Role.DESK,
    )
    if supplier and supplier.pk not in (partner.pk, operation.provider_id):
        yield supplying(operation, supplier)


def supplying(operation: Operation, supplier: Organisation) -> Party:
    """The institution that supplies the experts, or hosts the course: it takes part, and signs nothing."""
    return Party(
        operation=operation,
        organisation=supplier,
        part=OperationPart.SUPPLIER,
        acts_through=supplier,
        acts_as=Role.LINE_OFFICER,
    )


def first_component(operation: Operation, supplier: Organisation | None) -> None:
    """One component over the whole operation; more are entered where they are."""
    Component.objects.create(
        operation=operation,
        modality_id=operation.modality_id,
        title=operation.title,
        place=operation.site[:200],
        starts_on=operation.starts_on,
        ends_on=operation.ends_on,
        supplier_id=supplier.pk if supplier else operation.provider_id,
    )


def _keep_scan(operation: Operation, scan: File | None, actor: User) -> None:
    if scan is not None:
        hand_basis_over(operation, scan, actor)


def hand_basis_over(operation: Operation, scan: File, actor: User, name: str = "basis_scan") -> None:
    """Keep the paper an operation rests on, or was taken over from, with the operation."""
    hand_over(scan, actor=actor, gate=BASIS_GATE, subject_id=operation.pk)
    setattr(operation, name, scan)
    operation.save(update_fields=[name])


def prepare(operation: Operation) -> None:
    """What upper rooms begin with a project: its design, and the lessons it is offered while it is planned."""
    if operation.is_project:
        registry.services["begin-design"](operation)
        if operation.is_editable:
            registry.services["offer-lessons-to"](operation)
    sync_tasks(operation)


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
