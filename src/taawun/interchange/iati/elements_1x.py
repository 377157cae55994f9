"""Activities of the versions 1.01 to 1.05, put as the later ones say the same, as far as that is certain.

Version 1 had words as plain text, roles, types of dates and of transactions by name or letter, and vocabularies by
abbreviation. There is no schema to hold such a file against: what is not understood is told and left as it is written.
"""

from collections.abc import Iterable

from lxml import etree

from taawun.interchange.iati.stream import Element
from taawun.interchange.iati.text import LANG, Notes, attribute, day_of

VERSIONS = {"1.0", "1.00", "1.01", "1.02", "1.03", "1.04", "1.05"}

_WORDED = frozenset(
    [
        *(
            "title",
            "description",
            "reporting-org",
            "participating-org",
            "recipient-country",
            "recipient-region",
        ),
        *("sector", "policy-marker", "provider-org", "receiver-org", "name", "comment"),
    ]
)
_ONE_A_LANGUAGE = frozenset({"title", "description", "name", "comment"})
_DAYS = frozenset({"activity-date", "transaction-date", "period-start", "period-end"})
_VOCABULARIES = {"dac": "1", "dac-3": "2", "cofog": "3", "nace": "4", "ntee": "5", "adt": "6", "ro": "99"}
_TIED = {"partially tied": "3", "tied": "4", "untied": "5"}
# (element, attribute) → what its later code is called or was before, in small letters.
_CODES: dict[tuple[str, str], dict[str, str]] = {
    ("participating-org", "role"): {
        "funding": "1",
        "accountable": "2",
        "extending": "3",
        "implementing": "4",
    },
    ("activity-date", "type"): {
        "start-planned": "1",
        "start-actual": "2",
        "end-planned": "3",
        "end-actual": "4",
    },
    ("transaction-type", "code"): {
        **{
            "if": "1",
            "c": "2",
            "d": "3",
            "e": "4",
            "ir": "5",
            "lr": "6",
            "r": "7",
            "qp": "8",
            "qs": "9",
            "cg": "10",
        },
        **{"incoming funds": "1", "commitment": "2", "disbursement": "3", "expenditure": "4"},
        **{"interest repayment": "5", "loan repayment": "6", "reimbursement": "7"},
        **{"purchase of equity": "8", "sale of equity": "9", "credit guarantee": "10"},
    },
    ("activity-status", "code"): {
        **{"pipeline/identification": "1", "implementation": "2", "completion": "3"},
        **{"post-completion": "4", "cancelled": "5"},
    },
    ("description", "type"): {"general": "1", "objectives": "2", "target groups": "3", "other": "4"},
    ("budget", "type"): {"original": "1", "revised": "2"},
    ("related-activity", "type"): {
        "parent": "1",
        "child": "2",
        "sibling": "3",
        "multifunded": "4",
        "third party": "5",
    },
    ("result", "type"): {"output": "1", "outcome": "2", "impact": "3", "other": "9"},
    ("indicator", "measure"): {"unit": "1", "percentage": "2"},
    ("default-tied-status", "code"): _TIED,
    ("tied-status", "code"): _TIED,
    ("sector", "vocabulary"): _VOCABULARIES,
    ("policy-marker", "vocabulary"): {"dac": "1", "ro": "99"},
}
_OF_ALL_AMOUNTS = frozenset(
    f"default-{one}" for one in ("flow-type", "finance-type", "aid-type", "tied-status")
)
_BY_TEXT = _OF_ALL_AMOUNTS | {
    *("activity-status", "collaboration-type", "transaction-type"),
    *("flow-type", "finance-type", "aid-type", "tied-status"),
}
_KNOWN = _OF_ALL_AMOUNTS | {
    *(
        "iati-identifier",
        "reporting-org",
        "other-identifier",
        "activity-website",
        "activity-scope",
        "activity-date",
    ),
    *(
        "title",
        "description",
        "participating-org",
        "recipient-country",
        "recipient-region",
        "sector",
        "policy-marker",
    ),
    *("activity-status", "contact-info", "location", "country-budget-items", "collaboration-type", "budget"),
    *(
        "planned-disbursement",
        "capital-spend",
        "transaction",
        "document-link",
        "related-activity",
        "conditions",
    ),
    *("result", "legacy-data", "crs-add", "fss"),
}


