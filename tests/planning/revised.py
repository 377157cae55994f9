"""Operations under way, and revisions of their design, for the tests of planning and of the rooms above."""

from datetime import date, timedelta
from typing import Any

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.meetings.actions import record_meeting
from taawun.meetings.models import Meeting
from taawun.planning import actions
from taawun.planning.models import DesignVersion
from taawun.planning.queries import forget, revision_of
from tests.planning.made import a_complete_operation, a_context, body, who

SIGNED = date(2026, 5, 20)


def a_running_operation(state: str = "in_implementation", **changes: Any) -> Operation:
    """The postal operation under way, its design version 0 in force."""
    operation = a_complete_operation("planning", opened_on=date(2026, 1, 1), **changes)
    actions.freeze_design(operation, a_context(SIGNED))
    Operation.objects.filter(pk=operation.pk).update(state=state)
    operation.refresh_from_db()
    forget(operation)
    return operation


def a_meeting(operation: Operation, *decisions: str, held_on: date | None = None) -> Meeting:
    """A committee that was held, with what it decided."""
    values = {
        "held_on": held_on or clock.today() - timedelta(days=1),
        "place": "Yangon",
        "attendance": "",
        "summary": "",
        "minutes": None,
    }
    rows = [{"text": text, "owner": body("jica"), "due_on": None} for text in decisions]
    return record_meeting(operation, values, rows, actor=who("mm-office"))


def a_revision(operation: Operation, by: str = "desk", meeting: Meeting | None = None) -> DesignVersion:
    """A revision opened with its reason."""
    return actions.save_grounds(
        operation=operation, reason="A third region joins", meeting=meeting, actor=who(by), base_version=0
    )


def a_decided_revision(operation: Operation) -> DesignVersion:
    """A revision that a meeting decided."""
    return a_revision(operation, meeting=a_meeting(operation, "The design is revised"))


def adopt(operation: Operation, by: str = "desk", **more: Any) -> DesignVersion:
    """Adopt the revision as whoever read it just now."""
    revision = revision_of(operation)
    version = more.pop("base_version", revision.version if revision else 1)
    return actions.adopt_revision(operation=operation, actor=who(by), base_version=version, **more)


def a_risk(text: str = "The road is cut off") -> dict[str, Any]:
    """A new risk, as its form sends it."""
    return {"id": None, "text": text, "likelihood": "low", "countermeasure": "", "owner": None}
