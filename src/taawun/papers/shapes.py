"""What an agency's own Word template of a paper may show: the names of its fields. Without Django, for the printer."""

from collections.abc import Mapping

Shape = Mapping[str, tuple[str, ...] | None]
TEXT = None  # a field that is one text; a list is the names each of its rows has

COMMON: Shape = {
    "number": TEXT,
    "title": TEXT,
    "date": TEXT,
    "letterhead": ("line",),
    "parties": ("label", "name", "detail"),
    "signatories": ("side", "name", "office", "date", "place"),
    "document_number": TEXT,
    "check_address": TEXT,
    "example": TEXT,
}
OPERATION: Shape = {"operation_title": TEXT, "operation_number": TEXT}
SHAPES: dict[str, Shape] = {
    "note-verbale": {**COMMON, "text": TEXT, "request_title": TEXT, "request_number": TEXT},
    "covering-letter": {**COMMON, "round": TEXT, "requests": ("rank", "number", "title", "organisation")},
    "mission-letter": {
        **COMMON,
        **OPERATION,
        **dict.fromkeys(("provider", "expert", "employer", "function", "field", "period", "site")),
    },
    "record-of-discussions": {
        **COMMON,
        **OPERATION,
        "place": TEXT,
        "text": TEXT,
        "clauses": ("number", "title", "text"),
        "amounts": ("title", "amount"),
        "prevailing_language": TEXT,
    },
}
