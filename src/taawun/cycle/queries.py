"""The gates: the only ways to a request or an operation, for lists, pages, papers, files and counts alike."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from taawun.cycle.models import (
    ActivityReport,
    ApprovingSeat,
    ConsultedMinistry,
    CooperationRequest,
    Lot,
    Operation,
    OperationPart,
    Opinion,
    Party,
    TeamMember,
    UnderSettings,
    settings_for,
    still_serving,
)
from taawun.directory.models import Organisation, OrganisationKind
from taawun.directory.queries import offered
from taawun.directory.roles import Role
from taawun.foundation.audit import events_of
from taawun.foundation.readable import Cases
from taawun.foundation.standing import Standing, standing
from taawun.reference.names import code_name

DRAFTING = ("idea", "draft", "dropped", "withdrawn")
PROVIDER_ROLES = (Role.DESK, Role.APPROVER, Role.KNOWLEDGE)


Within = Mapping[str, Any]  # columns of a case, each with the value it must have


def requests_visible_to(user: Any, within: Within | None = None) -> QuerySet[CooperationRequest]:
    """Requests this person may know of.

    The requesting organisation sees its own; the coordination body from submission on; the provider, its office in
    that country and the seats that approve from the moment it was forwarded; a ministry what it was asked about.
    The office sees earlier what it records itself, for an organisation or a coordination body that is on paper.
    `within` (`{"country_id": "country:LA"}`): those of them that have these values, looked for there alone.
    """
    return CooperationRequest.objects.filter(pk__in=request_keys(user, within))


def request_keys(user: Any, within: Within | None = None) -> QuerySet[Any, Any]:
    """The keys of the requests a person may know of: for what hangs on them, without a look at the requests."""
    who = standing(user)
    ids = CooperationRequest.objects.order_by().filter(**within or {}).values("pk")
    if not who.posts:
        return ids.none()
    partner = ids.filter(requesting_id__in=who.organisations)
    coordination = ids.filter(coordination_id__in=who.holding(Role.COORDINATION)).exclude(state__in=DRAFTING)
    forwarded = ids.filter(forwarded_on__isnull=False)
    offices = who.holding(Role.COUNTRY_OFFICE)
    office = forwarded.filter(country_office_id__in=offices)
    recorded = ids.filter(country_office_id__in=offices, requesting__on_paper=True)
    listed = ids.filter(country_office_id__in=offices, coordination__on_paper=True).exclude(
        state__in=DRAFTING
    )
    provider = forwarded.filter(provider_id__in=provider_ids(who))
    asked = (
        Opinion.objects.order_by()
        .filter(organisation_id__in=who.holding(Role.OPINION), **_of("coop_request", within))
        .values("coop_request_id")
    )
    ways = [coordination, office, recorded, listed, provider, asked]
    if who.holding(Role.APPROVER):
        ways.append(forwarded.filter(settings_id__in=_settings_with_a_seat_of(who)))
    # UNION and not UNION ALL: the database then guesses how many keys there are, and counts without a slow plan.
    return partner.union(*ways)


def _settings_with_a_seat_of(who: Standing) -> QuerySet[ApprovingSeat, Any]:
    """The settings of other agencies in which an organisation has a seat for which this person approves."""
    seats = ApprovingSeat.objects.order_by().filter(organisation_id__in=who.holding(Role.APPROVER), used=True)
    return seats.exclude(settings__provider_id__in=provider_ids(who)).values("settings_id")


def usually_consulted(coop_request: CooperationRequest) -> QuerySet[Organisation]:
    """The ministries the settings of a request name for an opinion."""
    named = ConsultedMinistry.objects.filter(settings_id=coop_request.settings_id)
    return offered().filter(pk__in=named.values("organisation_id"))


def waived_in(case: Any) -> dict[str, str]:
    """The conditions the settings of a case do not ask, each with the sentence that says so."""
    if not isinstance(case, UnderSettings) or not case.waived:
        return {}
    names = {"provider": case.provider.name, "modality": code_name(case.modality_id)}
    said = _("not required by the settings of %(provider)s for “%(modality)s”") % names
    return dict.fromkeys(case.waived, said)


def ex_post_asked(operation: Operation) -> bool:
    """Whether the settings ask an ex-post evaluation: none where they know none, nor below their threshold.

    What cannot be compared (a component without a ceiling, another currency) is taken to be above it.
    """
    rules = settings_for(operation)
    if not rules.ex_post or rules.ex_post_threshold is None:
        return rules.ex_post
    amount = ceiling_in(operation, rules.ex_post_currency_id)
    return amount is None or amount >= rules.ex_post_threshold


def ceiling_in(operation: Operation, currency_id: str | None) -> Decimal | None:
    """The ceilings of an operation's components together; None where one is missing or in another currency."""
    ceilings = list(operation.components.values_list("ceiling", "currency_id"))
    known = [ceiling for ceiling, currency in ceilings if currency == currency_id and ceiling]
    return sum(known, Decimal(0)) if known and len(known) == len(ceilings) else None


def provider_ids(who: Standing) -> frozenset[int]:
    """The agencies for which this person works at headquarters, or above which their ministry stands."""
    return who.governs if who.roles() & set(PROVIDER_ROLES) else frozenset()


def operations_visible_to(user: Any, within: Within | None = None) -> QuerySet[Operation]:
    """Operations this person may know of: by a part of their organisation, their provider, their office, their team.

    A facilitating provider's people see it as a party, and those of the office through which it acts.
    `within` (`{"country_id": "country:LA"}`): those of them that have these values, looked for there alone.
    """
    return Operation.objects.filter(pk__in=operation_keys(user, within))


