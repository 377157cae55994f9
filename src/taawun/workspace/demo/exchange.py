"""Notes and the Record of Discussions, in the story."""

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile

from taawun.agreements import actions as agreements
from taawun.agreements.drafting import record_clauses
from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.seats import Letter
from taawun.foundation.steps import perform
from taawun.kernel.clauses import Clause, join
from taawun.papers.actions import hold
from taawun.papers.models import File
from taawun.workspace.demo.players import actor, says
from taawun.workspace.demo.scan import a_scan


def scan(words: str, actor: User) -> File:
    """A signed paper as the office would upload it."""
    return hold(ContentFile(a_scan(words), name="signed-copy.pdf"), actor=actor)


def by_letter(part: str, act: str) -> dict[str, Any]:
    """What an act needs besides, where the case says that this part has no account: its letter, and the letter's day.

    The letters of a case (`LETTERS`) are told by number and by how many days old they are when they are recorded.
    """
    told = getattr(says(), "LETTERS", {}).get((part, act))
    if told is None:
        return {}
    number, days = told
    day = clock.today() - timedelta(days=days)
    return {"letter": Letter(number, day, scan(f"Lettre {number}", actor(part))), "acted_on": day}


def notify(made: CooperationRequest, *, language: str = "", text: str = "") -> CooperationRequest:
    """The note verbale is written and leaves; in another language than the request's, if wanted."""
    values = {
        "number": "JM-118 (example)",
        "dated_on": clock.today(),
        "prevailing_language": language or made.language,
        "text": text or says().NOTE_VERBALE,
        "scan": None,
    }
    agreements.write_note(made, values, actor=actor("office"), base_version=0)
    return perform(made, "notify", actor=actor("office"))


def reply(made: CooperationRequest) -> CooperationRequest:
    """The reply comes back; the operation opens."""
    office = actor("office")
    data = {
        "number": "NV-45 (example)",
        "dated_on": clock.today(),
        "scan": scan("Reply to the note verbale (example)", office),
    }
    return perform(made, "confirm", actor=office, data=data)


def write_text(operation: Operation) -> None:
    """The Record of Discussions in its language versions, while the parties still negotiate it."""
    values = {
        "number": "",
        "dated_on": None,
        "place": "",
        "prevailing_language": operation.language,
        "scan": None,
    }
    versions = [_with_clauses(operation, version) for version in says().VERSIONS]
    agreements.write_record(operation, values, versions, [], actor=actor("office"), base_version=0)


def sign(operation: Operation, day: date | None = None) -> Operation:
    """The Record of Discussions in its language versions, signed by both parties."""
    office, signed = actor("office"), day or clock.today()
    values = {
        "number": "",
        "dated_on": signed,
        "place": says().PLACE,
        "prevailing_language": operation.language,
        "scan": scan("Record of Discussions, signed (example)", office),
    }
    signatures = [
        {
            "party": party,
            "name": says().SIGNATORY.format(party.organisation.names[operation.language]),
            "title": "",
            "signed_on": signed,
        }
        for party in operation.party_rows
        if party.signs
    ]
    versions = [_with_clauses(operation, version) for version in says().VERSIONS]
    agreements.write_record(operation, values, versions, signatures, actor=office, base_version=0)
    return perform(operation, "sign", actor=office)


def _with_clauses(operation: Operation, version: dict[str, Any]) -> dict[str, Any]:
    """The words of the example over the clauses of the agency, under their keys."""
    clauses = [Clause(text=version["text"], key="opening"), *record_clauses(operation)(version["language"])]
    return {**version, "text": join(clauses), "clauses": clauses}
