"""Applying and undoing many activities: as a job of one item, so that it stays one transaction, all or nothing."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.foundation.models import Job, User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.foundation.work import begin, go_on
from taawun.interchange.actions.applying import NO_TERMS, apply_load, refuse_what_moved
from taawun.interchange.actions.shared import Terms, is_free, locked, require
from taawun.interchange.actions.undoing import undo_load
from taawun.interchange.models import Load, Sending, Stage
from taawun.interchange.sources import StoredSource, stored_source

APPLY, UNDO = "apply-published", "undo-published"  # the kinds of job that do it
SHORT = 200  # activities applied while their sender waits


def apply_kept(load: Load, *, actor: User) -> Load:
    """Apply a load from the file that was sent, with what its sender said of the publisher. As `apply_load`."""
    sending = Sending.objects.filter(load=load).first()
    terms = Terms(**sending.terms) if sending else NO_TERMS
    return apply_load(load, _source_of(load), actor=actor, terms=terms)


def _source_of(load: Load) -> StoredSource:
    if load.file is None:
        raise Refused(
            [Obstacle(_("The file of this load was not kept: it was taken in on the machine itself."))]
        )
    return stored_source(load.file)


def apply_or_begin(load: Load, *, actor: User) -> Load | Job:
    """Apply a short load at once; begin a job for a long one, or where the store is busy. Refuses as `apply_load`."""
    require(actor)
    with transaction.atomic():
        held = locked(load, Stage.READ)
        if held.moving <= SHORT and is_free():
            return apply_kept(held, actor=actor)
        refuse_what_moved(held, _source_of(held))
        return _begun(APPLY, held, actor, _("Apply %(file)s"))


def undo_or_begin(load: Load, *, actor: User, reason: str) -> Load | Job:
    """Undo a short load at once; begin a job for a long one, or where the store is busy. Refuses as `undo_load`."""
    require(actor)
    with transaction.atomic():
        held = locked(load, Stage.APPLIED)
        if held.moving <= SHORT and is_free():
            return undo_load(held, actor=actor, reason=reason)
        if not reason.strip():
            raise Refused([Obstacle(_("Give the reason."))])
        return _begun(UNDO, held, actor, _("Undo %(file)s"), key=reason.strip()[:40], reason=reason)


def _begun(kind: str, load: Load, actor: User, title: str, *, key: str = "", **more: Any) -> Job:
    """The job, begun once; one that was cancelled or refused before is taken up again."""
    job = begin(
        kind,
        actor=actor,
        title=title % {"file": load.name},
        items=[(str(load.pk), load.name)],
        arguments={"load": load.pk, **more},
        key=f"{load.pk}:{key}",
    )
    if not job.is_open:
        go_on(job, actor=actor)
        job.refresh_from_db()
    return job
