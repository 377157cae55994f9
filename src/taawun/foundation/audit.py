"""The record: written once by every act, read by those it concerns."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet

from taawun.foundation import clock
from taawun.foundation.cases import Case
from taawun.foundation.models import AuditDetail, AuditEvent, User
from taawun.foundation.ports import registry
from taawun.foundation.standing import Standing, acting_for, standing, writing_for


def digest_of(salt: str, data: dict[str, Any]) -> str:
    """The salted fingerprint that stays when the detail is erased."""
    text = json.dumps(data, sort_keys=True, cls=DjangoJSONEncoder, ensure_ascii=False)
    return hashlib.sha256((salt + text).encode()).hexdigest()


def record(
    case: Case,
    step: str,
    *,
    actor: User | None,
    from_state: str = "",
    to_state: str = "",
    organisation_id: int | None = None,
    role: str = "",
    on_behalf_of_id: int | None = None,
    acted_on: date | None = None,
    audience_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Enter one act in the record, in the caller's transaction. No actor means the clock acted.

    Where the caller names no seat, it is the one the check of the act let the person in by (`take_seat`).
    What a deputy does tells besides for whom (`by_delegation` in the detail); what an office writes for a party on
    paper, because that party would write it, tells on whose behalf.
    """
    if actor is not None and organisation_id is None and not role:
        organisation_id, role = getattr(actor, "_seat_taken", (None, ""))
    acts_for = acting_for(actor, organisation_id, role)
    detail = {**(detail or {}), **({"by_delegation": acts_for.told()} if acts_for else {})}
    data = json.loads(json.dumps(detail, cls=DjangoJSONEncoder))
    salt = secrets.token_hex(16)
    event = AuditEvent.objects.create(
        kind=case.kind,
        subject_id=case.pk,
        step=step,
        actor=actor,
        from_state=from_state,
        to_state=to_state,
        organisation_id=organisation_id,
        role=role,
        on_behalf_of_id=on_behalf_of_id or writing_for(actor, organisation_id, role),
        acted_on=acted_on or clock.today(),
        audience_id=audience_id,
        digest=digest_of(salt, data),
    )
    AuditDetail.objects.create(event=event, salt=salt, data=data)
    case.__dict__["_last_event"] = event  # whose act the mails of this save tell of (`outbox.announce`)
    return event


def events_of(case: Case, who: Standing) -> QuerySet[AuditEvent]:
    """The record of a case as this person may read it, newest first."""
    return (
        AuditEvent.objects.filter(kind=case.kind, subject_id=case.pk)
        .filter(Q(audience_id__isnull=True) | Q(audience_id__in=who.sides))
        .select_related("actor", "detail")
        .order_by("-id")
    )


def entry_seen_by(user: Any, pk: int) -> bool:
    """Whether a person reads one entry of the record: the case through its gate, and the entry's audience."""
    event = AuditEvent.objects.filter(pk=pk).first()
    kind = registry.kinds.get(event.kind) if event else None
    if event is None or kind is None:
        return False
    if event.audience_id is not None and event.audience_id not in standing(user).sides:
        return False
    return bool(kind.visible_to(user).filter(pk=event.subject_id).exists())


TAKEN_OVER = "taken-over"  # a state reached before this program, told by the paper (foundation.entering)


@dataclass(frozen=True)
class Entry:
    """A line of the timeline. `by_delegation_of`: the names by language of the one whose deputy acted."""

    when: date
    recorded_at: Any
    title: Any
    detail: str
    who: str
    organisation_id: int | None
    on_behalf_of_id: int | None
    internal: bool
    letter: dict[str, Any] | None = None
    by_delegation_of: Any = None
    taken_over: bool = False


def label_of(kind_slug: str, step: str) -> Any:
    """How the record tells an act."""
    return registry.kinds[kind_slug].told(step)


def timeline(case: Case, who: Standing, limit: int | None = None) -> list[Entry]:
    """The lines of the timeline: two SQL statements, however long (three where letters stand behind entries)."""
    found = events_of(case, who)
    events = list(found[:limit] if limit else found)
    asked = registry.services.get("names-of-users")
    names = asked({event.actor_id for event in events}) if asked else {}
    scans = _scans(events)
    return [_entry(event, names, scans) for event in events]


def _letter(told: dict[str, Any], scan: Any) -> dict[str, Any]:
    """The letter an entry rests on: its number, its day, its scan."""
    return {"number": told["number"], "dated_on": date.fromisoformat(told["dated_on"]), "scan": scan}


def _scans(events: list[AuditEvent]) -> dict[int, Any]:
    asked, behalf = registry.services.get("letters-of-entries"), [e.pk for e in events if e.on_behalf_of_id]
    return asked(behalf) if asked and behalf else {}


def _title(event: AuditEvent) -> Any:
    """What was done; of work that was taken over, the state it had reached."""
    if event.step == TAKEN_OVER:
        tables = registry.kinds[event.kind].workflows
        return next((t.states[event.to_state] for t in tables if event.to_state in t.states), event.to_state)
    return label_of(event.kind, event.step)


def _entry(event: AuditEvent, names: dict[int, str], scans: dict[int, Any]) -> Entry:
    data = event.detail.data if hasattr(event, "detail") else {}
    letter = data.get("on_paper")
    parts = registry.kinds[event.kind].parts
    return Entry(
        when=event.acted_on,
        recorded_at=event.recorded_at,
        title=_title(event),
        detail=data.get("reason") or data.get("note") or str(parts.get(data.get("part", ""), "")),
        who=names.get(event.actor_id, str(event.actor)) if event.actor_id else "",
        organisation_id=event.organisation_id,
        on_behalf_of_id=event.on_behalf_of_id,
        internal=event.audience_id is not None,
        letter=_letter(letter, scans.get(event.pk)) if letter else None,
        by_delegation_of=data.get("by_delegation", {}).get("names"),
        taken_over=event.step == TAKEN_OVER,
    )
