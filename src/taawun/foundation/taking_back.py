"""A step taken by mistake goes back while nobody else has acted on it; the record keeps both."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.cases import Case
from taawun.foundation.models import AuditEvent, User
from taawun.foundation.ports import Obstacle, common_act, registry
from taawun.foundation.standing import Standing, fresh_standing, standing
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.kernel.workflow import Transition

TAKEN_BACK = "taken-back"
LOOKED_AT = 50  # acts of one's own after the step; more of them, and it is no mistake any more

common_act(TAKEN_BACK, label=gettext_lazy("Take back"), done=gettext_lazy("Last step taken back"))


@dataclass(frozen=True)
class LastStep:
    """The step that may be taken back, and its entry in the record."""

    step: Transition
    event: AuditEvent


@dataclass(frozen=True)
class Back:
    """Who takes a step back, and why: for what undoes its effects."""

    actor: User
    reason: str


def last_step(case: Case, who: Standing) -> LastStep | None:
    """The last step of a case, if this person's seat took it and nobody else has acted since: one SQL statement."""
    for event in _newest(case):
        if event.step == TAKEN_BACK:
            return None
        step = case.workflow.find(event.step, event.from_state) or _consented(case, event)
        if step is None:
            if not _same_seat(event, who):
                return None
            continue
        if (event.to_state or case.state) != case.state or not _may_go_back(step):
            return None
        return LastStep(step, event) if _same_seat(event, who) else None
    return None


def _newest(case: Case) -> list[AuditEvent]:
    rows = AuditEvent.objects.filter(kind=case.kind, subject_id=case.pk).order_by("-id")
    return list(rows[:LOOKED_AT])


def _consented(case: Case, event: AuditEvent) -> Transition | None:
    """A consent to a joint step that has not moved yet."""
    step = None if event.to_state else case.workflow.find(event.step, case.state)
    return step if step and step.joint else None


def _may_go_back(step: Transition) -> bool:
    return not (step.final or step.back) and all(registry.undos.get(slug) for slug in step.effects)


def _same_seat(event: AuditEvent, who: Standing) -> bool:
    if event.organisation_id is None:
        return event.actor_id is not None and event.actor_id == who.user_id
    return (event.organisation_id, event.role) in who.posts


def may_take_back(case: Case, user: Any) -> LastStep | None:
    """The step this person may take back now, for pages."""
    who = standing(user)
    return last_step(case, who) if who.posts or who.person_id else None


def take_back(case: Any, *, actor: User, reason: str) -> Any:
    """Undo the last step of one's own seat, with a reason, until another party has acted on it (cycle.md).

    The state is the one before, what the step brought about is undone, consents included; the record keeps the step
    and its taking back. Refuses (`Refused`) whatever is not the actor's to take back any more. Returns the case anew.
    """
    with transaction.atomic():
        locked = type(case)._default_manager.select_for_update(of=("self",)).get(pk=case.pk)
        last = last_step(locked, fresh_standing(actor))
        if last is None:
            raise Refused(
                [Obstacle(_("Nothing of yours can be taken back here: another party has acted on it."))]
            )
        if not reason.strip():
            raise Refused([Obstacle(_("Give the reason."))])
        _undo(locked, last, actor, reason.strip())
        sync_tasks(locked)
    return locked


def _undo(case: Any, last: LastStep, actor: User, reason: str) -> None:
    step, event = last.step, last.event
    before = case.state
    moved = bool(event.to_state)
    if moved:
        for slug in reversed(step.effects):
            registry.undos[slug](case, Back(actor, reason))  # type: ignore[misc]  # `_may_go_back` saw to it
        case.state, case.state_since = event.from_state, clock.now()
        case.version += 1
        case.save(update_fields=["state", "state_since", "version"])
    if step.joint:
        registry.joints[step.joint].withdraw(case, step, event.on_behalf_of_id or event.organisation_id)
    record(
        case,
        TAKEN_BACK,
        actor=actor,
        from_state=before if moved else "",
        to_state=case.state if moved else "",
        organisation_id=event.organisation_id,
        role=event.role,
        on_behalf_of_id=event.on_behalf_of_id,
        audience_id=event.audience_id,
        detail={"reason": reason, "step": step.name},
    )
