"""Who takes part: participating-org, provider-org, receiver-org."""

from taawun.interchange.iati.records import Party
from taawun.interchange.iati.stream import Element
from taawun.interchange.iati.text import Notes, attribute


def participating(element: Element, notes: Notes) -> Party:
    """An organisation's part in the activity."""
    return _party(element, notes, attribute(element, "role"), "activity-id")


def giver(element: Element | None, notes: Notes) -> Party | None:
    """Where an amount comes from; its part in the activity is not said there."""
    return None if element is None else _party(element, notes, "", "provider-activity-id")


def receiver(element: Element | None, notes: Notes) -> Party | None:
    """Where an amount goes."""
    return None if element is None else _party(element, notes, "", "receiver-activity-id")


def _party(element: Element, notes: Notes, role: str, activity: str) -> Party:
    return Party(
        role,
        ref=attribute(element, "ref"),
        type=attribute(element, "type"),
        names=notes.words(element),
        activity_ref=attribute(element, activity),
    )
