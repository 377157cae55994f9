"""How instruments are put before the reader, on pages and on paper."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, pgettext

from taawun.agreements import queries
from taawun.agreements.annexes import ALL, annexes_of
from taawun.agreements.changes import extends_to, items_of
from taawun.agreements.drafting import amendment_clauses
from taawun.agreements.models import Amendment, Instrument, InstrumentKind, LanguageVersion
from taawun.agreements.translating import shown
from taawun.agreements.wording import as_clauses, last_change
from taawun.cycle import rights
from taawun.cycle.models import LANGUAGES, CooperationRequest, Operation
from taawun.cycle.queries import requests_visible_to
from taawun.directory.as_it_stood import names_on
from taawun.kernel.clauses import Clause


def tab(operation: Operation, user: Any) -> dict[str, Any]:
    """Every instrument of the operation, and whether this person writes the Record of Discussions now."""
    instruments: list[Any] = list(queries.instruments_of(operation))
    reads_notes = requests_visible_to(user).filter(pk=operation.coop_request_id or 0).exists()
    may_write = operation.state == "appraised" and rights.seat_for(operation, user, "record-of-discussions")
    amendments = queries.register_of(operation)
    numbers = {amendment.instrument_id: amendment.number for amendment in amendments}
    opened = next((amendment for amendment in amendments if not amendment.is_signed), None)
    may_amend = operation.state in queries.AMENDED and bool(rights.seat_for(operation, user, "amendment"))
    return {
        "instruments": [
            {
                "it": one,
                "papers": _papers(operation, one, reads_notes, numbers.get(one.pk)),
                "changes": _changes_address(operation, numbers.get(one.pk)) if one.has_earlier else "",
            }
            for one in instruments
        ],
        "amendments": [_amendment(operation, amendment) for amendment in amendments],
        "opened": opened,
        "may_amend": may_amend,
        "may_write": bool(may_write),
        "is_begun": any(one.kind == InstrumentKind.RECORD_OF_DISCUSSIONS for one in instruments),
    }


def _changes_address(operation: Operation, amendment: int | None) -> str:
    """Where the last change of a paper's texts is shown."""
    if amendment:
        return reverse("agreements:amendment-changes", args=[operation.pk, amendment])
    return reverse("agreements:record-of-discussions-changes", args=[operation.pk])


def changes_of_text(operation: Operation, paper: Instrument, asked: str) -> dict[str, Any] | None:
    """A paper's text beside the one before it, clause by clause; None where no text was written yet."""
    version = version_asked(paper, asked)
    if version is None:
        return None
    change = last_change(paper, version)
    return {
        "paper": paper,
        "version": version,
        "earlier": change[0] if change else None,
        "comparison": change[1] if change else None,
        "versions": list(paper.versions.all()),
        "back": reverse("agreements:agreements", args=[operation.pk]),
    }


def _amendment(operation: Operation, amendment: Amendment) -> dict[str, Any]:
    """An amendment as the register shows it."""
    items = items_of(operation, amendment)
    return {
        "it": amendment,
        "items": items,
        "extends_to": extends_to(items),
        "paper": reverse("agreements:amendment-paper", args=[operation.pk, amendment.number]),
    }


def _papers(
    operation: Operation, instrument: Instrument, reads_notes: bool, amendment: int | None = None
) -> list[tuple[str, Any, LanguageVersion | None]]:
    """The addresses where an instrument prints: one for each language version; the note's for who sees the request."""
    if instrument.kind == InstrumentKind.NOTE_VERBALE and not reads_notes:
        return []
    if instrument.kind == InstrumentKind.NOTE_VERBALE:
        return [
            (
                reverse("agreements:note-verbale-paper", args=[instrument.coop_request_id]),
                _("Print on A4"),
                None,
            )
        ]
    address = (
        reverse("agreements:amendment-paper", args=[operation.pk, amendment])
        if amendment
        else reverse("agreements:record-of-discussions-paper", args=[operation.pk])
    )
    return [
        (f"{address}?language={version.language}", version.get_language_display(), version)
        for version in instrument.versions.all()
    ]


