"""What follows from the parties of an operation: its framework, whose seat each acts in, what must be among them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, TextChoices, Value, When
from django.utils.translation import gettext as _, pgettext_lazy

from taawun.cycle.models import Operation, OperationPart, Party
from taawun.directory.models import Organisation, OrganisationKind
from taawun.directory.queries import country_office_for, offered
from taawun.directory.roles import Role
from taawun.ui import words

PARTNER_PARTS = (OperationPart.BENEFICIARY, OperationPart.IMPLEMENTING, OperationPart.COORDINATION)
PROVIDING_PARTS = (OperationPart.PROVIDER, OperationPart.FACILITATING)


class Framework(TextChoices):
    """Who cooperates with whom: derived from the parties, never typed (domain.md §8, roles)."""

    BILATERAL = "bilateral", pgettext_lazy("framework of cooperation", "Bilateral")
    TRIANGULAR = "triangular", pgettext_lazy("framework of cooperation", "Triangular")
    REGIONAL = "regional", pgettext_lazy("framework of cooperation", "Regional: several partner countries")
    TRIANGULAR_REGIONAL = (
        "triangular-regional",
        pgettext_lazy("framework of cooperation", "Triangular, several partner countries"),
    )


FRAMEWORKS = {
    (False, False): Framework.BILATERAL,
    (True, False): Framework.TRIANGULAR,
    (False, True): Framework.REGIONAL,
    (True, True): Framework.TRIANGULAR_REGIONAL,
}


def framework_of(operation: Operation) -> Framework:
    """The framework of one operation, from the parties read for its page.

    Triangular: a facilitating provider of a country that is neither the partner's nor the pivotal provider's.
    Several partner countries: one that asks, carries out or coordinates is of another country than the partner's.
    """
    known = (operation.country_id, operation.provider.country_id)
    third = any(
        p.part == OperationPart.FACILITATING and p.organisation.country_id not in known
        for p in operation.party_rows
    )
    several = any(
        p.part in PARTNER_PARTS and p.organisation.country_id != operation.country_id
        for p in operation.party_rows
    )
    return FRAMEWORKS[third, several]


def with_framework(operations: QuerySet[Operation]) -> QuerySet[Operation]:
    """The same rule in SQL, as `framework`: for lists, their filter and their export."""
    mine = Party.objects.order_by().filter(operation_id=OuterRef("pk"))
    third = (
        mine.filter(part=OperationPart.FACILITATING)
        .exclude(organisation__country_id=OuterRef("country_id"))
        .exclude(organisation__country_id=OuterRef("provider__country_id"))
    )
    several = mine.filter(part__in=PARTNER_PARTS).exclude(organisation__country_id=OuterRef("country_id"))
    return operations.annotate(
        has_third=Exists(third),
        has_several=Exists(several),
        framework=Case(
            *(
                When(has_third=is_third, has_several=is_several, then=Value(framework.value))
                for (is_third, is_several), framework in FRAMEWORKS.items()
            ),
            output_field=CharField(),
        ),
    )


def framework_label(row: Any) -> str:
    """How a row of `with_framework` reads."""
    return str(Framework(row.framework).label)


def providing(operation: Operation) -> list[Party]:
    """The facilitating providers, in the parties' order."""
    return [p for p in operation.party_rows if p.part == OperationPart.FACILITATING]


# ── The seat a party acts in ──


def seat_of(operation: Operation, organisation: Organisation, part: str) -> tuple[int, str]:
    """Through whom a party acts, and in which role: derived, never typed.

    The provider through the operation's country office; another agency through its own office in the partner country,
    else its own desk; a coordination body, and everybody else, through itself.
    """
    if part == OperationPart.PROVIDER:
        office = operation.country_office_id
        return office, Role.DESK if office == operation.provider_id else Role.COUNTRY_OFFICE
    if part == OperationPart.FACILITATING or organisation.kind == OrganisationKind.AGENCY:
        held = country_office_for(organisation.pk, operation.country_id)
        if held:
            return held.pk, Role.COUNTRY_OFFICE
    if organisation.kind == OrganisationKind.AGENCY:
        return organisation.pk, Role.DESK
    return organisation.pk, Role.COORDINATION if part == OperationPart.COORDINATION else Role.LINE_OFFICER


def possible_parties(operation: Operation) -> QuerySet[Organisation]:
    """Who may take part: every body but the offices and embassies, which act for others."""
    return offered().filter(serves__isnull=True)


# ── What must be among them ──


def problems_of(operation: Operation, wanted: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the parties wanted, in sentences; nothing where they may stand."""
    return list(dict.fromkeys(_problems(operation, wanted)))


def _problems(operation: Operation, wanted: list[dict[str, Any]]) -> Iterable[str]:
    keys = [(row["organisation"].pk, row["part"]) for row in wanted]
    for row in wanted:
        if keys.count((row["organisation"].pk, row["part"])) > 1:
            yield _("Named twice in one part: %(party)s.") % {"party": row["organisation"].name}
        if (row["part"] == OperationPart.PROVIDER) != (row["organisation"].pk == operation.provider_id):
            yield _(
                "%(provider)s is the provider of this operation, and nobody else is: it has no other part."
            ) % {"provider": operation.provider.name}
        if row["organisation"].serves_id:
            yield _("%(office)s acts for its agency: name the agency.") % {"office": row["organisation"].name}
    yield from _lacking(operation, wanted)


def _lacking(operation: Operation, wanted: list[dict[str, Any]]) -> Iterable[str]:
    parts, signing = {row["part"] for row in wanted}, {row["part"] for row in wanted if row["signs"]}
    if OperationPart.PROVIDER not in signing:
        yield _("The provider of this operation, %(provider)s, stays a party and signs.") % {
            "provider": operation.provider.name
        }
    if OperationPart.IMPLEMENTING not in parts:
        yield _("Name at least one implementing organisation.")
    if not signing & set(PARTNER_PARTS):
        yield _("At least one organisation of the partner signs.")


# ── What is compared and told ──

PARTY = ("organisation", "part", "signs", "contributes")


def party_lines(rows: list[dict[str, Any]]) -> dict[Any, str]:
    """Parties, one a line, for who meets another's version."""
    lines = [
        words.listed(
            [
                row["organisation"].name,
                str(OperationPart(row["part"]).label),
                _("signs") if row["signs"] else _("signs nothing"),
                *([row["contributes"]] if row["contributes"] else []),
            ]
        )
        for row in rows
    ]
    return {_("Parties"): "\n".join(lines)}
