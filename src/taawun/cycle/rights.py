"""Who may write what on a case besides its steps: a table of seats, read by pages and actions alike."""

from typing import Any

from django.core.exceptions import PermissionDenied

from taawun.cycle.workflow import COUNTRY_OFFICE, DESK, EVALUATOR, FACILITATING, OFFICE, SIGNING
from taawun.directory.roles import Role
from taawun.foundation.seats import on_paper, recording_office
from taawun.foundation.standing import Standing, fresh_standing, standing, take_seat
from taawun.kernel.workflow import Seat

IMPLEMENTING = Seat(Role.LINE_OFFICER, "implementing")
REQUESTING = Seat(Role.LINE_OFFICER, "requesting")
OPINION = Seat(Role.OPINION, "consulted")
KNOWLEDGE = Seat(Role.KNOWLEDGE, "provider")
NAMED_EVALUATOR = Seat("", "named-evaluators")
TEAM = Seat("", "team")
AUTHORS = (
    Seat(Role.LINE_OFFICER, "writing"),
    Seat(Role.COUNTRY_OFFICE, "writing"),
    Seat(Role.DESK, "writing"),
    Seat("", "author"),
)

# What a stand-alone activity knows nothing of: it has no design, committee, sheets, rating or ex-post.
OF_PROJECTS = frozenset(
    {
        *("design", "plan", "ex-ante", "lesson-answers", "lesson", "record-of-discussions", "meeting"),
        "text-reply",
        *("sheet", "sheet-confirmation", "completion-report", "name-evaluator", "evaluation"),
        *("evaluation-texts", "recommendation-response", "revision", "revision-adoption"),
        *("amendment", "survey", "dispute", "dispute-answer"),
    }
)

RIGHTS: dict[str, tuple[Seat, ...]] = {
    "request-texts": (REQUESTING,),
    "settings": (DESK,),
    "appraisal-note": (DESK,),
    "note-verbale": (COUNTRY_OFFICE,),
    "design": (DESK, COUNTRY_OFFICE, IMPLEMENTING),
    "plan": (DESK, COUNTRY_OFFICE, IMPLEMENTING),
    "revision": (DESK, COUNTRY_OFFICE, IMPLEMENTING, TEAM),
    "revision-adoption": (DESK, COUNTRY_OFFICE),
    "ex-ante": (DESK,),
    "survey": (DESK, COUNTRY_OFFICE),
    "similar-seen": (DESK,),
    "lesson-answers": (DESK, COUNTRY_OFFICE),
    "lesson": (KNOWLEDGE, DESK, COUNTRY_OFFICE, IMPLEMENTING, NAMED_EVALUATOR),
    "lesson-texts": (KNOWLEDGE, *AUTHORS),
    "lesson-analysis": (KNOWLEDGE,),
    "record-of-discussions": OFFICE,
    "text-reply": (*OFFICE, *SIGNING),
    "parties": (DESK, COUNTRY_OFFICE),
    "amendment": OFFICE,
    "people": (DESK, COUNTRY_OFFICE),
    "component": (DESK, COUNTRY_OFFICE),
    "activity-report": (
        COUNTRY_OFFICE,
        DESK,
        IMPLEMENTING,
        Seat(Role.LINE_OFFICER, "supplying"),
        Seat("", "serving"),
    ),
    "meeting": (*OFFICE, IMPLEMENTING),
    "sheet": (*OFFICE, IMPLEMENTING, *FACILITATING),
    "sheet-confirmation": SIGNING,
    "dispute": SIGNING,
    "dispute-answer": (*OFFICE, IMPLEMENTING, *FACILITATING),
    "completion-report": (*OFFICE, IMPLEMENTING),
    "name-evaluator": (DESK,),
    "evaluation": (EVALUATOR,),
    "evaluation-texts": (NAMED_EVALUATOR,),
    "recommendation-response": (
        DESK,
        COUNTRY_OFFICE,
        Seat(Role.LINE_OFFICER, "parties"),
        Seat(Role.COORDINATION, "parties"),
        *FACILITATING,
    ),
}


def seat_for(case: Any, user: Any, right: str) -> tuple[Seat, int | None] | None:
    """The seat in which a person may write this, with its organisation; None when they may not. For pages."""
    return _seat(case, standing(user), right)


def require(case: Any, user: Any, right: str) -> tuple[Seat, int | None]:
    """The same, read anew and refusing (403) who may not: actions call it, so that no door forgets."""
    who = fresh_standing(user)
    taken = _seat(case, who, right)
    if taken is None:
        raise PermissionDenied
    own = _own(case, RIGHTS[right], who)
    take_seat(user, taken[1], taken[0].role, None if own else _written_for(case, right))
    return taken


def _seat(case: Any, who: Standing, right: str) -> tuple[Seat, int | None] | None:
    if right in OF_PROJECTS and case.workflow.slug == "activity":
        return None
    return _own(case, RIGHTS[right], who) or _for_paper(case, who, RIGHTS[right])


def _own(case: Any, seats: tuple[Seat, ...], who: Standing) -> tuple[Seat, int | None] | None:
    """In their own right before as a deputy, else in the table's order."""
    organisations = case.seat_organisations()
    taken: list[tuple[Seat, int | None]] = []
    for seat in seats:
        if not seat.role:
            asked = all((pk, one.role) in who.delegated for one, pk in taken)
            taken += [(seat, None)] if asked and case.stands_in(seat.relation, who.person_id) else []
            continue
        held = who.holding(seat.role) & organisations.get(seat.relation, set())
        taken += [(seat, pk) for pk in sorted(held)]
    return min(taken, key=lambda one: (one[1], one[0].role) in who.delegated, default=None)


def _for_paper(case: Any, who: Standing, seats: tuple[Seat, ...]) -> tuple[Seat, int | None] | None:
    """The office that records for parties on paper writes what those would write."""
    office = recording_office(case, who)
    if office is None:
        return None
    if any(_papers_seats(case, seats)):
        return case.workflow.recorder, office
    return None


def _written_for(case: Any, right: str) -> int | None:
    """The party on paper that would write this: the first in the table's order."""
    return next((min(held) for held in _papers_seats(case, RIGHTS[right]) if held), None)


def _papers_seats(case: Any, seats: tuple[Seat, ...]) -> list[set[int]]:
    """For each seat, the organisations on paper that hold it in this case."""
    organisations, paper = case.seat_organisations(), on_paper(case)
    return [organisations.get(seat.relation, set()) & paper for seat in seats if seat.role]
