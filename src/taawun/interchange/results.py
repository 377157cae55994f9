"""Results as people read them: what was aimed at and what was reached, indicator by indicator."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import pgettext

from taawun.interchange.models import PublishedIndicator, PublishedPeriod, PublishedValue, ValueKind
from taawun.interchange.texts import Text, best
from taawun.ui import words

COUNTED = ("1", "2")  # indicators measured in units or in percent


@dataclass
class PeriodShown:
    """A period: what was aimed at, what was reached, and in percent how far, where that can be said."""

    period: PublishedPeriod
    targets: list[str] = field(default_factory=list)
    actuals: list[str] = field(default_factory=list)
    reached: str = ""

    @property
    def label(self) -> str:
        return words.period(self.period.starts_on, self.period.ends_on)


@dataclass
class IndicatorShown:
    """An indicator with its baselines and periods."""

    indicator: PublishedIndicator
    title: Text
    baselines: list[str]
    periods: list[PeriodShown]


@dataclass
class ResultShown:
    """A result with its indicators."""

    type: str
    title: Text
    indicators: list[IndicatorShown]


def results_shown(
    indicators: Iterable[PublishedIndicator], values: Iterable[PublishedValue]
) -> list[ResultShown]:
    """The results of an activity, in the order of the file."""
    by_indicator: dict[int, list[PublishedValue]] = {}
    for value in values:
        by_indicator.setdefault(value.indicator_id, []).append(value)
    shown: dict[int, ResultShown] = {}
    for one in indicators:
        of_result = shown.setdefault(one.result_id, ResultShown(one.result.type, best(one.result.titles), []))
        of_result.indicators.append(_indicator(one, by_indicator.get(one.pk, [])))
    return list(shown.values())


def _indicator(one: PublishedIndicator, values: list[PublishedValue]) -> IndicatorShown:
    baselines = [_baseline(value) for value in values if value.kind == ValueKind.BASELINE]
    periods: dict[int, list[PublishedValue]] = {}
    for value in values:
        if value.period_id:
            periods.setdefault(value.period_id, []).append(value)
    shown = [_period(one, of_period) for of_period in periods.values()]
    return IndicatorShown(one, best(one.titles), baselines, shown)


def _period(one: PublishedIndicator, values: list[PublishedValue]) -> PeriodShown:
    targets = [value for value in values if value.kind == ValueKind.TARGET]
    actuals = [value for value in values if value.kind == ValueKind.ACTUAL]
    period: Any = values[0].period
    return PeriodShown(
        period, [_written(v) for v in targets], [_written(v) for v in actuals], reached(one, targets, actuals)
    )


MOST_PERCENT = 100_000  # beyond it the two numbers are not of one thing


def reached(one: PublishedIndicator, targets: list[PublishedValue], actuals: list[PublishedValue]) -> str:
    """What was reached as a percentage of the target; nothing where that would mislead.

    It is said where there is one number of each, for the whole, of an indicator that counts and is to rise.
    """
    whole = [
        value.number for value in (*targets, *actuals) if value.number is not None and not value.dimensions
    ]
    if one.measure not in COUNTED or one.is_ascending is False or len(targets) != 1 or len(actuals) != 1:
        return ""
    if len(whole) != 2 or whole[0] <= 0:
        return ""
    part = whole[1] * 100 / whole[0]
    if abs(part) > MOST_PERCENT:
        return ""
    part = part.quantize(Decimal(1))
    return pgettext("a part of a whole", "%(number)s%%") % {"number": words.figure(part)}


def _written(value: PublishedValue) -> str:
    text = words.figure(value.number) if value.number is not None else value.written
    told = [f"{name} {what}" for name, what in value.dimensions]
    return f"{text or words.NOTHING} ({words.listed(told)})" if told else text or words.NOTHING


def _baseline(value: PublishedValue) -> str:
    year = str(value.on.year) if value.on else value.year
    return f"{_written(value)} ({year})" if year else _written(value)
