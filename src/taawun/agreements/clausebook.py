"""An agency's clauses as they hold now: its own over the usual ones, one modality's over those of every modality."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from taawun.agreements.fields import read_out
from taawun.agreements.models import Clause, InstrumentKind, Standing
from taawun.agreements.usual import APART, places, said
from taawun.cycle.models import LANGUAGES


@dataclass(frozen=True)
class Held:
    """A clause as it holds. `own`: the agency's last version of it; None: as it comes with the program."""

    instrument: str
    key: str
    modality_id: str | None
    position: int
    standing: str
    titles: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    own: Clause | None = None

    @property
    def version(self) -> int:
        """The number of the last version; 0 where the agency made none."""
        return self.own.version if self.own else 0

    @property
    def lacking(self) -> list[Any]:
        """The names of the languages it is not written in."""
        return [name for code, name in LANGUAGES if not self.texts.get(code)] if self.texts else []

    def title_in(self, language: str) -> str:
        """Its title for a reader: in their language, else in one it has; the key where it has none.

        A field it names reads as what stands there.
        """
        title = self.titles.get(language) or next(filter(None, self.titles.values()), "")
        return read_out(title, self.instrument) or self.key


def last_versions(agency_id: int, instruments: Iterable[str]) -> list[Clause]:
    """The last version of every clause the agency ever changed or added: one SQL statement."""
    rows = Clause.objects.filter(provider_id=agency_id, instrument__in=list(instruments))
    return list(
        rows.order_by("instrument", "key", "modality_id", "-version").distinct(
            "instrument", "key", "modality_id"
        )
    )


def versions_of(agency_id: int, instrument: str, key: str, modality_id: str | None) -> list[Clause]:
    """Every version of one clause, the newest first."""
    rows = Clause.objects.filter(
        provider_id=agency_id, instrument=instrument, key=key, modality_id=modality_id
    )
    return list(rows.select_related("made_by__person", "provider").order_by("-version"))


def whole_book(agency_id: int, instrument: str) -> list[Held]:
    """Every clause of a paper, those for one modality under the one of all others, left out ones too."""
    return _book(instrument, last_versions(agency_id, [instrument]))


def books(agency_id: int, instruments: Iterable[str]) -> dict[str, list[Held]]:
    """The same of several papers: one SQL statement."""
    kinds = list(instruments)
    rows = last_versions(agency_id, kinds)
    return {kind: _book(kind, [row for row in rows if row.instrument == kind]) for kind in kinds}


def _book(instrument: str, rows: list[Clause]) -> list[Held]:
    usual = places(instrument)
    general = {row.key: row for row in rows if row.modality_id is None}
    found = [
        held_of(instrument, key, None, general.get(key)) for key in [*usual, *(general.keys() - usual.keys())]
    ]
    above = {one.key: one for one in found}
    found += [
        held_of(instrument, row.key, row.modality_id, row, above.get(row.key))
        for row in rows
        if row.modality_id
    ]
    return sorted(found, key=lambda one: (one.position, one.key, one.modality_id or ""))


def held_of(
    instrument: str, key: str, modality_id: str | None, own: Clause | None, above: Held | None = None
) -> Held:
    """A clause as it holds: of its last version, else as the one above it (of every modality), else the usual one."""
    usual = said(instrument, key)
    usual_place = places(instrument).get(key, (len(places(instrument)) + 1) * APART)
    titles, texts = (above.titles, above.texts) if above else (usual.titles, usual.texts)
    if own is None:
        standing = above.standing if above else Standing.USUAL.value
        return Held(
            instrument, key, modality_id, above.position if above else usual_place, standing, titles, texts
        )
    if own.standing == Standing.OWN:
        titles, texts = own.titles, own.texts
    elif own.standing == Standing.USUAL and above:
        # The one of every modality holds again, left out or not.
        return Held(instrument, key, modality_id, own.position, above.standing, titles, texts, own)
    return Held(instrument, key, modality_id, own.position, own.standing, titles, texts, own)


def book(agency_id: int, instrument: str, modality_id: str | None) -> list[Held]:
    """The clauses of which a paper of this agency in this modality is composed, in their order: one SQL statement."""
    found: dict[str, Held] = {}
    for one in whole_book(agency_id, instrument):
        if one.modality_id is None:
            found.setdefault(one.key, one)
        elif one.modality_id == modality_id:
            found[one.key] = one
    used = [one for one in found.values() if one.standing != Standing.LEFT_OUT and any(one.texts.values())]
    return sorted(used, key=lambda one: (one.position, one.key))


def has_headings(instrument: str) -> bool:
    """Whether the clauses of a paper stand under numbered headings: a note is a letter, without any."""
    return instrument != InstrumentKind.NOTE_VERBALE
