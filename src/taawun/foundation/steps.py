"""The only way a state moves: one function for every step of every kind of case."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.foundation import clock, outbox
from taawun.foundation.audit import label_of, record
from taawun.foundation.cases import Case
from taawun.foundation.models import AuditEvent, User
from taawun.foundation.ports import Obstacle, Requirement, TaskSpec, registry
from taawun.foundation.seats import Letter, Taken, missing_of_letter, offered, seat_taken, suits, why_shut
from taawun.foundation.standing import NOBODY, Standing, fresh_standing, take_seat
from taawun.foundation.tasks import sync_tasks
from taawun.kernel.workflow import Seat, Transition
from taawun.ui import words

__all__ = [
    "Context",
    "Joint",
    "Letter",
    "Line",
    "Refused",
    "checklist",
    "no_longer_open",
    "offered",
    "perform",
]


class Refused(Exception):
    """A step that may not be taken now: every obstacle, in the reader's language."""

    def __init__(self, obstacles: Iterable[Obstacle | str]) -> None:
        self.obstacles = [o if isinstance(o, Obstacle) else Obstacle(o) for o in obstacles]
        super().__init__("; ".join(str(o) for o in self.obstacles))


@dataclass
class Context:
    """What an effect may need to know of the step being taken."""

    step: Transition
    actor: User | None
    acting: Seat | None
    organisation_id: int | None
    data: dict[str, Any]
    reason: str
    acted_on: date
    on_behalf_of_id: int | None
    letter: Letter | None = None
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def consenting_id(self) -> int | None:
        """The organisation whose consent a joint step collects: the one acting, or the one it is recorded for."""
        return self.on_behalf_of_id or self.organisation_id


class Joint(Protocol):
    """The consents of a joint step, supplied by a port."""

    def waiting(self, case: Any, step: Transition, due: Any) -> Iterable[TaskSpec]:
        """On whom the step still waits (in order: only the next one)."""

    def open_to(self, case: Any, step: Transition, who: Standing) -> set[tuple[int, str]]:
        """Of the seats the step waits on, those in which this person may consent."""

    def why_shut(self, case: Any, step: Transition, who: Standing) -> str:
        """Why a person who holds a seat awaited may not consent in it; nothing where that is not so."""

    def consent(self, case: Any, ctx: Context) -> bool:
        """Record this seat's consent; True when it was the last one."""

    def withdraw(self, case: Any, step: Transition, organisation_id: int | None) -> None:
        """Take one organisation's consent back."""


@dataclass(frozen=True)
class Line:
    """A line of the checklist as pages show it; `waived` says, of what is not asked of this case, by whom."""

    label: Any
    obstacles: list[Obstacle]
    waived: Any = ""

    @property
    def ok(self) -> bool:
        return not self.obstacles


def checklist(case: Case, step: Transition, reader: User | None = None) -> list[Line]:
    """What must be there for a step, what is missing first; to a reader, only the links they may follow."""
    lines, waived = [], _waived(case) if step.requires else {}
    for slug in step.requires:
        requirement = registry.requirements[slug]
        if slug in waived and requirement.waivable:
            lines.append(Line(requirement.label, [], waived[slug]))
            continue
        obstacles = list(requirement.check(case))
        if reader is not None and not _supplies(case, reader, requirement):
            obstacles = [replace(obstacle, link="") for obstacle in obstacles]
        lines.append(Line(requirement.label, obstacles))
    return sorted(lines, key=lambda line: line.ok)


def _waived(case: Case) -> dict[str, Any]:
    ask = registry.services.get("waived")
    return ask(case) if ask else {}


def _supplies(case: Case, reader: User, requirement: Requirement) -> bool:
    may_write = registry.services.get("may-write")
    return not requirement.right or may_write is None or may_write(case, reader, requirement.right)


