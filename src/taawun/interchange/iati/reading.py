"""Reading a file of IATI activities: one at a time, in constant memory, each with what was found about it.

A file with one fatal finding is refused whole by whoever takes it in: `check` finds them all without keeping anything.
Contact persons never enter: `contact-info` is taken out of every activity, of its record and of the XML that is kept.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from itertools import chain, islice

from lxml import etree

from taawun.interchange.iati.activity import activity, identifier_of
from taawun.interchange.iati.elements_1x import VERSIONS, put_as_later
from taawun.interchange.iati.records import Finding, Header, Read
from taawun.interchange.iati.source import Source, Unreadable, opened, pieces
from taawun.interchange.iati.stream import MOST, Activities, Element, Found, root_of
from taawun.interchange.iati.text import LANG, Notes, attribute
from taawun.interchange.iati.validity import faults_of, faults_of_root

NOW = "2.03"
EARLIER = {"2.01", "2.02"}
READABLE = {NOW} | EARLIER | VERSIONS
ROOT = "iati-activities"


def header(source: Source) -> Header:
    """What a file says of itself, read from its beginning alone. Raises Unreadable where it is no XML."""
    with opened(source) as file:
        root, _taken = root_of(pieces(file))
        return _header(root)


def read(source: Source, *, today: date, kept: bool = False) -> Iterator[Read]:
    """Every activity of a file with what was found about it, one at a time.

    `today`: the day that tells what is still to come. An activity that breaks the schema, or bears an identifier
    that stood before, comes as its fatal findings alone; so does a file that cannot be read on, at its end. What
    concerns the whole file comes with its first activity. Never raises for what stands in the file. `kept`: the source
    is a text that was taken in before, in its canonical form, which may be longer than what came.
    """
    yield from _Reading(today, records=True, kept=kept).of(source)


def check(source: Source, *, today: date) -> list[Finding]:
    """Everything for which the file is refused, at most a thousand findings; an empty list: it may be taken in."""
    reads = _Reading(today, records=False).of(source)
    return list(islice((one for read in reads for one in read.findings if one.fatal), MOST))


class _Reading:
    """One pass over one file."""

    def __init__(self, today: date, *, records: bool, kept: bool = False) -> None:
        self._today = today
        self._kept = kept
        self._records = records
        self._seen: dict[bytes, int] = {}  # digest of an identifier → its line
        self._version = ""
        self._of_the_file: list[Finding] = []

    def of(self, source: Source) -> Iterator[Read]:
        try:
            with opened(source) as file:
                yield from self._activities(pieces(file))
        except Unreadable as reason:
            self._of_the_file.append(reason.finding)
        if self._of_the_file:
            yield self._with_the_files(Read(None))

    def _activities(self, coming: Iterator[bytes]) -> Iterator[Read]:
        root, taken = root_of(coming)
        self._judge(root)
        activities = Activities(chain(taken, coming), kept=self._kept)
        for found in activities:
            yield self._with_the_files(self._read(found))
        self._of_the_file += [
            Finding(slug, line, "", values, fatal=True)
            for slug, line, values in activities.between
            if not self._is_first or slug == "no-activity"
        ]

    def _with_the_files(self, read: Read) -> Read:
        """What concerns the whole file is told with the activity that is read next."""
        of_the_file, self._of_the_file = self._of_the_file, []
        return replace(read, findings=(*of_the_file, *read.findings)) if of_the_file else read

    def _judge(self, root: Element) -> None:
        """Whether this is a file of activities, and of which version. Raises Unreadable if it is not."""
        line = root.sourceline or 1
        if root.tag == "iati-organisations":
            raise Unreadable("organisation-file", line)
        if root.tag != ROOT:
            raise Unreadable("not-iati", line, element=str(root.tag)[:80])
        self._version = attribute(root, "version")
        if not self._version:
            self._of_the_file.append(Finding("version-missing", line, fatal=True))
        elif self._version not in READABLE:
            values = {"version": self._version[:20]}
            self._of_the_file.append(Finding("version-unknown", line, values=values, fatal=True))
        elif self._version != NOW:
            slug = "version-first" if self._is_first else "version-earlier"
            self._of_the_file.append(Finding(slug, line, values={"version": self._version}))
        if not self._is_first:
            self._of_the_file += faults_of_root(root)

    @property
    def _is_first(self) -> bool:
        """Of version 1: there is no schema to hold it against."""
        return self._version in VERSIONS

    def _read(self, found: Found) -> Read:
        identifier = identifier_of(found.element)
        fatal = [] if self._is_first else faults_of(found, identifier)
        fatal += self._faults_of_identifier(found, identifier)
        if fatal or not self._records:
            return Read(None, tuple(fatal))
        return self._recorded(found, identifier)

    def _faults_of_identifier(self, found: Found, identifier: str) -> list[Finding]:
        if not identifier:
            return [Finding("identifier-missing", found.line, fatal=True)]
        digest = blake2b(identifier.encode(), digest_size=16).digest()
        if digest in self._seen:
            values = {"first": self._seen[digest]}
            return [Finding("identifier-twice", found.line, identifier, values, fatal=True)]
        self._seen[digest] = found.line
        return []

    def _recorded(self, found: Found, identifier: str) -> Read:
        element = found.element
        _take_out_contacts(found, self._version)
        xml = _kept(element)
        language = attribute(element, LANG).lower()
        notes = Notes(language, attribute(element, "default-currency"), self._today)
        _tell_of_the_identifier(element, notes)
        if self._is_first:
            found.remember_order()
            put_as_later(element, notes)
        record = activity(element, notes, version=self._version, line=found.line, xml=xml)
        told = (Finding(slug, found.line_of(at), identifier, values) for slug, at, values in notes.found)
        return Read(record, tuple(told))


def _header(root: Element) -> Header:
    return Header(attribute(root, "version"), attribute(root, "generated-datetime"), str(root.tag))


CONTACTS = ("contact-info", "contact", "contactinfo", "contact-person", "person-name")


def _take_out_contacts(found: Found, version: str) -> None:
    """Personal data must not enter: persons to contact go before anything of the activity is kept.

    By the standard's name and by names that come near it, in any namespace; before version 2, which no schema held to
    its names, in any case of letters too.
    """
    contacts = list(found.element.iter(*(f"{{*}}{name}" for name in CONTACTS)))
    if version.startswith("1"):
        every = found.element.iter("{*}*")
        contacts += [one for one in every if etree.QName(one).localname.lower() in CONTACTS]
    if contacts:
        found.remember_order()
    for contact in contacts:
        if contact.getparent() is not None:
            contact.getparent().remove(contact)


def _kept(element: Element) -> bytes:
    """Canonical; as it is written where a namespace of the file forbids that (C14N wants them absolute)."""
    try:
        return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)
    except etree.C14NError:
        return etree.tostring(element, encoding="UTF-8", with_tail=False)


def _tell_of_the_identifier(element: Element, notes: Notes) -> None:
    found = element.find("iati-identifier")
    if found is not None and found.text != (found.text or "").strip():
        notes.tell("identifier-spaced", found)
