"""What stands in an element: words by language, numbers, days, yes or no. What is none of them stays as written."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lxml import etree

from taawun.interchange.iati.records import Words
from taawun.interchange.iati.stream import Element

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LONGEST_NUMBER = 40  # signs; what is longer is text

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?", re.ASCII)


@dataclass(slots=True)
class Notes:
    """What holds for the whole activity while it is read, and what was found on the way."""

    language: str
    currency: str
    today: date
    found: list[tuple[str, Element, dict[str, Any]]] = field(default_factory=list)

    def tell(self, slug: str, element: Element, **values: Any) -> None:
        """Something to be told of this element when the activity is read."""
        self.found.append((slug, element, {"element": str(etree.QName(element).localname)} | values))

    def words(self, element: Element | None) -> Words:
        """The narratives of an element by language: its own, else the element's, else the activity's.

        Two of one language are kept both, on lines of their own; empty ones say nothing.
        """
        said: Words = {}
        if element is None or not len(element):
            return said
        for narrative in element.iterchildren("narrative"):
            text = (narrative.text or "").strip()
            if text:
                language = narrative.get(LANG) or element.get(LANG) or self.language
                language = language.strip().lower()
                said[language] = f"{said[language]}\n{text}" if language in said else text
        return said

    def day(self, element: Element | None, attribute: str = "iso-date") -> date | None:
        """The day an attribute says, without its time zone; told where the calendar has no such day."""
        written = element.get(attribute) if element is not None else None
        if not (written and written.strip()) or element is None:
            return None
        day = day_of(written)
        if day is None:
            self.tell("day-not-understood", element, value=written[:40])
        return day

    def percentage(self, element: Element) -> Decimal | None:
        """The share an element states, in hundredths; None where it states none."""
        written = element.get("percentage")
        if written is None:
            return None
        number = number_of(written)
        if number is None:
            self.tell("number-not-understood", element, value=written[:40])
        return number


@lru_cache(4096)  # the same days stand in a file again and again
def day_of(written: str) -> date | None:
    """A day as XML writes it, with or without its time zone."""
    found = _DAY.fullmatch(written.strip())
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def number_of(written: str | None) -> Decimal | None:
    """An exact number as XML writes it: digits, a sign, a point. Neither 1,000 nor 1e9 nor NaN is one."""
    text = (written or "").strip()
    return Decimal(text) if len(text) <= LONGEST_NUMBER and _NUMBER.fullmatch(text) else None


def yes_or_no(written: str | None) -> bool | None:
    """A truth value of XML; None where nothing is said."""
    return {"1": True, "true": True, "0": False, "false": False}.get((written or "").strip())


def attribute(element: Element | None, name: str = "code") -> str:
    """An attribute without outer spaces, "" where there is none."""
    written = element.get(name) if element is not None else None
    return written.strip() if written else ""
