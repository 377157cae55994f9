"""What every act on the store begins with."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from taawun.directory.roles import Role
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused
from taawun.interchange.findings import sentence
from taawun.interchange.iati.records import Activity, Finding
from taawun.interchange.models import Feed, Load, PublishedActivity, Stage

LOCK = 7_203_118_449  # of the whole store: one load is compared or written at a time
T = TypeVar("T")


@dataclass(frozen=True)
class Terms:
    """Where a publisher's files are from, under which licence, and how it wants to be named."""

    address: str = ""
    licence: str = ""
    attribution: str = ""


class FileRefused(Refused):
    """A file that is not taken in: every error of it, at most a thousand, each with its line."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__([Obstacle(told(finding)) for finding in self.findings])

    def __str__(self) -> str:
        return "; ".join(str(obstacle) for obstacle in self.obstacles[:5])


def told(finding: Finding) -> str:
    """An error with the line it stands on and the activity it is of."""
    where = {"line": finding.line, "identifier": finding.identifier, "what": sentence(finding)}
    if finding.identifier:
        return _("Line %(line)s, %(identifier)s: %(what)s") % where
    return _("Line %(line)s: %(what)s") % where if finding.line else str(where["what"])


def require(actor: User | None) -> int | None:
    """The agency whose administrator acts (403 for anyone else); none for whoever runs the machine itself."""
    if actor is None:
        return None
    agencies = fresh_standing(actor).holding(Role.ADMINISTRATOR)
    if not agencies:
        raise PermissionDenied
    return min(agencies)


def alone() -> None:
    """Be the only one to read and write the store until the caller's transaction ends; others wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def is_free() -> bool:
    """Be the only one as by `alone`, unless somebody is already: nobody's request waits while a file is read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def times_moved() -> int:
    """How often the store has changed: a load compared at one number is not applied at another."""
    applied = Load.objects.filter(applied_at__isnull=False).count()
    return applied + Load.objects.filter(undone_at__isnull=False).count()


def locked(load: Load, stage: Stage) -> Load:
    """The load, if it stands at this stage; else `Refused`."""
    held = Load.objects.select_for_update(of=("self",)).select_related("feed").get(pk=load.pk)
    if held.stage != stage:
        told = _("This is no longer open: the load is now “%(stage)s”.")
        raise Refused([Obstacle(told % {"stage": held.get_stage_display()})])
    return held


def remember(load: Load, act: str, actor: User | None, organisation_id: int | None, **detail: Any) -> None:
    """Enter an act in the load's own record."""
    role = Role.ADMINISTRATOR if organisation_id else ""
    told = {"note": load.name, "digest": load.digest, "counts": load.counts, **detail}
    record(load, act, actor=actor, organisation_id=organisation_id, role=role, detail=told)  # type: ignore[arg-type]


def say_terms(load: Load, terms: Terms) -> dict[str, str]:
    """Keep with the publishers of a load what is said of its terms; what is left empty stays. Returns what was said."""
    said = {name: value for name, value in asdict(terms).items() if value}
    if said:
        written = PublishedActivity.objects.filter(load=load).values("feed")
        Feed.objects.filter(Q(pk=load.feed_id) | Q(pk__in=written)).update(**said)
    return said


def chunks(
    items: Iterable[T], size: int, weight: Callable[[T], int] = lambda item: 0, most: int = 8_000_000
) -> Iterator[list[T]]:
    """A few at a time: so many, or fewer where they weigh more than so much together."""
    held: list[T] = []
    heavy = 0
    for item in items:
        held.append(item)
        heavy += weight(item)
        if len(held) == size or heavy > most:
            yield held
            held, heavy = [], 0
    if held:
        yield held


def bytes_of(activity: Activity) -> int:
    """How heavy an activity is, for `chunks`: what is gathered of it is some times that."""
    return len(activity.xml)
