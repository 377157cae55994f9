"""What is reached: results with their indicators, baselines, targets and actual values, as they are written."""

from taawun.interchange.iati.records import Baseline, Indicator, Period, Result, Value
from taawun.interchange.iati.stream import Element
from taawun.interchange.iati.text import Notes, attribute, number_of, yes_or_no

_NUMBERS = {"1", "2"}  # measures whose values are numbers: a unit, a percentage


def result(element: Element, notes: Notes) -> Result:
    """One result with its indicators."""
    return Result(
        attribute(element, "type"),
        notes.words(element.find("title")),
        notes.words(element.find("description")),
        tuple(_indicator(one, notes) for one in element.iterchildren("indicator")),
    )


def _indicator(element: Element, notes: Notes) -> Indicator:
    measure = attribute(element, "measure")
    return Indicator(
        measure,
        notes.words(element.find("title")),
        notes.words(element.find("description")),
        yes_or_no(element.get("ascending")),
        tuple(_baseline(one, measure, notes) for one in element.iterchildren("baseline")),
        tuple(_period(one, measure, notes) for one in element.iterchildren("period")),
    )


def _baseline(element: Element, measure: str, notes: Notes) -> Baseline:
    return Baseline(_value(element, measure, notes), attribute(element, "year"), notes.day(element))


def _period(element: Element, measure: str, notes: Notes) -> Period:
    return Period(
        notes.day(element.find("period-start")),
        notes.day(element.find("period-end")),
        tuple(_value(one, measure, notes) for one in element.iterchildren("target")),
        tuple(_value(one, measure, notes) for one in element.iterchildren("actual")),
    )


def _parts(element: Element) -> tuple[tuple[str, str], ...]:
    """Of which part of the whole a value is: by sex, age …, or of one place."""
    told = [(attribute(one, "name"), attribute(one, "value")) for one in element.iterchildren("dimension")]
    places = [("location", attribute(one, "ref")) for one in element.iterchildren("location")]
    return tuple(told + places)


def _value(element: Element, measure: str, notes: Notes) -> Value:
    written = attribute(element, "value")
    number = number_of(written)
    if written and number is None and measure in _NUMBERS:
        notes.tell("value-not-a-number", element, value=written[:40])
    return Value(
        written,
        number,
        _parts(element),
        notes.words(element.find("comment")),
    )
