"""The second pass over a file: what is new or changed is written, all of it or nothing."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.interchange.actions.feeds import Feeds
from taawun.interchange.actions.reading import AT_ONCE, Progress
from taawun.interchange.actions.shared import (
    Terms,
    alone,
    bytes_of,
    chunks,
    locked,
    remember,
    require,
    say_terms,
    times_moved,
)
from taawun.interchange.actions.writing import Store
from taawun.interchange.iati.records import Activity
from taawun.interchange.models import Load, LoadEntry, PublishedActivity, Sending, Stage
from taawun.interchange.models.loads import MOVES
from taawun.interchange.sources import Source
from taawun.papers.actions import hand_back

NO_TERMS = Terms()


def apply_load(
    load: Load,
    source: Source,
    *,
    actor: User | None,
    terms: Terms = NO_TERMS,
    progress: Progress | None = None,
) -> Load:
    """Take in what a load was read to add and change, in one transaction; the record keeps it.

    For an agency's administrator (else 403). `source` is the file it was read from. Refuses a load that is not open,
    one that would change nothing, another file, and one compared before something else was applied or undone. `terms`
    are said of the publisher from then on.
    """
    agency = require(actor)
    with transaction.atomic():
        alone()
        held = locked(load, Stage.READ)
        refuse_what_moved(held, source)
        write(held, source, progress)
        return applied(held, actor, agency, terms)


def refuse_what_moved(load: Load, source: Source) -> None:
    """Refuse a load with nothing to do, another file, and one that somebody was quicker than."""
    obstacles = []
    if not load.moving:
        obstacles.append(_("Nothing of it is new or changed."))
    if source.digest != load.digest:
        obstacles.append(_("This is another file than the one that was read."))
    if load.moves_before != times_moved():
        obstacles.append(_("The published activities changed since the file was read: read it again."))
    if obstacles:
        raise Refused([Obstacle(text) for text in obstacles])


def applied(load: Load, actor: User | None, agency: int | None, terms: Terms = NO_TERMS) -> Load:
    """Note that it is done, in the load and in the record, and the publisher's terms where they are said.

    A file that was sent goes back to its sender and in time away: as it came it may name persons to contact, and
    what was taken in is kept without them.
    """
    if load.file:
        hand_back(load.file)
    load.stage, load.applied_at, load.file = Stage.APPLIED, clock.now(), None
    load.save(update_fields=["stage", "applied_at", "file"])
    remember(load, "load-applied", actor, agency, **say_terms(load, terms))
    return load


def write(load: Load, source: Source, progress: Progress | None = None) -> None:
    """Write what the entries of a load say is new or changed, in the caller's transaction."""
    store, done = Store(load, Feeds(_said(load))), 0
    activities = (read.activity for read in source.read() if read.activity is not None)
    for some in chunks(activities, AT_ONCE, bytes_of):
        moving = _moving(load, some)
        store.put(moving, _keys_of(moving))
        done += len(some)
        if progress:
            progress(done)
    store.close()


def _said(load: Load) -> str:
    """The publisher that was said when the file was sent; "" where each activity says its own."""
    sending = Sending.objects.filter(load=load).first()
    return sending.reference if sending else ""


def _moving(load: Load, activities: list[Activity]) -> list[Activity]:
    """Those that are new or changed: one SQL statement."""
    identifiers = [activity.identifier for activity in activities]
    asked = LoadEntry.objects.filter(load=load, verdict__in=MOVES, identifier__in=identifiers)
    moving = set(asked.values_list("identifier", flat=True))
    return [activity for activity in activities if activity.identifier in moving]


def _keys_of(activities: Iterable[Activity]) -> dict[str, Any]:
    identifiers = [activity.identifier for activity in activities]
    rows = PublishedActivity.objects.filter(identifier__in=identifiers)
    return dict(rows.values_list("identifier", "pk"))
