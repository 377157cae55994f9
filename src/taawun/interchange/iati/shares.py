"""For whom and about what: countries, regions, sectors, tags and policy markers, of an activity or of one amount."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby

from taawun.interchange.iati.records import Share
from taawun.interchange.iati.stream import Element
from taawun.interchange.iati.text import Notes, attribute

KINDS = {
    "recipient-country": "country",
    "recipient-region": "region",
    "sector": "sector",
    "tag": "tag",
    "policy-marker": "marker",
}
WHOLE = Decimal(100)
_DAC = {"", "1"}


def shares(elements: Iterable[Element], notes: Notes) -> tuple[Share, ...]:
    """Whatever of the elements names a country, region, sector, tag or marker, in the file's order."""
    return tuple(_share(KINDS[element.tag], element, notes) for element in elements if element.tag in KINDS)


def tell_of_sums(given: tuple[Share, ...], activity: Element, notes: Notes) -> None:
    """Percentages that do not make a hundred are told and left as they are.

    Countries and regions make it together, sectors in each vocabulary; one alone may leave it out.
    """
    groups = [("place", "", [one for one in given if one.kind == "country" or _is_main_region(one)])]
    sectors = sorted((one for one in given if one.kind == "sector"), key=_vocabulary)
    groups += [("sector", name, list(some)) for name, some in groupby(sectors, key=_vocabulary)]
    for kind, vocabulary, some in groups:
        stated = [one.percentage for one in some if one.percentage is not None]
        if len(some) > 1 and len(stated) < len(some):
            notes.tell(f"{kind}s-without-percentage", activity, vocabulary=vocabulary)
        elif stated and sum(stated) != WHOLE:
            notes.tell(f"{kind}s-not-whole", activity, vocabulary=vocabulary, total=f"{sum(stated):f}")


def _share(kind: str, element: Element, notes: Notes) -> Share:
    return Share(
        kind,
        attribute(element),
        vocabulary=attribute(element, "vocabulary"),
        percentage=notes.percentage(element),
        significance=attribute(element, "significance"),
        names=notes.words(element),
    )


def _is_main_region(share: Share) -> bool:
    return share.kind == "region" and share.vocabulary in _DAC


def _vocabulary(share: Share) -> str:
    return share.vocabulary or "1"
