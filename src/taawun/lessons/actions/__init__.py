"""What people do to lessons: draft, edit, analyse across operations, offer, answer, say whether it helped."""

from taawun.lessons.actions.analysing import (
    date_certification,
    forget_retirement,
    join_lesson,
    keep_retirement,
    link_operations,
    part_lesson,
    undate_certification,
)
from taawun.lessons.actions.drafting import draft_lesson, edit_lesson
from taawun.lessons.actions.offering import (
    answer_lesson,
    forget_offers,
    mark_similar_seen,
    offer_lessons,
    offer_on_opening,
    tell_outcome,
)

__all__ = [
    "answer_lesson",
    "date_certification",
    "draft_lesson",
    "edit_lesson",
    "forget_offers",
    "forget_retirement",
    "join_lesson",
    "keep_retirement",
    "link_operations",
    "mark_similar_seen",
    "offer_lessons",
    "offer_on_opening",
    "part_lesson",
    "tell_outcome",
    "undate_certification",
]