def put_as_later(activity: Element, notes: Notes) -> None:
    """Change an activity of version 1 in place so that it is read like one of version 2; what is unclear is told."""
    _tell_of_the_whole(activity, notes)
    for element in list(activity.iter("*")):
        tag = element.tag
        if tag in _BY_TEXT:
            _take_code_from_text(element, notes)
        if tag in _DAYS and not attribute(element, "iso-date"):
            _take_day_from_text(element, notes)
        if tag in _WORDED:
            _take_words_from_text(element)
        _take_the_rest(element)
        _recode(element, notes)
    for element in list(activity.iter("*")):
        _one_for_all_languages(element, within_activity=element is activity)


def _tell_of_the_whole(activity: Element, notes: Notes) -> None:
    for name in ("reporting-org", "title"):
        if activity.find(name) is None:
            notes.tell("first-missing", activity, name=name)
    for child in activity:
        if child.tag not in _KNOWN and not child.tag.startswith("{"):
            notes.tell("first-element-unknown", child)


def _recode(element: Element, notes: Notes) -> None:
    """Names and letters become the later codes; a code that is one already stays."""
    for name in ("role", "type", "code", "measure", "vocabulary"):
        meant = _CODES.get((element.tag, name))
        written = attribute(element, name)
        if meant is None or not written or written in meant.values():
            continue
        if written.casefold() in meant:
            element.set(name, meant[written.casefold()])
        else:
            notes.tell("first-code-unknown", element, attribute=name, value=written[:40])


def _take_code_from_text(element: Element, notes: Notes) -> None:
    """A code that is given by its name alone: only the names of the standard's own list are taken for one."""
    text = _text(element)
    if attribute(element) or not text:
        return
    code = _CODES.get((element.tag, "code"), {}).get(text.casefold())
    if code:
        element.set("code", code)
    else:
        notes.tell("first-text-unknown", element, value=text[:40])


def _take_day_from_text(element: Element, notes: Notes) -> None:
    text = _text(element)
    if day_of(text):
        element.set("iso-date", text)
    elif text:
        notes.tell("day-not-understood", element, value=text[:40])


def _take_words_from_text(element: Element) -> None:
    text = _text(element)
    if text and element.find("narrative") is None:
        etree.SubElement(element, "narrative").text = text


def _take_the_rest(element: Element) -> None:
    """An identifier in another system, a document's language, a point: each had another place."""
    text = _text(element)
    if element.tag == "other-identifier" and text and not attribute(element, "ref"):
        element.set("ref", text)
    if element.tag == "language" and text and not attribute(element):
        element.set("code", text)
    if element.tag == "location":
        _take_point(element)


def _take_point(location: Element) -> None:
    coordinates = location.find("coordinates")
    if coordinates is None or location.find("point/pos") is not None:
        return
    pos = etree.SubElement(etree.SubElement(location, "point"), "pos")
    pos.text = f"{attribute(coordinates, 'latitude')} {attribute(coordinates, 'longitude')}"


def _one_for_all_languages(parent: Element, *, within_activity: bool) -> None:
    """A title stood once for each language; the later one has a narrative for each.

    The descriptions of an activity are several anyway: their types keep them apart.
    """
    for tag in _ONE_A_LANGUAGE - ({"description"} if within_activity else set()):
        first, *others = list(parent.iterchildren(tag)) or [None]
        for other in others:
            _move_words(other.iterchildren("narrative"), first, attribute(other, LANG))
            parent.remove(other)


def _move_words(narratives: Iterable[Element], first: Element, language: str) -> None:
    for own in first.iterchildren("narrative"):
        if not own.get(LANG) and first.get(LANG):
            own.set(LANG, first.get(LANG))
    first.attrib.pop(LANG, None)
    for narrative in list(narratives):
        if language and not narrative.get(LANG):
            narrative.set(LANG, language)
        first.append(narrative)


def _text(element: Element) -> str:
    return (element.text or "").strip()
