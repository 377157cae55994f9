"""A file read and taken in at once: what the command does, and what the page does in two steps."""

from dataclasses import dataclass, field

from django.db import transaction

from taawun.foundation.models import User
from taawun.interchange.actions.applying import NO_TERMS, applied
from taawun.interchange.actions.reading import Progress, compared
from taawun.interchange.actions.shared import Terms, alone, require
from taawun.interchange.models import Load, LoadEntry, LoadFinding, Stage, Verdict
from taawun.interchange.sources import Source

SHOWN = 1000  # entries and findings handed back of each load


@dataclass(frozen=True)
class Taken:
    """What became of a file. `load` is none where nothing was kept of it: a trial, or nothing new.

    `entries` and `findings`: the first thousand. `same_as`: the load by which the very same file is held already.
    """

    counts: dict[str, int]
    feed: str
    load: Load | None = None
    entries: list[LoadEntry] = field(default_factory=list)
    findings: list[LoadFinding] = field(default_factory=list)
    same_as: Load | None = None

    @property
    def moving(self) -> int:
        """How many activities it adds or changes."""
        return self.counts.get(Verdict.ADDED, 0) + self.counts.get(Verdict.CHANGED, 0)


def take_in(
    source: Source,
    *,
    actor: User | None,
    feed: str = "",
    terms: Terms = NO_TERMS,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Taken:
    """Take in a file of published activities, in one transaction and with one entry in the record.

    For an agency's administrator (else 403); no actor is whoever runs the machine. One with errors is refused whole
    (`FileRefused`), and what was written before the first of them is taken back with the transaction. With nothing
    new, and in a trial (`dry_run`), nothing is kept of it. `terms` are said of the publisher from then on.
    """
    agency = require(actor)
    with transaction.atomic():
        alone()
        same = Load.objects.filter(digest=source.digest, stage=Stage.APPLIED).order_by("-pk").first()
        load = compared(source, actor=actor, feed=feed, progress=progress, write=not dry_run)
        told = {
            "counts": load.counts,
            "feed": load.feed.reference,
            "entries": list(load.entries.order_by("pk")[:SHOWN]),
            "findings": list(load.findings.order_by("pk")[:SHOWN]),
        }
        if dry_run or not load.moving:
            transaction.set_rollback(True)
            return Taken(**told, same_as=same if not load.moving else None)
        return Taken(**told, load=applied(load, actor, agency, terms))