def perform(
    case: Any,
    step: str,
    *,
    actor: User | None,
    data: dict[str, Any] | None = None,
    reason: str = "",
    acted_on: date | None = None,
    letter: Letter | None = None,
) -> Any:
    """Take a step: lock, who may, what is missing, consents, move, effects, record, tasks; all or nothing.

    `actor=None` is the clock. `letter` is the paper of a party that does not sign in, where the recording office acts
    for it: number, date and scan are then asked. Refuses (`Refused`) with every obstacle at once; a refused step
    changes nothing and leaves no entry. Returns the case, read anew.
    """
    with transaction.atomic():
        locked = type(case)._default_manager.select_for_update(of=("self",)).get(pk=case.pk)
        move = locked.workflow.find(step, locked.state)
        taken = _acting(locked, move, actor)
        if move is None or taken is None:
            raise Refused([why_shut(locked, move, actor) or no_longer_open(locked, step)])
        if actor and taken.seat:
            take_seat(actor, taken.organisation_id, taken.seat.role)
        ctx = Context(
            step=move,
            actor=actor,
            acting=taken.seat,
            organisation_id=taken.organisation_id,
            data=data or {},
            reason=reason.strip(),
            acted_on=acted_on or clock.today(),
            on_behalf_of_id=taken.on_behalf_of_id,
            letter=letter if taken.on_behalf_of_id else None,
        )
        _refuse_what_is_missing(locked, ctx)
        _move(locked, ctx)
        sync_tasks(locked)
    return locked


def _acting(case: Case, move: Transition | None, actor: User | None) -> Taken | None:
    if move is None or not suits(case, move):
        return None
    if actor is None:
        return Taken(None, None) if move.by_clock else None
    who = fresh_standing(actor)
    return seat_taken(case, move, who) if who is not NOBODY else None


def no_longer_open(case: Case, step: str) -> Obstacle:
    """Tell the one who came second what happened meanwhile."""
    last = (
        AuditEvent.objects.filter(kind=case.kind, subject_id=case.pk, audience_id__isnull=True)
        .exclude(to_state="")
        .order_by("-id")
        .first()
    )
    label = case.workflow.named(step)
    if label is None or last is None:
        return Obstacle(_("This step is no longer open to you."))
    return Obstacle(
        _("“%(step)s” is not open to you: the case is now “%(state)s” (last entry: %(last)s, %(day)s).")
        % {
            "step": label.label,
            "state": case.state_label,
            "last": label_of(case.kind, last.step),
            "day": words.written(last.acted_on, "d MMM y"),
        }
    )


def _refuse_what_is_missing(case: Case, ctx: Context) -> None:
    obstacles = [o for line in checklist(case, ctx.step) for o in line.obstacles]
    if ctx.step.needs_reason and not ctx.reason:
        obstacles.append(Obstacle(_("Give the reason.")))
    if ctx.acted_on > clock.today():
        obstacles.append(Obstacle(_("The date of the act lies in the future.")))
    if ctx.on_behalf_of_id:
        obstacles += missing_of_letter(ctx.letter)
    if obstacles:
        raise Refused(obstacles)


def _move(case: Any, ctx: Context) -> None:
    step, before = ctx.step, case.state
    complete = registry.joints[step.joint].consent(case, ctx) if step.joint else True
    target = state_before(case) if step.back else step.target
    moves = complete and target is not None
    if moves:
        case.state, case.state_since = target, clock.now()
        case.version += 1
        case.save(update_fields=["state", "state_since", "version"])
    if complete:
        for slug in step.effects:
            registry.effects[slug](case, ctx)
    if ctx.letter:
        ctx.notes["on_paper"] = {"number": ctx.letter.number, "dated_on": ctx.letter.dated_on}
    event = record(
        case,
        step.name,
        actor=ctx.actor,
        from_state=before if moves else "",
        to_state=case.state if moves else "",
        organisation_id=ctx.organisation_id,
        role=ctx.acting.role if ctx.acting else "",
        on_behalf_of_id=ctx.on_behalf_of_id,
        acted_on=ctx.acted_on,
        audience_id=_audience(case, step),
        detail={"reason": ctx.reason, **ctx.notes} if ctx.reason else ctx.notes,
    )
    if ctx.letter and ctx.letter.scan:
        registry.services["keep-letter"](ctx.letter.scan, ctx.actor, event)
    if ctx.letter and (entered := registry.services.get("letter-on-paper")):
        entered(case, ctx, event)
    if step.notice and complete:
        outbox.tell(case, event)


def state_before(case: Case) -> str:
    """The state a case was in before it came to the present one, as the record tells."""
    came = AuditEvent.objects.filter(kind=case.kind, subject_id=case.pk, to_state=case.state)
    held = came.order_by("-id").values_list("from_state", flat=True).first()
    if not held:
        raise Refused([Obstacle(_("The record does not tell the state before."))])
    return held


def _audience(case: Case, step: Transition) -> int | None:
    """The organisation whose side alone reads the entry (one of the relation is enough to find the side)."""
    if not step.audience:
        return None
    return min(case.relation(step.audience) or {0})
