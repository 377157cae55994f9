"""Taking a load back: what it added goes, what it changed is again what its former text says."""

import zlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.interchange.actions.reading import AT_ONCE
from taawun.interchange.actions.shared import alone, chunks, locked, remember, require
from taawun.interchange.actions.writing import Writer, remove
from taawun.interchange.comparing import digest_of
from taawun.interchange.kept import activity_of
from taawun.interchange.models import Load, LoadEntry, PublishedActivity, PublishedXml, Stage, Verdict
from taawun.interchange.models.loads import MOVES


def undo_load(load: Load, *, actor: User | None, reason: str) -> Load:
    """Bring back what was held before a load, in one transaction; the record keeps both.

    For an agency's administrator (else 403). Refuses without a reason, a load that is not applied, one on which a
    later load stands, and one whose former texts are no longer kept (only the last one of each activity is).
    """
    agency = require(actor)
    with transaction.atomic():
        alone()
        held = locked(load, Stage.APPLIED)
        if not reason.strip():
            raise Refused([Obstacle(_("Give the reason."))])
        _refuse_what_stands_on_it(held)
        _bring_back(held)
        held.stage, held.undone_at = Stage.UNDONE, clock.now()
        held.save(update_fields=["stage", "undone_at"])
        remember(held, "load-undone", actor, agency, reason=reason.strip()[:500])
    return held


def _refuse_what_stands_on_it(load: Load) -> None:
    moved = load.entries.filter(verdict__in=MOVES)
    mine = PublishedActivity.objects.filter(load=load)
    obstacles = []
    if mine.count() != moved.count():
        touched = PublishedActivity.objects.filter(identifier__in=moved.values("identifier"))
        later = Load.objects.filter(pk__in=touched.exclude(load=load).values("load"), pk__gt=load.pk)
        names = ", ".join(later.order_by("pk").values_list("name", flat=True)[:5])
        told = _("A later load changed some of the same activities: undo that one first (%(names)s).")
        obstacles.append(Obstacle(told % {"names": names}))
    changed = moved.filter(verdict=Verdict.CHANGED).count()
    if not obstacles and PublishedXml.objects.filter(activity__in=mine, is_former=True).count() < changed:
        obstacles.append(
            Obstacle(_("The texts held before this load are no longer kept: only the last ones are."))
        )
    if obstacles:
        raise Refused(obstacles)


def _bring_back(load: Load) -> None:
    entries = load.entries.filter(verdict__in=MOVES).order_by("pk").iterator(chunk_size=AT_ONCE)
    for some in chunks(entries, AT_ONCE):
        rows = PublishedActivity.objects.filter(identifier__in=[entry.identifier for entry in some])
        keys = dict(rows.values_list("identifier", "pk"))
        remove(_of(some, keys, Verdict.ADDED), with_text=True)
        _write_former(_of(some, keys, Verdict.CHANGED))


def _of(entries: list[LoadEntry], keys: dict[str, int], verdict: Verdict) -> list[int]:
    return [keys[entry.identifier] for entry in entries if entry.verdict == verdict]


def _write_former(keys: list[int]) -> None:
    """Write activities anew from their former texts, which become the ones held."""
    if not keys:
        return
    former = list(
        PublishedXml.objects.filter(activity__in=keys, is_former=True).values(
            "activity_id", "load_id", "activity__feed_id", "standard", "deflated"
        )
    )
    PublishedXml.objects.filter(activity__in=keys, is_former=False).delete()
    PublishedXml.objects.filter(activity__in=keys).update(is_former=False)
    remove(keys, with_text=False)
    writer = Writer()
    for text in former:
        _add(writer, text)
        if writer.is_full:
            writer.flush()
    writer.flush()


def _add(writer: Writer, text: Any) -> None:
    kept = zlib.decompress(text["deflated"])
    origin = {"feed": text["activity__feed_id"], "load": text["load_id"]}
    writer.add(activity_of(kept, text["standard"]), text["activity_id"], digest=digest_of(kept), **origin)
