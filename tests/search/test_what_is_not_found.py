"""Whatever has a page is found by search, or it is said here why it is not."""

from django.apps import apps

from taawun.foundation.ports import registry
from taawun.foundation.readable import SEARCHABLE
from taawun.papers.kinds import KINDS

HOUSEKEEPING = "is work of the house on itself, which stands in a list of its own"
MISSING = "says something of its own and is not found yet"
NOT_FOUND = {
    "agreements.NegotiationRound": MISSING,  # its texts are the agreement's, what came back is a file
    "api.ApiToken": HOUSEKEEPING,
    "batches.Batch": HOUSEKEEPING,
    "cycle.AgencyDay": "is a day in the settings of an agency",
    "directory.Delegation": HOUSEKEEPING,
    "directory.Handover": HOUSEKEEPING,
    "directory.Merge": HOUSEKEEPING,
    "directory.PaperMark": "leads to its organisation, which is found",
    "figures.CurrencyRate": "is a number",
    "foundation.Job": HOUSEKEEPING,
    "foundation.OutboxMessage": "is mail about something else, which is found",
    "governance.CodeListUpdate": HOUSEKEEPING,
    "governance.Version": "is the settings of an agency: numbers and choices",
    "governance.WordTemplate": HOUSEKEEPING,
    "interchange.Load": "brought in published activities, which are found",
    "interchange.Sending": "brought in published activities, which are found",
}
# The papers, whose pages hang on a case: under which kind their text of today is found, if it is. Documents made of
# them are found whatever stands here.
PAPERS = {
    "request-form": "request",
    "covering-letter": "letter",
    "note-verbale": "agreement",
    "record-of-discussions": "agreement",
    "amendment": "agreement",
    "minutes": "meeting",
    "design": "design",
    "ex-ante": "ex-ante",
    "monitoring-sheet": "sheet",
    "completion-report": "completion-report",
    "ex-post-summary": "evaluation",
    "mission-letter": "is written of the operation and its team, and holds no text of its own",
}


def test_whatever_has_a_page_is_found_or_it_is_said_why_not():
    found = {each.model._meta.label for each in SEARCHABLE.values()}
    there = {each._meta.label for each in apps.get_models() if hasattr(each, "get_absolute_url")}
    there |= {kind.model._meta.label for kind in registry.kinds.values()}
    ours = {label for label in there if apps.get_model(label).__module__.startswith("taawun.")}

    assert sorted(ours - found) == sorted(NOT_FOUND)


def test_of_every_paper_it_is_said_where_its_text_is_found():
    assert sorted(PAPERS) == sorted(KINDS)
    said = {kind for kind in PAPERS.values() if " " not in kind}
    assert said - SEARCHABLE.keys() == set()
