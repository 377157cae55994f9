"""What an operation begins with, whatever opened it: its form, its parties, a component, the paper it rests on."""

from collections.abc import Iterable

from taawun.cycle.models import (
    Component,
    CooperationRequest,
    Form,
    Operation,
    OperationPart,
    Party,
    ProviderSettings,
)
from taawun.directory.models import Organisation
from taawun.directory.queries import coordination_body_of
from taawun.directory.roles import Role
from taawun.foundation.models import User
from taawun.foundation.ports import registry
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


def parties_of_request(operation: Operation, coop_request: CooperationRequest) -> Iterable[Party]:
    """Those of the request: who implements and who asked, the coordination body, the provider."""
    asked, implementing = (
        coop_request.requesting_id,
        coop_request.implementing_id or coop_request.requesting_id,
    )
    coordination, office = coop_request.coordination_id, coop_request.country_office_id
    yield _party(operation, OperationPart.IMPLEMENTING, implementing, Role.LINE_OFFICER, signs=True)
    if asked != implementing:
        yield _party(operation, OperationPart.BENEFICIARY, asked, Role.LINE_OFFICER)
    yield _party(operation, OperationPart.COORDINATION, coordination, Role.COORDINATION)
    yield _provider(operation, office, Role.COUNTRY_OFFICE)


def parties_of(operation: Operation, partner: Organisation, supplier: Organisation | None) -> Iterable[Party]:
    """Who takes part from the first day: the partner, its coordination body, the provider, a supplying institution."""
    yield _party(operation, OperationPart.IMPLEMENTING, partner.pk, Role.LINE_OFFICER, signs=True)
    coordination = coordination_body_of(partner.country_id)
    if coordination and coordination.pk != partner.pk:
        yield _party(operation, OperationPart.COORDINATION, coordination.pk, Role.COORDINATION)
    has_office = operation.country_office_id != operation.provider_id
    role = Role.COUNTRY_OFFICE if has_office else Role.DESK
    yield _provider(operation, operation.country_office_id, role)
    if supplier and supplier.pk not in (partner.pk, operation.provider_id):
        yield supplying(operation, supplier)


def supplying(operation: Operation, supplier: Organisation) -> Party:
    """The institution that supplies the experts, or hosts the course: it takes part, and signs nothing."""
    return _party(operation, OperationPart.SUPPLIER, supplier.pk, Role.LINE_OFFICER)


def _party(operation: Operation, part: str, organisation_id: int, role: str, *, signs: bool = False) -> Party:
    """A party that acts through people of its own."""
    return Party(
        operation=operation,
        organisation_id=organisation_id,
        part=part,
        signs=signs,
        acts_through_id=organisation_id,
        acts_as=role,
    )


def _provider(operation: Operation, office_id: int, role: str) -> Party:
    """The provider signs, and acts through its country office where it has one."""
    party = _party(operation, OperationPart.PROVIDER, operation.provider_id, role, signs=True)
    party.acts_through_id = office_id
    return party


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
