"""What the worker does with a job: one item after the other, each with its effect in one transaction."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from taawun.foundation import clock
from taawun.foundation.models import ItemState, Job, JobItem, JobStage, User
from taawun.foundation.models.jobs import OPEN_STAGES
from taawun.foundation.ports import registry
from taawun.foundation.steps import Refused
from taawun.foundation.work import JobKind, Outcome, failed, kind_of, skipped

log = logging.getLogger("taawun.jobs")

SLICE = 5.0  # seconds: then others have their turn, mail above all
MOST_ATTEMPTS = 3  # an item during which the worker died so often is left
LOST_AFTER = timedelta(minutes=5)
KEPT = timedelta(days=180)
COUNTED = {ItemState.DONE: "done", ItemState.SKIPPED: "skipped", ItemState.FAILED: "failed"}
GONE = (OperationalError, InterfaceError)  # the database went away: nothing is the item's fault


def run(job_id: int, seconds: float = SLICE) -> bool:
    """Do items of a job for a while; whether some are left for another turn.

    Safe to run at any time, twice at once, and again after a kill: an item is claimed, done and marked in one
    transaction.
    """
    until = time.monotonic() + seconds
    while item := _next(job_id):
        _do(item)
        if time.monotonic() >= until:
            return True
    return False


def _next(job_id: int) -> JobItem | None:
    """The next item that waits, its attempt counted beforehand; nothing when the job has ended or ends with this."""
    with transaction.atomic():
        rows = Job.objects.select_for_update(of=("self",)).select_related("actor")
        job = rows.filter(pk=job_id, stage__in=OPEN_STAGES).first()
        if job is None or _stops(job):
            return None
        if job.stage == JobStage.WAITING:
            job.stage, job.started_at, job.touched_at = JobStage.RUNNING, clock.now(), clock.now()
            job.save(update_fields=["stage", "started_at", "touched_at"])
        waiting = job.items.filter(state=ItemState.WAITING).order_by("number")
        item = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if item is None:
            if not waiting.exists():  # else another worker is at the last of them, and will end the job
                _finish(job)
            return None
        item.job, item.attempts = job, item.attempts + 1
        item.save(update_fields=["attempts"])
    return item


def _stops(job: Job) -> bool:
    with in_language_of(job.actor):
        if job.cancel_asked_at:
            _end(job, JobStage.CANCELLED)
        elif not job.actor.is_active:
            _end(job, JobStage.CANCELLED, _("The account that began it was closed."))
        elif kind_of(job) is None:
            _end(job, JobStage.FAILED, _("This release of the program no longer does such work."))
        else:
            return False
    return True


def _do(claimed: JobItem) -> None:
    job, kind = claimed.job, kind_of(claimed.job)
    if kind is None:
        return
    with transaction.atomic(), in_language_of(job.actor):
        rows = JobItem.objects.select_for_update()
        item = rows.filter(pk=claimed.pk, state=ItemState.WAITING).first()
        if item is None:  # another worker, taking the first for dead, was quicker
            return
        item.job = job
        if item.attempts > MOST_ATTEMPTS:
            outcome = failed(
                _("The program stopped %(times)s times while doing this.") % {"times": MOST_ATTEMPTS}
            )
        else:
            outcome = _outcome(kind, job, item)
        item.state, item.reason, item.address = outcome.state, outcome.reason[:2000], outcome.address[:500]
        item.ended_at = clock.now()
        item.save(update_fields=["state", "reason", "address", "ended_at"])
        counted = COUNTED[outcome.state]
        Job.objects.filter(pk=job.pk).update(**{counted: F(counted) + 1}, touched_at=clock.now())


def _outcome(kind: JobKind, job: Job, item: JobItem) -> Outcome:
    """What the kind makes of an item; what it raises undoes what it did, and is told."""
    try:
        with transaction.atomic():
            return kind.do(job, item)
    except GONE:
        raise
    except Refused as refused:
        return skipped(" ".join(str(each) for each in refused.obstacles))
    except ValidationError as error:
        return skipped(" ".join(error.messages))
    except PermissionDenied:
        return skipped(_("You no longer hold the seat that may do this."))
    except Exception:
        log.exception("item %s of job %s failed", item.key, job.pk)
        return failed(_("Something went wrong here. It was noted for those who look after the program."))


def _finish(job: Job) -> None:
    kind = kind_of(job)
    with in_language_of(job.actor):
        try:
            with transaction.atomic():
                result = kind.finish(job) if kind and kind.finish else None
        except GONE:
            raise
        except Exception:
            log.exception("job %s could not be finished", job.pk)
            _end(job, JobStage.FAILED, _("Its items are through, but the result could not be put together."))
            return
        if result:
            job.result = {"address": result.address, "label": result.label}
    nothing_done = bool(job.failed) and not job.done and not job.skipped
    _end(job, JobStage.FAILED if nothing_done else JobStage.DONE)


def _end(job: Job, stage: JobStage, reason: str = "") -> None:
    job.stage, job.reason, job.ended_at, job.touched_at = stage, reason, clock.now(), clock.now()
    job.save(update_fields=["stage", "reason", "ended_at", "touched_at", "result"])


@contextmanager
def in_language_of(user: User) -> Iterator[None]:
    """Tell reasons in the language of whoever will read them."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        yield


def pick_up_lost(queued: set[int]) -> int:
    """Queue again the jobs of which nothing is heard and which wait in no queue (`queued`: those that do)."""
    quiet = Job.objects.filter(stage__in=OPEN_STAGES, touched_at__lt=clock.now() - LOST_AFTER)
    lost = [pk for pk in quiet.values_list("pk", flat=True) if pk not in queued]
    for pk in lost:
        log.info("job %s was in no queue and is queued again", pk)
        registry.services["defer-work"](pk)
    return len(lost)


def drop_old() -> int:
    """Remove jobs that ended half a year ago; what they made stays."""
    old = Job.objects.filter(ended_at__lt=clock.now() - KEPT).exclude(stage__in=OPEN_STAGES)
    return old.delete()[0]
