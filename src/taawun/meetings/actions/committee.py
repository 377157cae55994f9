"""Naming the committee, and recording what its meetings decided."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.meetings import queries
from taawun.meetings.models import Capacity, Committee, Meeting, MeetingKind
from taawun.meetings.rows import decision_lines, member_lines
from taawun.papers.actions import hand_over
from taawun.papers.models import File

# Meetings are recorded once the implementation has begun, late ones too, until the operation is closed.
ENDED = ("closed", "cancelled")
MEETING_STATES = (
    *("in_implementation", "suspended", "completion_review"),
    *("completed", "ex_post_due", "evaluated"),
)
GATE = "meeting"
TEXTS = ("held_on", "place", "attendance", "summary")


def name_committee(
    operation: Operation, rows: list[dict[str, Any]], *, actor: User, base_version: int
) -> Committee:
    """Set the members of the joint coordinating committee; the rows given replace those held, keeping each its number.

    Right `people`. What says the same changes nothing. Refuses a closed operation (`Frozen`), a lost edit
    (`Conflict`), an organisation that is no party, a line of another committee, and two chairs at once.
    """
    with transaction.atomic():
        locked = lock(operation)
        seat, organisation_id = rights.require(locked, actor, "people")
        if locked.state in ENDED:
            raise editing.Frozen
        committee, made = Committee.objects.get_or_create(operation=locked)
        before, after = member_lines(queries.members_of(locked)), member_lines(rows)
        if before == after:
            return committee
        refuse_strangers(locked, {row["organisation"].pk for row in rows})
        _refuse_two_chairs(rows)
        if not made:
            name = _("Joint coordinating committee")
            editing.bump(committee, base_version, theirs={name: before}, mine={name: after})
        # The chair comes last: one who gives the chair up has done so before another takes it.
        replace_rows(committee.members, sorted(rows, key=lambda row: row["capacity"] == Capacity.CHAIR))
        record(
            locked,
            "committee-named",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail={"members": [_told(row) for row in rows]},
        )
    return committee


def _told(row: dict[str, Any]) -> dict[str, Any]:
    person = row.get("person")
    return {
        "name": person.name if person else row["name"],
        "organisation": row["organisation"].pk,
        "capacity": row["capacity"],
    }


def _refuse_two_chairs(rows: list[dict[str, Any]]) -> None:
    if sum(row["capacity"] == "chair" and row.get("held_to") is None for row in rows) > 1:
        raise Refused(
            [Obstacle(_("Only one person chairs at a time: enter the last day of the chair before."))]
        )


def record_meeting(
    operation: Operation,
    values: dict[str, Any],
    decisions: list[dict[str, Any]],
    *,
    actor: User,
    meeting: Meeting | None = None,
    base_version: int = 0,
) -> Meeting:
    """Record a meeting that was held, with its decisions; with `meeting`, correct what was recorded.

    Right `meeting`, from the beginning of the implementation until the operation is closed (else `Frozen`). A new
    meeting gets the operation's next number. Refuses a date in the future or before the operation, a decision given
    to somebody who is no party, a line of another meeting. The minutes' scan is handed to the meeting.
    """
    with transaction.atomic():
        locked = lock(operation)
        seat, organisation_id = rights.require(locked, actor, "meeting")
        if locked.state not in MEETING_STATES:
            raise editing.Frozen
        _refuse_wrong_day(locked, values["held_on"])
        refuse_strangers(locked, {row["owner"].pk for row in decisions})
        if meeting and _says_the_same(meeting, values, decisions):
            return meeting
        held = _claim(locked, meeting, values, decisions, actor, base_version)
        _attach(held, values.get("minutes"), actor)
        replace_rows(held.decisions, [row | {"number": n} for n, row in enumerate(decisions, start=1)])
        record(
            locked,
            "meeting-edited" if meeting else "meeting-recorded",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            acted_on=None if meeting else values["held_on"],
            detail=_minuted(held, decisions),
        )
        sync_tasks(locked)
    return held


def _said(meeting: Meeting) -> dict[str, Any]:
    """A meeting as it is held, to compare and to show beside another version."""
    lines = decision_lines(meeting.decisions.select_related("owner"))
    return {name: getattr(meeting, name) for name in TEXTS} | {_("Decisions"): lines}


def _sent(values: dict[str, Any], decisions: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: values[name] for name in TEXTS} | {_("Decisions"): decision_lines(decisions)}


def _says_the_same(meeting: Meeting, values: dict[str, Any], decisions: list[dict[str, Any]]) -> bool:
    held = Meeting.objects.get(pk=meeting.pk)
    new_scan = values.get("minutes") and values["minutes"].pk != held.minutes_id
    return not new_scan and _said(held) == _sent(values, decisions)


def _minuted(meeting: Meeting, decisions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "note": f"JCC{meeting.number:02d}",
        "held_on": meeting.held_on,
        "minutes": meeting.minutes.sha256 if meeting.minutes else "",
        "decisions": [
            {"text": row["text"], "owner": row["owner"].pk, "due_on": row.get("due_on")} for row in decisions
        ],
    }


def lock(operation: Operation) -> Operation:
    """The operation's row orders those who number meetings or name members at once."""
    return Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)


def _claim(
    operation: Operation,
    meeting: Meeting | None,
    values: dict[str, Any],
    decisions: list[dict[str, Any]],
    actor: User,
    base_version: int,
) -> Meeting:
    texts = {name: values[name] for name in TEXTS}
    if meeting is None:
        return Meeting.objects.create(
            operation=operation, number=_next_number(operation), recorded_by=actor, **texts
        )
    held = Meeting.objects.get(pk=meeting.pk, operation=operation)
    editing.bump(held, base_version, theirs=_said(held), mine=_sent(values, decisions))
    Meeting.objects.filter(pk=held.pk).update(**texts)
    return Meeting.objects.select_related("minutes").get(pk=held.pk)


def _next_number(operation: Operation) -> int:
    held = Meeting.objects.filter(operation=operation, kind=MeetingKind.JCC)
    return (held.aggregate(last=Max("number"))["last"] or 0) + 1


def _attach(meeting: Meeting, scan: File | None, actor: User) -> None:
    if scan and scan.pk != meeting.minutes_id:
        meeting.minutes = hand_over(scan, actor=actor, gate=GATE, subject_id=meeting.pk)
        meeting.save(update_fields=["minutes"])


def replace_rows(manager: Any, rows: Iterable[dict[str, Any]]) -> None:
    """The rows given replace those held: one held already keeps its identity, one removed meanwhile enters anew."""
    rows = [dict(row) for row in rows]
    kept = {row["pk"] for row in rows if row.get("pk")}
    held = set(manager.values_list("pk", flat=True))
    if manager.model.objects.filter(pk__in=kept - held).exists():
        raise Refused([Obstacle(_("A line you sent does not belong here: load the page again."))])
    manager.filter(pk__in=held - kept).delete()
    for row in rows:
        pk = row.pop("pk", None)
        if pk in held:
            manager.filter(pk=pk).update(**row)
        else:
            manager.create(**row)


def refuse_strangers(operation: Operation, organisation_ids: set[int]) -> None:
    """An organisation that is no party to the operation is refused."""
    if organisation_ids - {body.pk for body in queries.seated_organisations(operation)}:
        raise Refused([Obstacle(_("Choose an organisation that is a party to the operation."))])


def _refuse_wrong_day(operation: Operation, day: date) -> None:
    if day > clock.today():
        raise Refused([Obstacle(_("The date of the meeting lies in the future."))])
    if day < operation.opened_on:
        raise Refused([Obstacle(_("The date of the meeting lies before the operation was opened."))])
