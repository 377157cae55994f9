"""What parties that do not sign in write about figures: who enters their letters, and which there are (ADR 15)."""

from typing import Any

from taawun.cycle.models import Operation, Party
from taawun.foundation.models import AuditEvent
from taawun.foundation.seats import on_paper, recording_office
from taawun.foundation.standing import Standing, standing
from taawun.monitoring import disputes
from taawun.monitoring.models import Dispute


def recorded_for(operation: Operation, who: Standing) -> list[Party]:
    """The parties on paper for which this person's office enters what they write about figures (ADR 15)."""
    if not operation.is_project or recording_office(operation, who) is None:
        return []
    paper = on_paper(operation)
    return [p for p in operation.party_rows if p.acts_through_id in paper]


def by_letter(operation: Operation, user: Any) -> list[Party]:
    """Of them those that dispute figures: they sign."""
    return [p for p in recorded_for(operation, standing(user)) if p.signs]


def links_for(operation: Operation, user: Any) -> dict[str, Any]:
    """Whether pages lead this person from a figure to disputing it; `undisputed`: whose own figures they do not."""
    if operation.state not in disputes.MONITORED:
        return {"may_dispute": False}
    own = disputes.own_party(operation, user)
    sides = [*([own] if own else []), *by_letter(operation, user)]
    return {
        "may_dispute": bool(sides),
        "undisputed": sides[0].organisation_id if len(sides) == 1 else None,
    }


def letters_about(dispute: Dispute) -> dict[str, dict[str, Any]]:
    """The letters by which it was disputed, explained and settled, by act; empty where the parties signed in."""
    steps = ("figure-disputed", "dispute-answered", "dispute-settled")
    events = AuditEvent.objects.filter(kind=Operation.kind, subject_id=dispute.operation_id, step__in=steps)
    rows = events.filter(detail__data__dispute=dispute.pk).order_by("pk")
    last = {
        step.replace("-", "_"): {"number": number, "dated_on": day}
        for step, number, day in rows.values_list("step", "detail__data__on_paper__number", "acted_on")
    }
    return {act: letter for act, letter in last.items() if letter["number"]}