def note_paper(coop_request: CooperationRequest, note: Instrument) -> dict[str, Any]:
    """The note verbale as it leaves the house, in its own language."""
    language = note.prevailing_language or coop_request.language
    with translation.override(language):
        return {
            "paper": {
                "language": language,
                "title": _("Note verbale"),
                "number": note.number,
                "date": note.dated_on,
            },
            "letterhead": [coop_request.provider.name, coop_request.country_office.name],
            "parties": [
                (pgettext("addressee", "To"), coop_request.coordination.name, ""),
                (_("Request"), coop_request.title, coop_request.code or ""),
            ],
            "note": note,
            "signatures": [{"side": _("Initials and seal")}],
            "is_example": coop_request.is_example,
            "back": coop_request.get_absolute_url(),
        }


def version_asked(record: Instrument, language: str) -> LanguageVersion | None:
    """The version in the language asked for, else the prevailing one, else the first."""
    held = {version.language: version for version in record.versions.all()}
    return held.get(language) or held.get(record.prevailing_language) or next(iter(held.values()), None)


def versions_of(record: Instrument) -> dict[str, LanguageVersion]:
    """Its language versions by language, the prevailing one first."""
    held = {version.language: version for version in record.versions.all()}
    return dict(sorted(held.items(), key=lambda one: one[0] != record.prevailing_language))


def record_paper(
    operation: Operation, record: Instrument, version: LanguageVersion, chosen: Sequence[str] = ALL
) -> dict[str, Any]:
    """The Record of Discussions in one language, with the annexes chosen and a place for each signature."""
    annex = annexes_of(operation, version.language, chosen)
    with translation.override(version.language):
        return annex | {
            "paper": {
                "language": version.language,
                "title": _("Record of Discussions"),
                "number": record.number,
                "date": record.dated_on,
                "place": record.place,
            },
            "operation": operation,
            "record": record,
            "version": version,
            "clauses": shown(as_clauses(version.clauses.all()), version.language),
            "prevailing": record.get_prevailing_language_display(),
            **_parties(operation, record),
            "is_example": operation.is_example,
            "back": reverse("agreements:agreements", args=[operation.pk]),
        }


def amendment_paper(operation: Operation, amendment: Amendment, asked: str) -> dict[str, Any]:
    """An amendment in one language, with the table of what it changes and a place for each signature.

    Before any text is written it prints with the text composed.
    """
    paper = amendment.instrument
    version = version_asked(paper, asked)
    language = version.language if version else _known(asked, operation.language)
    with translation.override(language):
        record = queries.record_of_discussions(operation)
        return {
            "paper": {
                "language": language,
                "title": _("Amendment %(number)s to the Record of Discussions")
                % {"number": amendment.number},
                "number": paper.number or f"{operation.code}-A{amendment.number:02d}",
                "date": paper.dated_on,
                "place": paper.place,
            },
            "operation": operation,
            "amendment": amendment,
            "items": items_of(operation, amendment),
            "record_day": record.dated_on if record else None,
            "clauses": shown(_clauses_of(operation, amendment, version, language), language),
            "version": version,
            "prevailing": paper.get_prevailing_language_display(),
            **_parties(operation, paper),
            "is_example": operation.is_example,
            "back": reverse("agreements:agreements", args=[operation.pk]),
        }


def _clauses_of(
    operation: Operation, amendment: Amendment, version: LanguageVersion | None, language: str
) -> list[Clause]:
    if version is None:
        return amendment_clauses(operation, amendment)(language)
    return as_clauses(version.clauses.all())


def _known(asked: str, otherwise: str) -> str:
    return asked if asked in dict(LANGUAGES) else otherwise


def _parties(operation: Operation, record: Instrument) -> dict[str, Any]:
    """The heads of the paper and who signed for each party; a signing party without anybody has a line to write on.

    A signed paper names the organisations as it did that day, also where one was merged into another since.
    """
    held = list(record.signatures.all())
    signed = [one.signed_on for one in held if one.signed_on]
    earlier = names_on(max(signed), operation.party_rows) if signed else {}
    heads, rows = [], []
    for party in operation.party_rows:
        name = earlier.get(party.pk) or party.organisation.name
        mine = [one for one in held if one.party_id == party.pk]
        rows += [_signature(name, one, record) for one in mine]
        if party.signs:
            heads.append(name)
            rows += [] if mine else [{"side": name}]
    return {"letterhead": heads, "signatures": rows}


def _signature(side: str, one: Any, record: Instrument) -> dict[str, Any]:
    signed = {"date": one.signed_on, "place": record.place, "signed": True} if one.signed_on else {}
    return {"side": side, "name": one.name, "title": one.title, **signed}
