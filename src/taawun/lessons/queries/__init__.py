"""Reading lessons: the gate, what is offered to whom and why, where it was cited, where the same was seen."""

from taawun.lessons.queries.analysis import Linked, Proposal, linked_to, others_linked, proposals_for
from taawun.lessons.queries.citations import answers_of, applied_counts, citations_of
from taawun.lessons.queries.gate import is_inside, lessons_of, lessons_visible_to, lessons_with_head
from taawun.lessons.queries.offers import (
    Offer,
    facts_of_lesson,
    offers_for_facts,
    offers_for_operation,
    offers_for_request,
)
from taawun.lessons.queries.similar import offers_seen, requests_to_compare, seen_of, similar_cases
from taawun.lessons.queries.uses import TOLD_IN, Tally, Uses, uses_of, without_findings

__all__ = [
    "TOLD_IN",
    "Linked",
    "Offer",
    "Proposal",
    "Tally",
    "Uses",
    "answers_of",
    "applied_counts",
    "citations_of",
    "facts_of_lesson",
    "is_inside",
    "lessons_of",
    "lessons_visible_to",
    "lessons_with_head",
    "linked_to",
    "offers_for_facts",
    "offers_for_operation",
    "offers_for_request",
    "offers_seen",
    "others_linked",
    "proposals_for",
    "requests_to_compare",
    "seen_of",
    "similar_cases",
    "uses_of",
    "without_findings",
]
