"""Work that was under way before this program: it enters in the state it is in, its past dated and marked (ADR 18).

Beside `steps.perform()` and `taking_back` this is the only place where a state is written, and only at a case's birth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from taawun.foundation.audit import TAKEN_OVER, record
from taawun.foundation.cases import Case
from taawun.foundation.models import AuditEvent, User
from taawun.foundation.ports import common_act

common_act(TAKEN_OVER, label=gettext_lazy("Take over"), done=gettext_lazy("Taken over"))


@dataclass(frozen=True)
class Reached:
    """A state the case had reached on a day, and the one it came from ("" = it began there)."""

    state: str
    on: date
    came_from: str = ""


def enter(
    case: Case,
    reached: Sequence[Reached],
    *,
    actor: User,
    organisation_id: int,
    role: str,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Save a case that was never saved, in the last of the states it reached; one entry for each, by its own day.

    Nothing is checked of what the steps before it require, and no effect of theirs is run: what stands there is what
    the paper says. Every entry is marked as taken over and keeps today as the day of recording. Never for a case that
    exists: its state moves by `perform()` alone. Returns the last entry. The caller holds the rights and the tasks.
    """
    if case.pk is not None or not reached:
        raise ValueError("Only a new case enters, and in a state it reached.")
    unknown = [one.state for one in reached if one.state not in case.workflow.states]
    if unknown:
        raise ValueError(f"{case.workflow.slug} knows no state {unknown}")
    last = reached[-1]
    with transaction.atomic():
        case.state, case.state_since = last.state, datetime.combine(last.on, time(), UTC)
        case.save()
        events = [
            record(
                case,
                TAKEN_OVER,
                actor=actor,
                from_state=one.came_from,
                to_state=one.state,
                organisation_id=organisation_id,
                role=role,
                acted_on=one.on,
                detail={**(detail or {}), "taken_over": True},
            )
            for one in reached
        ]
    return events[-1]
