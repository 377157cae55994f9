"""One activity's element as a record, element by element in the modules beside."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from taawun.interchange.iati import amounts, documents, parties, results, shares
from taawun.interchange.iati.records import Activity, Words
from taawun.interchange.iati.stream import Element
from taawun.interchange.iati.text import Notes, attribute, yes_or_no

Groups = dict[str, list[Element]]
_DAYS = {"1": "planned_start", "2": "actual_start", "3": "planned_end", "4": "actual_end"}
_ACTUAL = {"actual_start", "actual_end"}


def identifier_of(element: Element) -> str:
    """The activity's identifier without outer spaces, "" where it has none."""
    found = element.find("iati-identifier")
    return (found.text or "").strip() if found is not None else ""


def activity(element: Element, notes: Notes, *, version: str, line: int, xml: bytes) -> Activity:
    """All that is kept of an activity; what could not be understood is told to `notes`."""
    groups: Groups = defaultdict(list)
    for child in element:
        groups[child.tag].append(child)
    reporting = _first(groups, "reporting-org")
    return Activity(
        identifier=identifier_of(element),
        reporting_ref=attribute(reporting, "ref"),
        reporting_type=attribute(reporting, "type"),
        reporting_names=notes.words(reporting),
        version=version,
        line=line,
        xml=xml,
        **_of_itself(element, notes),
        **_codes(groups),
        **_days(groups, notes),
        **_lists(element, groups, notes),
    )


def _of_itself(element: Element, notes: Notes) -> dict[str, Any]:
    return {
        "language": notes.language,
        "currency": notes.currency,
        "hierarchy": attribute(element, "hierarchy"),
        "humanitarian": yes_or_no(element.get("humanitarian")),
        "updated_at": attribute(element, "last-updated-datetime"),
    }


def _codes(groups: Groups) -> dict[str, Any]:
    return {
        "status": attribute(_first(groups, "activity-status")),
        "scope": attribute(_first(groups, "activity-scope")),
        "collaboration_type": attribute(_first(groups, "collaboration-type")),
        "flow_type": attribute(_first(groups, "default-flow-type")),
        "finance_type": attribute(_first(groups, "default-finance-type")),
        "aid_type": amounts.aid_type(groups["default-aid-type"]),
        "tied": attribute(_first(groups, "default-tied-status")),
    }


def _days(groups: Groups, notes: Notes) -> dict[str, Any]:
    """The first day of each type that the file gives; an actual one that is still to come is told."""
    days: dict[str, date | None] = {}
    for element in groups["activity-date"]:
        name, day = _DAYS.get(attribute(element, "type")), notes.day(element)
        if name and day:
            days.setdefault(name, day)
        if name in _ACTUAL and day and day > notes.today:
            notes.tell("day-to-come", element, day=day.isoformat())
    return days


def _lists(element: Element, groups: Groups, notes: Notes) -> dict[str, Any]:
    given = shares.shares(element, notes)
    shares.tell_of_sums(given, element, notes)
    money = ("budget", amounts.budget), ("planned-disbursement", amounts.planned)
    found = [each(one, notes) for tag, each in money for one in groups[tag]]
    found += [amounts.transaction(one, notes) for one in groups["transaction"]]
    return {
        "titles": notes.words(_first(groups, "title")),
        "descriptions": _descriptions(groups["description"], notes),
        "other_identifiers": tuple(
            (attribute(one, "type"), attribute(one, "ref")) for one in groups["other-identifier"]
        ),
        "parties": _all(groups["participating-org"], parties.participating, notes),
        "shares": given,
        "places": _all(groups["location"], documents.place, notes),
        "amounts": tuple(one for one in found if one),
        "results": _all(groups["result"], results.result, notes),
        "documents": _all(groups["document-link"], documents.document, notes),
        "relations": _all(groups["related-activity"], documents.relation, notes),
    }


def _descriptions(elements: list[Element], notes: Notes) -> dict[str, Words]:
    """By type, general where none is said; two of one type and language follow each other."""
    said: dict[str, Words] = {}
    for element in elements:
        kind = said.setdefault(attribute(element, "type") or "1", {})
        for language, text in notes.words(element).items():
            kind[language] = f"{kind[language]}\n{text}" if language in kind else text
    return {kind: words for kind, words in said.items() if words}


def _all(elements: list[Element], each: Callable[[Element, Notes], Any], notes: Notes) -> tuple[Any, ...]:
    return tuple(each(element, notes) for element in elements)


def _first(groups: Groups, tag: str) -> Element | None:
    return groups[tag][0] if groups[tag] else None
