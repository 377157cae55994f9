"""Each indicator as pages show it: what each side last reported, where it stands, the course it took."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _, ngettext

from taawun.kernel import measures
from taawun.kernel.measures import Standing, StandingSlug
from taawun.monitoring.marks import marks_of
from taawun.monitoring.models import IndicatorValue
from taawun.ui import words
from taawun.ui.trajectory import Course

TONES = {
    StandingSlug.REACHED: "ok",
    StandingSlug.ON_COURSE: "ok",
    StandingSlug.BEHIND: "wait",
    StandingSlug.NO_VALUE: "late",
}


@dataclass(frozen=True)
class SideValue:
    """What one side reported last of an indicator; `value` None where it reported nothing."""

    organisation_id: int
    name: str
    value: IndicatorValue | None


@dataclass(frozen=True)
class IndicatorRow:
    """A line of the table of indicators."""

    target: Any
    sides: list[SideValue]
    counted: IndicatorValue | None
    standing: Standing
    course: Course | None
    values: list[tuple[str, IndicatorValue]]
    difference: Decimal | None

    @property
    def definition(self) -> Any:
        return self.target.definition

    @property
    def tone(self) -> str:
        return TONES[self.standing.slug]

    @property
    def standing_text(self) -> str:
        """Where it stands, in words."""
        return standing_text(self.standing, self.definition.kind)

    @property
    def achieved_text(self) -> str:
        """So many percent of the way planned; nothing where none makes sense."""
        if self.counted is None or self.target.target is None:
            return ""
        value = self.definition.measure(self.counted.value)
        percent = measures.achievement(self.target.baseline_measure, self.target.target_measure, value)
        told = None if percent is None else f"{words.figure(round(percent, 1))}\u00a0%"
        return _("Achieved: %(percent)s") % {"percent": told} if told else ""

    @property
    def disputed_text(self) -> str:
        """Which points of the course are ringed, and why, in words; nothing where none is."""
        days = sorted(self.course.ringed) if self.course else []
        said = ngettext("Ringed point disputed: %(months)s", "Ringed points disputed: %(months)s", len(days))
        return said % {"months": words.listed(words.written(day, "MMM y") for day in days)} if days else ""

    @property
    def difference_text(self) -> str:
        """How far the sides lie apart, in words."""
        return _("The sides differ by %(number)s") % {"number": words.figure(self.difference)}


def standing_text(standing: Standing, kind: str) -> str:
    """Where an indicator stands, as the table says it."""
    match standing.slug:
        case StandingSlug.REACHED:
            return _("Reached")
        case StandingSlug.ON_COURSE:
            return _("On course")
        case StandingSlug.BEHIND if kind == measures.MeasureKind.RATIO:
            return _("Behind by %(number)s points") % {"number": words.figure(_short(standing.behind_by))}
        case StandingSlug.BEHIND:
            return _("Behind by %(number)s") % {"number": words.figure(_short(standing.behind_by))}
    return _("No value yet")


def _short(number: Decimal | None) -> Decimal | None:
    """One decimal is enough to say how far behind."""
    return None if number is None else number.quantize(Decimal("0.1"))


def rows_of(
    targets: Sequence[Any],
    sides: Sequence[Any],
    values: Iterable[IndicatorValue],
    period: tuple[date | None, date | None],
) -> list[IndicatorRow]:
    """The table of indicators. `sides`: the parties that report; `period`: the operation's, where a date is missing."""
    by_definition: dict[int, list[IndicatorValue]] = {}
    for value in values:
        by_definition.setdefault(value.definition_id, []).append(value)
    return [_row(target, sides, by_definition.get(target.definition_id, []), period) for target in targets]


def _row(
    target: Any, sides: Sequence[Any], values: list[IndicatorValue], period: tuple[date | None, date | None]
) -> IndicatorRow:
    names = {party.organisation_id: party.organisation.name for party in sides}
    latest = {value.organisation_id: value for value in values}
    counted = _counted(target, list(latest.values()))
    return IndicatorRow(
        target=target,
        sides=[SideValue(pk, name, latest.get(pk)) for pk, name in names.items()],
        counted=counted,
        standing=_standing(target, counted, period),
        course=_course(target, values, period),
        values=[(names.get(value.organisation_id, ""), value) for value in values],
        difference=_difference(list(latest.values())),
    )


def _counted(target: Any, latest: list[IndicatorValue]) -> IndicatorValue | None:
    """The value the standing is told from: the newest; where two sides measured on one day, the less favourable."""
    if not latest:
        return None
    newest = max(value.as_of for value in latest)
    same_day = [value for value in latest if value.as_of == newest]
    down = (
        target.target is not None and measures.better(target.baseline, target.target) is measures.Better.DOWN
    )
    return max(same_day, key=lambda v: v.value) if down else min(same_day, key=lambda v: v.value)


def _difference(latest: list[IndicatorValue]) -> Decimal | None:
    """How far the sides' values of one day lie apart; None where they agree or speak of different days."""
    newest = max((value.as_of for value in latest), default=None)
    same_day = [value.value for value in latest if value.as_of == newest]
    apart = max(same_day) - min(same_day) if len(same_day) > 1 else Decimal(0)
    return apart or None


def _dates(target: Any, period: tuple[date | None, date | None]) -> tuple[date | None, date | None]:
    return target.baseline_on or period[0], target.target_on or period[1]


def _standing(
    target: Any, counted: IndicatorValue | None, period: tuple[date | None, date | None]
) -> Standing:
    if counted is None or target.target is None:
        return Standing(StandingSlug.NO_VALUE)
    start, due = _dates(target, period)
    gone = measures.elapsed(start, due, counted.as_of) if start and due else Decimal(1)
    value = target.definition.measure(counted.value)
    return measures.standing(target.baseline_measure, target.target_measure, value, gone=gone)


def _course(
    target: Any, values: list[IndicatorValue], period: tuple[date | None, date | None]
) -> Course | None:
    """The drawing follows the values the standings were told from: one a day, the less favourable.

    A point is ringed where anybody's value that it stands for, of that day and that number, is disputed.
    """
    start, due = _dates(target, period)
    if not (start and due):
        return None
    days = sorted({value.as_of for value in values})
    points = [(day, _counted(target, [v for v in values if v.as_of == day])) for day in days]
    drawn = [(day, v.value) for day, v in points if v]
    doubted = {(v.as_of, v.value) for v in values if marks_of(v)}
    ringed = frozenset(day for day, value in drawn if (day, value) in doubted)
    return Course(start, due, target.baseline, target.target, drawn, ringed)
