"""What lies elsewhere: documents, related activities, and the points on the map."""

from decimal import Decimal

from taawun.interchange.iati.records import Document, Place, Relation
from taawun.interchange.iati.stream import Element
from taawun.interchange.iati.text import Notes, attribute, number_of


def document(element: Element, notes: Notes) -> Document:
    """A document that the publisher offers at an address; nothing is fetched."""
    return Document(
        attribute(element, "url"),
        attribute(element, "format"),
        notes.words(element.find("title")),
        tuple(attribute(one) for one in element.iterchildren("category")),
        tuple(attribute(one) for one in element.iterchildren("language")),
        notes.day(element.find("document-date")),
    )


def relation(element: Element, _notes: Notes) -> Relation:
    """Another activity, by its identifier, and what it is to this one."""
    return Relation(attribute(element, "ref"), attribute(element, "type"))


def place(element: Element, notes: Notes) -> Place:
    """Where the work is done; without a point where the file gives none that lies on the Earth."""
    latitude, longitude = _point(element.find("point/pos"), notes)
    return Place(notes.words(element.find("name")), latitude, longitude)


def _point(element: Element | None, notes: Notes) -> tuple[Decimal | None, Decimal | None]:
    if element is None or not (element.text or "").strip():
        return None, None
    latitude, longitude = _pair(element.text)
    if latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
        return latitude, longitude
    notes.tell("point-not-understood", element, value=element.text.strip()[:40])
    return None, None


def _pair(written: str) -> tuple[Decimal | None, Decimal | None]:
    parts = written.split()
    return (number_of(parts[0]), number_of(parts[1])) if len(parts) == 2 else (None, None)
