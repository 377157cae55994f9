"""What changes on the way, in the story: a survey before the plan, a revision of it, the amendment it needs."""

from datetime import date
from typing import Any

from taawun.agreements import actions as agreements
from taawun.agreements.changes import digest_of, items_of
from taawun.agreements.models import Amendment
from taawun.agreements.queries import open_amendment
from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.meetings import actions as meetings
from taawun.meetings.models import Meeting
from taawun.planning import actions as planning
from taawun.planning.models import DesignVersion, Objective, ObjectiveLevel
from taawun.planning.queries import revision_of, values_of
from taawun.workspace.demo.exchange import scan
from taawun.workspace.demo.players import actor, body, says


def survey(operation: Operation, first: date) -> None:
    """A mission plans in detail with the partner; both sides sign its minutes on its last day, today."""
    office, told = actor("office"), says().SURVEY
    values = {
        "starts_on": first,
        "ends_on": clock.today(),
        "places": told["places"],
        "minutes": told["minutes"],
        "signed_on": clock.today(),
        "signed_at": says().PLACE,
        "scan": scan("Minutes of meeting, signed (example)", office),
    }
    members = [{"name": name, "organisation_name": "", "function": what} for name, what in told["members"]]
    signatories = [
        {"organisation": party.organisation, "name": _signatory(operation, party), "title": ""}
        for party in operation.party_rows
        if party.signs
    ]
    meetings.record_survey(operation, values, members, signatories, actor=office)


def _signatory(operation: Operation, party: Any) -> str:
    return str(says().SIGNATORY.format(party.organisation.names[operation.language]))


def decide(operation: Operation) -> Meeting:
    """The committee decides to revise the design and to ask for more time."""
    told = says().REVISION
    values = {"held_on": clock.today(), "place": says().PLACE, "minutes": None, **told["meeting"]}
    decision = {"text": told["decision"], "owner": body("provider"), "due_on": None}
    return meetings.record_meeting(operation, values, [decision], actor=actor("office"))


def draft(operation: Operation, meeting: Meeting) -> DesignVersion:
    """The desk opens the revision; the partner writes it: a later target, a risk more, a longer plan."""
    told = says().REVISION
    made = planning.save_grounds(
        operation=operation, reason=told["reason"], meeting=meeting, actor=actor("desk"), base_version=0
    )
    rows = values_of(operation, made, "indicators")["indicators"]
    later = [row | {"target_on": told["target_on"]} for row in rows if row["name"] == told["indicator"]]
    _write(operation, made, "indicators", {"indicators": later})
    _write(operation, made, "risks", {"risks": [{"id": None, **told["risk"]}]})
    lines = values_of(operation, made, "plan")["activities"]
    longer = [row | {"planned_end": told["ends_on"]} for row in lines[:2]]
    _write(operation, made, "plan", {"activities": longer, "lines": [], "milestones": []})
    return made


def widen(operation: Operation, meeting: Meeting) -> DesignVersion:
    """The desk opens the revision; the partner writes it: an output more, with what it takes, measures and costs."""
    told = says().REVISION
    made = planning.save_grounds(
        operation=operation, reason=told["reason"], meeting=meeting, actor=actor("desk"), base_version=0
    )
    held = values_of(operation, made, "outputs")["outputs"]
    _write(operation, made, "outputs", {"outputs": [*held, {"id": None, **told["output"]}]})
    new = Objective.objects.filter(design=made, level=ObjectiveLevel.OUTPUT).latest("number")
    _write(operation, made, "indicators", {"indicators": [{"objective": new.pk, **told["indicator"]}]})
    parties = {party.part: party.pk for party in operation.party_rows}
    _write(
        operation, made, "inputs", {"inputs": [{"id": None, "party": parties["provider"], **told["input"]}]}
    )
    planned = {**told["planned"], "responsible": parties["implementing"]}
    rows = [{"id": one.pk, **planned} for one in new.activities.all()]
    _write(operation, made, "plan", {"activities": rows, "lines": [], "milestones": []})
    return made


def _write(operation: Operation, made: DesignVersion, part: str, values: dict[str, Any]) -> None:
    version = made.parts.get(part=part).version
    planning.edit_part(
        operation=operation, part=part, values=values, actor=actor("line"), base_version=version
    )


def amend(operation: Operation) -> None:
    """The parties sign an amendment: what the revision changes of goal, purpose and outputs, and what the case says.

    That is a later end, of the operation and of its component (`ends_on`), a higher ceiling (`ceiling`), or both.
    """
    office, told = actor("office"), says().REVISION
    period = {"starts_on": operation.starts_on, "ends_on": told.get("ends_on", operation.ends_on)}
    values = {"reason": told["amendment"], "with_revision": True, **period}
    components = [
        {
            "component": one,
            "ceiling": told.get("ceiling", one.ceiling),
            "currency_id": one.currency_id,
            **period,
        }
        for one in operation.components.all()
    ]
    made = agreements.write_amendment(operation, values, components, actor=office, base_version=0)
    _sign(operation, made)


def _sign(operation: Operation, made: Amendment) -> None:
    """Its text in the language versions of the case, signed by every signing party today."""
    office, told, signed = actor("office"), says().REVISION, clock.today()
    paper = {
        "number": "",
        "dated_on": signed,
        "place": says().PLACE,
        "prevailing_language": operation.language,
        "scan": scan("Amendment, signed (example)", office),
    }
    signatures = [
        {"party": party, "name": _signatory(operation, party), "title": "", "signed_on": signed}
        for party in operation.party_rows
        if party.signs
    ]
    agreements.write_amendment_text(
        operation,
        paper,
        [dict(version) for version in told["versions"]],
        signatures,
        actor=office,
        base_version=made.instrument.version,
    )
    if held := open_amendment(operation):
        read = digest_of(items_of(operation, held))
        agreements.sign_amendment(operation, actor=office, base_version=held.instrument.version, read=read)


def adopt(operation: Operation) -> Operation:
    """The office adopts the revision the committee decided."""
    revision = revision_of(operation)
    version = revision.version if revision else 0
    planning.adopt_revision(operation=operation, actor=actor("office"), base_version=version)
    return Operation.objects.get(pk=operation.pk)
