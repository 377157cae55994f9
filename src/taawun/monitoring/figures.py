"""How a figure that was kept as text is told to a reader."""

import re
from datetime import date

from taawun.ui import words

VALUE = re.compile(r"(-?[\d.]+)(?: = (-?[\d.]+)/(-?[\d.]+))? \((\d{4}-\d\d-\d\d)\)")


def in_words(figure: str) -> str:
    """What `said` keeps of an indicator's value, with the reader's figures and date; every other text as it is."""
    found = VALUE.fullmatch(figure)
    if found is None:
        return figure
    value, numerator, denominator, day = found.groups()
    ratio = f" = {words.figure(numerator)} / {words.figure(denominator)}" if denominator else ""
    return f"{words.figure(value)}{ratio} ({words.written(date.fromisoformat(day), 'd MMM y')})"
