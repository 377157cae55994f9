"""Files read, loads applied and undone by the worker: what the request would have done, by the same rights."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from taawun.foundation.models import ItemState, Job, JobItem
from taawun.foundation.steps import Refused
from taawun.foundation.work import Outcome, Result, done, failed, job_kind
from taawun.interchange import actions
from taawun.interchange.models import Arrival, Load
from taawun.interchange.queries import load_for, sending_for
from taawun.ui import words


def _what_was_sent(job: Job) -> Result | None:
    sending = sending_for(job.actor, job.arguments["sending"])
    return Result(sending.get_absolute_url(), _("See what it says")) if sending else None


@job_kind(actions.READ, label=gettext_lazy("Read a file of published activities"), finish=_what_was_sent)
def read_file(job: Job, item: JobItem) -> Outcome:
    """Read a sent file, as one."""
    sending = sending_for(job.actor, job.arguments["sending"])
    if sending is None:
        return failed(_no_seat())
    read = actions.read_sending(sending, actor=job.actor)
    if read.stage != Arrival.REFUSED:
        return done(read.get_absolute_url())
    told = ngettext("Refused, with %(count)s error.", "Refused, with %(count)s errors.", len(read.refusals))
    why = told % {"count": words.figure(len(read.refusals))}
    return Outcome(ItemState.SKIPPED, why, read.get_absolute_url())


def _no_seat() -> str:
    return _("You no longer hold the seat that may do this.")


def _the_load(job: Job) -> Result | None:
    load = load_for(job.actor, job.arguments["load"])
    return Result(load.get_absolute_url(), _("Open the load")) if load else None


@job_kind(actions.APPLY, label=gettext_lazy("Apply a load"), finish=_the_load)
def apply_long(job: Job, item: JobItem) -> Outcome:
    """Apply all of it, as one."""
    return _told(job, lambda load: actions.apply_kept(load, actor=job.actor))


@job_kind(actions.UNDO, label=gettext_lazy("Undo a load"), finish=_the_load)
def undo_long(job: Job, item: JobItem) -> Outcome:
    """Take everything back, as one."""
    return _told(job, lambda load: actions.undo_load(load, actor=job.actor, reason=job.arguments["reason"]))


def _told(job: Job, act: Callable[[Load], Any]) -> Outcome:
    load = load_for(job.actor, job.arguments["load"])
    if load is None:
        return failed(_no_seat())
    try:
        act(load)
    except Refused as refusal:
        told = " ".join(str(each) for each in refusal.obstacles)
        return failed(_("Nothing was applied or changed. %(why)s") % {"why": told})
    return done(load.get_absolute_url())