def operation_keys(user: Any, within: Within | None = None) -> QuerySet[Any, Any]:
    """The keys of the operations a person may know of: for what hangs on them, without a look at the operations."""
    who = standing(user)
    ids = Operation.objects.order_by().filter(**within or {}).values("pk")
    if who.person_id is None:
        return ids.none()
    offices, agencies = who.holding(Role.COUNTRY_OFFICE), provider_ids(who)
    part = Party.objects.order_by().filter(**_of("operation", within)).values("operation_id")
    own = party_organisations(who)
    party = part.filter(organisation_id__in=own - agencies)
    # An agency is a party of all it provides: those its own people find as its operations.
    besides = part.filter(organisation_id__in=own & agencies).exclude(part=OperationPart.PROVIDER)
    acting = part.filter(acts_through_id__in=offices)
    office = ids.filter(country_office_id__in=offices)
    provider = ids.filter(provider_id__in=agencies)
    team = (
        TeamMember.objects.order_by()
        .filter(still_serving(), person_id=who.person_id, **_of("operation", within))
        .values("operation_id")
    )
    # UNION and not UNION ALL: the database then guesses how many keys there are, and counts without a slow plan.
    return party.union(besides, acting, office, provider, team)


def _of(case: str, within: Within | None) -> dict[str, Any]:
    """The same asked of what hangs on a case."""
    return {f"{case}__{name}": value for name, value in (within or {}).items()}


def operations_among(user: Any, cases: Cases | None) -> Any:
    """The keys of the operations a person may know of, as the statement has them or else worked out."""
    return cases["operation"] if cases else operation_keys(user)


def requests_among(user: Any, cases: Cases | None) -> Any:
    """The same of requests."""
    return cases["request"] if cases else request_keys(user)


def party_organisations(who: Standing) -> frozenset[int]:
    """The organisations whose part in an operation opens it. A country office's agency is not one: its country is."""
    return who.organisations


def internal_to_provider(user: Any, coop_request: CooperationRequest) -> bool:
    """Whether the person may read the provider side's internal papers of a request they see."""
    who = standing(user)
    if coop_request.provider_id in who.sides:
        return True
    approver = who.holding(Role.APPROVER)
    return bool(approver and approver & set(coop_request.approving_organisations))


def lot_seen_by(user: Any, pk: int) -> tuple[Lot, list[CooperationRequest]] | None:
    """A forwarded lot with those of its requests this person may know of; None when there are none."""
    seen = (
        requests_visible_to(user)
        .filter(lot_id=pk)
        .select_related("requesting", "country_office")
        .order_by("rank")
    )
    rows = list(seen)
    return (
        (Lot.objects.select_related("coordination", "provider", "round").get(pk=pk), rows) if rows else None
    )


def count_events(case: Any, user: Any) -> int:
    """How many entries of a case's record this person may read."""
    return events_of(case, standing(user)).order_by().count()


def request_seen(user: Any, pk: int) -> bool:
    """Whether a person may know of a request: the gate of documents made of it."""
    return requests_visible_to(user).filter(pk=pk).exists()


def requests_seen(user: Any, ids: set[int]) -> set[int]:
    """Those of the requests a person may know of: the same gate for many."""
    return set(requests_visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))


def whole_lot_seen(user: Any, pk: int) -> bool:
    """Whether a person may know of every request a lot forwarded: a document of its letter names them all."""
    named = CooperationRequest.objects.filter(lot_id=pk)
    return named.exists() and not named.exclude(pk__in=requests_visible_to(user).values("pk")).exists()


def whole_lots_seen(user: Any, ids: set[int]) -> set[int]:
    """Those of the lots of which a person may know every request: the same gate for many."""
    named = CooperationRequest.objects.filter(lot_id__in=ids)
    unseen = named.exclude(pk__in=requests_visible_to(user).values("pk"))
    kept = named.exclude(lot_id__in=unseen.values("lot_id"))
    return {pk for pk in kept.values_list("lot_id", flat=True).distinct() if pk is not None}


def operation_seen(user: Any, pk: int) -> bool:
    """Whether a person may know of an operation: the gate of the papers that stand on it."""
    return operations_visible_to(user).filter(pk=pk).exists()


def operations_seen(user: Any, ids: set[int]) -> set[int]:
    """Those of the operations a person may know of: the same gate for many."""
    return set(operations_visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))


def on_paper_for(who: Standing) -> QuerySet[Organisation]:
    """The organisations without accounts for which this person's office records: those of the country it serves."""
    offices = Organisation.objects.filter(pk__in=who.holding(Role.COUNTRY_OFFICE))
    return offered().filter(on_paper=True, country_id__in=offices.values("serves_id"))


def partner_organisations(providers: Any) -> QuerySet[Organisation]:
    """Whom an agency may open an operation with: the bodies of other countries."""
    own = [provider.country_id for provider in providers]
    kinds = [OrganisationKind.LINE_MINISTRY, OrganisationKind.PUBLIC_BODY, OrganisationKind.INSTITUTE]
    return offered().filter(kind__in=kinds, serves__isnull=True).exclude(country_id__in=own)


def supplying_institutions(*providers: Organisation) -> QuerySet[Organisation]:
    """Who may supply experts or host a course for an agency: the services and institutes of its own country."""
    own = [provider.country_id for provider in providers]
    kinds = [
        *(OrganisationKind.LINE_MINISTRY, OrganisationKind.PUBLIC_BODY),
        *(OrganisationKind.INSTITUTE, OrganisationKind.COMPANY),
    ]
    return offered().filter(kind__in=kinds, country_id__in=own)


def activity_report_of(operation: Operation) -> ActivityReport | None:
    """What a stand-alone activity reported, once that was begun."""
    held = ActivityReport.objects.filter(operation=operation)
    return held.select_related("scan", "written_by__person").first()
