"""Where an operation stands in the seed's circle: the table at the end of « Cycle » (cycle.md), drawn by `ui.ring`."""

from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from taawun.cycle.models import Operation
from taawun.foundation.steps import state_before
from taawun.ui import words
from taawun.ui.ring import Phase, Ring, Station

STATION_OF = {
    "planning": 2,
    "appraised": 2,
    "suspended": 4,
    "reported": 5,
    "agreed": 2,
    "in_implementation": 3,
    "completion_review": 5,
    "completed": 6,
    "ex_post_due": 6,
    "evaluated": 7,
    "closed": 7,
}
MONITORED = 4
FOLLOWED_UP = 6
NOT_OF_ACTIVITIES = (2, 6)  # cycle.md: a stand-alone activity has no 2 and 6
SHORT = "d MMM y"

LABELS = {
    1: gettext_lazy("Request and approval"),
    2: gettext_lazy("Detailed plan, ex-ante evaluation"),
    3: gettext_lazy("Experts and training"),
    4: gettext_lazy("Monitoring"),
    5: gettext_lazy("Confirmation of results"),
    6: gettext_lazy("Follow-up, ex-post evaluation"),
    7: gettext_lazy("Lessons to the next request and plan"),
}
PHASES: tuple[tuple[Any, Any, tuple[int, ...]], ...] = (
    (pgettext_lazy("phase of the cycle", "Plan"), gettext_lazy("before implementation"), (1, 2)),
    (pgettext_lazy("phase of the cycle", "Do"), gettext_lazy("implementation"), (3, 4)),
    (pgettext_lazy("phase of the cycle", "Check"), gettext_lazy("after implementation"), (5, 6)),
    (pgettext_lazy("phase of the cycle", "Act"), gettext_lazy("feedback"), (7,)),
)


def station_of(operation: Operation) -> int:
    """The station the operation stands at, 2 to 7 (1 is the request).

    A cancelled one stands where it was cancelled. An activity is in the experts' station while it is planned.
    """
    state = operation.state if operation.state != "cancelled" else state_before(operation)
    station = STATION_OF[state]
    if station in NOT_OF_ACTIVITIES and not operation.is_project:
        return 3
    return MONITORED if station == 3 and operation.monitored_since else station


def ring_of(operation: Operation) -> Ring:
    """The ring of an operation's page. A closed one has walked the whole circle."""
    here = station_of(operation)
    finished = operation.state == "closed"
    notes = _notes(operation)
    phases = []
    for label, hint, every in PHASES:
        numbers = [n for n in every if operation.is_project or n not in NOT_OF_ACTIVITIES]
        stations = [Station(n, LABELS[n], _state(n, n, here, finished), notes.get(n, "")) for n in numbers]
        phases.append(Phase(label, _state(max(numbers), min(numbers), here, finished), stations, hint))
    above = _("step %(number)s of %(total)s") % {"number": here, "total": len(LABELS)}
    since = _("since %(day)s") % {"day": words.written(operation.state_since, SHORT)}
    return Ring(phases, above, operation.state_label, since)


def _state(last: int, first: int, here: int, finished: bool) -> str:
    if finished or last < here:
        return "done"
    return "now" if first <= here <= last else "todo"


def _notes(operation: Operation) -> dict[int, str]:
    dates = {1: operation.opened_on, 4: operation.monitored_since, 5: operation.completed_on}
    notes = {n: words.written(day, SHORT) for n, day in dates.items() if day}
    if operation.ex_post_on and STATION_OF.get(operation.state, 7) <= FOLLOWED_UP:
        notes[6] = _("due %(day)s") % {"day": words.written(operation.ex_post_on, SHORT)}
    return notes
