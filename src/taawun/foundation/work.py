"""Long work as a job: begun with an act, done item by item by the worker, left and come back to.

    @job_kind("covering-letters", label=_("Covering letters"))
    def one_letter(job: Job, item: JobItem) -> Outcome:
        …
        return done(address=letter.get_absolute_url())

in a room's `ports.py` or `jobs.py`, and in the action that begins it, inside its transaction:

    job = begin("covering-letters", actor=actor, title=_("Letters of round 3"), items=[("17", "Ministry of …"), …])

An item's effect and its being done are one transaction: a worker that is killed leaves an item wholly done or wholly
undone, and the next worker goes on from there.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from taawun.foundation import clock
from taawun.foundation.models import ItemState, Job, JobItem, JobStage, User
from taawun.foundation.models.jobs import OPEN_STAGES
from taawun.foundation.ports import registry

log = logging.getLogger("taawun.jobs")

MOST_ITEMS = 10_000
LEFT = (ItemState.WAITING, ItemState.FAILED)


@dataclass(frozen=True)
class Outcome:
    """What became of an item: done, skipped or failed; why; and where what came of it is."""

    state: ItemState
    reason: str = ""
    address: str = ""


def done(address: str = "") -> Outcome:
    """The item is done; `address` (of ours, "/…") leads to what came of it."""
    return Outcome(ItemState.DONE, address=address)


def skipped(reason: Any) -> Outcome:
    """The item was rightly left out: the reason as a sentence for the person who began the job."""
    return Outcome(ItemState.SKIPPED, str(reason))


def failed(reason: Any) -> Outcome:
    """The item could not be done: the reason as a sentence for the person who began the job."""
    return Outcome(ItemState.FAILED, str(reason))


@dataclass(frozen=True)
class Result:
    """What a finished job offers to fetch: an address of ours and what it is called."""

    address: str
    label: str


Do = Callable[[Job, JobItem], Outcome]
Finish = Callable[[Job], Result | None]


@dataclass(frozen=True)
class JobKind:
    """A kind of long work. `finish` names the result; it is quick, for nobody can cancel meanwhile."""

    slug: str
    label: Any
    do: Do
    finish: Finish | None = None


_kinds: dict[str, JobKind] = {}


def job_kind(slug: str, *, label: Any, finish: Finish | None = None) -> Callable[[Do], Do]:
    """Supply what does one item of a kind of job: `do(job, item) -> Outcome`.

    It runs in the worker, in a transaction of its own and in the language of `job.actor`, with their rights: it asks
    the same gates and actions as a page. What it raises undoes what it did: `Refused` and `ValidationError` skip the
    item with their sentences, anything else fails it. The database going away is neither: the item is done later.
    """

    def register(do: Do) -> Do:
        if slug in _kinds:
            raise ValueError(f"“{slug}” has a provider already.")
        _kinds[slug] = JobKind(slug, label, do, finish)
        return do

    return register


def forget(slug: str) -> None:
    """Take a kind away again: for tests that supply one of their own."""
    _kinds.pop(slug, None)


def kind_of(job: Job) -> JobKind | None:
    """The kind of a job; nothing where this release knows it no more."""
    return _kinds.get(job.kind)


def label_of(slug: str) -> Any:
    """What a kind of job is called."""
    return _kinds[slug].label if slug in _kinds else slug


def begin(
    kind: str,
    *,
    actor: User,
    title: Any,
    case: Any = None,
    items: Iterable[str | tuple[str, Any]],
    arguments: dict[str, Any] | None = None,
    key: str = "",
) -> Job:
    """Begin long work in the caller's transaction: if that rolls back, nothing was begun.

    `items`: a key for each piece, or (key, label for the reader); the same key twice is one item. With a `key` of its
    own, the same person beginning it a second time gets the first job back, as it stands by then, and nothing is
    done twice. Asks no right: the action that begins it does. Refuses (`ValueError`) more items than a job may have.
    """
    pieces = _pieces(items)
    if kind not in _kinds:
        raise ValueError(f"“{kind}” has no provider.")
    fields = {
        "title": str(title)[:300],
        "case_kind": case.kind if case is not None else "",
        "case_id": case.pk if case is not None else None,
        "arguments": arguments or {},
        "total": len(pieces),
    }
    with transaction.atomic():
        if key:
            job, made = Job.objects.get_or_create(actor=actor, kind=kind, key=key[:120], defaults=fields)
            if not made:
                return job
        else:
            job = Job.objects.create(actor=actor, kind=kind, **fields)
        rows = [
            JobItem(job=job, number=number, key=name, label=label)
            for number, (name, label) in enumerate(pieces.items(), start=1)
        ]
        JobItem.objects.bulk_create(rows, batch_size=1000)
        registry.services["defer-work"](job.pk)
    return job


def _pieces(items: Iterable[str | tuple[str, Any]]) -> dict[str, str]:
    pieces: dict[str, str] = {}
    for item in items:
        name, label = (item, "") if isinstance(item, str) else (item[0], str(item[1]))
        if not name or len(name) > 120:
            raise ValueError("The key of an item has 1 to 120 signs.")
        pieces.setdefault(name, label[:300])
    if len(pieces) > MOST_ITEMS:
        raise ValueError(f"A job has at most {MOST_ITEMS} items.")
    return pieces


def cancel(job: Job, *, actor: User) -> bool:
    """Ask that a job of one's own stops before its next item; what is done stays done.

    One that has not begun stops at once. Returns whether it was still open; a second asking changes nothing.
    """
    with transaction.atomic():
        held = Job.objects.select_for_update().get(pk=job.pk, actor=actor)
        if held.stage not in OPEN_STAGES:
            return False
        held.cancel_asked_at = held.cancel_asked_at or clock.now()
        if held.stage == JobStage.WAITING:
            held.stage, held.ended_at = JobStage.CANCELLED, clock.now()
        held.save(update_fields=["cancel_asked_at", "stage", "ended_at"])
    return True


def jobs_of(user: Any) -> QuerySet[Job]:
    """The gate: jobs are seen by whoever began them, and by nobody else."""
    return Job.objects.filter(actor_id=user.pk)


def job_for(user: Any, pk: int) -> Job | None:
    """One job through the gate."""
    return Job.objects.filter(actor_id=user.pk, pk=pk).first()


def go_on(job: Job, *, actor: User) -> bool:
    """Do what a cancelled or ended job of one's own left: what waits still and what failed; never what is done.

    Returns whether there was anything left.
    """
    with transaction.atomic():
        held = Job.objects.select_for_update().get(pk=job.pk, actor=actor)
        left = held.items.filter(state__in=LEFT)
        if held.is_open or kind_of(held) is None or not left.exists():
            return False
        left.update(state=ItemState.WAITING, reason="", attempts=0, ended_at=None)
        held.stage, held.failed, held.reason, held.touched_at = JobStage.WAITING, 0, "", clock.now()
        held.cancel_asked_at = held.ended_at = None
        held.save()
        registry.services["defer-work"](held.pk)
    return True
