"""What a version of settings says, taken out of its rows: to compare, to show, to start from, to store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from taawun.cycle.models import ProviderSettings
from taawun.cycle.presets import VALUES, Preset
from taawun.directory.models import Organisation


class Seat(NamedTuple):
    """An organisation that approves; one that is not used is skipped."""

    organisation_id: int
    used: bool = True


@dataclass(frozen=True)
class Terms:
    """Everything a version says. `values` by the name of the column; `waived` pairs a modality and a condition.

    `alone`: the modalities carried out as stand-alone activities; `deadlines`: the rules that were settled, by slug.
    """

    values: Mapping[str, Any]
    seats: tuple[Seat, ...] = ()
    ministries: frozenset[int] = frozenset()
    waived: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    alone: frozenset[str] = field(default_factory=frozenset)
    deadlines: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def raw(self) -> dict[str, Any]:
        """What it says, as plain values for the record."""
        return {
            **self.values,
            "seats": [list(seat) for seat in self.seats],
            "ministries": sorted(self.ministries),
            "waived": sorted(map(list, self.waived)),
            "stand_alone": sorted(self.alone),
            "deadlines": self.deadlines,
        }

    @property
    def organisations(self) -> set[int]:
        """Whom it names."""
        return {seat.organisation_id for seat in self.seats} | self.ministries

    @property
    def approving(self) -> tuple[int, ...]:
        """The seats in use, in their order."""
        return tuple(seat.organisation_id for seat in self.seats if seat.used)


def terms_of(version: ProviderSettings) -> Terms:
    """What a version says; one that was never stored names nobody."""
    values = {name: getattr(version, name) for name in VALUES}
    if version.pk is None:
        return Terms(values, alone=frozenset(version.stand_alone), deadlines=version.deadlines)
    return Terms(
        values,
        tuple(Seat(seat.organisation_id, seat.used) for seat in version.seats.all()),
        frozenset(row.organisation_id for row in version.ministries.all()),
        frozenset((row.modality_id, row.requirement) for row in version.waivers.all()),
        frozenset(version.stand_alone),
        version.deadlines,
    )


def terms_of_preset(preset: Preset, agency: Organisation, ministries: Iterable[int] = ()) -> Terms:
    """What a preset says for this agency: its seats become organisations, the ministries stay those it has."""
    known = {"above": agency.parent_id, "agency": agency.pk}
    seats = (known[seat] for seat in preset.seats)
    return Terms(
        preset.values,
        tuple(Seat(pk) for pk in seats if pk is not None),
        frozenset(ministries),
        frozenset((modality, slug) for modality, slugs in preset.waived.items() for slug in slugs),
        preset.stand_alone,
    )
