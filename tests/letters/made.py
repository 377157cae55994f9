"""Letters and questions for tests, entered as their people enter them."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile

from taawun.foundation import clock
from taawun.letters import actions
from taawun.letters.models import Letter, Question
from taawun.letters.seats import PartySeat, seats_of
from taawun.papers.actions import hold
from taawun.papers.models import File
from taawun.workspace.demo.cast import organisation, user
from taawun.workspace.demo.scan import a_scan


def facts(**more: Any) -> dict[str, Any]:
    """A letter as the action takes it."""
    return {
        "direction": "in",
        "number": "AB/7",
        "dated_on": clock.today() - timedelta(days=2),
        "passed_on": clock.today(),
        "correspondent": None,
        "correspondent_name": "Chamber of commerce",
        "subject": "Opening hours of the counters",
        "language_id": "language:en",
        "answers": None,
        "scan": None,
    } | more


def a_letter(register: str = "jica-mm", actor: str = "mm-office", case: Any = None, **more: Any) -> Letter:
    """A letter in the register of an organisation; `to` names the other side by its slug."""
    if slug := more.pop("to", None):
        more |= {"correspondent": organisation(slug), "correspondent_name": ""}
    return actions.enter_letter(organisation(register), facts(**more), actor=user(actor), case=case)


def a_file(actor: str = "mm-office", words: str = "Letter") -> File:
    """A scan as its sender's form holds it."""
    return hold(ContentFile(a_scan(words), name="letter.pdf"), actor=user(actor))


def posted(**more: Any) -> dict[str, Any]:
    """A letter as a browser sends it."""
    today = clock.today()
    return {
        "base_version": "0",
        "direction": "in",
        "number": "AB/7",
        "dated_on": str(today - timedelta(days=2)),
        "passed_on": str(today),
        "correspondent_name": "Chamber of commerce",
        "subject": "Opening hours of the counters",
        "language": "language:en",
        "about": "",
        "answers": "",
    } | more


# ── Questions ──

SEATS = {
    "post-officer": ("mm-post", "line-officer"),
    "mm-coordinator": ("mm-coordination", "coordination"),
    "mm-office": ("jica-mm", "country-office"),
    "desk": ("jica", "desk"),
}


def seat_of(case: Any, slug: str) -> PartySeat:
    """The seat a player holds in a case."""
    through, role = SEATS[slug]
    wanted = f"{organisation(through).pk}:{role}"
    return next(seat for seat in seats_of(case) if seat.key == wanted)


def a_question(case: Any, asker: str = "mm-office", asked: str = "post-officer", **more: Any) -> Question:
    """One player asks another about the case."""
    values = {
        "part": "",
        "subject": "Counters in Mandalay",
        "text": "How many counters are open on Saturdays?",
        "due_on": clock.today() + timedelta(days=10),
    } | more
    return actions.ask_question(
        case, asker=seat_of(case, asker), asked=seat_of(case, asked), actor=user(asker), **values
    )
