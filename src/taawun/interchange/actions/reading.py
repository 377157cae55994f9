"""The first pass over a file: is it sound, and what would it change?"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from taawun.foundation.models import User
from taawun.interchange import rows
from taawun.interchange.actions.copying import Table, copy_rows
from taawun.interchange.actions.feeds import Feeds
from taawun.interchange.actions.shared import (
    FileRefused,
    alone,
    bytes_of,
    chunks,
    remember,
    require,
    times_moved,
)
from taawun.interchange.actions.writing import Store
from taawun.interchange.comparing import Judged, held_of, judge
from taawun.interchange.iati.records import Activity, Finding, Read
from taawun.interchange.iati.source import Unreadable
from taawun.interchange.models import Load, LoadEntry, LoadFinding, Verdict
from taawun.interchange.models.loads import MOVES
from taawun.interchange.sources import Source
from taawun.papers.models import File

AT_ONCE = 200  # activities compared together
MOST_ERRORS = 1000
MOST_FINDINGS = 10_000  # kept of one file; the others are counted
ENTRY = Table(LoadEntry, ("load_id", "identifier", "line", "verdict", "title", "why", "changes"))
FINDING = Table(LoadFinding, ("load_id", "line", "identifier", "slug", "values"))

Progress = Callable[[int], None]


def read_load(
    source: Source,
    *,
    actor: User | None,
    feed: str = "",
    file: File | None = None,
    progress: Progress | None = None,
) -> Load:
    """Read a file and keep what it would change; nothing of it is taken in yet.

    For an agency's administrator (else 403). `feed`: the publisher's identifier, where it is not the one that each
    activity names as its reporting organisation. `progress` is told how many activities were read. A file with
    errors is refused whole (`FileRefused`), with each of them, and leaves nothing. The record keeps the reading.
    """
    agency = require(actor)
    with transaction.atomic():
        alone()
        load = compared(source, actor=actor, feed=feed, file=file, progress=progress)
        remember(load, "load-read", actor, agency)
        return load


def compared(
    source: Source,
    *,
    actor: User | None,
    feed: str,
    file: File | None = None,
    progress: Progress | None,
    write: bool = False,
) -> Load:
    """The same in the caller's transaction, which holds the store alone.

    `write`: what is new or changed is written in the same pass; an error met later takes it back with the transaction.
    """
    try:
        header = source.header()
    except Unreadable as reason:
        raise FileRefused([reason.finding]) from reason
    passing = _Pass(source.read(), progress)
    load = store = None
    feeds = Feeds(feed)
    for activities in chunks(passing.activities(), AT_ONCE, bytes_of):
        if load is None:
            load = Load.objects.create(
                feed_id=feeds.of(activities[0]),
                name=source.name,
                digest=source.digest,
                size=source.size,
                standard=rows.cut(header.version)[:20],
                generated_at=header.generated_at[:60],
                file=file,
                made_by=actor,
                moves_before=times_moved(),
            )
            store = Store(load, feeds) if write else None
        _keep(load, activities, passing, feeds, store)
    if store:
        store.close()
    passing.refuse_errors(empty=load is None)
    assert load is not None  # noqa: S101 (an empty file was refused)
    load.counts = passing.counts()
    load.save(update_fields=["counts"])
    return load


@dataclass
class _Pass:
    """One reading of a file, with what was met on the way."""

    reads: Iterator[Read]
    progress: Progress | None
    verdicts: Counter[str] = field(default_factory=Counter)
    errors: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    noted: int = 0

    def activities(self) -> Iterator[Activity]:
        """The activities as long as nothing is wrong; after the first error the rest is read for its errors alone."""
        for number, read in enumerate(self.reads, start=1):
            self._note(read)
            if self.progress and number % AT_ONCE == 0:
                self.progress(number)
            if read.activity is not None and not self.errors:
                yield read.activity

    def _note(self, read: Read) -> None:
        for finding in read.findings:
            if finding.fatal and len(self.errors) < MOST_ERRORS:
                self.errors.append(finding)
            elif not finding.fatal:
                self.noted += 1
                if self.noted <= MOST_FINDINGS:
                    self.notes.append(finding)

    def refuse_errors(self, *, empty: bool) -> None:
        if not self.errors and empty:
            self.errors.append(Finding("no-activity", fatal=True))
        if self.errors:
            raise FileRefused(self.errors)

    def counts(self) -> dict[str, int]:
        return {**self.verdicts, "findings": self.noted} if self.noted else dict(self.verdicts)


def _keep(load: Load, activities: list[Activity], passing: _Pass, feeds: Feeds, store: Store | None) -> None:
    held = held_of(activities)
    judged = [judge(one, held.get(one.identifier), feeds.of(one)) for one in activities]
    passing.verdicts.update(str(one.verdict) for one in judged)
    entries = [_entry(load, one) for one in judged if one.verdict != Verdict.UNCHANGED]
    copy_rows(ENTRY, entries)
    copy_rows(FINDING, [_finding(load, one) for one in passing.notes])
    passing.notes.clear()
    if store:
        moving = [one.activity for one in judged if one.verdict in MOVES]
        store.put(
            moving, {one.identifier: held[one.identifier]["pk"] for one in moving if one.identifier in held}
        )


def _entry(load: Load, one: Judged) -> tuple[Any, ...]:
    title = next(iter(one.activity.titles.values()), "")
    told = one.verdict.value, title, one.why, rows.told(one.changes)
    return load.pk, _named(one.activity), one.activity.line, *told


def _named(activity: Activity) -> str:
    """The identifier; one too long for the column is cut, and told from others cut alike by its line."""
    name = rows.cut(activity.identifier)
    return name if name == activity.identifier else f"{name[:480]} #{activity.line}"


def _finding(load: Load, one: Finding) -> tuple[Any, ...]:
    told = {key: str(value) for key, value in one.values.items()}
    return load.pk, one.line, one.identifier, one.slug, rows.told(told)
