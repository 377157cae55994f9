"""Questions about an agency's settings: who may read them, how they stood, which cases go by older ones."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from taawun.cycle.models import CooperationRequest, Operation, ProviderSettings
from taawun.cycle.queries import operations_visible_to, requests_visible_to
from taawun.directory.models import Organisation, OrganisationKind
from taawun.directory.queries import offered
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.standing import standing
from taawun.governance.models import Version

READERS = (Role.ADMINISTRATOR, Role.DESK, Role.APPROVER)
# Where a case has ended: nothing is left that settings could rule.
ENDED = (
    *("dropped", "withdrawn", "not_retained", "declined", "deferred", "confirmed"),
    *("closed", "cancelled"),
)
ASKED = (OrganisationKind.LINE_MINISTRY, OrganisationKind.FOREIGN_MINISTRY, OrganisationKind.PUBLIC_BODY)


def agencies_read_by(user: Any) -> QuerySet[Organisation]:
    """The agencies whose settings this person may read: their administrators, desk officers and approvers.

    An approver of the ministry above reads those of its agency too.
    """
    provides = Q(kind=OrganisationKind.AGENCY) | Q(
        pk__in=ProviderSettings.objects.order_by().values("provider")
    )
    return Organisation.objects.filter(provides, pk__in=read_by(user))


def agency_read_by(user: Any, pk: int) -> Organisation | None:
    """One of them; None where this person reads no such one."""
    return agencies_read_by(user).filter(pk=pk).first()


def read_by(user: Any) -> frozenset[int]:
    """The organisations whose settings, if they have any, this person may read."""
    who = standing(user)
    approves = who.governs if who.holding(Role.APPROVER) else frozenset()
    return who.holding(Role.ADMINISTRATOR, Role.DESK) | approves


def versions_read_by(user: Any) -> QuerySet[Version]:
    """The versions this person may read."""
    return Version.objects.filter(provider_id__in=read_by(user)).select_related("provider")


def version_read_by(user: Any, pk: int) -> Version | None:
    """One of them; None where this person reads no such one."""
    return versions_read_by(user).filter(pk=pk).first()


def may_change(user: Any, agency: Organisation) -> bool:
    """Whether this person makes the settings of the agency: its administrators alone."""
    return agency.pk in standing(user).holding(Role.ADMINISTRATOR)


def desks_of(user: Any) -> frozenset[int]:
    """The agencies for whose desk this person acts."""
    return standing(user).holding(Role.DESK)


def versions_of(agency: Organisation) -> list[Version]:
    """Every version, the newest first, with all it says: four SQL statements."""
    rows = Version.objects.filter(provider_id=agency.pk).order_by("-version")
    return list(rows.select_related("made_by__person").prefetch_related("seats", "ministries", "waivers"))


def in_force(versions: Iterable[Version]) -> Version | None:
    """Of all versions the one in force today (as `cycle.models.settings_of` reads it)."""
    begun = [v for v in versions if v.in_force_from is None or v.in_force_from <= clock.today()]
    return max(begun, key=lambda version: version.version, default=None)


def standing_of_version(version: Version, versions: Iterable[Version]) -> str:
    """Whether it is in force (now), waits for its day, was in force before, or was replaced before its day came."""
    day, today = version.in_force_from, clock.today()
    later = [v.in_force_from for v in versions if v.version > version.version and v.in_force_from]
    if day and any(other < day or (other == day and day > today) for other in later):
        return "never"
    if day and day > today:
        return "waits"
    return "before" if any(other <= today for other in later) else "now"


def bodies_of(agency: Organisation) -> list[Organisation]:
    """The bodies that may approve or be asked: the agency, the one above it, the ministries of its country."""
    rows = offered().filter(
        Q(pk__in=[agency.pk, agency.parent_id]) | Q(kind__in=ASKED, country_id=agency.country_id)
    )
    return list(rows)


def requests_behind(
    user: Any, agency: Organisation, present: ProviderSettings | None
) -> QuerySet[CooperationRequest]:
    """The running requests to the agency, as far as this person sees them, that go by another version."""
    return _behind(requests_visible_to(user), agency, present)


def operations_behind(
    user: Any, agency: Organisation, present: ProviderSettings | None
) -> QuerySet[Operation]:
    """The same of its running operations."""
    return _behind(operations_visible_to(user), agency, present)


def _behind(rows: Any, agency: Organisation, present: ProviderSettings | None) -> Any:
    other = Q(settings__isnull=True) | ~Q(settings_id=present.pk) if present else Q(pk__in=[])
    return rows.filter(other, provider_id=agency.pk).exclude(state__in=ENDED).select_related("settings")
