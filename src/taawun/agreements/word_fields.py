"""What an agency's own Word template may show of a note verbale and of a Record of Discussions: text alone."""

from typing import Any

from taawun.agreements.models import Instrument, LanguageVersion
from taawun.cycle.models import CooperationRequest, Operation
from taawun.cycle.word_fields import amounts, operation_fields


def note_fields(coop_request: CooperationRequest, note: Instrument) -> dict[str, Any]:
    """The text of a note verbale and the request it is about."""
    return {
        "text": note.text,
        "request_title": coop_request.title,
        "request_number": coop_request.code or "",
    }


def record_fields(operation: Operation, record: Instrument, version: LanguageVersion) -> dict[str, Any]:
    """The Record of Discussions in one language: its text whole, and clause by clause; two SQL statements."""
    return operation_fields(operation) | {
        "place": record.place,
        "text": version.text,
        "clauses": [
            {"number": one.number, "title": one.title, "text": one.text} for one in version.clauses.all()
        ],
        "amounts": amounts(operation),
        "prevailing_language": str(record.get_prevailing_language_display()),
    }
