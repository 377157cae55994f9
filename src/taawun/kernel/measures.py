"""What an indicator counts, and how far it has come from its baseline towards its target.

No words here: a `Standing` is a slug with numbers, and the page says it in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from taawun.kernel.money import HUNDRED, exact

ONE = Decimal(1)
ZERO = Decimal(0)


class MeasureKind(StrEnum):
    NUMBER = "number"
    RATIO = "ratio"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Number:
    """A count or a quantity: 42 sorting centres, 3.5 days."""

    value: Decimal
    kind = MeasureKind.NUMBER

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", exact(self.value))

    @property
    def comparable(self) -> Decimal | None:
        return self.value


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many, both kept: 180 letters on time of 200 posted.

    Of none at all there is no percentage. A target of 90 % is 90 of 100.
    """

    numerator: Decimal
    denominator: Decimal
    kind = MeasureKind.RATIO

    def __post_init__(self) -> None:
        object.__setattr__(self, "numerator", exact(self.numerator))
        object.__setattr__(self, "denominator", exact(self.denominator))
        if self.denominator < 0:
            raise ValueError("a ratio is of something counted: its denominator is not negative")

    @property
    def comparable(self) -> Decimal | None:
        """In percent."""
        return self.numerator * HUNDRED / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Scale:
    """A step on a ladder of named steps, the first being the lowest: level 3 of 5."""

    step: int
    steps: int
    kind = MeasureKind.SCALE

    def __post_init__(self) -> None:
        if self.steps < 2 or not 1 <= self.step <= self.steps:
            raise ValueError(f"{self.step} is not a step of {self.steps}")

    @property
    def comparable(self) -> Decimal | None:
        return Decimal(self.step)


Measure = Number | Ratio | Scale


def measure(
    kind: str,
    *,
    value: Decimal | int | None = None,
    numerator: Decimal | int | None = None,
    denominator: Decimal | int | None = None,
    steps: int | None = None,
) -> Measure | None:
    """The measure held in a row's columns, or None where nothing was measured. Half a measure is refused."""
    match MeasureKind(kind):
        case MeasureKind.NUMBER:
            return None if value is None else Number(exact(value))
        case MeasureKind.RATIO:
            if numerator is None and denominator is None:
                return None
            if numerator is None or denominator is None:
                raise ValueError("a ratio needs both its numbers")
            return Ratio(exact(numerator), exact(denominator))
        case MeasureKind.SCALE:
            if value is None:
                return None
            if steps is None or value != int(value):
                raise ValueError("a step is a whole number on a scale of so many steps")
            return Scale(int(value), steps)


def _comparables(*measures: Measure | None) -> list[Decimal | None]:
    """The numbers to compare. Measures of different kinds, or of different scales, are refused."""
    kinds = {(one.kind, getattr(one, "steps", None)) for one in measures if one is not None}
    if len(kinds) > 1:
        raise ValueError("baseline, target and value of one indicator are measured alike")
    return [None if one is None else one.comparable for one in measures]


class Better(StrEnum):
    """Which way is good news."""

    UP = "up"
    DOWN = "down"


def better(baseline: Decimal | None, target: Decimal) -> Better:
    """A target below its baseline is to be come down to; held or unknown, more is taken as better."""
    return Better.DOWN if baseline is not None and target < baseline else Better.UP


def progress(baseline: Measure | None, target: Measure, value: Measure | None) -> Decimal | None:
    """The part of the way covered: 0 at the baseline, 1 at the target, below 0 when things got worse.

    Works for targets to come down to. None where nothing was measured, or where baseline and target are
    the same, so that there is no way to go.
    """
    start, aim, now = _comparables(baseline, target, value)
    if start is None or aim is None or now is None or start == aim:
        return None
    return (now - start) / (aim - start)


def achievement(
    baseline: Measure | None, target: Measure, value: Measure | None, *, good: Better | None = None
) -> Decimal | None:
    """Achieved, in percent of what was planned, the way ratings ask for it (80 % and more is high).

    Planned is the way from baseline to target. Without a baseline, or where a level was to be held, planned
    is the target itself: 90 of 100 is 90 %, and 125 days where 100 were the most allowed is 80 %. None where
    no percentage makes sense.
    """
    covered = progress(baseline, target, value)
    if covered is not None:
        return covered * HUNDRED
    _, aim, now = _comparables(baseline, target, value)
    if aim is None or now is None:
        return None
    good = good or Better.UP
    if not _worse(now, aim, good):
        return now * HUNDRED / aim if good is Better.UP and aim > 0 else HUNDRED
    if good is Better.UP:
        return now * HUNDRED / aim if aim > 0 else None
    return aim * HUNDRED / now if aim >= 0 else None


def elapsed(start: date, due: date, on: date) -> Decimal:
    """The part of the time gone by, from 0 on the first day to 1 from the due day on."""
    if on >= due:
        return ONE
    if on <= start:
        return ZERO
    return Decimal((on - start).days) / Decimal((due - start).days)


class StandingSlug(StrEnum):
    REACHED = "reached"
    ON_COURSE = "on-course"
    BEHIND = "behind"
    NO_VALUE = "no-value"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an indicator stands, and the numbers to say it with (percent for a ratio, a step for a scale)."""

    slug: StandingSlug
    value: Decimal | None = None
    expected: Decimal | None = None
    behind_by: Decimal | None = None


def _worse(value: Decimal, than: Decimal, good: Better) -> bool:
    return value > than if good is Better.DOWN else value < than


def standing(
    baseline: Measure | None,
    target: Measure,
    value: Measure | None,
    *,
    gone: Decimal,
    good: Better | None = None,
) -> Standing:
    """Where a value stands when this part of the time is gone (`elapsed` counts it).

    Reached: the target, or better. On course: not worse than the straight line from baseline to target
    expects by now. Behind: worse, by so much. Without a baseline there is no line, and the target itself is
    what is expected. `good` is needed only where baseline and target are the same and less is better.
    """
    start, aim, now = _comparables(baseline, target, value)
    if aim is None or now is None:
        return Standing(StandingSlug.NO_VALUE)
    if good is None or (start is not None and start != aim):
        good = better(start, aim)
    if not _worse(now, aim, good):
        return Standing(StandingSlug.REACHED, value=now, expected=aim)
    expected = aim if start is None else start + (aim - start) * gone
    if not _worse(now, expected, good):
        return Standing(StandingSlug.ON_COURSE, value=now, expected=expected)
    return Standing(StandingSlug.BEHIND, value=now, expected=expected, behind_by=abs(expected - now))
