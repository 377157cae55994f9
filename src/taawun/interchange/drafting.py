"""The design that a published activity tells of: the file's own words and numbers, and what of them has no place.

Plain Python: a record in, a draft out. A number stands in the design or among the values only where the file writes
one, for the whole, of an indicator that counts; whatever else it says is left where it is, and listed with the reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from taawun.interchange.iati.records import Activity, Baseline, Indicator, Period, Result, Value

OUTPUT, OUTCOME, IMPACT = "1", "2", "3"  # types of result
COUNTED = {"1": "number", "2": "ratio"}  # measures that count, and how a design calls them
OBJECTIVES = "2"  # the description that tells the objectives
LONGEST_NAME = 300
LARGEST, PLACES = Decimal(10) ** 14, 4  # what the columns of a design and of its values hold


@dataclass(frozen=True)
class Left:
    """Something the file says that has no place in the operation: why (a slug), of what, how it is written."""

    slug: str
    where: str = ""
    written: str = ""


@dataclass(frozen=True)
class Reached:
    """What was reached of an indicator: the number, the day it stands for, and the period the file gives it."""

    as_of: date
    number: Decimal
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Aim:
    """One indicator of the draft, under the goal, the purpose or an output (by its number)."""

    level: str
    number: int
    name: str
    kind: str
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None
    reached: tuple[Reached, ...] = ()

    @property
    def unit(self) -> str:
        return "%" if self.kind == "ratio" else ""


@dataclass
class Draft:
    """A design as a file tells it, with what it leaves out."""

    goal: str = ""
    purpose: str = ""
    outputs: list[str] = field(default_factory=list)
    aims: list[Aim] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    @property
    def not_said(self) -> list[str]:
        """What a design has and no such file says, or this one does not: as slugs."""
        missing = {
            "goal": self.goal,
            "purpose": self.purpose,
            "outputs": self.outputs,
            "indicators": self.aims,
        }
        always = ["activities", "assumptions", "inputs", "risks", "agreed", "basis"]
        return [*(slug for slug, said in missing.items() if not said), *always]


def draft_of(activity: Activity, *, language: str, known_on: date) -> Draft:
    """The design an activity tells of, in a language of its texts (else the first they have).

    `known_on`: the last day on which anything it says can have been known, unless the publisher says an earlier one:
    a value of a period that ends later stands for that day.
    """
    known = min(filter(None, [_day(activity.updated_at), known_on]))
    drafting = _Drafting(activity, language, known)
    for result in activity.results:
        drafting.add(result)
    return drafting.draft


def text_in(words: Mapping[str, str], language: str) -> str:
    """A text in a language, else in English, else the first there is; on one line."""
    found = next((words[one] for one in (language, "en", "", *words) if words.get(one)), "")
    return " ".join(found.split())


class _Drafting:
    def __init__(self, activity: Activity, language: str, known_on: date) -> None:
        self.language, self.known_on = language, known_on
        said = activity.descriptions.get(OBJECTIVES, {})
        self.draft = Draft(
            goal=self._titles(activity.results, IMPACT),
            purpose=text_in(said, language) or self._titles(activity.results, OUTCOME),
        )

    def _titles(self, results: Iterable[Result], type_: str) -> str:
        titles = [text_in(one.titles, self.language) for one in results if one.type == type_]
        return "\n".join(dict.fromkeys(filter(None, titles)))

    def add(self, result: Result) -> None:
        """The indicators of a result, under the objective it is."""
        title = text_in(result.titles, self.language)
        level, number = self._place(result.type, title)
        if not level:
            slug = "result-title" if result.type in (OUTPUT, OUTCOME, IMPACT) else "result-kind"
            self.draft.left.append(Left(slug, title, self._names(result)))
            return
        for indicator in result.indicators:
            self._indicator(indicator, level, number)

    def _place(self, type_: str, title: str) -> tuple[str, int]:
        """Under which objective: outputs of one title are one; "" where there is none to stand under."""
        if type_ == OUTPUT and title:
            if title not in self.draft.outputs:
                self.draft.outputs.append(title)
            return "output", self.draft.outputs.index(title) + 1
        if type_ == OUTCOME and self.draft.purpose:
            return "purpose", 1
        return ("goal", 1) if type_ == IMPACT and self.draft.goal else ("", 0)

    def _names(self, result: Result) -> str:
        return "; ".join(text_in(one.titles, self.language) for one in result.indicators)

    def _indicator(self, one: Indicator, level: str, number: int) -> None:
        name = text_in(one.titles, self.language)
        if not name:
            self.draft.left.append(Left("no-title"))
            return
        if len(name) > LONGEST_NAME:
            self.draft.left.append(Left("cut", name))
        told = _Numbers(one, name, self.known_on)
        self.draft.aims.append(told.aim(level, number, _cut(name)))
        self.draft.left += told.left


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


class _Numbers:
    """The numbers of one indicator, and what of it is left."""

    def __init__(self, indicator: Indicator, name: str, known_on: date) -> None:
        self.indicator, self.name, self.known_on = indicator, name, known_on
        self.left: list[Left] = []

    def aim(self, level: str, number: int, name: str) -> Aim:
        """The indicator as a design holds it."""
        kind = COUNTED.get(self.indicator.measure)
        if kind is None:
            self._leave("measure", self._all_written())
            return Aim(level, number, name, "number")
        baseline, baseline_on = self._baseline()
        target, target_on = self._target()
        if target is not None and _contrary(self.indicator.ascending, baseline, target):
            self._leave("direction", f"{target:f}")
            target, target_on = None, None
        if baseline_on and target_on and target_on < baseline_on:
            self._leave("baseline-day", baseline_on.isoformat())
            baseline_on = None
        aims = (baseline, baseline_on, target, target_on)
        return Aim(level, number, name, kind, *aims, tuple(self._reached()))

    def _leave(self, slug: str, written: str) -> None:
        self.left.append(Left(slug, self.name, written))

    def _all_written(self) -> str:
        said = [each.value for each in self.indicator.baselines]
        for period in self.indicator.periods:
            said += [*period.targets, *period.actuals]
        return " · ".join(value.written for value in said if value.written)

    def _baseline(self) -> tuple[Decimal | None, date | None]:
        said = self.indicator.baselines
        number = self._whole("baseline", [each.value for each in said])
        on = next((each.on for each in said if number is not None and _is_whole(each)), None)
        return number, on

    def _whole(self, what: str, values: Iterable[Value]) -> Decimal | None:
        """The one number for the whole; nothing, and why, where there is none or more than one."""
        said = list(values)
        parts = [value for value in said if value.dimensions]
        whole = [value for value in said if not value.dimensions]
        if parts:
            self._leave("in-parts", " · ".join(value.written for value in parts))
        if len(whole) > 1:
            self._leave("several", " · ".join(value.written for value in whole))
            return None
        return self._number(what, whole[0]) if whole else None

    def _number(self, what: str, value: Value) -> Decimal | None:
        if value.number is None:
            if value.written:
                self._leave(f"{what}-words", value.written)
            return None
        if not fits(value.number):
            self._leave("too-long", value.written)
            return None
        return value.number

    def _target(self) -> tuple[Decimal | None, date | None]:
        """The target of the period that ends last; those of earlier ones are left."""
        found = [
            (period.ends_on, number)
            for period in self.indicator.periods
            if (number := self._whole("target", period.targets)) is not None
        ]
        dated = sorted((end, number) for end, number in found if end)
        for end, number in dated[:-1]:
            self._leave("earlier-target", f"{number:f} ({end.isoformat()})")
        undated = [number for end, number in found if end is None]
        for number in undated if dated else []:
            self._leave("earlier-target", f"{number:f}")
        if dated:
            return dated[-1][1], dated[-1][0]
        if len(found) > 1:
            self._leave("several", " · ".join(f"{number:f}" for _end, number in found))
        return (found[0][1], None) if len(found) == 1 else (None, None)

    def _reached(self) -> Iterator[Reached]:
        days: dict[date, list[Reached]] = {}
        for period in self.indicator.periods:
            number = self._whole("actual", period.actuals)
            if number is None:
                continue
            day = self._day_of(period)
            if day is None:
                self._leave("no-day", f"{number:f}")
            else:
                days.setdefault(day, []).append(Reached(day, number, period.starts_on, period.ends_on))
        for found in (days[day] for day in sorted(days)):
            if len(found) == 1:
                yield found[0]
            else:
                self._leave("same-day", " · ".join(f"{one.number:f}" for one in found))

    def _day_of(self, period: Period) -> date | None:
        """The day a value stands for: the end of its period, or the day it was last known on, where that is earlier."""
        if period.ends_on is None:
            return None
        day = min(period.ends_on, self.known_on)
        return None if period.starts_on and day < period.starts_on else day


def _is_whole(one: Baseline) -> bool:
    return not one.value.dimensions


def _contrary(ascending: bool | None, baseline: Decimal | None, target: Decimal) -> bool:
    """Whether the target lies on the other side of the baseline than the way the file says is good."""
    if ascending is False:
        return baseline is None or target >= baseline
    return ascending is True and baseline is not None and target < baseline


def fits(number: Decimal) -> bool:
    """Whether the columns hold the number as it is, without rounding."""
    exact = number == number.quantize(Decimal(1).scaleb(-PLACES)) if abs(number) < LARGEST else False
    return exact


def _day(written: str) -> date | None:
    """The day of a moment as a file writes it."""
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None
